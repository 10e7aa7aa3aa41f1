//! Markdown: prose, user text as code, and blocks of commands.

use super::artifact::{Kind, Line};

/// A user's text as a code span, whatever it contains: the marks around it are longer than any run
/// of backticks within it (CommonMark 0.31, 6.1).
pub(super) fn code_span(text: &str) -> String {
    let marks = "`".repeat(longest_run(text) + 1);
    let needs_space = text.starts_with('`') || text.ends_with('`');
    let space = if needs_space { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A document that is written from top to bottom.
#[derive(Default)]
pub(super) struct Document {
    pub(super) lines: Vec<Line>,
    steps: usize,
}

impl Document {
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.blank();
        let marks = "#".repeat(level);
        self.lines
            .push(Line::default().push(Kind::Heading, format!("{marks} {text}")));
        self.blank();
    }

    /// The heading of the next step; steps are numbered.
    pub(super) fn step(&mut self, title: &str) {
        self.steps += 1;
        self.heading(2, &format!("{}. {title}", self.steps));
    }

    /// A paragraph on one line; text between backticks is shown as code.
    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.blank();
        self.prose(text.into());
        self.blank();
    }

    /// A point of a list.
    pub(super) fn point(&mut self, text: impl AsRef<str>) {
        self.prose(format!("- {}", text.as_ref()));
    }

    /// A block of commands.
    pub(super) fn commands(&mut self, commands: Vec<Line>) {
        self.block("sh", commands);
    }

    /// A block of lines in this language.
    pub(super) fn block(&mut self, language: &str, lines: Vec<Line>) {
        let runs = lines.iter().flat_map(|line| &line.segments);
        let longest = runs.map(|segment| longest_run(&segment.text)).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        self.blank();
        self.lines
            .push(Line::default().plain(format!("{fence}{language}")));
        self.lines.extend(lines);
        self.lines.push(Line::default().plain(fence));
        self.blank();
    }

    /// One empty line, never two, and none at the top.
    fn blank(&mut self) {
        if self
            .lines
            .last()
            .is_some_and(|last| !last.segments.is_empty())
        {
            self.lines.push(Line::default());
        }
    }

    fn prose(&mut self, text: String) {
        self.lines.push(Line::default().plain(text));
    }

    /// The lines, without an empty one at the end.
    pub(super) fn finish(mut self) -> Vec<Line> {
        if self
            .lines
            .last()
            .is_some_and(|last| last.segments.is_empty())
        {
            self.lines.pop();
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_any_text() {
        for (text, expected) in [
            ("clusterA", "`clusterA`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("``x", "``` ``x ```"),
        ] {
            assert_eq!(code_span(text), expected);
        }
    }
}
