//! The browser: the only module that names its types. Everything in here is called by handlers and
//! effects only, so that components can be rendered natively.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use multicluster_core::{Draft, link};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, HashChangeEvent, HtmlElement, Window};
use yew::{Callback, Event, InputEvent, KeyboardEvent, TargetCast};

use crate::state::{Dialog, NotKept};

/// Where the last draft is kept; the number changes when old ones could no longer be read.
const STORAGE_KEY: &str = "multicluster-builder/1";
/// Where what was kept goes if it cannot be read.
const ASIDE_KEY: &str = "multicluster-builder/unreadable";
/// What was shown when the page was left.
const LEFT_KEY: &str = "multicluster-builder/left";

fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

fn document() -> Document {
    window().document().expect("a page has a document")
}

/// Where the page goes in index.html, at once in place of the first sight.
pub(crate) fn root() -> web_sys::Element {
    take_over();
    let root = document().get_element_by_id("app");
    root.expect("index.html has an element with the id `app`")
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

// ---- Input ---------------------------------------------------------------------------------------

/// The text of the field that was typed into.
pub(crate) fn typed(event: &InputEvent) -> String {
    let field: web_sys::HtmlInputElement = event.target_unchecked_into();
    field.value()
}

/// The value that was chosen from a list.
pub(crate) fn selected(event: &Event) -> String {
    let list: web_sys::HtmlSelectElement = event.target_unchecked_into();
    list.value()
}

/// Shows this value in a list. Attributes cannot: once a person has chosen, browsers ignore them.
pub(crate) fn select(id: &str, value: &str) {
    if let Some(list) = element(id)
        && let Ok(list) = list.dyn_into::<web_sys::HtmlSelectElement>()
    {
        list.set_value(value);
    }
}

/// A key combination for the page as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shortcut {
    /// Ctrl+Z or Cmd+Z.
    Undo,
    /// With Shift; or Ctrl+Y.
    Redo,
}

/// Listens to [`Shortcut`]s. Every text field of the page belongs to the draft, so that there is one
/// history for all of them, and none of the browser's own that could contradict it.
pub(crate) fn on_shortcut(then: Callback<Shortcut>) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&window(), "keydown", options, move |event| {
        if let Some(key) = event.dyn_ref::<KeyboardEvent>()
            && let Some(shortcut) = shortcut(key)
        {
            event.prevent_default();
            then.emit(shortcut);
        }
    })
}

fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.alt_key() || event.is_composing() || event.ctrl_key() == event.meta_key() {
        return None;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z", false) => Some(Shortcut::Undo),
        ("z" | "Z", true) => Some(Shortcut::Redo),
        ("y", false) if event.ctrl_key() => Some(Shortcut::Redo),
        _ => None,
    }
}

// ---- Focus ---------------------------------------------------------------------------------------

/// Moves the keyboard to an element, and opens what hides it.
pub(crate) fn focus(id: &str) {
    let Some(element) = element(id) else {
        return;
    };
    if let Ok(Some(details)) = element.closest("details")
        && let Ok(details) = details.dyn_into::<web_sys::HtmlDetailsElement>()
    {
        details.set_open(true);
    }
    let _ = element.focus();
}

/// The same, with the text of the field selected.
pub(crate) fn focus_and_select(id: &str) {
    focus(id);
    if let Some(field) = element(id)
        && let Ok(field) = field.dyn_into::<web_sys::HtmlInputElement>()
    {
        field.select();
    }
}

/// Whether nothing has the keyboard, as what had it is gone.
pub(crate) fn is_focus_lost() -> bool {
    document()
        .active_element()
        .is_none_or(|active| active.tag_name() == "BODY")
}

/// Scrolls within the element so that its first descendant of this class can be seen. The page
/// itself stays where it is.
pub(crate) fn reveal_within(id: &str, class: &str) {
    let Some(view) = element(id) else {
        return;
    };
    if view.scroll_height() <= view.client_height() {
        return;
    }
    let Some(target) = view.get_elements_by_class_name(class).item(0) else {
        return;
    };
    let (outer, inner) = (
        view.get_bounding_client_rect(),
        target.get_bounding_client_rect(),
    );
    if inner.top() < outer.top() || inner.bottom() > outer.bottom() {
        let middle = (inner.top() - outer.top()) - f64::from(view.client_height()) / 3.0;
        #[expect(clippy::cast_possible_truncation, reason = "pixels on a screen")]
        view.set_scroll_top(view.scroll_top() + middle as i32);
    }
}

// ---- Clipboard -----------------------------------------------------------------------------------

/// Puts a text on the clipboard, and says whether that worked. If not, the text of the element with this id is selected.
pub(crate) fn copy(text: &str, shown: &str, then: Callback<bool>) {
    let done = move |worked: JsValue| then.emit(worked.is_truthy());
    copy_text(text, &Closure::once_into_js(done), shown);
}

// ---- Other programs ------------------------------------------------------------------------------

/// What boot.js offers. Until the program that it is a function of is there, it answers with nothing.
#[wasm_bindgen]
extern "C" {
    /// Scripts and texts, packed (crates/web-more).
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn write(link: &str, name: &str) -> Option<String>;

    /// What helps with the problems of a draft, packed (crates/web-more).
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn help(link: &str) -> Option<String>;

    /// The names of scripts and texts that differ between two drafts, a line each.
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn changed(before: &str, now: &str) -> Option<String>;

    /// The archive with every file.
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn zip(link: &str) -> Option<Vec<u8>>;

    /// `TAKE-OUT.md` for the cluster at this place.
    #[wasm_bindgen(js_namespace = multicluster, js_name = takeOut)]
    pub(crate) fn take_out(link: &str, place: usize) -> Option<String>;

    /// How many files there are beside those of the draft (crates/web-import).
    #[wasm_bindgen(js_namespace = multicluster)]
    pub(crate) fn beside() -> usize;

    #[wasm_bindgen(js_namespace = multicluster)]
    fn open(dialog: &str, link: &str, done: &JsValue, problem: Option<usize>);

    #[wasm_bindgen(js_namespace = multicluster)]
    fn load(program: &str, done: &JsValue);

    #[wasm_bindgen(js_namespace = multicluster)]
    fn follow(link: &str);

    #[wasm_bindgen(js_namespace = multicluster, js_name = takeOver)]
    fn take_over();

    #[wasm_bindgen(js_namespace = multicluster, js_name = copy)]
    fn copy_text(text: &str, done: &JsValue, shown: &str);

    /// Saves a file of this kind. Fails if the browser refuses.
    #[wasm_bindgen(js_namespace = multicluster, catch)]
    pub(crate) fn save(name: &str, kind: &str, content: &[u8]) -> Result<(), JsValue>;
}

thread_local! {
    static DRAFTS: RefCell<Drafts> = const {
        RefCell::new(Drafts { shown: None, edited: None, kept: None })
    };
}

/// What is known here of the draft, also while the program has not come to show it.
struct Drafts {
    shown: Option<Rc<Draft>>,
    /// After the last edit; nothing before the first one.
    edited: Option<Rc<Draft>>,
    /// What the address and the storage have of it.
    kept: Option<Rc<Draft>>,
}

/// Says what is shown, for other programs.
pub(crate) fn show(draft: &Rc<Draft>) {
    DRAFTS.with_borrow_mut(|drafts| drafts.shown = Some(draft.clone()));
}

/// Says what an edit made, to be kept if the page is left before it is shown.
pub(crate) fn edited(draft: &Rc<Draft>) {
    DRAFTS.with_borrow_mut(|drafts| drafts.edited = Some(draft.clone()));
}

/// The link to what is shown, at this very moment.
#[wasm_bindgen]
#[expect(unreachable_pub, reason = "boot.js calls it")]
pub fn link() -> String {
    DRAFTS.with_borrow(|drafts| {
        drafts
            .shown
            .as_deref()
            .map(link::encode)
            .unwrap_or_default()
    })
}

/// Loads the program that writes scripts and texts, if it is not there yet; whether it is.
pub(crate) fn load_writer(then: Callback<bool>) {
    let done = move |is_there: JsValue| then.emit(is_there.is_truthy());
    load("more", &Closure::once_into_js(done));
}

/// Calls when scripts and texts can be written.
pub(crate) fn on_writer(then: Callback<()>) -> EventListener {
    EventListener::new(&window(), "writer", move |_| then.emit(()))
}

/// Opens a dialog of another program. Calls with the link to the draft that it brings, or with nothing if it could not
/// be loaded. The tools open at the field of the problem at this place.
pub(crate) fn open_dialog(
    dialog: Dialog,
    link: &str,
    then: Callback<Option<String>>,
    problem: Option<usize>,
) {
    let done = move |link: JsValue| then.emit(link.as_string());
    let done = Closure::<dyn FnMut(JsValue)>::new(done).into_js_value();
    open(dialog.id(), link, &done, problem);
}

// ---- Address and storage -------------------------------------------------------------------------

/// What follows `#` in the address.
pub(crate) fn fragment() -> String {
    let hash = window().location().hash().unwrap_or_default();
    hash.strip_prefix('#').unwrap_or_default().to_owned()
}

/// Keeps what was edited, as the page is left. A reload takes the address as it was when the reload began: early.js puts
/// the link there that is left here. At once, as nothing runs later.
fn leave() {
    // After an error, boot.js has put its message here, and keeps what was shown: what came after it cannot be shown.
    if element("trouble").is_some() {
        return;
    }
    let (edited, kept) = DRAFTS.with_borrow(|drafts| (drafts.edited.clone(), drafts.kept.clone()));
    let link = edited.as_deref().map(link::encode);
    let link = link.filter(|link| can_be_opened(link));
    if let Some(tab) = window().session_storage().ok().flatten() {
        let _ = match &link {
            Some(link) => tab.set_item(LEFT_KEY, link),
            None => tab.remove_item(LEFT_KEY),
        };
    }
    if let Some(link) = link
        && edited.as_ref().map(Rc::as_ptr) != kept.as_ref().map(Rc::as_ptr)
    {
        let _ = keep(&link);
    }
}

/// The address of the page with this fragment.
pub(crate) fn address(fragment: &str) -> String {
    let mut address = window().location().href().unwrap_or_default();
    if let Some(end) = address.find('#') {
        address.truncate(end);
    }
    if !fragment.is_empty() {
        address.push('#');
        address.push_str(fragment);
    }
    address
}

/// What was kept in the browser's storage.
pub(crate) fn stored() -> Option<String> {
    storage()?.get_item(STORAGE_KEY).ok()?
}

/// What could not be read of what was kept is no longer in the way of what will be. Programs of their own look for it there
/// (crates/web-import/src/storage.rs).
pub(crate) fn set_aside(unreadable: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(ASIDE_KEY, unreadable);
    }
}

/// Keeps what is shown, or says why not.
pub(crate) fn keep_shown() -> Result<(), NotKept> {
    DRAFTS.with_borrow_mut(|drafts| drafts.kept = drafts.shown.clone());
    keep(&link())
}

/// Whether the page reads a link that is as long as this one.
const fn can_be_opened(fragment: &str) -> bool {
    fragment.len() <= link::MAX_BYTES
}

/// Keeps a draft, in the address and in the browser's storage, and lets what was imported follow.
/// Browsers may refuse to keep it: the page works without. What could not be opened again does not replace what can.
fn keep(fragment: &str) -> Result<(), NotKept> {
    follow(fragment);
    if !can_be_opened(fragment) {
        return Err(NotKept::TooLong);
    }
    if let Ok(history) = window().history() {
        let address = address(fragment);
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    let storage = storage().ok_or(NotKept::Storage)?;
    let kept = storage.set_item(STORAGE_KEY, fragment);
    kept.map_err(|_| NotKept::Storage)
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Calls when the fragment was changed by anything but [`keep`], which may have written over it since.
pub(crate) fn on_fragment(then: Callback<String>) -> EventListener {
    EventListener::new(&window(), "hashchange", move |event| {
        let address = event.unchecked_ref::<HashChangeEvent>().new_url();
        let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
        then.emit(fragment.to_owned());
    })
}

/// Keeps what was edited when the page is left.
pub(crate) fn on_leave() -> EventListener {
    EventListener::new(&window(), "pagehide", move |_| leave())
}

#[cfg(test)]
mod tests {
    use super::{LEFT_KEY, STORAGE_KEY};

    #[test]
    fn scripts_find_what_is_kept() {
        let has = |script: &str, call: &str, key| script.contains(&[call, "('", key, "'"].concat());
        let (early, boot) = (include_str!("../early.js"), include_str!("../boot.js"));
        assert!(has(early, "localStorage.getItem", STORAGE_KEY));
        assert!(has(early, "sessionStorage.getItem", LEFT_KEY));
        assert!(has(boot, "localStorage.setItem", STORAGE_KEY));
        assert!(has(boot, "sessionStorage.setItem", LEFT_KEY));
    }
}
