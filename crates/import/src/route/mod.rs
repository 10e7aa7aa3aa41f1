//! Finds what a source holds. What is whole YAML or JSON is read by its structure ([`tree`]); of
//! everything else the parts that are known are cut out, line by line ([`lines`]).

mod lines;
mod tree;

use crate::Source;
use crate::finding;
use crate::formats::{Reader, archive, quoted};
use crate::limits;
use crate::outcome::Outcome;
use crate::template;
use crate::text::{self, Decoded, Place, Text};
use crate::topology;
use crate::yaml;

/// Reads every source.
pub(crate) fn read_all(sources: &[Source], outcome: &mut Outcome) {
    for (at, source) in sources.iter().enumerate() {
        if at == limits::SOURCES {
            let message = format!(
                "More than {} sources: the rest was not read.",
                limits::SOURCES
            );
            return outcome.report(
                &Text::new(&source.name, ""),
                Place::new(0, 0),
                &finding::TOO_MUCH,
                message,
            );
        }
        if source.bytes.len() > limits::SOURCE_BYTES {
            let message = format!(
                "It has {} bytes, and {} are read.",
                source.bytes.len(),
                limits::SOURCE_BYTES
            );
            outcome.report(
                &Text::new(&source.name, ""),
                Place::new(0, 0),
                &finding::SOURCE_TOO_LARGE,
                message,
            );
        } else if source.bytes.starts_with(archive::SIGNATURE) {
            read_archive(source, outcome);
        } else {
            read_source(&source.name, &source.bytes, outcome);
        }
    }
}

fn read_archive(source: &Source, outcome: &mut Outcome) {
    let text = Text::new(&source.name, "");
    let members = match archive::members(&source.bytes) {
        Ok(members) => members,
        Err(reason) => {
            return outcome.report(
                &text,
                Place::new(0, 0),
                &finding::ARCHIVE_UNREADABLE,
                reason,
            );
        }
    };
    let (mut read, skipped): (Vec<_>, Vec<_>) =
        members.into_iter().partition(archive::Member::is_read);
    // What is read later wins: a topology file over the script that was made of it.
    read.sort_by_key(|member| !member.is_script());
    for member in read {
        read_source(
            &format!("{}/{}", source.name, member.name),
            member.bytes,
            outcome,
        );
    }
    if !skipped.is_empty() {
        let names: Vec<&str> = skipped.iter().map(|member| &*member.name).collect();
        let message = format!("Not read: {}.", names.join(", "));
        outcome.report(
            &text,
            Place::new(0, 0),
            &finding::ARCHIVE_MEMBER_SKIPPED,
            message,
        );
    }
}

fn read_source(name: &str, bytes: &[u8], outcome: &mut Outcome) {
    let begin = Place::new(0, 0);
    let Some((content, decoded)) = text::decode(bytes) else {
        return outcome.report(
            &Text::new(name, ""),
            begin,
            &finding::NOT_TEXT,
            "It is not text.".to_owned(),
        );
    };
    let text = Text::new(name, &content);
    outcome.texts.push(text.clone());
    if content.trim().is_empty() {
        return outcome.report(
            &text,
            begin,
            &finding::SOURCE_EMPTY,
            "It is empty.".to_owned(),
        );
    }
    match decoded {
        Decoded::Plain => {}
        Decoded::Repaired => {
            let line = text
                .lines
                .iter()
                .position(|line| line.contains('\u{FFFD}'))
                .unwrap_or(0);
            outcome.report(
                &text,
                Place::new(line, 0),
                &finding::NOT_UTF8,
                "Some bytes are not UTF-8.".to_owned(),
            );
        }
        Decoded::NoBreakSpaces => outcome.report(
            &text,
            begin,
            &finding::NO_BREAK_SPACES,
            "It holds no-break spaces (U+00A0).".to_owned(),
        ),
    }
    report_separators(&text, outcome);
    let before = (outcome.found(), outcome.findings());
    read_text(&text, 0, outcome);
    if (outcome.found(), outcome.findings()) == before {
        let message = format!(
            "Nothing that can be imported was found in {}.",
            quoted(name)
        );
        outcome.report(&text, begin, &finding::NOTHING_RECOGNISED, message);
    }
}

/// The line ends of YAML 1.1 that YAML 1.2 and people do not know.
fn report_separators(text: &Text, outcome: &mut Outcome) {
    let is_separator = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
    let mut lines = text.lines.iter();
    if let Some(at) = lines.position(|line| line.contains(is_separator)) {
        let message = "It holds line separators (U+0085, U+2028 or U+2029).".to_owned();
        outcome.report(text, Place::new(at, 0), &finding::LINE_SEPARATORS, message);
    }
}

/// Reads a text that stands `depth` texts deep in its source.
fn read_text(text: &Text, depth: usize, outcome: &mut Outcome) {
    if depth > limits::NESTED_TEXTS {
        let message = "Texts stand too deep within texts here.".to_owned();
        return outcome.report(text, Place::new(0, 0), &finding::TOO_MUCH, message);
    }
    if topology::is_topology(text) {
        return read_topology(text, outcome);
    }
    let unmarked = text.without_marks();
    let text = unmarked.as_ref().unwrap_or(text);
    let harmless = template::harmless(&text.lines);
    report_enabled_templates(text, outcome);
    let (documents, error) = yaml::parse(&harmless.content);
    let mut reader = Reader {
        text,
        template_lines: &harmless.lines,
        outcome,
    };
    let before = (reader.outcome.found(), reader.outcome.findings());
    if error.is_none() && !tree::has_lost_indentation(&documents) {
        tree::read(&mut reader, &documents, depth);
        if (reader.outcome.found(), reader.outcome.findings()) != before {
            tree::report_comments(&mut reader);
            return;
        }
    }
    lines::read(&mut reader, &harmless, error.as_ref(), depth);
}

fn read_topology(text: &Text, outcome: &mut Outcome) {
    match topology::read_text(text) {
        Ok(draft) => outcome.add_draft(text.location(Place::new(0, 0)), draft),
        Err(problems) => {
            for problem in problems {
                outcome.report(
                    text,
                    problem.at,
                    &finding::TOPOLOGY_INVALID,
                    problem.message,
                );
            }
        }
    }
}

/// Servers look at the raw lines of the first 1024 bytes.
fn report_enabled_templates(text: &Text, outcome: &mut Outcome) {
    let mut bytes = 0;
    for (at, line) in text.lines.iter().enumerate() {
        if bytes > 1024 {
            return;
        }
        bytes += line.len() + 1;
        if line.trim_start().starts_with('#') && line.contains("enable-template") {
            let message =
                "This file goes through templates in servers of 1.30 and later.".to_owned();
            return outcome.report(
                text,
                Place::new(at, 0),
                &finding::TEMPLATES_ENABLED,
                message,
            );
        }
    }
}

/// `1 line`, `2 lines`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
