//! The dialog “Tools”: a tab for each of them.
//!
//! A tool is a file beside this one with a [`Tool`]; its line in [`all`] puts it into the dialog.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Function;
use multicluster_core::{Draft, Resolution, link, resolve};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, KeyboardEvent};

use crate::dom::{self, El, typed};
use crate::formats::Formats;
use crate::messages::Messages;
use crate::network::{self, Network};
use crate::picture::PictureTool;
use crate::versions::Versions;
use crate::{page, shortcuts};

/// A tab of the dialog.
pub(crate) trait Tool {
    /// What the tab is called.
    fn title(&self) -> &'static str;

    /// What the tab shows. It is put into the page once.
    fn panel(&self) -> El;

    /// The dialog was opened, or the tab chosen, for this draft.
    fn show(&self, _subject: &Subject) {}

    /// A button with an action (see [`dom::action`]) was clicked within the panel.
    fn click(&self, _action: &str, _button: &Element) {}

    /// The draft that a button with this action leads to: the dialog closes, and the page shows it.
    fn leads_to(&self, _action: &str) -> Option<Draft> {
        None
    }
}

/// What the page shows.
pub(crate) struct Subject {
    pub(crate) draft: Draft,
    pub(crate) resolution: Resolution,
}

/// Every tool, in the order of the tabs.
fn all() -> Vec<Rc<dyn Tool>> {
    vec![
        Rc::new(PictureTool::new()),
        Rc::new(Versions::new()),
        Rc::new(Messages::new()),
        Rc::new(Formats::new()),
        Rc::new(Network::new()),
        Rc::new(shortcuts::Shortcuts),
    ]
}

/// A field of the page to go to, as the action of a button: `visit cluster-1-name`. The dialog closes.
pub(crate) const VISIT: &str = "visit ";
const CLOSE: &str = "close";
const TAB: &str = "tab ";

/// The id of a tab with this title.
pub(crate) fn tab_id(title: &str) -> String {
    ["tool-", &title.to_lowercase().replace(' ', "-")].concat()
}

thread_local! {
    static WANTED: Cell<Option<&'static str>> = const { Cell::new(None) };
}

/// Lets the dialog begin with this tab when it is opened next.
pub(crate) fn want(title: &'static str) {
    WANTED.set(Some(title));
}

/// The dialog. There is one, and it lives as long as the page.
pub(crate) struct Tools {
    dialog: HtmlDialogElement,
    tabs: Vec<(Rc<dyn Tool>, HtmlElement, HtmlElement)>,
    chosen: Cell<usize>,
    subject: RefCell<Option<Subject>>,
    done: RefCell<Option<Function>>,
}

impl Tools {
    /// Puts the dialog into the page, closed.
    pub(crate) fn new() -> &'static Self {
        let tools: &'static Self = Box::leak(Box::new(Self::build()));
        dom::on(&tools.dialog, "click", |event| tools.click(&event));
        dom::on(&tools.dialog, "keydown", |event| tools.press(&event));
        tools
    }

    fn build() -> Self {
        let tools = all();
        let list = El::new("div")
            .attribute("role", "tablist")
            .attribute("aria-label", "Tools");
        let mut panels = El::new("div").attribute("class", "tool-panels");
        let mut bar = list;
        let mut tabs = Vec::new();
        for (place, tool) in tools.into_iter().enumerate() {
            let (tab_id, panel_id) = (tab_id(tool.title()), format!("tool-panel-{place}"));
            let tab = El::button("", tool.title(), &format!("{TAB}{place}"))
                .attribute("role", "tab")
                .attribute("id", &tab_id)
                .attribute("aria-controls", &panel_id);
            let panel = El::new("div")
                .attribute("role", "tabpanel")
                .attribute("id", &panel_id)
                .attribute("aria-labelledby", &tab_id)
                .attribute("tabindex", "-1")
                .child(tool.panel());
            tabs.push((tool, tab.cast(), panel.cast()));
            bar = bar.child(tab);
            panels = panels.child(panel);
        }
        let head = El::new("div")
            .attribute("class", "tool-head")
            .child(El::text("h2", "", "Tools").attribute("id", "tools-title"))
            .child(bar)
            .child(El::button("quiet", "Close", CLOSE));
        let dialog = El::new("dialog")
            .attribute("class", "tools")
            .attribute("aria-labelledby", "tools-title")
            .child(head)
            .child(panels);
        dom::show(&dialog);
        Self {
            dialog: dialog.cast(),
            tabs,
            chosen: Cell::new(0),
            subject: RefCell::default(),
            done: RefCell::default(),
        }
    }

    /// Opens the dialog for the draft with this link, at the field of one of its problems if one is given.
    pub(crate) fn open(&self, link: &str, done: Function, problem: Option<usize>) {
        self.done.replace(Some(done));
        let draft = link::decode(link).unwrap_or_default();
        let resolution = resolve(&draft);
        let problem = problem.and_then(|at| resolution.diagnostics().get(at));
        let field = problem.map(|problem| network::field_id(problem.path));
        self.subject.replace(Some(Subject { draft, resolution }));
        if field.is_some() {
            want(network::TITLE);
        }
        let wanted = WANTED.take();
        let wanted = self
            .tabs
            .iter()
            .position(|tab| Some(tab.0.title()) == wanted);
        self.choose(wanted.unwrap_or(self.chosen.get()));
        if !self.dialog.open() {
            // Fails for an element that is not in the page only.
            let _ = self.dialog.show_modal();
        }
        let field = field.and_then(|id| page::element(&id));
        dom::focus(field.as_ref().unwrap_or(&self.tabs[self.chosen.get()].1));
    }

    fn choose(&self, chosen: usize) {
        self.chosen.set(chosen);
        for (place, (_, tab, panel)) in self.tabs.iter().enumerate() {
            let is_chosen = place == chosen;
            dom::set(
                tab,
                "aria-selected",
                Some(if is_chosen { "true" } else { "false" }),
            );
            dom::set(tab, "tabindex", Some(if is_chosen { "0" } else { "-1" }));
            dom::set(panel, "hidden", (!is_chosen).then_some(""));
        }
        if let Some(subject) = &*self.subject.borrow() {
            self.tabs[chosen].0.show(subject);
            typed::bring_back();
        }
    }

    fn click(&self, event: &Event) {
        let Some((action, button)) = dom::action(event) else {
            return;
        };
        if action == CLOSE {
            self.dialog.close();
        } else if let Some(field) = action.strip_prefix(VISIT) {
            self.dialog.close();
            page::visit(field);
        } else if let Some(Ok(place)) = action.strip_prefix(TAB).map(str::parse) {
            self.choose(place);
        } else {
            let tool = &self.tabs[self.chosen.get()].0;
            match tool.leads_to(&action) {
                Some(draft) => self.bring(&draft),
                None => tool.click(&action, &button),
            }
        }
    }

    fn press(&self, event: &Event) {
        // The page's own keys: here, undo belongs to the text fields.
        event.stop_propagation();
        let key: &KeyboardEvent = event.unchecked_ref();
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_none_or(|target| target.get_attribute("role").as_deref() != Some("tab")) {
            return;
        }
        let (chosen, last) = (self.chosen.get(), self.tabs.len() - 1);
        let to = match key.key().as_str() {
            "ArrowRight" | "ArrowDown" => {
                if chosen == last {
                    0
                } else {
                    chosen + 1
                }
            }
            "ArrowLeft" | "ArrowUp" => chosen.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        self.choose(to);
        dom::focus(&self.tabs[to].1);
    }

    /// Shows another draft on the page, and closes the dialog.
    pub(crate) fn bring(&self, draft: &Draft) {
        self.dialog.close();
        if let Some(done) = self.done.take() {
            page::call(&done, &link::encode(draft));
        }
    }
}
