//! Template expressions (`{{ … }}`, `${…}`, `<…>`), made harmless so that what stands around them
//! can be read. What an expression becomes nobody knows here: it is never a value.

use crate::text::indentation;

/// Stands for every character of an expression. It is in no configuration: it is for private use.
const MARK: char = '\u{E000}';

/// A text whose expressions are marks.
pub(crate) struct Harmless {
    pub(crate) content: String,
    /// The lines, counted from 0, that held nothing but expressions.
    pub(crate) lines: Vec<usize>,
}

/// Replaces every `{{ … }}` by marks of the same length, and lines of nothing else by nothing.
pub(crate) fn harmless(lines: &[String]) -> Harmless {
    let mut harmless = Harmless {
        content: String::new(),
        lines: Vec::new(),
    };
    let mut inside = false;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            harmless.content.push('\n');
        }
        if !inside && !line.contains("{{") {
            harmless.content.push_str(line);
            continue;
        }
        let marked = mark(line, &mut inside);
        if marked.trim().chars().all(|c| c == MARK) {
            harmless.lines.push(at);
        } else {
            harmless.content.push_str(&marked);
        }
    }
    harmless
}

fn mark(line: &str, inside: &mut bool) -> String {
    let mut marked = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if !*inside && rest.starts_with("{{") {
            *inside = true;
        }
        if *inside && rest.starts_with("}}") {
            *inside = false;
            marked.extend([MARK, MARK]);
            rest = &rest[2..];
            continue;
        }
        // Indentation stays, so that an expression over several lines does not break the rest.
        marked.push(if *inside { MARK } else { c });
        rest = &rest[c.len_utf8()..];
    }
    // An expression ends where a line begins that cannot be part of one.
    marked
}

/// Whether a value is, or contains, something that is filled in later.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let trimmed = value.trim();
    value.contains(MARK)
        || value.contains("{{")
        || value.contains("${")
        || value.contains("$(")
        || has_shell_variable(value)
        || (trimmed.contains('<') && trimmed.contains('>'))
}

fn has_shell_variable(value: &str) -> bool {
    let begins_a_name = |c: char| c.is_ascii_alphabetic() || c == '_';
    value
        .match_indices('$')
        .any(|(at, _)| value[at + 1..].starts_with(begins_a_name))
}

/// The expression at a value, as it stands in its line.
pub(crate) fn shown(line: &str, column: usize) -> String {
    let rest: String = line.chars().skip(column).take(80).collect();
    let rest = rest.trim_end();
    if rest.is_empty() {
        line[indentation(line)..].to_owned()
    } else {
        rest.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split('\n').map(str::to_owned).collect()
    }

    #[test]
    fn expressions_become_marks_and_columns_stay() {
        let harmless = harmless(&lines(
            "{{- if .X }}\na: \"{{ default .E \"x\" }}:1\"\n{{- end }}\nb: 1",
        ));
        assert_eq!(harmless.lines, [0, 2]);
        let expected = format!("\na: \"{}:1\"\n\nb: 1", MARK.to_string().repeat(20));
        assert_eq!(harmless.content, expected);
    }

    #[test]
    fn placeholders_are_recognised() {
        for value in [
            "{{ .X }}:1",
            "${HOST}:7233",
            "$HOST:7233",
            "$(hostname)",
            "<cluster name>",
            "<a:b>",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["127.0.0.1:7233", "clusterA", "a$1", "a<b", ""] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
