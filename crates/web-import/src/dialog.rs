//! The dialog: what it consists of, and what happens in it.

use std::cell::{RefCell, RefMut};

use js_sys::Function;
use multicluster_core::{Draft, link};
use multicluster_import::Chosen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ClipboardEvent, Element, Event, File, HtmlDialogElement, HtmlElement, HtmlSelectElement,
};

use crate::dom::{self, El};
use crate::files;
use crate::given::{Given, PASTED};
use crate::input::Input;
use crate::items::{GO, IS};
use crate::panel::Panel;
use crate::preview::{Preview, is_example};
use crate::results::Results;

/// How long typing rests before it is read.
const REST_MS: i32 = 150;
/// A longer text that is pasted is listed like a file: text fields of browsers become slow.
const LONG_TEXT: usize = 200_000;

/// The dialog. There is one, and it lives as long as the page.
pub(crate) struct Dialog {
    parts: Parts,
    panel: &'static Panel,
    state: RefCell<State>,
}

struct State {
    /// What the page shows.
    draft: Draft,
    given: Given,
    /// Names of files that could not be read.
    unreadable: Vec<String>,
    /// Which clusters a person says they are.
    chosen: Chosen,
    /// What was read, unless nothing was given.
    preview: Option<Preview>,
    /// Whether long lists are shown in full.
    shows_all: bool,
    /// Counts what was typed, so that only the last of it is read.
    typed: u32,
    /// Gets the link to the imported draft.
    done: Option<Function>,
}

/// The elements that change.
struct Parts {
    dialog: HtmlDialogElement,
    input: Input,
    results: Results,
    status: Element,
    reason: Element,
    compare: HtmlElement,
    import: Element,
}

impl Dialog {
    /// Puts the dialog into the page, closed.
    pub(crate) fn new(panel: &'static Panel) -> &'static Self {
        let state = State {
            draft: Draft::default(),
            given: Given::default(),
            unreadable: Vec::new(),
            chosen: Chosen::new(),
            preview: None,
            shows_all: false,
            typed: 0,
            done: None,
        };
        let dialog = Box::leak(Box::new(Self {
            parts: Parts::new(),
            panel,
            state: RefCell::new(state),
        }));
        dialog.listen();
        dialog
    }

    /// Opens the dialog for this draft; what was given before is read again.
    pub(crate) fn open(&self, draft: Draft, done: Function) {
        let mut state = self.state();
        state.draft = draft;
        // What was chosen are clusters of the draft that was shown before.
        state.chosen.clear();
        state.done = Some(done);
        drop(state);
        if !self.parts.dialog.open() {
            // Fails for an element that is not in the page only.
            let _ = self.parts.dialog.show_modal();
            self.parts.input.replaces_example.set_checked(true);
            self.read();
        }
    }

    /// Reads files and adds them to what was given.
    pub(crate) fn add_files(&'static self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        spawn_local(async move {
            for file in files {
                let content = files::read(&file).await;
                let mut state = self.state();
                match content {
                    Ok(bytes) => state.given.add(&file.name(), bytes),
                    Err(_) => state.unreadable.push(file.name()),
                }
            }
            self.read();
        });
    }

    fn state(&self) -> RefMut<'_, State> {
        self.state.borrow_mut()
    }

    fn listen(&'static self) {
        let parts = &self.parts;
        dom::on(&parts.dialog, "click", |event| self.click(&event));
        dom::on(&parts.dialog, "paste", |event| self.paste(&event));
        // The page's own keys: here, undo belongs to the text field.
        dom::on(&parts.dialog, "keydown", |event| event.stop_propagation());
        dom::on(&parts.input.text, "input", |_| self.type_text());
        dom::on(&parts.input.chooser, "change", |_| {
            self.add_files(files::listed(self.parts.input.chooser.files()));
            // So that the same file can be chosen again.
            self.parts.input.chooser.set_value("");
        });
        dom::on(&parts.input.replaces_example, "change", |_| self.read());
        dom::on(&parts.results.choices, "change", |event| {
            self.choose(&event)
        });
    }

    /// Takes what was chosen in a list, which is made anew and keeps the keyboard.
    fn choose(&self, event: &Event) {
        let Some((action, list)) = dom::action(event) else {
            return;
        };
        let Some(name) = action.strip_prefix(IS) else {
            return;
        };
        let value = list.unchecked_into::<HtmlSelectElement>().value();
        let mut state = self.state();
        let mut ids = state.draft.clusters.iter().map(|cluster| cluster.id);
        let is = ids.find(|id| id.get().to_string() == value);
        state.chosen.insert(name.to_owned(), is);
        drop(state);
        self.read();
        if let Some(list) = dom::button(&self.parts.results.choices, &action) {
            dom::focus(&list);
        }
    }

    fn click(&'static self, event: &Event) {
        let Some((action, _)) = dom::action(event) else {
            return;
        };
        match action.as_str() {
            CHOOSE => self.parts.input.chooser.click(),
            CANCEL => self.parts.dialog.close(),
            IMPORT => self.import(),
            COMPARE => self.compare(),
            CLEAR => self.clear(),
            ALL => {
                self.state().shows_all = true;
                self.show();
                dom::focus(&self.parts.results.side);
            }
            other => {
                if let Some(name) = other.strip_prefix(REMOVE) {
                    self.remove(name);
                } else if let Some(line) = other.strip_prefix(GO) {
                    self.parts.input.go_to(line.parse().unwrap_or(1));
                }
            }
        }
    }

    /// Files that are pasted are read, and so is a text too long for the field.
    fn paste(&'static self, event: &Event) {
        let Some(data) = event.unchecked_ref::<ClipboardEvent>().clipboard_data() else {
            return;
        };
        let files = files::listed(data.files());
        if !files.is_empty() {
            event.prevent_default();
            return self.add_files(files);
        }
        let text = data.get_data("text/plain").unwrap_or_default();
        if text.len() > LONG_TEXT {
            event.prevent_default();
            self.state().given.add(PASTED, text.into_bytes());
            self.read();
        }
    }

    /// Reads what is typed, once typing rests.
    fn type_text(&'static self) {
        let typed = {
            let mut state = self.state();
            state.typed = state.typed.wrapping_add(1);
            state.typed
        };
        dom::after(REST_MS, move || {
            if self.state().typed == typed {
                self.read();
            }
        });
    }

    fn remove(&self, name: &str) {
        let mut state = self.state();
        state.given.remove(name);
        drop(state);
        self.read();
        dom::focus(&self.parts.input.text);
    }

    fn clear(&self) {
        self.parts.input.text.set_value("");
        let mut state = self.state();
        state.given = Given::default();
        state.chosen.clear();
        drop(state);
        self.read();
        dom::focus(&self.parts.input.text);
    }

    /// Gives the imported draft to the page, and shows the way from what was read to it.
    fn import(&self) {
        let mut state = self.state();
        let result = state.preview.as_ref().map(|preview| &preview.result);
        let Some(Ok(link)) = result.cloned() else {
            return;
        };
        let done = state.done.take();
        drop(state);
        self.finish(&link);
        if let Some(done) = done {
            let _ = done.call1(&JsValue::NULL, &JsValue::from_str(&link));
        }
    }

    /// Shows the way from what was read to what is on the page, which stays as it is.
    fn compare(&self) {
        let link = link::encode(&self.state().draft);
        self.finish(&link);
    }

    /// Leaves the dialog empty.
    fn finish(&self, link: &str) {
        let preview = self.state().preview.take();
        self.clear();
        self.parts.dialog.close();
        if let Some(observed) = preview.and_then(|preview| preview.observed) {
            self.panel.begin(observed);
            self.panel.follow(link);
        }
    }

    /// Reads everything that was given, and shows what would become of it.
    fn read(&self) {
        let mut state = self.state();
        state.given.text = self.parts.input.text.value();
        state.shows_all = false;
        state.preview = (!state.given.is_empty()).then(|| {
            let replaces_example = self.parts.input.replaces_example.checked();
            let sources = state.given.sources();
            Preview::new(&state.draft, &sources, replaces_example, &state.chosen)
        });
        drop(state);
        self.show();
        self.state().unreadable.clear();
    }

    fn show(&self) {
        let (state, parts) = (self.state(), &self.parts);
        let preview = state.preview.as_ref();
        let is_readable = preview.is_some_and(|preview| !preview.recognised.is_empty());
        let has_example = is_readable && is_example(&state.draft);
        parts.input.show(&state.given, has_example);
        parts.results.show(preview, state.shows_all);
        let summary = preview.map(Preview::summary);
        parts.say(&state.unreadable, summary.as_deref().unwrap_or_default());
        let observed = preview.and_then(|preview| preview.observed.as_ref());
        parts.compare.set_hidden(observed.is_none());
        parts.allow(match preview {
            None => Some("Paste something, or choose files."),
            Some(preview) => preview.result.as_ref().err().copied(),
        });
    }
}

// What buttons do.
pub(crate) const CHOOSE: &str = "choose";
pub(crate) const CLEAR: &str = "clear";
pub(crate) const ALL: &str = "all";
pub(crate) const REMOVE: &str = "remove ";
const CANCEL: &str = "cancel";
const IMPORT: &str = "import";
const COMPARE: &str = "compare";

/// What can be imported, in words: the id of that.
pub(crate) const HINT: &str = "import-hint";
const TITLE: &str = "import-title";
const REASON: &str = "import-reason";

impl Parts {
    fn new() -> Self {
        let (input_side, input) = Input::new();
        let (results_side, results) = Results::new();
        let sides = El::new("div")
            .attribute("class", "sides")
            .child(input_side)
            .child(results_side);
        let status = El::text("p", "status", "").attribute("role", "status");
        let reason = El::text("p", "reason", "").attribute("id", REASON);
        let compare = El::button("button", "Compare only", COMPARE).attribute(
            "title",
            "Change nothing here, and show what leads from what was read to it",
        );
        let import = El::button("primary", "Import", IMPORT).attribute("aria-describedby", REASON);
        let foot = El::new("div")
            .attribute("class", "foot")
            .child(&reason)
            .child(El::button("button", "Cancel", CANCEL))
            .child(&compare)
            .child(&import);
        let dialog = El::new("dialog")
            .attribute("class", "import")
            .attribute("aria-labelledby", TITLE)
            .child(El::text("h2", "", "Import").attribute("id", TITLE))
            .child(hint())
            .child(sides)
            .child(&status)
            .child(foot);
        dom::show(&dialog);
        Self {
            dialog: dialog.cast(),
            input,
            results,
            status: status.cast(),
            reason: reason.cast(),
            compare: compare.cast(),
            import: import.cast(),
        }
    }

    /// Says what was read, also to people who cannot see it.
    fn say(&self, unreadable: &[String], summary: &str) {
        let unreadable = match unreadable {
            [] => String::new(),
            names => format!("Could not be read: {}. ", names.join(", ")),
        };
        self.status.set_text_content(Some(&(unreadable + summary)));
    }

    /// Allows to import, unless there is a reason against it. A button that is disabled would lose the keyboard.
    fn allow(&self, reason: Option<&str>) {
        self.reason.set_text_content(Some(
            reason.unwrap_or("Undo brings the clusters back as they were."),
        ));
        dom::set(&self.import, "aria-disabled", reason.map(|_| "true"));
    }
}

fn hint() -> El {
    El::text("p", "hint", "").attribute("id", HINT).prose(
        "Configuration files of servers, Helm values, output of `cluster list` and `describe`, scripts, links, our \
         archives. Nothing leaves this page.",
    )
}
