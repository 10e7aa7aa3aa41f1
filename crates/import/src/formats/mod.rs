//! One file per format.

pub(crate) mod archive;
pub(crate) mod cadence;
pub(crate) mod cluster_metadata;
pub(crate) mod commands;
pub(crate) mod flat;
pub(crate) mod link;
pub(crate) mod own_script;
pub(crate) mod remote_tls;
pub(crate) mod tool_json;
pub(crate) mod tool_table;

use crate::finding::Kind;
use crate::outcome::{Outcome, beginning};
use crate::text::{Place, Text};

/// What a format reads from, and what it reports to.
pub(crate) struct Reader<'r> {
    pub(crate) text: &'r Text,
    pub(crate) outcome: &'r mut Outcome,
}

impl Reader<'_> {
    pub(crate) fn report(&mut self, at: Place, kind: &'static Kind, message: String) {
        self.outcome.report(self.text, at, kind, message);
    }
}

/// A text from a source within a message: in quotation marks, on one line, cut after 60 characters.
pub(crate) fn quoted(text: &str) -> String {
    let visible = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
    let mut shown: String = beginning(text, 60).chars().map(visible).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}
