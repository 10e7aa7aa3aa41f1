//! Tags for the parts of scripts that are the same for everybody.

use super::super::artifact::{Kind, Line};
use super::super::topic::Topic;
use super::Part;

const KEYWORDS: &[&str] = &[
    "if", "then", "elif", "else", "fi", "case", "in", "esac", "until", "do", "done", "return",
    "exit", "shift", "set",
];

/// The lines of a part, tagged: comments, quoted words, variables and the shell's own words.
pub(super) fn shell_lines(Part(topic, text, _): Part) -> impl Iterator<Item = Line> {
    let topic = Topic::Script(topic);
    text.lines().map(move |line| match line {
        "" => Line::default(),
        _ => shell_line(line).about(topic),
    })
}

/// A line of a script, tagged in the same way.
pub(super) fn shell_line(text: &'static str) -> Line {
    let mut line = Line::default();
    let mut rest = text;
    while !rest.is_empty() {
        let (kind, end) = first_piece(rest);
        let (piece, behind) = rest.split_at(end);
        line = line.push(kind, piece);
        rest = behind;
    }
    line
}

/// What stands first in a text that is not empty, and where it ends.
fn first_piece(text: &str) -> (Kind, usize) {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let until = |stop: &dyn Fn(char) -> bool, from: usize| {
        text[from..].find(stop).map_or(text.len(), |at| from + at)
    };
    match text.chars().next() {
        Some('#') => (Kind::Comment, text.len()),
        Some(quote @ ('"' | '\'')) => {
            let end = until(&|c| c == quote, 1);
            (Kind::Text, (end + 1).min(text.len()))
        }
        Some('$') if text[1..].starts_with(word) => (Kind::Variable, until(&|c| !word(c), 1)),
        Some(first) if word(first) => {
            let end = until(&|c| !word(c), 0);
            let kind = if KEYWORDS.contains(&&text[..end]) {
                Kind::Keyword
            } else {
                Kind::Plain
            };
            (kind, end)
        }
        _ => {
            let plain = |c: char| word(c) || "\"'$#".contains(c);
            (Kind::Plain, until(&plain, 1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every piece that has a look of its own, with its name.
    fn told(text: &'static str) -> Vec<(&'static str, String)> {
        let line = shell_line(text);
        assert_eq!(line.text(), text);
        let pieces = line.segments.into_iter();
        pieces
            .filter_map(|piece| Some((piece.kind.class()?, piece.text.into_owned())))
            .collect()
    }

    #[test]
    fn words_quotes_variables_and_comments_are_tagged() {
        for (text, expected) in [
            (
                "if [ -n \"$a b\" ]; then # why",
                &[
                    ("keyword", "if"),
                    ("text", "\"$a b\""),
                    ("keyword", "then"),
                    ("comment", "# why"),
                ][..],
            ),
            (
                "row_1=$row_2 || exit 1",
                &[("variable", "$row_2"), ("keyword", "exit")],
            ),
            ("notify in_it $(true) $", &[]),
            (
                "'it is \"so\"' 'in the end",
                &[("text", "'it is \"so\"'"), ("text", "'in the end")],
            ),
        ] {
            let told = told(text);
            let told: Vec<_> = told.iter().map(|(kind, text)| (*kind, &**text)).collect();
            assert_eq!(told, expected, "{text}");
        }
    }
}
