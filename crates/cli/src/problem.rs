//! One form for what import found and what core's rules found.

use std::collections::BTreeMap;

use multicluster_core::observed::Location;
use multicluster_core::{Diagnostic, Severity};
use multicluster_import::{Finding, Source};

use crate::places::Places;

/// Something about a place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    /// One sentence that names the value and the rule.
    pub(crate) message: String,
    /// Why it matters and the way out.
    pub(crate) help: String,
    /// What a server would print.
    pub(crate) server: Option<String>,
    /// What the page's button would do.
    pub(crate) fix: Option<String>,
    pub(crate) at: Location,
    /// The text of that line.
    pub(crate) line: String,
    /// Other places that take part in it.
    pub(crate) related: Vec<Location>,
}

impl Problem {
    pub(crate) fn of_finding(found: &Finding) -> Self {
        Self {
            code: found.code(),
            severity: found.severity(),
            message: found.message.clone(),
            help: found.help().to_owned(),
            server: None,
            fix: None,
            at: found.at.clone(),
            line: found.line.clone(),
            related: Vec::new(),
        }
    }

    /// `None` where the files say nothing of what it is about.
    pub(crate) fn of_diagnostic(
        found: &Diagnostic,
        places: &Places,
        lines: &Lines,
    ) -> Option<Self> {
        let at = places.of(found.path)?;
        let related = found.related.iter().filter_map(|&path| places.of(path));
        Some(Self {
            code: found.code.as_str(),
            severity: found.severity,
            message: found.message.clone(),
            help: found.help.clone(),
            server: found.server.clone(),
            fix: found.fix.as_ref().map(|fix| fix.label.clone()),
            line: lines.at(&at),
            related: related.filter(|other| *other != at).collect(),
            at,
        })
    }

    /// How many characters of its line it is about: a quoted text, or what stands before the next
    /// space or punctuation of YAML.
    pub(crate) fn width(&self) -> usize {
        let before = (self.at.column as usize).saturating_sub(1);
        let mut rest = self.line.chars().skip(before);
        let length = match rest.next() {
            Some(quote @ ('"' | '\'')) => rest
                .position(|c| c == quote)
                .map(|inside| inside.saturating_add(2)),
            Some(c) if !c.is_whitespace() => {
                let ends = |c: char| c.is_whitespace() || ",]}\"'".contains(c);
                Some(1 + rest.take_while(|&c| !ends(c)).count())
            }
            _ => None,
        };
        length.unwrap_or(1)
    }
}

/// The lines of sources; of a file within an archive there are none.
pub(crate) struct Lines<'a>(BTreeMap<&'a str, Vec<String>>);

impl<'a> Lines<'a> {
    pub(crate) fn of(sources: &'a [Source]) -> Self {
        let lines = |source: &'a Source| (&*source.name, source.lines());
        Self(sources.iter().map(lines).collect())
    }

    fn at(&self, at: &Location) -> String {
        let lines = self.0.get(&*at.source);
        let before = (at.line as usize).saturating_sub(1);
        let line = lines.and_then(|lines| lines.get(before));
        line.cloned().unwrap_or_default()
    }
}

/// How many problems there are of this severity.
pub(crate) fn count(problems: &[Problem], severity: Severity) -> usize {
    let same = |problem: &&Problem| problem.severity == severity;
    problems.iter().filter(same).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_that_of_the_value() {
        for (line, column, width) in [
            ("a: \"b c\" # d", 4, 5),
            ("a: 'b'", 4, 3),
            ("a: [10,20]", 5, 2),
            ("a: host:7233 # x", 4, 9),
            ("a: \"b", 4, 1),
            ("a:", 3, 1),
            ("", 1, 1),
            ("", 99, 1),
        ] {
            let at = Location {
                source: "x".into(),
                line: 1,
                column,
            };
            let problem = Problem {
                code: "x",
                severity: Severity::Note,
                message: String::new(),
                help: String::new(),
                server: None,
                fix: None,
                at,
                line: line.to_owned(),
                related: Vec::new(),
            };
            assert_eq!(problem.width(), width, "{line}");
        }
    }
}
