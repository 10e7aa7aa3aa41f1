//! What is printed, and how: colours for people at a terminal, and nobody else.

use std::io::{self, IsTerminal, Write};

use multicluster_core::Severity;

use crate::failure::Failure;

/// Prints results. A reader that closes early, such as `head`, is no failure.
pub(crate) fn write(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}

/// Prints messages beside the results. Where nobody can be told, there is nobody to tell so.
pub(crate) fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Colours, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    is_coloured: bool,
}

impl Style {
    /// No colours at all.
    #[cfg(test)]
    pub(crate) const PLAIN: Self = Self { is_coloured: false };

    /// For standard output.
    pub(crate) fn of_output() -> Self {
        Self::of(&io::stdout())
    }

    /// For standard error.
    pub(crate) fn of_messages() -> Self {
        Self::of(&io::stderr())
    }

    /// No colours but at a terminal, nor where the person wants none (no-color.org).
    fn of(stream: &impl IsTerminal) -> Self {
        let is_unwanted = std::env::var_os("NO_COLOR").is_some_and(|text| !text.is_empty())
            || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self {
            is_coloured: stream.is_terminal() && !is_unwanted,
        }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    pub(crate) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn of_severity(self, severity: Severity, text: &str) -> String {
        let colour = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Note => "1;36",
        };
        self.paint(colour, text)
    }

    fn paint(self, colour: &str, text: &str) -> String {
        if self.is_coloured {
            format!("\u{1B}[{colour}m{text}\u{1B}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Text of others on one line of a terminal: what could move the cursor or hide something is
/// replaced, one character by one, so that carets stay where they belong.
pub(crate) fn harmless(text: &str) -> String {
    let is_harmful = |c: char| c.is_control() && c != '\t' || is_bidirectional(c);
    let shown = |c| if is_harmful(c) { '\u{FFFD}' } else { c };
    text.chars().map(shown).collect()
}

/// The characters that turn the direction of what follows.
fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_cannot_steer_a_terminal() {
        assert_eq!(
            harmless("a\t\u{1B}[2Jb\u{7}\u{9B}\u{202E}é"),
            "a\t\u{FFFD}[2Jb\u{FFFD}\u{FFFD}\u{FFFD}é"
        );
    }

    #[test]
    fn colours_are_only_where_they_are_wanted() {
        let coloured = Style { is_coloured: true };
        assert_eq!(coloured.bold("a"), "\u{1B}[1ma\u{1B}[0m");
        assert_eq!(Style::PLAIN.of_severity(Severity::Error, "a"), "a");
    }
}
