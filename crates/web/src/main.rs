//! The web page: a form for a draft, and beside it the files that core makes of it.
//!
//! What is right, what is wrong and what is written is decided in `multicluster-core`; this crate
//! shows it. [`state`] is how the page changes, [`components`] how it looks, [`platform`] the browser.

mod changes;
mod components;
mod platform;
mod state;

fn main() {
    let root = platform::root();
    yew::Renderer::<components::App>::with_root(root).render();
}
