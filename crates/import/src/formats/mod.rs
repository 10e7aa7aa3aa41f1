//! One file per format.

pub(crate) mod archive;
pub(crate) mod cadence;
pub(crate) mod cluster_metadata;
pub(crate) mod commands;
pub(crate) mod flat;
pub(crate) mod link;
pub(crate) mod own_script;
pub(crate) mod prompt;
pub(crate) mod remote_tls;
pub(crate) mod tool_json;
pub(crate) mod tool_table;

use std::collections::BTreeMap;

use crate::finding::{self, Kind};
use crate::outcome::{Outcome, beginning};
use crate::text::{Place, Text};

/// The keys of a mapping that were met, and where.
pub(crate) type Seen<'k> = BTreeMap<&'k str, Place>;

/// What a format reads from, and what it reports to.
pub(crate) struct Reader<'r> {
    pub(crate) text: &'r Text,
    /// The lines, counted from 0, that hold nothing but expressions of a template.
    pub(crate) template_lines: &'r [usize],
    pub(crate) outcome: &'r mut Outcome,
}

impl Reader<'_> {
    /// Remembers a key of a mapping; reports one that stands there twice, and is `false` then.
    pub(crate) fn is_new_key<'k>(&mut self, seen: &mut Seen<'k>, name: &'k str, at: Place) -> bool {
        let Some(before) = seen.insert(name, at) else {
            return true;
        };
        // Of two branches of a template one is left.
        let next = self
            .template_lines
            .partition_point(|line| *line < before.line);
        let is_between = |line: &usize| *line < at.line;
        if !self.template_lines.get(next).is_some_and(is_between) {
            self.report_twice(name, at);
        }
        false
    }

    pub(crate) fn report_twice(&mut self, key: &str, at: Place) {
        let message = format!("The key {} stands here twice.", quoted(key));
        self.report(at, &finding::KEY_DUPLICATE, message);
    }

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
