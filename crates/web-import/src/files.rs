//! Files that are given to the page.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FileList};

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
