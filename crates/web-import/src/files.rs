//! Files and the clipboard of the browser.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Clipboard, File, FileList, HtmlAnchorElement, Url};

use crate::dom;

/// What is read of a file. More than is imported, so that the import says that a file is too large, and less than stops
/// a browser.
const MOST_BYTES: f64 = (16 << 20) as f64;

/// The files in an array.
pub(crate) fn of(array: &Array) -> Vec<File> {
    array
        .iter()
        .filter_map(|file| file.dyn_into().ok())
        .collect()
}

/// The files in a list of the browser.
pub(crate) fn listed(list: Option<FileList>) -> Vec<File> {
    list.map_or_else(Vec::new, |list| of(&Array::from(&list)))
}

/// What a file holds. Fails for folders, and for files that are gone.
pub(crate) async fn read(file: &File) -> Result<Vec<u8>, JsValue> {
    let part = file.slice_with_f64_and_f64(0.0, MOST_BYTES)?;
    let buffer = JsFuture::from(part.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Puts a text on the clipboard.
pub(crate) async fn copy(text: &str) -> Result<(), JsValue> {
    let navigator = dom::window().navigator();
    // Absent where the page was not loaded securely.
    let clipboard = Reflect::get(&navigator, &JsValue::from_str("clipboard"))?;
    let clipboard: Clipboard = clipboard.dyn_into()?;
    JsFuture::from(clipboard.write_text(text)).await?;
    Ok(())
}

/// Saves a text as a file.
pub(crate) fn save(name: &str, text: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link = dom::document().create_element("a")?;
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The browser reads the file after this; a minute is enough for it.
    dom::after(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    });
    Ok(())
}
