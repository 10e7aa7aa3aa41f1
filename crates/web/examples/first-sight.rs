//! Writes the first sight as HTML: what the page shows before its program has come. `cargo xtask dist`
//! puts it into index.html.

use yew::{Component, Context, Html, ServerRenderer};

/// What does nothing before the program runs, by class. Typing there would be lost.
const NEEDS_PROGRAM: [&str; 5] = ["actions", "form", "problems", "tabs", "all"];

struct Page;

impl Component for Page {
    type Message = ();
    type Properties = ();

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, _: &Context<Self>) -> Html {
        multicluster_web::page()
    }
}

fn main() -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let page = ServerRenderer::<Page>::new().hydratable(false);
    println!("{}", waiting(runtime.block_on(page.render())));
    Ok(())
}

/// The page with everything inert that does nothing yet.
fn waiting(mut page: String) -> String {
    for class in NEEDS_PROGRAM {
        let found = format!("class=\"{class}\"");
        assert!(page.contains(&found), "nothing has the class {class:?}");
        page = page.replace(&found, &format!("{found} inert"));
    }
    page
}
