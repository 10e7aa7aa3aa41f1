//! “From here to there”: below the page, and along with every edit, what leads from what was read to what is wanted.

use std::cell::RefCell;

use multicluster_core::link;
use multicluster_core::observed::Merged;
use multicluster_core::render::Artifact;
use multicluster_core::render::packed::pack;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, Event, HtmlElement};

use crate::dom::take;
use crate::dom::{self, El};
use crate::way::Way;

/// How long a button says that something was copied.
const COPIED_MS: i32 = 2_000;

const TOGGLE: &str = "toggle";
const FORGET: &str = "forget";
const COPY: &str = "copy ";
const SAVE: &str = "save ";

/// The panel. There is one, and it lives as long as the page; it is hidden while nothing was read.
pub(crate) struct Panel {
    section: HtmlElement,
    status: Element,
    toggle: HtmlElement,
    content: HtmlElement,
    list: Element,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// What was read, until it is forgotten.
    observed: Option<Merged>,
    files: Vec<Artifact>,
}

impl Panel {
    /// Puts the panel into the page, hidden.
    pub(crate) fn new() -> &'static Self {
        let status = El::text("p", "hint", "").attribute("role", "status");
        let toggle = El::button("button", "Show", TOGGLE).attribute("aria-controls", "way-files");
        let list = El::new("div").attribute("class", "way-list");
        let content = El::new("div")
            .attribute("class", "way-files")
            .attribute("id", "way-files")
            .child(El::text("p", "hint", "They are in multicluster.zip too. What was read is kept until this page is closed or loaded again."))
            .child(&list)
            .child(El::button("quiet", "Forget what was read", FORGET));
        let section = El::new("section")
            .attribute("class", "way")
            .attribute("aria-labelledby", "way-title")
            .child(
                El::new("div")
                    .attribute("class", "way-head")
                    .child(El::text("h2", "", "From here to there").attribute("id", "way-title"))
                    .child(&status)
                    .child(&toggle),
            )
            .child(&content);
        dom::show(&section);
        let panel: &'static Self = Box::leak(Box::new(Self {
            section: section.cast(),
            status: status.cast(),
            toggle: toggle.cast(),
            content: content.cast(),
            list: list.cast(),
            state: RefCell::default(),
        }));
        panel.section.set_hidden(true);
        panel.open(false);
        dom::on(&panel.section, "click", |event| panel.click(&event));
        panel
    }

    /// Shows the way from here; where to, [`Self::follow`] tells.
    pub(crate) fn begin(&self, observed: Merged) {
        self.state.borrow_mut().observed = Some(observed);
    }

    /// Shows the way to this draft.
    pub(crate) fn follow(&self, link: &str) {
        let mut state = self.state.borrow_mut();
        let (Some(observed), Ok(draft)) = (&state.observed, link::decode(link)) else {
            return;
        };
        let way = Way::new(&draft, observed);
        self.section.set_hidden(false);
        // The same words again would be said again.
        if self.status.text_content().as_deref() != Some(&way.summary) {
            self.status.set_text_content(Some(&way.summary));
        }
        if state.files != way.files {
            dom::fill(&self.list, way.files.iter().map(file));
            let is_count_new = state.files.len() != way.files.len();
            state.files = way.files;
            drop(state);
            if is_count_new {
                tell();
            }
        }
    }

    /// How many files lead there.
    pub(crate) fn files(&self) -> usize {
        self.state.borrow().files.len()
    }

    /// Each by its name, and then itself, packed.
    pub(crate) fn packed(&self) -> Vec<String> {
        let state = self.state.borrow();
        let files = state.files.iter();
        files
            .flat_map(|file| [file.name().to_owned(), pack(file)])
            .collect()
    }

    fn open(&self, is_open: bool) {
        self.content.set_hidden(!is_open);
        self.toggle
            .set_text_content(Some(if is_open { "Hide" } else { "Show" }));
        let expanded = if is_open { "true" } else { "false" };
        dom::set(&self.toggle, "aria-expanded", Some(expanded));
        dom::set(
            &self.toggle,
            "aria-label",
            Some(if is_open {
                "Hide the way"
            } else {
                "Show the way"
            }),
        );
    }

    fn click(&'static self, event: &Event) {
        let Some((action, button)) = dom::action(event) else {
            return;
        };
        match action.as_str() {
            TOGGLE => self.open(self.content.hidden()),
            FORGET => {
                *self.state.borrow_mut() = State::default();
                self.section.set_hidden(true);
                self.open(false);
                tell();
            }
            other => {
                if let Some(name) = other.strip_prefix(COPY)
                    && let Some(text) = self.text(name)
                {
                    spawn_local(copy(text, text_id(name), button));
                } else if let Some(name) = other.strip_prefix(SAVE)
                    && let Some(text) = self.text(name)
                    && take::save(name, "text/plain", &text).is_err()
                {
                    say_on(button, "Not saved", "Download");
                }
            }
        }
    }

    fn text(&self, name: &str) -> Option<String> {
        let state = self.state.borrow();
        let file = state.files.iter().find(|file| file.name() == name)?;
        Some(file.text())
    }
}

/// Tells the page that there are other files than before.
fn tell() {
    if let Ok(event) = Event::new("writer") {
        // Fails for events that are being told of already.
        let _ = dom::window().dispatch_event(&event);
    }
}

/// Copies, and says on the button whether that worked. What was refused is selected, to be copied by hand.
async fn copy(text: String, shown: String, button: Element) {
    let copied = take::copy(&text, &shown).await;
    let word = if copied {
        "Copied"
    } else {
        "Refused: selected"
    };
    say_on(button, word, "Copy");
}

/// Says something on a button for a while.
fn say_on(button: Element, word: &str, usual: &'static str) {
    button.set_text_content(Some(word));
    dom::after(COPIED_MS, move || button.set_text_content(Some(usual)));
}

/// The id of the text of a file.
fn text_id(name: &str) -> String {
    ["way-", name].concat()
}

/// A file with its text.
fn file(file: &Artifact) -> El {
    let name = file.name();
    let button = |word: &str, action: &str| {
        El::button("button", word, &format!("{action}{name}"))
            .attribute("aria-label", &format!("{word} {name}"))
    };
    let head = El::new("div")
        .attribute("class", "way-head")
        .child(El::text("h3", "", name))
        .child(button("Download", SAVE))
        .child(button("Copy", COPY));
    let text = El::text("pre", "", &file.text())
        .attribute("id", &text_id(name))
        .attribute("role", "region")
        .attribute("aria-label", name)
        .attribute("tabindex", "0");
    El::new("div")
        .attribute("class", "way-file")
        .child(head)
        .child(text)
}
