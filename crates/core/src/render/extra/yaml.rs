//! Lines of YAML at any depth. Keys are ours and need no quotes; texts are always quoted.

use crate::model::ClusterName;

use super::super::artifact::{Kind, Line};
use super::super::scalar::double_quoted;
use super::super::topic::{ExtraTopic, Topic};

/// A key without its value.
pub(super) fn key(depth: usize, name: &'static str) -> Line {
    Line::default()
        .plain(indent(depth))
        .push(Kind::Key, name)
        .plain(":")
}

/// A key that is made of what was typed: without quotes it might be a number.
pub(super) fn named_key(depth: usize, name: &str) -> Line {
    Line::default()
        .plain(indent(depth))
        .push(Kind::Key, double_quoted(name))
        .plain(":")
}

/// An item of a list.
pub(super) fn item(depth: usize, text: &str) -> Line {
    Line::default()
        .plain(indent(depth))
        .plain("- ")
        .push(Kind::Text, double_quoted(text))
}

/// A remark. Servers look for a word in the comments at the top of a file that sends all of it
/// through templates: no text that was typed may stand in one, unless [`in_comment`] lets it.
pub(super) fn comment(depth: usize, text: &str) -> Line {
    Line::default()
        .plain(indent(depth))
        .push(Kind::Comment, format!("# {text}").trim_end().to_owned())
}

/// A name as it may stand in a comment.
pub(super) fn in_comment(name: &ClusterName, index: usize) -> String {
    if name.may_be_in_comment() {
        name.to_string()
    } else {
        format!("cluster {}", index + 1)
    }
}

/// Lines with what they are about, where that is not known yet.
pub(super) fn about(
    topic: ExtraTopic,
    lines: impl IntoIterator<Item = Line>,
) -> impl Iterator<Item = Line> {
    lines.into_iter().map(move |line| {
        if line.topic == Topic::Nothing && !line.segments.is_empty() {
            line.about(Topic::Extra(topic))
        } else {
            line
        }
    })
}

/// Lines moved to the right.
pub(super) fn indented(depth: usize, lines: Vec<Line>) -> impl Iterator<Item = Line> {
    lines.into_iter().map(move |mut line| {
        if let Some(first) = line.segments.first_mut()
            && first.kind == Kind::Plain
        {
            first.text = format!("{}{}", indent(depth), first.text).into();
        }
        line
    })
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth)
}
