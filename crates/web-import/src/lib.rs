//! The dialogs of the page: a program of its own, which boot.js loads when one is first wanted, as nobody needs them
//! to see the page.
//!
//! The page and this program exchange drafts as links (`multicluster_core::link`): [`open_import`] and [`open_saved`] get
//! the draft of the page, and `done` the one that takes its place.
//!
//! [`preview`](mod@preview) is what an import would do, [`dialog`](mod@dialog) shows it.
//! [`way`](mod@way) is what leads from what was read to the draft, and [`panel`](mod@panel) shows it.
//! [`saved`](mod@saved) is what the browser keeps under names, [`saved_dialog`](mod@saved_dialog) shows it.

mod dialog;
mod files;
mod given;
mod input;
mod items;
mod panel;
mod preview;
mod results;
mod saved;
mod saved_dialog;
mod storage;
mod way;

use std::cell::OnceCell;

use js_sys::{Array, Function};
use multicluster_core::link;
use multicluster_web_dom as dom;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use dialog::Dialog;
use panel::Panel;
use saved_dialog::SavedDialog;

thread_local! {
    /// Made when it is first opened. It stays as long as the page: what was pasted is still there when it is opened again.
    static DIALOG: OnceCell<&'static Dialog> = const { OnceCell::new() };
    /// As the dialog.
    static SAVED: OnceCell<&'static SavedDialog> = const { OnceCell::new() };
    /// As the dialog.
    static PANEL: OnceCell<&'static Panel> = const { OnceCell::new() };
}

/// Opens the import dialog, or adds to the open one.
///
/// `draft` is the link to what the page shows, `files` are `File`s to be imported, and `done` is called with the link to
/// the imported draft, unless the dialog is left without importing.
///
/// # Errors
/// If `draft` is no link.
#[wasm_bindgen(js_name = openImport)]
pub fn open_import(draft: &str, done: Function, files: Array) -> Result<(), JsError> {
    let draft = link::decode(draft)?;
    // Files can be dropped on it.
    if let Some(saved) = SAVED.with(|saved| saved.get().copied()) {
        saved.close();
    }
    let dialog = DIALOG.with(|dialog| *dialog.get_or_init(|| Dialog::new(panel())));
    dialog.open(draft, done);
    dom::typed::bring_back();
    dialog.add_files(files::of(&files));
    Ok(())
}

/// Opens the dialog with what is saved in this browser.
///
/// `draft` is the link to what the page shows, and `done` is called with the link to what is opened, if something is.
#[wasm_bindgen(js_name = openSaved)]
pub fn open_saved(draft: &str, done: Function) {
    let saved = SAVED.with(|saved| *saved.get_or_init(SavedDialog::new));
    saved.open(draft, done);
    dom::typed::bring_back();
}

/// The page shows another draft now: what leads there follows.
#[wasm_bindgen]
pub fn follow(draft: &str) {
    panel().follow(draft);
}

/// How many files lead from what was read to the draft that was followed last.
#[wasm_bindgen]
#[must_use]
pub fn beside() -> usize {
    panel().files()
}

/// The files that lead from what was read to the draft with this link: of each its name, and then itself, packed
/// (`multicluster_core::render::packed`).
#[wasm_bindgen]
#[must_use]
pub fn change(draft: &str) -> Vec<String> {
    panel().follow(draft);
    panel().packed()
}

fn panel() -> &'static Panel {
    PANEL.with(|panel| *panel.get_or_init(Panel::new))
}
