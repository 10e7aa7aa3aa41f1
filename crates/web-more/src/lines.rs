//! Lines of a file that explain themselves: what a line is for, and which field it comes from. A line is pointed at, or
//! chosen by a click or with the arrow keys; and the field that has the keyboard marks its lines.

use std::cell::{Cell, RefCell};

use multicluster_core::explain::Explanation;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::dom::{self, El};
use crate::page::{self, Rule};
use crate::shortcuts::Shortcuts;
use crate::{tools, written};

/// The element that holds the lines (crates/web/src/components/code_view.rs).
const FILE: &str = "file";
/// Where the explanation goes (crates/web/src/components/files.rs).
const EXPLANATION: &str = "explanation";
/// The section that both are in (crates/web/src/components/mod.rs).
const FILES: &str = "files";
/// Its attribute once a line was explained. From then on there is room for explanations, so that nothing moves.
const EXPLAINED: &str = "data-explained";
/// How long the file rests before it is looked at.
const REST_MS: i32 = 100;
/// As an action: to the field of the explained line.
const VISIT: &str = "visit-source";

/// Which lines are explained. There is one, and it lives as long as the page.
pub(crate) struct Lines {
    rule: Option<Rule>,
    /// The line under the pointer, counted from 0.
    pointed: Cell<Option<usize>>,
    /// The line that was chosen.
    chosen: Cell<Option<usize>>,
    /// The id of the field that has the keyboard.
    field: RefCell<String>,
    /// The file that is shown, as it was looked at last.
    shown: RefCell<Shown>,
    /// Whether it will be looked at again soon.
    is_waiting: Cell<bool>,
}

/// A file, and what there is to say of its lines.
#[derive(Default)]
struct Shown {
    link: String,
    name: String,
    explanations: Vec<Option<Explanation>>,
}

impl Lines {
    /// Begins to listen.
    pub(crate) fn begin() {
        let lines: &'static Self = Box::leak(Box::new(Self {
            rule: Rule::new(),
            pointed: Cell::new(None),
            chosen: Cell::new(None),
            field: RefCell::default(),
            shown: RefCell::default(),
            is_waiting: Cell::new(false),
        }));
        let document = dom::document();
        dom::on(&document, "pointerover", |event| lines.point(&event));
        dom::on(&document, "click", |event| lines.click(&event));
        dom::on(&document, "keydown", |event| lines.press(&event));
        dom::on(&document, "focusin", |event| {
            if let Some(element) = target(&event) {
                lines.focus(&element);
            }
        });
        dom::on(&document, "keydown", help);
        if let Some(output) = page::find(".output") {
            page::on_change(&output, || lines.wait());
        }
        lines.pointed.set(hovered());
        lines.look();
        // What happened before this program was there.
        if let Some(active) = document.active_element() {
            lines.focus(&active);
        }
        if let Some(line) = page::pressed().and_then(|pressed| line_at(&pressed)) {
            lines.choose(Some(line));
        }
    }

    /// Looks at the file again when it has rested: typing changes it all the time.
    fn wait(&'static self) {
        if !self.is_waiting.replace(true) {
            dom::after(REST_MS, || {
                self.is_waiting.set(false);
                self.look();
            });
        }
    }

    /// Looks at the file that is shown, and shows what there is to say.
    fn look(&self) {
        let (link, name) = (
            page::link(),
            page::element(FILE).and_then(|file| file.get_attribute("aria-label")),
        );
        let name = name.unwrap_or_default();
        {
            let mut shown = self.shown.borrow_mut();
            if shown.link == link
                && shown.name == name
                && (self.explained().is_none() || page::has_children(EXPLANATION))
            {
                return;
            }
            if shown.name != name {
                self.chosen.set(None);
            }
            let explanations = written::explanations(&link, &name);
            *shown = Shown {
                link,
                name,
                explanations,
            };
        }
        self.show();
    }

    fn point(&self, event: &Event) {
        let line =
            line_of(event).or_else(|| self.pointed.get().filter(|_| is_in(event, EXPLANATION)));
        if self.pointed.replace(line) != line {
            self.show();
        }
    }

    fn click(&self, event: &Event) {
        if dom::action(event).is_some_and(|(action, _)| action == VISIT) {
            return self.visit();
        }
        if let Some(line) = line_of(event).filter(|_| !page::has_selection()) {
            self.choose((self.chosen.get() != Some(line)).then_some(line));
        } else if is_tab(event) {
            self.choose(None);
        }
    }

    fn press(&self, event: &Event) {
        let key: &KeyboardEvent = event.unchecked_ref();
        if !is_on(event, FILE)
            || key.ctrl_key()
            || key.meta_key()
            || key.alt_key()
            || key.shift_key()
        {
            return;
        }
        let last = lines().len().saturating_sub(1);
        let chosen = self.chosen.get();
        match key.key().as_str() {
            "ArrowDown" => self.step(chosen.map_or(0, |line| last.min(line + 1))),
            "ArrowUp" => self.step(chosen.map_or(last, |line| line.saturating_sub(1))),
            "Escape" if chosen.is_some() => self.choose(None),
            "Enter" if chosen.is_some() => self.visit(),
            _ => return,
        }
        event.prevent_default();
    }

    fn step(&self, to: usize) {
        self.choose(Some(to));
        if let Some(line) = lines().get(to) {
            page::scroll_to(line);
        }
    }

    /// An element has the keyboard now.
    fn focus(&self, element: &Element) {
        let is_field = element.matches(".form :is(input, select)").unwrap_or(false);
        *self.field.borrow_mut() = if is_field {
            element.id()
        } else {
            String::new()
        };
        self.mark();
    }

    fn choose(&self, line: Option<usize>) {
        self.look();
        // What was chosen stays until the pointer moves on; what scrolls by below it does not count.
        self.pointed.set(None);
        self.chosen.set(line);
        self.show();
    }

    fn explained(&self) -> Option<usize> {
        self.pointed.get().or(self.chosen.get())
    }

    /// The field that the explained line comes from.
    fn source(&self) -> Option<HtmlElement> {
        let line = lines().into_iter().nth(self.explained()?)?;
        page::element(&line.get_attribute("data-source")?)
    }

    fn visit(&self) {
        if let Some(source) = self.source() {
            page::visit(&source.id());
        }
    }

    fn show(&self) {
        self.mark();
        if let Some(place) = page::element(EXPLANATION) {
            let explanation = self.explanation();
            if !explanation.is_empty()
                && let Some(files) = page::element(FILES)
            {
                let _ = files.set_attribute(EXPLAINED, "");
            }
            dom::fill(&place, explanation);
        }
    }

    fn explanation(&self) -> Vec<El> {
        let shown = self.shown.borrow();
        let found = self
            .explained()
            .and_then(|line| shown.explanations.get(line)?.as_ref());
        let Some(found) = found else {
            return Vec::new();
        };
        let mut head = El::new("p").child(El::text("strong", "", found.title));
        let source = self.source().and_then(|field| page::field_name(&field));
        if let Some(name) = source {
            head = head.child(El::button("link", &format!("Go to {name}"), VISIT));
        }
        let mut parts = vec![
            head.attribute("class", "head"),
            El::new("p").prose(found.what),
            El::text("p", "hint", "Can it change? ").prose(found.change),
        ];
        if let Some(guide) = found.guide {
            let title = El::text("strong", "", "≠ Guide:");
            parts.push(
                El::text("p", "guide", "")
                    .child(title)
                    .words(" ")
                    .prose(guide),
            );
        }
        parts
    }

    /// Marks the explained line, the field that it comes from, and the lines of the field that has the keyboard.
    fn mark(&self) {
        let Some(rule) = &self.rule else {
            return;
        };
        let mut rules = String::new();
        let chunk = chunk();
        let shown = self.shown.borrow();
        let explained = shown.explanations.iter().enumerate();
        let differing = explained
            .filter(|(_, found)| found.as_ref().is_some_and(|found| found.guide.is_some()));
        for (at, _) in differing {
            rules += &format!(
                "{} > :nth-last-child(2)::after {{ content: \"  ≠\"; color: var(--accent); }}\n",
                selector(at, chunk)
            );
        }
        let field = self.field.borrow();
        if !field.is_empty() {
            rules += &format!(
                "#{FILE} .line[data-source=\"{field}\"] {{ background: var(--linked); }}\n"
            );
        }
        if let Some(at) = self.explained() {
            rules += &format!(
                "{} {{ background: var(--accent-soft); }}\n",
                selector(at, chunk)
            );
            if let Some(source) = self.source() {
                rules += &format!(
                    "[id=\"{}\"] {{ outline: 2px solid var(--accent); }}\n",
                    source.id()
                );
            }
        }
        rule.set(&rules);
    }
}

/// Opens the list of keys, unless a text is typed.
fn help(event: Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    let target = target(&event);
    let is_text =
        target.is_some_and(|target| target.matches("input, textarea, select").unwrap_or(false));
    if key.key() == "?" && !is_text && !key.ctrl_key() && !key.meta_key() {
        event.prevent_default();
        tools::want(Shortcuts::TITLE);
        page::click("tools");
    }
}

/// Every line of the file that is shown.
fn lines() -> Vec<Element> {
    page::all(&format!("#{FILE} .line"))
}

/// What finds a line by its number. Lines stand in chunks of `chunk` lines each.
fn selector(line: usize, chunk: usize) -> String {
    let (chunk, line) = (line / chunk + 1, line % chunk + 1);
    format!("#{FILE} > :nth-child({chunk}) > .line:nth-child({line})")
}

/// How many lines stand together: all chunks but the last one are of one size.
fn chunk() -> usize {
    let first = page::find(&format!("#{FILE} > *"));
    first.map_or(1, |first| first.child_element_count().max(1) as usize)
}

/// The element in which something happened.
fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The number of the line in which something happened, counted from 0.
fn line_of(event: &Event) -> Option<usize> {
    line_at(&target(event)?)
}

/// The number of the line that an element is in, counted from 0.
fn line_at(element: &Element) -> Option<usize> {
    let line = element.closest(&format!("#{FILE} .line")).ok()??;
    lines().iter().position(|other| *other == line)
}

/// The line that the pointer was at before this program was there.
fn hovered() -> Option<usize> {
    lines()
        .iter()
        .position(|line| line.matches(":hover").unwrap_or(false))
}

fn is_in(event: &Event, id: &str) -> bool {
    let target = target(event);
    target.is_some_and(|target| {
        target
            .closest(&format!("#{id}"))
            .is_ok_and(|found| found.is_some())
    })
}

fn is_on(event: &Event, id: &str) -> bool {
    let target = target(event);
    target.is_some_and(|target| target.id() == id)
}

/// Whether another file was chosen.
fn is_tab(event: &Event) -> bool {
    let target = target(event);
    target.is_some_and(|target| {
        target
            .closest(".tabs [role=tab]")
            .is_ok_and(|found| found.is_some())
    })
}
