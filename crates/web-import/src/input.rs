//! The side of the dialog where things are put in: the text field, the files, and what becomes of the example.

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use crate::dialog::{CHOOSE, CLEAR, HINT, REMOVE};
use crate::dom::{self, El};
use crate::given::{Given, size};

const TEXT: &str = "import-text";

/// The elements that change.
pub(crate) struct Input {
    pub(crate) text: HtmlTextAreaElement,
    pub(crate) chooser: HtmlInputElement,
    pub(crate) replaces_example: HtmlInputElement,
    files: Element,
    example: HtmlElement,
}

impl Input {
    /// The side as a whole, and what changes in it.
    pub(crate) fn new() -> (El, Self) {
        let text = text_field();
        let chooser = El::new("input")
            .attribute("type", "file")
            .attribute("multiple", "")
            .attribute("hidden", "");
        let replaces_example = El::new("input").attribute("type", "checkbox");
        let label = "Replace the example that the page began with";
        let example = El::new("label")
            .attribute("class", "example")
            .child(&replaces_example)
            .child(El::text("span", "", label));
        let files = El::new("ul")
            .attribute("class", "given")
            .attribute("aria-label", "Given files");
        let side = El::new("div")
            .attribute("class", "input-side")
            .child(El::text("label", "label", "Paste").attribute("for", TEXT))
            .child(&text)
            .child(buttons())
            .child(&chooser)
            .child(&files)
            .child(&example);
        let input = Self {
            text: text.cast(),
            chooser: chooser.cast(),
            replaces_example: replaces_example.cast(),
            files: files.cast(),
            example: example.cast(),
        };
        (side, input)
    }

    /// Shows which files were given, and whether there is an example that can be replaced.
    pub(crate) fn show(&self, given: &Given, has_example: bool) {
        dom::fill(&self.files, given.files().map(file));
        self.example.set_hidden(!has_example);
    }

    /// Selects a line of the text, counted from 1.
    pub(crate) fn go_to(&self, line: u32) {
        let text = self.text.value();
        let lines: Vec<&str> = text.split('\n').collect();
        let before = (line.saturating_sub(1) as usize).min(lines.len() - 1);
        // Browsers count in units of UTF-16.
        let length = |line: &&str| u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX);
        let start: u32 = lines[..before].iter().map(|line| length(line) + 1).sum();
        dom::focus(&self.text);
        let end = start + length(&lines[before]);
        // Fails for other kinds of fields only.
        let _ = self.text.set_selection_range(start, end);
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        let height = self.text.scroll_height() / number(lines.len());
        let above = number(before).saturating_sub(2);
        self.text.set_scroll_top(height.saturating_mul(above));
    }
}

fn text_field() -> El {
    El::new("textarea")
        .attribute("id", TEXT)
        .attribute("rows", "10")
        .attribute("wrap", "off")
        .attribute("spellcheck", "false")
        .attribute("autocomplete", "off")
        .attribute("aria-describedby", HINT)
        .attribute("autofocus", "")
}

fn buttons() -> El {
    El::new("div")
        .attribute("class", "actions")
        .child(El::button("button", "Choose files", CHOOSE))
        .child(El::text("span", "hint", "or drop them anywhere"))
        .child(El::button("quiet clear", "Clear", CLEAR))
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
