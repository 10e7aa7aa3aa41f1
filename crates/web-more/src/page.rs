//! The page around this program.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, HtmlElement, MutationObserver, MutationObserverInit, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use crate::dom;

#[wasm_bindgen]
extern "C" {
    /// The link to what the page shows at this moment.
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn link() -> String;

    /// The files of the change to the draft with this link (crates/web-import): of each its name, and then itself, packed.
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn change(link: &str) -> Vec<String>;

    /// What was pressed before this program was there.
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn pressed() -> Option<Element>;
}

/// The element with this id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    dom::document().get_element_by_id(id)?.dyn_into().ok()
}

/// The first element of the page that a selector finds.
pub(crate) fn find(selector: &str) -> Option<Element> {
    dom::document().query_selector(selector).ok()?
}

/// Whether the element with this id holds anything.
pub(crate) fn has_children(id: &str) -> bool {
    element(id).is_some_and(|element| element.first_element_child().is_some())
}

/// Clicks the element with this id.
pub(crate) fn click(id: &str) {
    if let Some(element) = element(id) {
        element.click();
    }
}

/// Calls when anything within an element changes, as long as the page lives.
pub(crate) fn on_change(element: &Element, then: impl Fn() + 'static) {
    let then = Closure::<dyn Fn()>::new(then).into_js_value();
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_character_data(true);
    options.set_subtree(true);
    if let Ok(observer) = MutationObserver::new(then.unchecked_ref()) {
        // Fails for elements that are none only.
        let _ = observer.observe_with_options(element, &options);
    }
}

/// Every element of the page that a selector finds.
pub(crate) fn all(selector: &str) -> Vec<Element> {
    let Ok(found) = dom::document().query_selector_all(selector) else {
        return Vec::new();
    };
    let found = (0..found.length()).filter_map(|place| found.get(place));
    found.filter_map(|node| node.dyn_into().ok()).collect()
}

/// Whether some text is selected.
pub(crate) fn has_selection() -> bool {
    let selection = dom::window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Scrolls as little as needed to see an element.
pub(crate) fn scroll_to(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Moves the keyboard to a field, and opens what hides it.
pub(crate) fn visit(id: &str) {
    let Some(field) = element(id) else {
        return;
    };
    if let Ok(Some(details)) = field.closest("details") {
        dom::set(&details, "open", Some(""));
    }
    dom::focus(&field);
}

/// The label of a field, and of the cluster that it belongs to if there is one: `RPC address of clusterB`.
pub(crate) fn field_name(field: &Element) -> Option<String> {
    let label = format!("label[for=\"{}\"]", field.id());
    let label = dom::document().query_selector(&label).ok()??;
    let label = label.text_content()?;
    let group = field.closest("[role=\"group\"]").ok()?;
    let name = group.and_then(|group| group.get_attribute("aria-label"));
    Some(name.map_or_else(|| label.clone(), |name| format!("{label} of {name}")))
}

/// Calls with a link.
pub(crate) fn call(done: &Function, link: &str) {
    // Fails if what is called fails, which then says so itself.
    let _ = done.call1(&JsValue::NULL, &JsValue::from_str(link));
}

/// A style sheet of this program alone, which holds one rule at a time.
pub(crate) struct Rule(JsValue);

impl Rule {
    /// An empty one; nothing in browsers without such sheets.
    pub(crate) fn new() -> Option<Self> {
        let make: Function = Reflect::get(&dom::window(), &"CSSStyleSheet".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let sheet = Reflect::construct(&make, &js_sys::Array::new()).ok()?;
        let document = dom::document();
        let adopted = Reflect::get(&document, &"adoptedStyleSheets".into()).ok()?;
        let push: Function = Reflect::get(&adopted, &"push".into())
            .ok()?
            .dyn_into()
            .ok()?;
        push.call1(&adopted, &sheet).ok()?;
        Some(Self(sheet))
    }

    /// Replaces the rule; an empty text takes it away.
    pub(crate) fn set(&self, rule: &str) {
        let replace = Reflect::get(&self.0, &"replaceSync".into());
        if let Ok(replace) = replace.and_then(JsCast::dyn_into::<Function>) {
            let _ = replace.call1(&self.0, &JsValue::from_str(rule));
        }
    }
}
