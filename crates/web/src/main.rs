//! The web page.

use yew::prelude::*;

/// The whole page.
#[component]
fn App() -> Html {
    let count = use_state(|| 0);
    let onclick = {
        let count = count.clone();
        move |_| count.set(*count + 1)
    };
    html! {
        <main>
            <h1>{ "Temporal multi-cluster replication" }</h1>
            <button {onclick}>{ "Count" }</button>
            <output>{ *count }</output>
        </main>
    }
}

fn main() {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("app"))
        .expect("index.html has an element with the id `app`");
    yew::Renderer::<App>::with_root(root).render();
}
