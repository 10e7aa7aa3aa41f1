//! The same set-up in other formats (`multicluster_core::render::extra`).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use multicluster_core::render::extra::{Flavour, render_extra, zip_of};
use multicluster_core::{Artifact, Plan};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlSelectElement};

use crate::dom::{self, El, take};
use crate::tools::{Subject, Tool};

/// The tool.
pub(crate) struct Formats(Rc<Panel>);

struct Panel {
    parts: Parts,
    plan: RefCell<Option<Plan>>,
    files: RefCell<Vec<Artifact>>,
    /// Its place among the files.
    chosen: Cell<usize>,
}

/// The elements that change, and the one that holds them.
struct Parts {
    whole: El,
    format: HtmlSelectElement,
    summary: HtmlElement,
    hindrance: HtmlElement,
    files: HtmlElement,
    list: HtmlElement,
    copy: HtmlElement,
    download: HtmlElement,
    text: HtmlElement,
    status: HtmlElement,
}

const FORMAT: &str = "other-format";
const SUMMARY: &str = "other-summary";
const TEXT: &str = "other-text";
// What buttons do.
const CHOOSE: &str = "choose ";
const COPY: &str = "copy";
const DOWNLOAD: &str = "download";
const DOWNLOAD_ALL: &str = "download-all";

const NO_PLAN: &str =
    "While the page lists an error, nothing is written in other formats. Put it right first.";

/// A file with more lines than this is shown without colours: each is an element.
const MOST_COLOURED_LINES: usize = 2000;

impl Formats {
    pub(crate) fn new() -> Self {
        let panel = Rc::new(Panel {
            parts: Parts::new(),
            plan: RefCell::default(),
            files: RefCell::default(),
            chosen: Cell::default(),
        });
        let of_event = panel.clone();
        dom::on(&panel.parts.format, "change", move |_| of_event.write());
        Self(panel)
    }
}

impl Tool for Formats {
    fn title(&self) -> &'static str {
        "Other formats"
    }

    fn panel(&self) -> El {
        self.0.parts.whole.clone()
    }

    fn show(&self, subject: &Subject) {
        self.0.plan.replace(subject.resolution.plan().cloned());
        self.0.write();
    }

    fn click(&self, action: &str, _: &Element) {
        let panel = &self.0;
        match action {
            COPY => panel.copy(),
            DOWNLOAD => panel.with_chosen(|file| {
                // A name has no folders there.
                let name = file.name().replace('/', "-");
                panel.told(take::save(&name, "text/plain", &file.text()).is_ok());
            }),
            DOWNLOAD_ALL => {
                let bytes = zip_of(&panel.files.borrow());
                let name = panel.flavour().zip_name();
                panel.told(take::save_bytes(name, "application/zip", &bytes).is_ok());
            }
            other => {
                if let Some(Ok(place)) = other.strip_prefix(CHOOSE).map(str::parse) {
                    panel.choose(place);
                }
            }
        }
    }
}

impl Panel {
    fn flavour(&self) -> Flavour {
        Flavour::from_name(&self.parts.format.value()).unwrap_or(Flavour::Helm)
    }

    /// Writes the files of the format that is chosen.
    fn write(&self) {
        let (flavour, parts) = (self.flavour(), &self.parts);
        parts.summary.set_text_content(Some(flavour.summary()));
        let (files, why_not) = match &*self.plan.borrow() {
            None => (Vec::new(), Some(NO_PLAN.to_owned())),
            Some(plan) => (
                render_extra(plan, flavour),
                flavour.hindrance(plan).map(|it| it.to_string()),
            ),
        };
        parts.hindrance.set_text_content(why_not.as_deref());
        parts.hindrance.set_hidden(why_not.is_none());
        parts.files.set_hidden(files.is_empty());
        let buttons = files.iter().enumerate().map(|(place, file)| {
            El::new("li").child(El::button("file", file.name(), &format!("{CHOOSE}{place}")))
        });
        dom::fill(&parts.list, buttons);
        self.files.replace(files);
        self.choose(0);
    }

    /// Shows one of the files.
    fn choose(&self, place: usize) {
        self.chosen.set(place);
        self.parts.status.set_text_content(None);
        let buttons = self.parts.list.query_selector_all("button");
        for (at, button) in buttons.into_iter().flat_map(elements).enumerate() {
            let current = (at == place).then_some("true");
            dom::set(&button, "aria-current", current);
        }
        self.with_chosen(|file| self.parts.show(file));
    }

    fn with_chosen(&self, then: impl FnOnce(&Artifact)) {
        if let Some(file) = self.files.borrow().get(self.chosen.get()) {
            then(file);
        }
    }

    /// Says so if a file was not saved.
    fn told(&self, is_saved: bool) {
        let words = (!is_saved).then_some("The browser refuses to save files. Copy it instead.");
        self.parts.status.set_text_content(words);
    }

    fn copy(&self) {
        let status = self.parts.status.clone();
        self.with_chosen(|file| {
            let (name, text) = (file.name().to_owned(), file.text());
            spawn_local(async move {
                let words = if take::copy(&text, TEXT).await {
                    format!("{name} is copied.")
                } else {
                    "The browser refuses to copy. The text is selected: copy it by hand, or download it.".to_owned()
                };
                status.set_text_content(Some(&words));
            });
        });
    }
}

impl Parts {
    fn new() -> Self {
        let mut format = El::new("select")
            .attribute("id", FORMAT)
            .attribute("aria-describedby", SUMMARY);
        for flavour in Flavour::ALL {
            let option = El::text("option", "", flavour.title()).attribute("value", flavour.name());
            format = format.child(option);
        }
        let summary = El::text("p", "hint", "").attribute("id", SUMMARY);
        let hindrance = El::text("p", "hindrance", "").attribute("role", "status");
        let list = El::new("ul").attribute("aria-label", "Files of this format");
        let copy = El::button("button", "Copy", COPY);
        let download = El::button("button", "Download", DOWNLOAD);
        let status = El::text("p", "hint", "").attribute("role", "status");
        let text = El::new("pre")
            .attribute("id", TEXT)
            .attribute("class", "other-text")
            .attribute("role", "region")
            .attribute("tabindex", "0");
        let bar = El::new("div")
            .attribute("class", "other-bar")
            .child(&copy)
            .child(&download)
            .child(El::button("button", "Download all", DOWNLOAD_ALL))
            .child(&status);
        let shown = El::new("div")
            .attribute("class", "other-shown")
            .child(bar)
            .child(&text);
        let files = El::new("div")
            .attribute("class", "other-files")
            .child(&list)
            .child(shown);
        let choice = El::new("div")
            .attribute("class", "other-choice")
            .child(El::text("label", "label", "Format").attribute("for", FORMAT))
            .child(&format);
        let whole = El::new("div")
            .attribute("class", "other")
            .child(choice)
            .child(&summary)
            .child(&hindrance)
            .child(&files);
        Self {
            whole,
            format: format.cast(),
            summary: summary.cast(),
            hindrance: hindrance.cast(),
            files: files.cast(),
            list: list.cast(),
            copy: copy.cast(),
            download: download.cast(),
            text: text.cast(),
            status: status.cast(),
        }
    }

    fn show(&self, file: &Artifact) {
        let name = file.name();
        dom::set(&self.copy, "aria-label", Some(&format!("Copy {name}")));
        let label = format!("Download {name}");
        dom::set(&self.download, "aria-label", Some(&label));
        dom::set(&self.text, "aria-label", Some(name));
        if file.lines().len() > MOST_COLOURED_LINES {
            self.text.set_text_content(Some(&file.text()));
        } else {
            dom::fill(&self.text, [coloured(file)]);
        }
        self.text.set_scroll_top(0);
    }
}

/// The exact text of a file, in colours.
fn coloured(file: &Artifact) -> El {
    let mut text = El::new("code");
    for line in file.lines() {
        for segment in &line.segments {
            text = match segment.kind.class() {
                None => text.words(&segment.text),
                Some(class) => text.child(El::text("span", class, &segment.text)),
            };
        }
        text = text.words("\n");
    }
    text
}

fn elements(list: web_sys::NodeList) -> impl Iterator<Item = Element> {
    use wasm_bindgen::JsCast as _;
    (0..list.length()).filter_map(move |at| list.get(at)?.dyn_into().ok())
}
