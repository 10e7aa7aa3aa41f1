//! Markdown: prose, user text as code, and blocks of commands.

use crate::diagnostics::push_visible;

use super::artifact::{Kind, Line};
use super::topic::{GuideTopic, Topic};

/// A text that was typed or read as a code span, whatever it contains: the marks around it are longer than any
/// run of backticks within it (CommonMark 0.31, 6.1), and what nobody can see, line ends too, is made visible.
pub(super) fn code_span(text: &str) -> String {
    let marks = "`".repeat(longest_run(text) + 1);
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        push_visible(&mut shown, c);
    }
    let text = shown;
    let needs_space = text.starts_with('`') || text.ends_with('`');
    let space = if needs_space { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// A document that is written from top to bottom.
pub(super) struct Document {
    pub(super) lines: Vec<Line>,
    steps: usize,
    /// What the lines are about that are not commands.
    topic: GuideTopic,
}

impl Document {
    /// An empty one, whose first lines are about this.
    pub(super) const fn about(topic: GuideTopic) -> Self {
        Self {
            lines: Vec::new(),
            steps: 0,
            topic,
        }
    }

    /// What the next lines are about, until a heading.
    pub(super) const fn turn_to(&mut self, topic: GuideTopic) {
        self.topic = topic;
    }

    /// A heading, and what is below it.
    pub(super) fn heading(&mut self, topic: GuideTopic, level: usize, text: &str) {
        self.turn_to(topic);
        self.blank();
        let marks = "#".repeat(level);
        self.write(Line::default().push(Kind::Heading, format!("{marks} {text}")));
        self.blank();
    }

    /// The heading of the next step; steps are numbered.
    pub(super) fn step(&mut self, topic: GuideTopic, title: &str) {
        self.steps += 1;
        self.heading(topic, 2, &format!("{}. {title}", self.steps));
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
        self.write(Line::default().plain(format!("{fence}{language}")));
        lines.into_iter().for_each(|line| self.write(line));
        self.write(Line::default().plain(fence));
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
        self.write(Line::default().plain(text));
    }

    /// Puts a line below the others; commands are about themselves.
    fn write(&mut self, line: Line) {
        let topic = match line.topic {
            Topic::Nothing => Topic::Guide(self.topic),
            own => own,
        };
        self.lines.push(line.about(topic));
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
            ("a\n# b\u{202E}", "`aU+000A# bU+202E`"),
        ] {
            assert_eq!(code_span(text), expected);
        }
    }
}
