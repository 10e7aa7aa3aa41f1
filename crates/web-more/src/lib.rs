//! What the first sight of the page does not need: a program of its own, which boot.js loads as soon as somebody does
//! something.
//!
//! [`written`](mod@written) writes scripts and texts for the page, [`help`] what helps with problems. [`lines`](mod@lines) explains the lines of a file, and
//! shows which field they come from. [`tools`](mod@tools) is the dialog with everything else, a file per tab.
//!
//! The page says what it shows by links (`multicluster_core::link`).

mod formats;
mod lines;
mod messages;
mod network;
mod page;
mod picture;
mod shortcuts;
mod tools;
mod versions;
mod written;

use std::cell::OnceCell;

use js_sys::Function;
use multicluster_core::pack_help;
use multicluster_web_dom as dom;
use wasm_bindgen::prelude::wasm_bindgen;

use lines::Lines;
use tools::Tools;

thread_local! {
    /// Made when it is first opened. It stays as long as the page.
    static TOOLS: OnceCell<&'static Tools> = const { OnceCell::new() };
}

/// The script or text with this name of the draft with this link, packed (`multicluster_core::render::packed`); nothing
/// if there is none.
#[wasm_bindgen]
#[must_use]
pub fn write(link: &str, name: &str) -> Option<String> {
    written::file(link, name)
}

/// What helps with the problems of the draft with this link, packed (`multicluster_core::pack_help`); nothing if
/// the link cannot be read.
#[wasm_bindgen]
#[must_use]
pub fn help(link: &str) -> Option<String> {
    Some(pack_help(written::of(link)?.diagnostics()))
}

/// The names of the scripts and texts of a draft that differ from those of an earlier one, a line each.
#[wasm_bindgen]
#[must_use]
pub fn changed(before: &str, now: &str) -> Option<String> {
    written::changed(before, now)
}

/// `multicluster.zip` of the draft with this link, with the files of the change to it where something was read that runs.
#[wasm_bindgen]
#[must_use]
pub fn zip(link: &str) -> Option<Vec<u8>> {
    written::zip(link, &page::change(link))
}

/// `TAKE-OUT.md` for the cluster at this place of the draft with this link.
#[wasm_bindgen(js_name = takeOut)]
#[must_use]
pub fn take_out(link: &str, place: usize) -> Option<String> {
    written::take_out(link, place)
}

/// Lets the lines of files explain themselves from now on.
#[wasm_bindgen]
pub fn begin() {
    Lines::begin();
}

/// Opens the tools. `link` leads to the draft that the page shows; `done` is called with the link to another one, if a tool
/// leads there. `problem` is the place of the problem of the draft whose field is wanted, if it is one of a tool.
#[wasm_bindgen(js_name = openTools)]
pub fn open_tools(link: &str, done: Function, problem: Option<usize>) {
    let tools = TOOLS.with(|tools| *tools.get_or_init(Tools::new));
    tools.open(link, done, problem);
}
