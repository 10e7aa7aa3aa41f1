//! The dialog “Saved in this browser”: what it consists of, and what happens in it.

use std::cell::{RefCell, RefMut};

use js_sys::Function;
use multicluster_core::link;
use multicluster_core::presets::{PRESETS, Preset};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, StorageEvent,
};

use crate::dom::take;
use crate::dom::{self, El};
use crate::saved::{List, Saved, Taken};
use crate::storage::{self, Trouble};

/// The dialog. There is one, and it lives as long as the page.
pub(crate) struct SavedDialog {
    parts: Parts,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// The link to what the page shows.
    draft: String,
    /// Gets the link to what is opened.
    done: Option<Function>,
    /// The name that was asked about, as something has it already.
    asked: Option<String>,
    /// What is being renamed.
    renaming: Option<String>,
    /// What was taken away since the dialog was opened, the last one last.
    taken: Vec<Taken>,
    /// What cannot be read.
    unreadable: Option<String>,
}

/// The elements that change.
struct Parts {
    dialog: HtmlDialogElement,
    name: HtmlInputElement,
    save: HtmlElement,
    list: HtmlElement,
    none: HtmlElement,
    trouble: HtmlElement,
    download: HtmlElement,
    status: HtmlElement,
    back: HtmlElement,
}

impl SavedDialog {
    /// Puts the dialog into the page, closed.
    pub(crate) fn new() -> &'static Self {
        let dialog: &'static Self = Box::leak(Box::new(Self {
            parts: Parts::new(),
            state: RefCell::default(),
        }));
        let parts = &dialog.parts;
        dom::on(&parts.dialog, "click", |event| dialog.click(&event));
        dom::on(&parts.dialog, "keydown", |event| dialog.press(&event));
        dom::on(&parts.name, "input", |_| dialog.ask(None));
        dom::on(&dom::window(), "storage", |event| {
            dialog.follow(event.unchecked_ref());
        });
        dialog
    }

    /// Opens the dialog for the draft with this link.
    pub(crate) fn open(&self, draft: &str, done: Function) {
        let state = State {
            draft: draft.to_owned(),
            done: Some(done),
            ..State::default()
        };
        *self.state() = state;
        self.parts.name.set_value("");
        self.ask(None);
        self.say("");
        storage::adopt_unreadable();
        self.show();
        if !self.parts.dialog.open() {
            // Fails for an element that is not in the page only.
            let _ = self.parts.dialog.show_modal();
        }
    }

    /// Another tab changed what is saved: shows that, and leaves alone what is being typed.
    fn follow(&self, event: &StorageEvent) {
        // No key: everything was removed.
        let is_ours = event.key().is_none_or(|key| key == storage::KEY);
        if !is_ours || !self.parts.dialog.open() {
            return;
        }
        let active = dom::document().active_element();
        let within = active.filter(|active| self.parts.list.contains(Some(active)));
        let typed = new_name().map(|field| field.value());
        self.show();
        let renaming = self.state().renaming.clone();
        match (new_name(), typed) {
            (Some(field), Some(typed)) => field.set_value(&typed),
            _ => {
                if let Some(name) = renaming {
                    self.state().renaming = None;
                    self.say(&gone(&name));
                }
            }
        }
        if let Some(within) = within {
            self.focus_like(&within);
        }
    }

    /// Moves the keyboard to what is now in the list in place of an element that was there.
    fn focus_like(&self, gone: &Element) {
        let action = gone.get_attribute(dom::ACTION);
        let again = match action {
            None => new_name().map(HtmlElement::from),
            Some(action) => dom::button(&self.parts.list, &action),
        };
        dom::focus(again.as_ref().unwrap_or(&self.parts.name));
    }

    /// Closes it, if it is open.
    pub(crate) fn close(&self) {
        self.parts.dialog.close();
    }

    fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    fn click(&self, event: &Event) {
        let Some((action, _)) = dom::action(event) else {
            return;
        };
        match action.as_str() {
            SAVE => self.save(),
            BACK => self.take_back(),
            CLOSE => self.close(),
            DOWNLOAD => self.download(),
            RENAMED => self.rename(),
            KEEP_NAME => self.end_renaming(),
            other => self.click_in_list(other),
        }
    }

    fn click_in_list(&self, action: &str) {
        if let Some(name) = action.strip_prefix(OPEN) {
            self.bring(name);
        } else if let Some(name) = action.strip_prefix(RENAME) {
            self.begin_renaming(name);
        } else if let Some(name) = action.strip_prefix(DELETE) {
            self.delete(name);
        } else if let Some(preset) = action.strip_prefix(EXAMPLE).and_then(Preset::from_name) {
            self.give(&link::encode(&preset.draft()));
        }
    }

    fn press(&self, event: &Event) {
        // The page's own keys: here, undo belongs to the text field.
        event.stop_propagation();
        let key: &KeyboardEvent = event.unchecked_ref();
        let field = event
            .target()
            .and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field.filter(|_| !key.is_composing()) else {
            return;
        };
        let is_new_name = field.id() == NEW_NAME;
        match key.key().as_str() {
            "Enter" if is_new_name => self.rename(),
            "Enter" => self.save(),
            // It closes the dialog elsewhere.
            "Escape" if is_new_name => self.end_renaming(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Changes what is saved as it is now, and says what became of it. The change gives what is to be said, or why it
    /// is not to be made.
    fn change(&self, change: impl FnOnce(&mut List, &mut State) -> Result<String, String>) {
        let changed = storage::read().map_err(|_| "Nothing was saved: see above.".to_owned());
        let changed = changed.and_then(|mut list| {
            let mut state = self.state();
            let known = state.taken.clone();
            let said = change(&mut list, &mut state)?;
            storage::write(&list).inspect_err(|_| state.taken = known)?;
            state.renaming = None;
            Ok(said)
        });
        self.show();
        self.say(&changed.unwrap_or_else(|why| why));
    }

    fn save(&self) {
        let name = self.parts.name.value().trim().to_owned();
        if name.is_empty() {
            dom::focus(&self.parts.name);
            return self.say("Give it a name first.");
        }
        let asked = self.state().asked.take();
        let mut asks = None;
        self.change(|list, state| match list.get(&name) {
            Some(same) if same.link == state.draft => {
                Err(format!("{} is just that.", quoted(&name)))
            }
            Some(_) if asked.as_ref() != Some(&name) => {
                asks = Some(name.clone());
                let name = quoted(&name);
                Err(format!(
                    "{name} is there already. Replace it by what you have here?"
                ))
            }
            _ => {
                let link = state.draft.clone();
                state.taken.extend(list.save(&name, &link));
                Ok(format!("{} is saved.", quoted(&name)))
            }
        });
        self.ask(asks);
    }

    /// Asks whether what has this name is to be replaced, or nothing.
    fn ask(&self, name: Option<String>) {
        let word = if name.is_some() { "Replace" } else { "Save" };
        self.parts.save.set_text_content(Some(word));
        self.state().asked = name;
    }

    /// Gives what has this name to the page.
    fn bring(&self, name: &str) {
        let Ok(list) = storage::read() else {
            return self.show();
        };
        let Some(Saved { link, .. }) = list.get(name) else {
            self.show();
            return self.say(&gone(name));
        };
        self.give(link);
    }

    /// Gives a link to the page, which shows what it leads to: undo brings back what was there.
    fn give(&self, link: &str) {
        let done = self.state().done.take();
        self.close();
        if let Some(done) = done {
            let _ = done.call1(&JsValue::NULL, &JsValue::from_str(link));
        }
    }

    fn begin_renaming(&self, name: &str) {
        self.state().renaming = Some(name.to_owned());
        self.show();
        if let Some(field) = new_name() {
            dom::focus(&field);
            field.select();
        }
    }

    fn end_renaming(&self) {
        let name = self.state().renaming.take();
        self.show();
        self.say("");
        self.focus(RENAME, &name.unwrap_or_default());
    }

    fn rename(&self) {
        let (Some(from), Some(field)) = (self.state().renaming.clone(), new_name()) else {
            return;
        };
        let typed = field.value();
        let to = typed.trim();
        self.change(|list, _| {
            if to.is_empty() {
                Err("Give it a name first.".to_owned())
            } else if list.rename(&from, to) {
                Ok(format!("{} is now called {}.", quoted(&from), quoted(to)))
            } else if list.find(&from).is_none() {
                Err(gone(&from))
            } else {
                Err(format!("{} is the name of another one.", quoted(to)))
            }
        });
        match new_name() {
            Some(field) => {
                field.set_value(&typed);
                dom::focus(&field);
            }
            None => self.focus(RENAME, to),
        }
    }

    fn delete(&self, name: &str) {
        self.change(|list, state| {
            state
                .taken
                .push(list.delete(name).ok_or_else(|| gone(name))?);
            Ok(format!("{} is deleted.", quoted(name)))
        });
        if self.parts.back.hidden() {
            dom::focus(&self.parts.name);
        } else {
            dom::focus(&self.parts.back);
        }
    }

    /// Puts back what was last taken away.
    fn take_back(&self) {
        let mut back = None;
        self.change(|list, state| {
            let taken = state.taken.pop().ok_or_else(String::new)?;
            let name = list.put_back(&taken);
            back = Some(name.clone());
            Ok(format!("{} is back.", quoted(&name)))
        });
        if let Some(name) = back {
            self.focus(RENAME, &name);
        }
    }

    fn download(&self) {
        if let Some(text) = &self.state().unreadable {
            // Nothing can be done, and nothing is lost, if a browser refuses.
            let _ = take::save("saved.txt", "text/plain", text);
        }
    }

    /// Moves the keyboard to a button of what has this name, or else to where names are typed.
    fn focus(&self, action: &str, name: &str) {
        let at = storage::read().ok().and_then(|list| list.find(name));
        let button = at.and_then(|at| {
            let button = format!("li:nth-child({}) [data-action^='{action}']", at + 1);
            self.parts.list.query_selector(&button).ok()?
        });
        match button {
            Some(button) => dom::focus(button.unchecked_ref()),
            None => dom::focus(&self.parts.name),
        }
    }

    /// Shows what is saved.
    fn show(&self) {
        let (mut state, parts) = (self.state(), &self.parts);
        let (list, trouble) = match storage::read() {
            Ok(list) => (list, None),
            Err(trouble) => (List::default(), Some(trouble)),
        };
        let renaming = state.renaming.as_deref();
        let items = list.iter().map(|saved| item(saved, renaming));
        dom::fill(&parts.list, items);
        let is_empty = list.iter().next().is_none();
        parts.list.set_hidden(is_empty);
        parts.none.set_hidden(!is_empty || trouble.is_some());
        let words = trouble.as_ref().map(Trouble::words);
        parts.trouble.set_text_content(words.as_deref());
        parts.trouble.set_hidden(words.is_none());
        state.unreadable = match trouble {
            Some(Trouble::Unreadable(_, text)) => Some(text),
            _ => None,
        };
        parts.download.set_hidden(state.unreadable.is_none());
        let last = state.taken.last();
        let last = last.map(|last| format!("Take back {}", quoted(&last.saved.name)));
        parts.back.set_hidden(last.is_none());
        parts.back.set_text_content(last.as_deref());
    }

    /// Says something, also to people who cannot see it.
    fn say(&self, words: &str) {
        self.parts.status.set_text_content(Some(words));
    }
}

// What buttons do.
const SAVE: &str = "save";
const BACK: &str = "back";
const CLOSE: &str = "close";
const DOWNLOAD: &str = "download";
const RENAMED: &str = "renamed";
const KEEP_NAME: &str = "keep-name";
const OPEN: &str = "open ";
const RENAME: &str = "rename ";
const DELETE: &str = "delete ";
const EXAMPLE: &str = "example ";

const TITLE: &str = "saved-title";
const NAME: &str = "saved-name";
const NEW_NAME: &str = "saved-new-name";
const HINT: &str = "saved-hint";
const TROUBLE: &str = "saved-trouble";
const EXAMPLES: &str = "saved-examples";

impl Parts {
    fn new() -> Self {
        let name = name_field(NAME)
            .attribute("aria-describedby", &format!("{HINT} {TROUBLE}"))
            .attribute("autofocus", "");
        let save = El::button("primary", "Save", SAVE);
        let list = El::new("ul").attribute("aria-label", "Saved");
        let none = El::text("p", "none", "Nothing is saved yet.");
        let trouble = El::text("p", "trouble", "").attribute("id", TROUBLE);
        let download = El::button("button", "Download it", DOWNLOAD);
        let status = El::text("p", "reason", "").attribute("role", "status");
        let back = El::button("button back", "", BACK);
        let foot = El::new("div")
            .attribute("class", "foot")
            .child(&status)
            .child(&back)
            .child(El::button("button", "Close", CLOSE));
        let dialog = El::new("dialog")
            .attribute("class", "import saved")
            .attribute("aria-labelledby", TITLE)
            .child(El::text("h2", "", "Saved in this browser").attribute("id", TITLE))
            .child(hint())
            .child(row(&name, &save))
            .child(&trouble)
            .child(&download)
            .child(&none)
            .child(&list)
            .child(examples())
            .child(foot);
        dom::show(&dialog);
        Self {
            dialog: dialog.cast(),
            name: name.cast(),
            save: save.cast(),
            list: list.cast(),
            none: none.cast(),
            trouble: trouble.cast(),
            download: download.cast(),
            status: status.cast(),
            back: back.cast(),
        }
    }
}

fn hint() -> El {
    let hint = "What you have here, under a name. Only this browser keeps it: a link, by “Copy link”, can be kept anywhere.";
    El::text("p", "hint", hint).attribute("id", HINT)
}

/// What can be opened without having been saved.
fn examples() -> El {
    let mut list = El::new("ul").attribute("aria-labelledby", EXAMPLES);
    for preset in PRESETS {
        let what = El::new("div")
            .attribute("class", "entry")
            .child(El::text("bdi", "name", preset.title))
            .child(El::text("p", "hint", preset.summary));
        let open = El::button("button", "Open", &format!("{EXAMPLE}{}", preset.name))
            .attribute("aria-label", &format!("Open {}", preset.title));
        let actions = El::new("div").attribute("class", "actions").child(open);
        list = list.child(El::new("li").child(what).child(actions));
    }
    El::new("section")
        .attribute("class", "examples")
        .attribute("aria-labelledby", EXAMPLES)
        .child(El::text("h3", "", "Examples").attribute("id", EXAMPLES))
        .child(list)
}

fn row(name: &El, save: &El) -> El {
    let label = El::text("label", "label", "Name").attribute("for", NAME);
    El::new("div").child(label).child(
        El::new("div")
            .attribute("class", "named")
            .child(name)
            .child(save),
    )
}

fn name_field(id: &str) -> El {
    El::new("input")
        .attribute("id", id)
        .attribute("type", "text")
        .attribute("maxlength", "100")
        .attribute("spellcheck", "false")
        .attribute("autocomplete", "off")
}

/// The field for a new name, while there is one.
fn new_name() -> Option<HtmlInputElement> {
    let field: Element = dom::document().get_element_by_id(NEW_NAME)?;
    field.dyn_into().ok()
}

/// Something saved, as an item of the list.
fn item(saved: &Saved, renaming: Option<&str>) -> El {
    let Saved { name, .. } = saved;
    let item = El::new("li");
    if renaming == Some(name) {
        return item.child(new_name_row(name));
    }
    let summary = saved.summary();
    let can_be_opened = summary.is_ok();
    let summary = summary.unwrap_or_else(|why| format!("Cannot be opened. {why}"));
    let what = El::new("div")
        .attribute("class", "entry")
        .child(El::text("bdi", "name", name))
        .child(El::text("p", "hint", &summary));
    let button = |word: &str, action: &str| {
        El::button("button", word, &format!("{action}{name}"))
            .attribute("aria-label", &format!("{word} {name}"))
    };
    let buttons = El::new("div").attribute("class", "actions");
    let buttons = if can_be_opened {
        buttons.child(button("Open", OPEN))
    } else {
        buttons
    };
    let buttons = buttons.child(button("Rename", RENAME));
    item.child(what)
        .child(buttons.child(button("Delete", DELETE)))
}

fn new_name_row(name: &str) -> El {
    let field = name_field(NEW_NAME)
        .attribute("value", name)
        .attribute("aria-label", &format!("New name of {name}"));
    El::new("div")
        .attribute("class", "named")
        .child(field)
        .child(El::button("button", "Save name", RENAMED))
        .child(El::button("button", "Keep name", KEEP_NAME))
}

fn quoted(name: &str) -> String {
    format!("“{name}”")
}

fn gone(name: &str) -> String {
    format!(
        "{} is no longer there: another tab has changed what is saved.",
        quoted(name)
    )
}
