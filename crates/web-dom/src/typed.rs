//! What was typed into dialogs before the program stopped, brought back after the page was loaded again. The page keeps it for
//! the tab (crates/web/boot.js): a list of ids of fields and their texts.

use js_sys::{Array, JSON};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, EventInit};

const KEY: &str = "multicluster-builder/typed";

/// Fills the fields that are there by now. What belongs to others waits for them.
pub fn bring_back() {
    let Some(storage) = crate::window().session_storage().ok().flatten() else {
        return;
    };
    let kept = storage.get_item(KEY).ok().flatten();
    let Some(kept) = kept.and_then(|kept| JSON::parse(&kept).ok()?.dyn_into::<Array>().ok()) else {
        return;
    };
    let waiting: Array = kept.iter().filter(|field| !fill(field)).collect();
    // A browser that let it be read lets it be removed.
    let _ = match JSON::stringify(&waiting)
        .ok()
        .and_then(|text| text.as_string())
    {
        Some(text) if waiting.length() > 0 => storage.set_item(KEY, &text),
        _ => storage.remove_item(KEY),
    };
}

/// Fills a field, as if it was typed; whether it is there, or has nothing to be filled with.
fn fill(field: &JsValue) -> bool {
    let field: &Array = field.unchecked_ref();
    let (id, text) = (field.get(0).as_string(), field.get(1).as_string());
    let (Some(id), Some(text)) = (id, text.filter(|text| !text.is_empty())) else {
        return true;
    };
    let Some(element) = crate::document().get_element_by_id(&id) else {
        return false;
    };
    type_into(&element, &text);
    true
}

fn type_into(element: &Element, text: &str) {
    // Fails for frozen objects only.
    let _ = js_sys::Reflect::set(
        element,
        &JsValue::from_str("value"),
        &JsValue::from_str(text),
    );
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &bubbles) {
        let _ = element.dispatch_event(&event);
    }
}
