//! Elements, put together by hand: what the page loads when it is wanted is too small for a framework.

pub mod take;
pub mod typed;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The page.
pub fn document() -> Document {
    window().document().expect("a page has a document")
}

/// An element that is being put together.
#[derive(Clone)]
pub struct El(Element);

impl El {
    /// A new element.
    pub fn new(tag: &str) -> Self {
        let element = document().create_element(tag);
        Self(element.expect("the names of elements in this program are valid"))
    }

    /// A new element with a class and a text.
    pub fn text(tag: &str, class: &str, text: &str) -> Self {
        let element = Self::new(tag).attribute("class", class);
        element.0.set_text_content(Some(text));
        element
    }

    /// A new element of SVG.
    pub fn svg(tag: &str) -> Self {
        let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), tag);
        Self(element.expect("the names of elements in this program are valid"))
    }

    /// A button that does this (see [`on_action`]).
    pub fn button(class: &str, text: &str, action: &str) -> Self {
        Self::text("button", class, text)
            .attribute("type", "button")
            .attribute(ACTION, action)
    }

    /// Sets an attribute.
    pub fn attribute(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Adds an element at the end.
    pub fn child(self, child: impl AsRef<Element>) -> Self {
        // Fails for a node that contains itself only.
        let _ = self.0.append_child(child.as_ref());
        self
    }

    /// Adds a text.
    pub fn words(self, words: &str) -> Self {
        let _ = self.0.append_with_str_1(words);
        self
    }

    /// Adds a text in which `` `this` `` is code.
    pub fn prose(mut self, prose: &str) -> Self {
        for (at, part) in prose.split('`').enumerate() {
            let is_code = at % 2 == 1;
            self = if is_code {
                self.child(Self::text("code", "", part))
            } else {
                self.words(part)
            };
        }
        self
    }

    /// The element, as what it is.
    pub fn cast<T: JsCast>(&self) -> T {
        self.0.clone().unchecked_into()
    }
}

impl AsRef<Element> for El {
    fn as_ref(&self) -> &Element {
        &self.0
    }
}

/// Sets an attribute, or removes it.
pub fn set(element: &Element, name: &str, value: Option<&str>) {
    // Fails for invalid names only.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Shows these elements in place of what the element holds.
pub fn fill(element: &Element, children: impl IntoIterator<Item = El>) {
    element.set_text_content(None);
    for child in children {
        let _ = element.append_child(&child.0);
    }
}

/// Puts an element at the end of the page.
pub fn show(element: &El) {
    if let Some(body) = document().body() {
        let _ = body.append_child(&element.0);
    }
}

/// Moves the keyboard to an element.
pub fn focus(element: &HtmlElement) {
    // Fails for elements that are not in the page only.
    let _ = element.focus();
}

/// Calls whenever this happens, as long as the page lives. Not `FnMut`: what is done may make it happen again.
pub fn on(target: &EventTarget, event: &str, then: impl Fn(Event) + 'static) {
    let then = Closure::<dyn Fn(Event)>::new(then).into_js_value();
    // Fails for what is no function only.
    let _ = target.add_event_listener_with_callback(event, then.unchecked_ref());
}

/// Where a button says what it does.
pub const ACTION: &str = "data-action";

/// What the button that was clicked does, and that button. One listener for all, as many buttons come and go.
pub fn action(event: &Event) -> Option<(String, Element)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let button = target.closest("[data-action]").ok()??;
    Some((button.get_attribute(ACTION)?, button))
}

/// The button within an element that does this.
pub fn button(within: &Element, action: &str) -> Option<HtmlElement> {
    let buttons = within.query_selector_all("[data-action]").ok()?;
    let mut buttons = (0..buttons.length()).filter_map(|at| buttons.get(at)?.dyn_into().ok());
    buttons.find(|button: &HtmlElement| button.get_attribute(ACTION).as_deref() == Some(action))
}

/// Calls once, later.
pub fn after(milliseconds: i32, then: impl FnOnce() + 'static) -> Option<i32> {
    let then = Closure::once_into_js(then);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(then.unchecked_ref(), milliseconds)
        .ok()
}
