//! The dialog: what it consists of, and what happens in it.

use std::cell::{RefCell, RefMut};

use js_sys::Function;
use multicluster_core::{Draft, link};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    ClipboardEvent, Element, Event, File, HtmlDialogElement, HtmlElement, HtmlInputElement,
    HtmlTextAreaElement,
};

use crate::dom::{self, El};
use crate::files;
use crate::findings::{self, GO};
use crate::given::{Given, PASTED, size};
use crate::panel::Panel;
use crate::preview::{Preview, is_example};

/// How long typing rests before it is read.
const REST_MS: i32 = 150;
/// A longer text that is pasted is listed like a file: text fields of browsers become slow.
const LONG_TEXT: usize = 200_000;
/// How many items of a list are shown at first.
const SHOWN: usize = 50;

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
    text: HtmlTextAreaElement,
    chooser: HtmlInputElement,
    files: Element,
    example: HtmlElement,
    replaces_example: HtmlInputElement,
    status: Element,
    results: HtmlElement,
    recognised: Element,
    changes: Element,
    changes_note: Element,
    findings: Element,
    findings_title: Element,
    all: HtmlElement,
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
        state.done = Some(done);
        drop(state);
        if !self.parts.dialog.open() {
            // Fails for an element that is not in the page only.
            let _ = self.parts.dialog.show_modal();
            self.parts.replaces_example.set_checked(true);
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
        dom::on(&parts.text, "input", |_| self.type_text());
        dom::on(&parts.chooser, "change", |_| {
            self.add_files(files::listed(self.parts.chooser.files()));
            // So that the same file can be chosen again.
            self.parts.chooser.set_value("");
        });
        dom::on(&parts.replaces_example, "change", |_| self.read());
    }

    fn click(&'static self, event: &Event) {
        let Some((action, _)) = dom::action(event) else {
            return;
        };
        match action.as_str() {
            CHOOSE => self.parts.chooser.click(),
            CANCEL => self.parts.dialog.close(),
            IMPORT => self.import(),
            COMPARE => self.compare(),
            CLEAR => self.clear(),
            ALL => {
                self.state().shows_all = true;
                self.show();
                focus(&self.parts.results);
            }
            other => {
                if let Some(name) = other.strip_prefix(REMOVE) {
                    self.remove(name);
                } else if let Some(line) = other.strip_prefix(GO) {
                    self.parts.go_to(line.parse().unwrap_or(1));
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
        focus(&self.parts.text);
    }

    fn clear(&self) {
        self.parts.text.set_value("");
        self.state().given = Given::default();
        self.read();
        focus(&self.parts.text);
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
        state.given.text = self.parts.text.value();
        state.shows_all = false;
        state.preview = (!state.given.is_empty()).then(|| {
            let replaces_example = self.parts.replaces_example.checked();
            Preview::new(&state.draft, &state.given.sources(), replaces_example)
        });
        drop(state);
        self.show();
        self.state().unreadable.clear();
    }

    fn show(&self) {
        let (state, parts) = (self.state(), &self.parts);
        dom::fill(&parts.files, state.given.files().map(file));
        let is_readable = state
            .preview
            .as_ref()
            .is_some_and(|preview| !preview.recognised.is_empty());
        parts
            .example
            .set_hidden(!(is_readable && is_example(&state.draft)));
        parts.results.set_hidden(state.preview.is_none());
        if let Some(preview) = &state.preview {
            parts.show_preview(preview, state.shows_all);
        }
        let summary = state.preview.as_ref().map(Preview::summary);
        parts.say(&state.unreadable, summary.as_deref().unwrap_or_default());
        let observed = state
            .preview
            .as_ref()
            .and_then(|preview| preview.observed.as_ref());
        parts.compare.set_hidden(observed.is_none());
        parts.allow(match &state.preview {
            None => Some("Paste something, or choose files."),
            Some(preview) => preview.result.as_ref().err().copied(),
        });
    }
}

const CHOOSE: &str = "choose";
const CANCEL: &str = "cancel";
const IMPORT: &str = "import";
const COMPARE: &str = "compare";
const CLEAR: &str = "clear";
const ALL: &str = "all";
const REMOVE: &str = "remove ";

fn focus(element: &HtmlElement) {
    // Fails for elements that are not in the page only.
    let _ = element.focus();
}

/// A file that was given, with a button that takes it away.
fn file((name, bytes): (&str, usize)) -> El {
    let remove = El::button("quiet", "Remove", &format!("{REMOVE}{name}"))
        .attribute("aria-label", &format!("Remove {name}"));
    El::new("li")
        .child(El::text("span", "name", name))
        .child(El::text("span", "hint", &size(bytes)))
        .child(remove)
}

impl Parts {
    fn new() -> Self {
        let text = El::new("textarea")
            .attribute("id", "import-text")
            .attribute("rows", "10")
            .attribute("wrap", "off")
            .attribute("spellcheck", "false")
            .attribute("autocomplete", "off")
            .attribute("aria-describedby", "import-hint")
            .attribute("autofocus", "");
        let chooser = El::new("input")
            .attribute("type", "file")
            .attribute("multiple", "")
            .attribute("hidden", "");
        let replaces_example = El::new("input").attribute("type", "checkbox");
        let example = El::new("label")
            .attribute("class", "example")
            .child(&replaces_example)
            .child(El::text(
                "span",
                "",
                "Replace the example that the page began with",
            ));
        let list = |id: &str| El::new("ul").attribute("aria-labelledby", id);
        let title = |id: &str, text: &str| El::text("h3", "", text).attribute("id", id);
        let files = El::new("ul")
            .attribute("class", "given")
            .attribute("aria-label", "Given files");
        let recognised = list("import-recognised");
        let changes = list("import-changes").attribute("class", "changes");
        let changes_note = El::text("p", "hint", "");
        let findings = list("import-findings").attribute("class", "findings");
        let findings_title = title("import-findings", "Findings");
        let all = El::button("button", "Show all", ALL);
        let results = El::new("div")
            .attribute("class", "results")
            .attribute("role", "region")
            .attribute("aria-label", "What was read")
            .attribute("tabindex", "0")
            .child(title("import-recognised", "Recognised"))
            .child(&recognised)
            .child(title("import-changes", "What will change"))
            .child(&changes)
            .child(&changes_note)
            .child(&findings_title)
            .child(&findings)
            .child(&all);
        let status = El::text("p", "status", "").attribute("role", "status");
        let reason = El::text("p", "reason", "").attribute("id", "import-reason");
        let compare = El::button("button", "Compare only", COMPARE).attribute(
            "title",
            "Change nothing here, and show what leads from what was read to it",
        );
        let import =
            El::button("primary", "Import", IMPORT).attribute("aria-describedby", "import-reason");

        let given = El::new("div")
            .attribute("class", "input-side")
            .child(El::text("label", "label", "Paste").attribute("for", "import-text"))
            .child(&text)
            .child(
                El::new("div")
                    .attribute("class", "actions")
                    .child(El::button("button", "Choose files", CHOOSE))
                    .child(El::text("span", "hint", "or drop them anywhere"))
                    .child(El::button("quiet clear", "Clear", CLEAR)),
            )
            .child(&chooser)
            .child(&files)
            .child(&example);
        let footer = El::new("div")
            .attribute("class", "foot")
            .child(&reason)
            .child(El::button("button", "Cancel", CANCEL))
            .child(&compare)
            .child(&import);
        let dialog = El::new("dialog")
            .attribute("class", "import")
            .attribute("aria-labelledby", "import-title")
            .child(El::text("h2", "", "Import").attribute("id", "import-title"))
            .child(
                El::text("p", "hint", "")
                    .attribute("id", "import-hint")
                    .prose("Configuration files of servers, Helm values, output of `cluster list` and `describe`, scripts, links, our archives. Nothing leaves this page."),
            )
            .child(El::new("div").attribute("class", "sides").child(&given).child(&results))
            .child(&status)
            .child(footer);
        if let Some(body) = dom::document().body() {
            let _ = body.append_child(dialog.as_ref());
        }
        Self {
            dialog: dialog.cast(),
            text: text.cast(),
            chooser: chooser.cast(),
            files: files.cast(),
            example: example.cast(),
            replaces_example: replaces_example.cast(),
            status: status.cast(),
            results: results.cast(),
            recognised: recognised.cast(),
            changes: changes.cast(),
            changes_note: changes_note.cast(),
            findings: findings.cast(),
            findings_title: findings_title.cast(),
            all: all.cast(),
            reason: reason.cast(),
            compare: compare.cast(),
            import: import.cast(),
        }
    }

    fn show_preview(&self, preview: &Preview, shows_all: bool) {
        let most = if shows_all { usize::MAX } else { SHOWN };
        let Preview {
            recognised,
            findings,
            changes,
            result,
            ..
        } = preview;
        let lines = recognised.iter().take(most);
        dom::fill(
            &self.recognised,
            lines.map(|line| El::new("li").prose(line)),
        );
        dom::fill(
            &self.changes,
            changes.iter().take(most).map(findings::group),
        );
        dom::fill(
            &self.findings,
            findings.iter().take(most).map(findings::finding),
        );
        self.findings_title
            .set_text_content(Some(&format!("Findings ({})", findings.len())));
        let note = match (changes.is_empty(), result) {
            (false, _) => "",
            (true, Ok(_)) => {
                "No value. Numbers that had been assigned are from now on known to be in use."
            }
            (true, Err(_)) => "Nothing.",
        };
        self.changes_note.set_text_content(Some(note));
        let longest = recognised.len().max(findings.len()).max(changes.len());
        self.all.set_hidden(longest <= most);
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
        self.reason
            .set_text_content(Some(reason.unwrap_or("Undo takes it back.")));
        dom::set(&self.import, "aria-disabled", reason.map(|_| "true"));
    }

    /// Selects a line of the pasted text, counted from 1.
    fn go_to(&self, line: u32) {
        let text = self.text.value();
        let length = |line: &str| u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX);
        let before = line.saturating_sub(1) as usize;
        let start: u32 = text
            .split('\n')
            .take(before)
            .map(|line| length(line) + 1)
            .sum();
        let end = start + text.split('\n').nth(before).map_or(0, length);
        focus(&self.text);
        let _ = self.text.set_selection_range(start, end);
        let lines = i32::try_from(text.split('\n').count()).unwrap_or(i32::MAX);
        let height = self.text.scroll_height() / lines.max(1);
        let above = i32::try_from(before).unwrap_or(i32::MAX).saturating_sub(2);
        self.text.set_scroll_top(height.saturating_mul(above));
    }
}
