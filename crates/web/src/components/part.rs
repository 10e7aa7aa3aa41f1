//! Parts of the page that are rendered again only if what they show differs.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use yew::virtual_dom::Key;
use yew::{Component, Context, Html, Properties, html};

/// A part of the page: its content, which is compared, and how it looks. All kinds of parts are one
/// component for Yew, as every component type costs the page 1 kB.
pub(super) trait Part: Any {
    /// Whether this looks like another part of the same kind.
    fn is_same(&self, other: &dyn Any) -> bool;

    /// How it looks. `memory` is kept from one rendering to the next, and false at first.
    fn view(&self, memory: &Cell<bool>) -> Html;
}

/// Shows a part.
pub(super) fn part(key: impl Into<Key>, part: impl Part) -> Html {
    keyed(key.into(), Rc::new(part))
}

fn keyed(key: Key, part: Rc<dyn Part>) -> Html {
    html! { <Kept {key} {part} /> }
}

#[derive(Properties)]
struct Props {
    part: Rc<dyn Part>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        let other: &dyn Any = &*other.part;
        self.part.is_same(other)
    }
}

struct Kept {
    memory: Cell<bool>,
}

impl Component for Kept {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self {
            memory: Cell::new(false),
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        context.props().part.view(&self.memory)
    }
}
