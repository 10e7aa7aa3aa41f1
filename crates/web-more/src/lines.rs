//! Lines of a file that explain themselves: what a line is for, and which field it comes from. A line is pointed at, or
//! chosen by a click or with the arrow keys; and the field that has the keyboard marks its lines.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::dom::{self, El};
use crate::page::{self, Rule};

/// The element that holds the lines (crates/web/src/components/code_view.rs).
const FILE: &str = "file";
/// Where the explanation goes (crates/web/src/components/files.rs).
const EXPLANATION: &str = "explanation";
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
}

impl Lines {
    /// Begins to listen.
    pub(crate) fn begin() {
        let lines: &'static Self = Box::leak(Box::new(Self {
            rule: Rule::new(),
            pointed: Cell::new(None),
            chosen: Cell::new(None),
            field: RefCell::default(),
        }));
        let document = dom::document();
        dom::on(&document, "pointerover", |event| lines.point(&event));
        dom::on(&document, "click", |event| lines.click(&event));
        dom::on(&document, "keydown", |event| lines.press(&event));
        dom::on(&document, "focusin", |event| lines.focus(&event));
        lines.pointed.set(hovered());
        lines.show();
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
        self.pointed.set(None);
        self.choose(Some(to));
        if let Some(line) = lines().get(to) {
            page::scroll_to(line);
        }
    }

    fn focus(&self, event: &Event) {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let field =
            field.filter(|field| field.matches(".form :is(input, select)").unwrap_or(false));
        *self.field.borrow_mut() = field.map(|field| field.id()).unwrap_or_default();
        self.mark();
    }

    fn choose(&self, line: Option<usize>) {
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
            dom::fill(&place, self.explanation());
        }
    }

    fn explanation(&self) -> Vec<El> {
        let Some(_) = self.explained() else {
            let hint = "Point at a line or tap it, or use the arrow keys, to see what it is for and where it comes from.";
            return vec![El::text("p", "hint", hint)];
        };
        let source = self.source().and_then(|field| page::field_name(&field));
        source
            .map(|name| El::button("button", &format!("Go to {name}"), VISIT))
            .into_iter()
            .collect()
    }

    /// Marks the explained line, the field that it comes from, and the lines of the field that has the keyboard.
    fn mark(&self) {
        let Some(rule) = &self.rule else {
            return;
        };
        let mut rules = String::new();
        let field = self.field.borrow();
        if !field.is_empty() {
            rules += &format!(
                "#{FILE} .line[data-source=\"{field}\"] {{ background: var(--linked); }}\n"
            );
        }
        if let Some(at) = self.explained() {
            let (chunk, line) = position(at);
            rules += &format!(
                "#{FILE} > :nth-child({chunk}) > .line:nth-child({line}) {{ background: var(--accent-soft); }}\n"
            );
            if let Some(source) = self.source() {
                rules += &format!(
                    "[id=\"{}\"] {{ border-color: var(--accent); background: var(--accent-soft); }}\n",
                    source.id()
                );
            }
        }
        rule.set(&rules);
    }
}

/// Every line of the file that is shown.
fn lines() -> Vec<Element> {
    page::all(&format!("#{FILE} .line"))
}

/// The place of a line among the children of its chunk, and of the chunk among those of the file, counted from 1.
fn position(line: usize) -> (u32, u32) {
    let lines = lines();
    let Some(line) = lines.get(line) else {
        return (0, 0);
    };
    let chunk = line.parent_element();
    (
        chunk.map_or(0, |chunk| page::place(&chunk)),
        page::place(line),
    )
}

/// The number of the line in which something happened, counted from 0.
fn line_of(event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let line = target.closest(&format!("#{FILE} .line")).ok()??;
    lines().iter().position(|other| *other == line)
}

/// The line that the pointer was at before this program was there.
fn hovered() -> Option<usize> {
    lines()
        .iter()
        .position(|line| line.matches(":hover").unwrap_or(false))
}

fn is_in(event: &Event, id: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target
            .closest(&format!("#{id}"))
            .is_ok_and(|found| found.is_some())
    })
}

fn is_on(event: &Event, id: &str) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.id() == id)
}

/// Whether another file was chosen.
fn is_tab(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target
            .closest(".tabs [role=tab]")
            .is_ok_and(|found| found.is_some())
    })
}
