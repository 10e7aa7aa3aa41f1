//! What a failover version says, and what comes after it.

use std::cell::RefCell;
use std::rc::Rc;

use multicluster_core::Path;
use multicluster_core::failover::{Existence, Failovers, Verdict};
use web_sys::{Element, HtmlInputElement};

use crate::dom::{self, El};
use crate::tools::{Subject, Tool, VISIT};

const FIELD: &str = "failover-version";
const HINT: &str = "failover-version-hint";
/// So many clusters are in the table of what comes next.
const LISTED: usize = 50;

/// The tab.
pub(crate) struct Versions {
    parts: Rc<Parts>,
}

struct Parts {
    input: HtmlInputElement,
    verdict: Element,
    next: Element,
    /// `None` while the increment of the draft is wrong.
    failovers: RefCell<Option<Failovers>>,
}

impl Versions {
    pub(crate) fn new() -> Self {
        let input = El::new("input")
            .attribute("type", "text")
            .attribute("id", FIELD)
            .attribute("aria-describedby", HINT)
            .attribute("autocomplete", "off")
            .attribute("spellcheck", "false");
        let verdict = El::new("div")
            .attribute("class", "verdict")
            .attribute("role", "status");
        Self {
            parts: Rc::new(Parts {
                input: input.cast(),
                verdict: verdict.cast(),
                next: El::new("div").cast(),
                failovers: RefCell::default(),
            }),
        }
    }
}

impl Tool for Versions {
    fn title(&self) -> &'static str {
        "Versions"
    }

    fn panel(&self) -> El {
        let parts = self.parts.clone();
        let hint =
            "As a server prints it: 101, or with a cluster in front to check it, clusterB = 101.";
        let label = El::text("label", "", "Failover version").attribute("for", FIELD);
        dom::on(&self.parts.input, "input", move |_| parts.read());
        let parts = &self.parts;
        El::new("div")
            .attribute("class", "version-tool")
            .child(El::new("p").attribute("class", "label").child(label))
            .child(&parts.input)
            .child(El::text("p", "hint", hint).attribute("id", HINT))
            .child(&parts.verdict)
            .child(&parts.next)
    }

    fn show(&self, subject: &Subject) {
        self.parts
            .failovers
            .replace(Failovers::of(&subject.draft).ok());
        self.parts.read();
    }
}

impl Parts {
    fn read(&self) {
        let failovers = self.failovers.borrow();
        let Some(failovers) = &*failovers else {
            let wrong = "The failover version increment is wrong, and without it no version means anything.";
            let go = format!("{VISIT}{}", Path::Increment.slug());
            let go = El::button("button", "Go to Failover version increment", &go);
            dom::fill(&self.verdict, [El::text("p", "", wrong), go]);
            return dom::fill(&self.next, []);
        };
        let verdict = failovers.read(&self.input.value());
        if verdict.existence == Existence::NothingTyped {
            dom::fill(&self.verdict, []);
            return dom::fill(&self.next, []);
        }
        dom::set(
            &self.verdict,
            "data-bad",
            matches!(
                verdict.existence,
                Existence::Impossible | Existence::NotANumber
            )
            .then_some(""),
        );
        let summary = El::new("p").child(El::text("strong", "", &verdict.summary));
        let reasons = verdict
            .reasons
            .iter()
            .map(|reason| El::text("p", "", reason));
        dom::fill(&self.verdict, std::iter::once(summary).chain(reasons));
        dom::fill(&self.next, next(failovers, &verdict));
    }
}

/// The version that each cluster would give next.
fn next(failovers: &Failovers, verdict: &Verdict) -> Vec<El> {
    let Some(version) = verdict.version else {
        return Vec::new();
    };
    let mut body = El::new("tbody");
    for step in failovers.next_steps(version).take(LISTED) {
        let row = El::new("tr")
            .child(El::text("th", "", &step.label).attribute("scope", "row"))
            .child(El::text("td", "", &step.to.get().to_string()))
            .child(El::text("td", "", &step.rule));
        body = body.child(row);
    }
    let head = ["Failover to", "Version", "Rule"].iter();
    let head = head.fold(El::new("tr"), |row, name| {
        row.child(El::text("th", "", name).attribute("scope", "col"))
    });
    let caption = format!("What comes after {}", version.get());
    let table = El::new("table")
        .child(El::text("caption", "", &caption))
        .child(El::new("thead").child(head))
        .child(body);
    vec![table]
}
