//! The import dialog of the page: a program of its own, which boot.js loads when it is first wanted, as nobody needs it
//! to see the page.
//!
//! The page and this program exchange drafts as links (`multicluster_core::link`): [`open`] gets the draft of the page,
//! and `done` the imported one. [`preview`](mod@preview) is what an import would do, [`dialog`](mod@dialog) shows it.
//! [`way`](mod@way) is what leads from what was read to the draft, and [`panel`](mod@panel) shows it.

mod dialog;
mod dom;
mod files;
mod given;
mod input;
mod items;
mod panel;
mod preview;
mod results;
mod way;

use std::cell::OnceCell;

use js_sys::{Array, Function};
use multicluster_core::link;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

use dialog::Dialog;
use panel::Panel;

thread_local! {
    /// Made when it is first opened. It stays as long as the page: what was pasted is still there when it is opened again.
    static DIALOG: OnceCell<&'static Dialog> = const { OnceCell::new() };
    /// As the dialog.
    static PANEL: OnceCell<&'static Panel> = const { OnceCell::new() };
}

/// Opens the dialog, or adds to the open one.
///
/// `draft` is the link to what the page shows, `files` are `File`s to be imported, and `done` is called with the link to
/// the imported draft, unless the dialog is left without importing.
///
/// # Errors
/// If `draft` is no link.
#[wasm_bindgen]
pub fn open(draft: &str, files: Array, done: Function) -> Result<(), JsError> {
    let draft = link::decode(draft)?;
    let dialog = DIALOG.with(|dialog| *dialog.get_or_init(|| Dialog::new(panel())));
    dialog.open(draft, done);
    dialog.add_files(files::of(&files));
    Ok(())
}

/// The page shows another draft now: what leads there follows.
#[wasm_bindgen]
pub fn follow(draft: &str) {
    panel().follow(draft);
}

fn panel() -> &'static Panel {
    PANEL.with(|panel| *panel.get_or_init(Panel::new))
}
