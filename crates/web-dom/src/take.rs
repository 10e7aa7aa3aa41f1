//! What is taken away from the page: onto the clipboard, or as a file. The page itself does it (crates/web/boot.js).

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = multicluster, js_name = copy)]
    fn copy_text(text: &str, done: &js_sys::Function, shown: &str);

    #[wasm_bindgen(js_namespace = multicluster, js_name = save, catch)]
    fn save_file(name: &str, kind: &str, content: &JsValue) -> Result<(), JsValue>;
}

/// Puts a text on the clipboard; whether that worked. If it did not, the text of the element with the id `shown`, if there is
/// one, is selected.
pub async fn copy(text: &str, shown: &str) -> bool {
    let copied = Promise::new(&mut |done, _| copy_text(text, &done, shown));
    JsFuture::from(copied)
        .await
        .is_ok_and(|copied| copied.is_truthy())
}

/// Saves a text as a file of this kind: `text/plain`.
///
/// # Errors
/// If the browser refuses.
pub fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let kind = [kind, ";charset=utf-8"].concat();
    save_file(name, &kind, &JsValue::from_str(text))
}

/// Saves bytes as a file of this kind: `application/zip`.
///
/// # Errors
/// If the browser refuses.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    save_file(name, kind, &Uint8Array::from(bytes))
}
