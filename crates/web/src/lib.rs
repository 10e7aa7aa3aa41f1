//! The web page: a form for a draft, and beside it the files that core makes of it.
//!
//! What is right, what is wrong and what is written is decided in `multicluster-core`; this crate
//! shows it. `state` is how the page changes, `components` how it looks, `platform` the browser.

mod changes;
mod components;
mod platform;
mod state;

use wasm_bindgen::prelude::wasm_bindgen;

/// Works out what will be shown first. Apart from [`start`], so that between the two a browser on a slow machine can do what
/// a person wants of it.
#[wasm_bindgen]
pub fn prepare() {
    components::prepare();
}

/// Starts the page in a browser: it takes the place of the first sight, which index.html brings.
#[wasm_bindgen]
pub fn start() {
    let root = platform::root();
    yew::Renderer::<components::App>::with_root(root).render();
}

/// The whole page; natively with the default draft, which is what `examples/first-sight.rs` writes.
pub fn page() -> yew::Html {
    yew::html! { <components::App /> }
}
