//! A text ready to be read: decoded, free of terminal colours, with one kind of line end, and with
//! the place of everything in it.

use std::rc::Rc;

use multicluster_core::observed::Location;

/// A text, line by line.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    name: Rc<str>,
    /// At least one.
    pub(crate) lines: Vec<String>,
    /// The line of the source that the first line is, counted from 1.
    first_line: usize,
    /// Set where the text was quoted within another: then everything is where the quotation begins.
    quoted_at: Option<(Location, String)>,
}

/// A place in a [`Text`]: line and column counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Place {
    pub(crate) const fn new(line: usize, column: usize) -> Self {
        Self { line, column }
    }
}

impl Text {
    pub(crate) fn new(name: &str, content: &str) -> Self {
        Self {
            name: name.into(),
            lines: split_lines(content),
            first_line: 1,
            quoted_at: None,
        }
    }

    /// Lines of this text as a text of their own.
    pub(crate) fn part(&self, lines: std::ops::Range<usize>) -> Self {
        let part = self.lines[lines.clone()].to_vec();
        Self {
            name: Rc::clone(&self.name),
            lines: if part.is_empty() {
                vec![String::new()]
            } else {
                part
            },
            first_line: self.first_line + lines.start,
            quoted_at: self.quoted_at.clone(),
        }
    }

    /// A text that stands in this one as a quotation with escapes.
    pub(crate) fn quotation(&self, content: &str, at: Place) -> Self {
        Self {
            name: Rc::clone(&self.name),
            lines: split_lines(content),
            first_line: 1,
            quoted_at: Some((self.location(at), self.line_text(at).to_owned())),
        }
    }

    /// Where it is in the source. The end of a text, where parsers miss something, is where its last
    /// line ends.
    pub(crate) fn location(&self, at: Place) -> Location {
        let last = self.lines.len() - 1;
        let at = if at.line > last {
            Place::new(last, self.lines[last].chars().count())
        } else {
            at
        };
        let to_u32 = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        match &self.quoted_at {
            Some((location, _)) => location.clone(),
            None => Location {
                source: Rc::clone(&self.name),
                line: to_u32(self.first_line + at.line),
                column: to_u32(at.column + 1),
            },
        }
    }

    pub(crate) fn line_text(&self, at: Place) -> &str {
        match &self.quoted_at {
            Some((_, line)) => line,
            None => &self.lines[at.line.min(self.lines.len() - 1)],
        }
    }

    /// The text without the marks that mails (`> `) and diffs (`+`) put in front of lines; what a diff
    /// takes away is left out. `None` where there are none. Columns stay.
    pub(crate) fn without_marks(&self) -> Option<Self> {
        let any = |mark: &str| self.lines.iter().any(|line| line.starts_with(mark));
        let is_diff = any("@@ ") || any("+++ ") || any("+clusterMetadata:");
        let is_quoted = |line: &String| line.starts_with("> ") && line.contains("cluster");
        let is_mail = self.lines.iter().any(is_quoted);
        if !is_diff && !is_mail {
            return None;
        }
        let mut text = self.clone();
        for line in &mut text.lines {
            match line.chars().next() {
                Some('>') if is_mail => line.replace_range(..1, " "),
                Some('+') if is_diff => line.replace_range(..1, " "),
                Some('-') if is_diff && !line.starts_with("---") => line.clear(),
                _ => {}
            }
        }
        Some(text)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn content(&self) -> String {
        self.lines.join("\n")
    }
}

/// What happened to the bytes of a source on their way to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// They were text.
    Plain,
    /// Some bytes were not UTF-8, and are replaced.
    Repaired,
    /// Spaces that look like spaces and are none were replaced.
    NoBreakSpaces,
}

/// The text of a source; `None` where it is not text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, Decoded)> {
    let (content, mut decoded) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes)?, Decoded::Plain),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes)?, Decoded::Plain),
        _ => match std::str::from_utf8(bytes) {
            Ok(content) => (content.to_owned(), Decoded::Plain),
            Err(_) => (
                String::from_utf8_lossy(bytes).into_owned(),
                Decoded::Repaired,
            ),
        },
    };
    if content.contains('\0') {
        return None;
    }
    let mut content = without_terminal_codes(content.trim_start_matches('\u{FEFF}'));
    if content.contains('\u{A0}') {
        content = content.replace('\u{A0}', " ");
        decoded = Decoded::NoBreakSpaces;
    }
    Some((content, decoded))
}

/// Windows' shell writes redirected output like this.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

/// Colours and titles as terminals print them (ECMA-48): `ESC [ … letter`, `ESC ] … BEL`.
fn without_terminal_codes(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '\u{1B}' {
            clean.push(c);
            continue;
        }
        match rest.next() {
            Some('[') => while rest.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
            Some(']') => {
                while rest
                    .next()
                    .is_some_and(|c| c != '\u{7}' && c != '\u{1B}' && c != '\n')
                {}
            }
            _ => {}
        }
    }
    clean
}

pub(crate) fn split_lines(content: &str) -> Vec<String> {
    let unix = content.replace("\r\n", "\n").replace('\r', "\n");
    unix.split('\n').map(str::to_owned).collect()
}

/// The number of spaces and tabs before the first other character.
pub(crate) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_text() {
        for (bytes, expected) in [
            (&b"a: 1"[..], Some(("a: 1", Decoded::Plain))),
            (b"\xEF\xBB\xBFa", Some(("a", Decoded::Plain))),
            (b"\xFF\xFEa\0b\0", Some(("ab", Decoded::Plain))),
            (b"\xFE\xFF\0a", Some(("a", Decoded::Plain))),
            (b"a\xE9", Some(("a\u{FFFD}", Decoded::Repaired))),
            (b"a\0b", None),
            (
                b"\x1b[35mName\x1b[0m x\x1b]0;t\x07y",
                Some(("Name xy", Decoded::Plain)),
            ),
            (b"\x1b[", Some(("", Decoded::Plain))),
            ("a\u{A0}b".as_bytes(), Some(("a b", Decoded::NoBreakSpaces))),
        ] {
            let expected = expected.map(|(text, decoded)| (text.to_owned(), decoded));
            assert_eq!(decode(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn every_line_end_ends_a_line_once() {
        assert_eq!(split_lines("a\r\nb\rc\n"), ["a", "b", "c", ""]);
    }

    #[test]
    fn marks_of_mails_and_diffs_are_taken_away() {
        let unmarked = |text: &str| {
            let unmarked = Text::new("x", text).without_marks();
            unmarked.map(|text| text.lines.join("\n"))
        };
        assert_eq!(
            unmarked("> clusterMetadata:\n>   a: 1\nb").as_deref(),
            Some("  clusterMetadata:\n    a: 1\nb")
        );
        assert_eq!(
            unmarked("@@ -1 +1 @@\n-a: 1\n+a: 2\n b: 3").as_deref(),
            Some("@@ -1 +1 @@\n\n a: 2\n b: 3")
        );
        assert_eq!(unmarked("a: >\n  b\n- c"), None);
    }

    #[test]
    fn parts_know_where_they_are() {
        let text = Text::new("x", "a\nb\nc").part(1..3);
        assert_eq!(text.location(Place::new(1, 4)).to_string(), "x:3:5");
        let quotation = text.quotation("d\ne", Place::new(0, 2));
        assert_eq!(quotation.location(Place::new(1, 0)).to_string(), "x:2:3");
        assert_eq!(quotation.line_text(Place::new(1, 0)), "b");
    }
}
