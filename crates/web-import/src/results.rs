//! The side of the dialog that shows what was read, and what would become of it.

use web_sys::{Element, HtmlElement};

use crate::dialog::ALL;
use crate::dom::{self, El};
use crate::items;
use crate::preview::Preview;

/// How many items of a list are shown at first.
const SHOWN: usize = 50;

/// The elements that change.
pub(crate) struct Results {
    pub(crate) side: HtmlElement,
    recognised: Element,
    pub(crate) choices: HtmlElement,
    choices_title: HtmlElement,
    changes: Element,
    changes_note: Element,
    findings: Element,
    findings_title: Element,
    all: HtmlElement,
}

impl Results {
    /// The side as a whole, and what changes in it.
    pub(crate) fn new() -> (El, Self) {
        let [recognised_title, recognised] = list("import-recognised", "Recognised");
        let [choices_title, choices] = list("import-choices", "Which clusters they are");
        let [changes_title, changes] = list("import-changes", "What will change");
        let [findings_title, findings] = list("import-findings", "Findings");
        let findings = findings.attribute("class", "findings");
        let changes_note = El::text("p", "hint", "");
        let all = El::button("button", "Show all", ALL);
        let side = El::new("div")
            .attribute("class", "results")
            .attribute("role", "region")
            .attribute("aria-label", "What was read")
            .attribute("tabindex", "0")
            .child(recognised_title)
            .child(&recognised)
            .child(&choices_title)
            .child(&choices)
            .child(changes_title)
            .child(&changes)
            .child(&changes_note)
            .child(&findings_title)
            .child(&findings)
            .child(&all);
        let results = Self {
            side: side.cast(),
            recognised: recognised.cast(),
            choices: choices.cast(),
            choices_title: choices_title.cast(),
            changes: changes.cast(),
            changes_note: changes_note.cast(),
            findings: findings.cast(),
            findings_title: findings_title.cast(),
            all: all.cast(),
        };
        (side, results)
    }

    /// Shows a preview, or nothing.
    pub(crate) fn show(&self, preview: Option<&Preview>, shows_all: bool) {
        self.side.set_hidden(preview.is_none());
        let Some(preview) = preview else {
            return;
        };
        let most = if shows_all { usize::MAX } else { SHOWN };
        let Preview {
            recognised,
            choices,
            findings,
            changes,
            ..
        } = preview;
        let lines = recognised.iter().take(most);
        let lines = lines.map(|line| El::new("li").prose(line));
        dom::fill(&self.recognised, lines);
        dom::fill(&self.choices, choices.iter().take(most).map(items::choice));
        for part in [&self.choices, &self.choices_title] {
            part.set_hidden(choices.is_empty());
        }
        let groups = changes.iter().take(most).map(items::group);
        dom::fill(&self.changes, groups);
        self.changes_note.set_text_content(Some(note(preview)));
        let listed = findings.iter().take(most).map(items::finding);
        dom::fill(&self.findings, listed);
        let title = format!("Findings ({})", findings.len());
        self.findings_title.set_text_content(Some(&title));
        let lengths = [
            recognised.len(),
            choices.len(),
            findings.len(),
            changes.len(),
        ];
        self.all
            .set_hidden(lengths.iter().all(|length| *length <= most));
    }
}

/// What stands below an empty list of changes.
fn note(preview: &Preview) -> &'static str {
    match (preview.changes.is_empty(), &preview.result) {
        (false, _) => "",
        (true, Ok(_)) => {
            "No value. Numbers that had been assigned are from now on known to be in use."
        }
        (true, Err(_)) => "Nothing.",
    }
}

/// A title, and an empty list of this name.
fn list(id: &str, name: &str) -> [El; 2] {
    let title = El::text("h3", "", name).attribute("id", id);
    [title, El::new("ul").attribute("aria-labelledby", id)]
}
