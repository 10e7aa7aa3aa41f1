//! What is taken away from the page: onto the clipboard, or as a file.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Clipboard, HtmlAnchorElement, Url};

/// Puts a text on the clipboard.
///
/// # Errors
/// If the browser refuses, or has no clipboard for pages that were not loaded securely.
pub async fn copy(text: &str) -> Result<(), JsValue> {
    let navigator = crate::window().navigator();
    // Absent where the page was not loaded securely.
    let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"))?;
    let clipboard: Clipboard = clipboard.dyn_into()?;
    JsFuture::from(clipboard.write_text(text)).await?;
    Ok(())
}

/// Saves a text as a file of this kind: `text/plain`.
///
/// # Errors
/// If the browser refuses.
pub fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(&[kind, ";charset=utf-8"].concat());
    offer(
        name,
        &Blob::new_with_str_sequence_and_options(&parts, &options)?,
    )
}

/// Saves bytes as a file of this kind: `application/zip`.
///
/// # Errors
/// If the browser refuses.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    offer(
        name,
        &Blob::new_with_u8_array_sequence_and_options(&parts, &options)?,
    )
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link = crate::document().create_element("a")?;
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the file after this; a minute is enough for it.
    crate::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
