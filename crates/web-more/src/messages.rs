//! What servers and tools print, read back.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use multicluster_core::decode::{Decoded, Finding, UnknownLine, decode};
use multicluster_core::{ClusterField, Code, Draft, Path, Resolution, resolve};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, HtmlTextAreaElement};

use crate::dom::{self, El};
use crate::tools::{Subject, Tool, VISIT};

const FIELD: &str = "message";
const HINT: &str = "message-hint";
const CLEAR: &str = "clear-message";
/// How long typing rests before it is read.
const REST_MS: i32 = 150;
/// A longer text is kept beside the field: text fields of browsers become slow.
const LONG_TEXT: usize = 200_000;

/// The tab.
pub(crate) struct Messages {
    parts: Rc<Parts>,
}

struct Parts {
    input: HtmlTextAreaElement,
    long: HtmlElement,
    status: Element,
    results: Element,
    draft: RefCell<Draft>,
    resolution: RefCell<Resolution>,
    /// What was pasted and is too long for the field.
    long_text: RefCell<Option<String>>,
    /// Counts what was typed, so that only the last of it is read.
    typed: Cell<u32>,
}

impl Messages {
    pub(crate) fn new() -> Self {
        let draft = Draft::empty();
        let resolution = resolve(&draft);
        let input = El::new("textarea")
            .attribute("id", FIELD)
            .attribute("aria-describedby", HINT)
            .attribute("rows", "8")
            .attribute("autocomplete", "off")
            .attribute("spellcheck", "false");
        Self {
            parts: Rc::new(Parts {
                input: input.cast(),
                long: El::new("p").attribute("hidden", "").cast(),
                status: El::new("p")
                    .attribute("role", "status")
                    .attribute("class", "status")
                    .cast(),
                results: El::new("div").attribute("class", "messages").cast(),
                draft: RefCell::new(draft),
                resolution: RefCell::new(resolution),
                long_text: RefCell::default(),
                typed: Cell::default(),
            }),
        }
    }
}

impl Tool for Messages {
    fn title(&self) -> &'static str {
        "Messages"
    }

    fn panel(&self) -> El {
        let hint = "Lines of a log, a panic, the answer of tctl or temporal: as many as you like. Nothing leaves this page.";
        let label = El::text("label", "", "Server or tool message").attribute("for", FIELD);
        let (typing, pasting) = (self.parts.clone(), self.parts.clone());
        dom::on(&self.parts.input, "input", move |_| typing.type_text());
        dom::on(&self.parts.input, "paste", move |event| {
            pasting.paste(&event)
        });
        let parts = &self.parts;
        El::new("div")
            .attribute("class", "message-tool")
            .child(El::new("p").attribute("class", "label").child(label))
            .child(&parts.input)
            .child(El::text("p", "hint", hint).attribute("id", HINT))
            .child(&parts.long)
            .child(&parts.status)
            .child(&parts.results)
    }

    fn show(&self, subject: &Subject) {
        self.parts.draft.replace(subject.draft.clone());
        self.parts.resolution.replace(subject.resolution.clone());
        self.parts.read();
    }

    fn click(&self, action: &str, _button: &Element) {
        if action == CLEAR {
            self.parts.long_text.replace(None);
            self.parts.read();
            dom::focus(&self.parts.input);
        }
    }
}

impl Parts {
    /// Reads what is typed, once typing rests.
    fn type_text(self: &Rc<Self>) {
        let typed = self.typed.get().wrapping_add(1);
        self.typed.set(typed);
        let this = self.clone();
        dom::after(REST_MS, move || {
            if this.typed.get() == typed {
                this.read();
            }
        });
    }

    fn paste(&self, event: &Event) {
        let Some(data) = event.unchecked_ref::<ClipboardEvent>().clipboard_data() else {
            return;
        };
        let text = data.get_data("text/plain").unwrap_or_default();
        if text.len() > LONG_TEXT {
            event.prevent_default();
            self.long_text.replace(Some(text));
            self.read();
        }
    }

    fn read(&self) {
        let typed = self.input.value();
        let long = self.long_text.borrow();
        self.show_long(long.as_deref());
        let text = long.as_deref().unwrap_or(&typed);
        let draft = self.draft.borrow();
        let decoded = decode(text, &draft, &self.resolution.borrow());
        self.status.set_text_content(Some(&summary(&decoded)));
        let mut results = Vec::new();
        if !decoded.findings.is_empty() {
            let mut list = El::new("ol").attribute("aria-label", "Known messages");
            for finding in &decoded.findings {
                list = list.child(item(finding, &draft));
            }
            results.push(list);
        }
        results.extend(more(decoded.more_findings, "known message"));
        if !decoded.unknown.is_empty() {
            results.push(El::text("h3", "", "Lines that complain and are not known"));
            let mut list = El::new("ul").attribute("aria-label", "Unknown lines");
            for line in &decoded.unknown {
                list = list.child(unknown(line));
            }
            results.push(list);
        }
        results.extend(more(decoded.more_unknown, "line"));
        dom::fill(&self.results, results);
    }

    fn show_long(&self, text: Option<&str>) {
        self.long.set_hidden(text.is_none());
        let Some(text) = text else {
            return;
        };
        let words = format!(
            "A text of {} lines was pasted. It is read, and not shown. ",
            text.lines().count()
        );
        let clear = El::button("button", "Clear it", CLEAR);
        dom::fill(&self.long, [El::new("span").words(&words), clear]);
    }
}

/// What was found, in one sentence; nothing for an empty text.
fn summary(decoded: &Decoded) -> String {
    let known = decoded.findings.len() + decoded.more_findings;
    let unknown = decoded.unknown.len() + decoded.more_unknown;
    let lines = counted(decoded.lines, "line");
    match (decoded.lines, known, unknown) {
        (0, ..) => String::new(),
        (_, 0, 0) => format!("{lines}: no message that this page knows."),
        (_, 0, unknown) => format!(
            "{lines}: no message that this page knows, and {} that it does not know.",
            counted(unknown, "complaint")
        ),
        (_, known, 0) => format!("{lines}: {}.", counted(known, "known message")),
        (_, known, unknown) => format!(
            "{lines}: {}, and {} that this page does not know.",
            counted(known, "known message"),
            counted(unknown, "complaint")
        ),
    }
}

fn counted(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

fn more(count: usize, word: &str) -> Option<El> {
    (count > 0).then(|| El::text("p", "hint", &format!("And {} more.", counted(count, word))))
}

/// A known message: its words, the cause, the way out, and what leads to the fields.
fn item(finding: &Finding, draft: &Draft) -> El {
    let mut place = format!("Line {}", finding.line);
    if finding.times > 1 {
        place.push_str(&format!(", {} times", finding.times));
    }
    place.push_str(&format!(" · {}", finding.releases));
    let mut item = El::new("li")
        .child(El::text("p", "hint", &place))
        .child(El::new("p").child(El::text("code", "", &finding.message)))
        .child(El::new("p").child(El::text("strong", "", &finding.cause)))
        .child(El::text("p", "", &finding.way_out));
    if let Some(code) = finding.code {
        let words = if finding.is_in_draft {
            "This page finds it in what is typed now: "
        } else {
            "This page checks it, and what is typed now is right: "
        };
        let rule = El::new("p")
            .attribute("class", "hint")
            .words(words)
            .child(reference(code));
        item = item.child(rule);
    }
    let mut buttons = El::new("p").attribute("class", "actions");
    for &path in &finding.fields {
        let action = format!("{VISIT}{}", element_id(path, draft));
        let name = format!("Go to {}", field_name(path, draft));
        buttons = buttons.child(El::button("button", &name, &action));
    }
    if finding.fields.is_empty() {
        item
    } else {
        item.child(buttons)
    }
}

/// Leads to what is written of a rule, beside the page.
fn reference(code: Code) -> El {
    let address = ["reference.html#", code.as_str()].concat();
    El::text("a", "", code.as_str())
        .attribute("href", &address)
        .attribute("target", "_blank")
        .attribute("rel", "noopener")
}

fn unknown(line: &UnknownLine) -> El {
    El::new("li")
        .child(El::text("span", "hint", &format!("Line {} ", line.line)))
        .child(El::text("code", "", &line.text))
}

/// The id of what takes the keyboard in a field.
fn element_id(path: Path, draft: &Draft) -> String {
    match path {
        // Each of its choices is an element.
        Path::Tool => format!("{}-{}", path.slug(), draft.tool.program()),
        Path::Tls
        | Path::Setting(_)
        | Path::Cluster(_, _, ClusterField::TlsServerName | ClusterField::AddressFrom(_)) => {
            // They are in the dialog itself.
            "tools".to_owned()
        }
        _ => path.slug(),
    }
}

fn field_name(path: Path, draft: &Draft) -> String {
    match path {
        Path::ServerVersion => "Server version".to_owned(),
        Path::Tool => "Command line tool".to_owned(),
        Path::Increment => "Failover version increment".to_owned(),
        Path::Master => "Master cluster".to_owned(),
        Path::Redirection => "Redirection policy".to_owned(),
        Path::Tls => "TLS between clusters".to_owned(),
        Path::Setting(setting) => setting.label().to_owned(),
        Path::Clusters => "Add cluster".to_owned(),
        Path::Cluster(index, id, field) => {
            let name = draft.cluster(id).map_or("", |cluster| &cluster.name);
            if name.trim().is_empty() {
                format!("{} of cluster {}", field.label(), index + 1)
            } else {
                format!("{} of {name}", field.label())
            }
        }
    }
}
