//! What servers and tools print, read back: the cause in plain words, the field, and the way out.
//!
//! ```
//! use multicluster_core::{Draft, decode::decode, resolve};
//!
//! let draft = Draft::default();
//! let decoded = decode("panic: Master cluster name is empty", &draft, &resolve(&draft));
//! assert_eq!(decoded.findings[0].line, 1);
//! assert!(decoded.findings[0].cause.contains("masterClusterName"));
//! ```
//!
//! [`table`] has every message that is known, each once; their words are those of
//! `server_messages`. A message is found also where a terminal or a collector broke its line. No text makes
//! it panic, and the time is linear in its length.

mod pattern;
mod table;
mod wrapped;

use std::collections::BTreeMap;

use crate::diagnostics::{Code, Diagnostic, Path, push_visible};
use crate::draft::Draft;
use crate::edit::ClusterField;
use crate::resolve::Resolution;
use crate::server_messages::fill;

use pattern::{Found, Pattern, QUOTED_LINE_END};
use table::{Entry, Field, TABLE};
use wrapped::{Joined, without_mark};

/// Longer lists are cut, and it is said how many there are more.
const LISTED: usize = 100;

/// What a text says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decoded {
    /// How many lines the text has; empty ones at its end do not count.
    pub lines: usize,
    /// The messages that are known, in the order in which they first appear; at most 100.
    pub findings: Vec<Finding>,
    /// How many known messages there are that are not listed.
    pub more_findings: usize,
    /// Lines that complain, and are not known; at most 100.
    pub unknown: Vec<UnknownLine>,
    /// How many such lines there are that are not listed.
    pub more_unknown: usize,
}

/// A message that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The first line that it is in, counted from 1.
    pub line: usize,
    /// How many times it is in the text, with the same words.
    pub times: usize,
    /// The message as it was found, what nobody can see made visible, and cut where it is long.
    pub message: String,
    /// What happened, and why: whole sentences.
    pub cause: String,
    /// What to do.
    pub way_out: String,
    /// Which releases say it, within a sentence: `1.32 and later`.
    pub releases: String,
    /// The fields of the draft that it is about, as far as the message or a rule names them.
    pub fields: Vec<Path>,
    /// The rule that predicts it, if there is one; of several, one that finds it in the draft.
    pub code: Option<Code>,
    /// Whether that rule finds it in the draft as it is now.
    pub is_in_draft: bool,
}

/// A line that complains and is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownLine {
    /// Its number, counted from 1.
    pub line: usize,
    /// Its text, cut where it is long.
    pub text: String,
}

/// Reads a text of any kind and length: lines of a log, JSON, a panic, the output of a tool.
#[must_use]
pub fn decode(text: &str, draft: &Draft, resolution: &Resolution) -> Decoded {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let text = Text::of(&lines);
    let matches = text.matches(&lines);
    let mut has_match = vec![false; text.begins.len()];
    for found in &matches {
        has_match[text.line(found.begin)..=found.last_line].fill(true);
    }
    let (findings, more_findings) = group(&text, matches, draft, resolution);
    let (unknown, more_unknown) = text.unknown(&has_match);
    Decoded {
        lines: text.begins.len(),
        findings,
        more_findings,
        unknown,
        more_unknown,
    }
}

/// A text whose lines are no longer escaped, with the place where each begins.
struct Text {
    text: String,
    begins: Vec<usize>,
}

/// A message in a text.
struct Match {
    begin: usize,
    end: usize,
    /// The line in which it ends, counted from 0.
    last_line: usize,
    /// The message itself, without details that may follow.
    message: String,
    entry: &'static Entry,
    words: Vec<(&'static str, String)>,
    has_details: bool,
}

impl Match {
    /// The word in a place; empty if there is no such place.
    fn word(&self, place: &str) -> &str {
        let mut words = self.words.iter();
        let word = words.find(|(name, _)| *name == place);
        word.map_or("", |(_, word)| word)
    }
}

impl Text {
    fn of(lines: &[&str]) -> Self {
        let mut text = String::new();
        let mut begins = Vec::new();
        for line in lines {
            begins.push(text.len());
            push_unescaped(&mut text, without_mark(line));
            text.push('\n');
        }
        Self { text, begins }
    }

    /// The place of the line in which this is.
    fn line(&self, at: usize) -> usize {
        self.begins
            .partition_point(|&begin| begin <= at)
            .saturating_sub(1)
    }

    /// Every message, in the order in which they begin; none that is a part of another one.
    fn matches(&self, lines: &[&str]) -> Vec<Match> {
        let kinds: Vec<Kind> = TABLE.iter().map(Kind::of).collect();
        let all = kinds.iter();
        let mut matches: Vec<Match> = all.flat_map(|kind| kind.matches(&self.text, &[])).collect();
        for found in &mut matches {
            found.last_line = self.line(found.begin);
        }
        for joined in Joined::all(lines, &self.begins) {
            matches.extend(broken(&kinds, &joined));
        }
        matches.sort_by_key(|found| (found.begin, std::cmp::Reverse(found.end)));
        let mut covered = 0;
        matches.retain(|found| {
            let is_new = found.end > covered;
            covered = covered.max(found.end);
            is_new
        });
        matches
    }

    /// The lines that complain, and have no message in them or near them: tools print a line or two
    /// around what the server says.
    fn unknown(&self, has_match: &[bool]) -> (Vec<UnknownLine>, usize) {
        let lines = self.text.lines().enumerate();
        let lines = lines.filter(|&(at, line)| {
            let near = at.saturating_sub(1)..(at + 3).min(has_match.len());
            is_complaint(line) && !has_match[near].contains(&true)
        });
        let mut lines = lines.map(|(at, line)| (at + 1, line));
        let listed = lines.by_ref().take(LISTED);
        let listed = listed.map(|(line, text)| UnknownLine {
            line,
            text: shown(text),
        });
        (listed.collect(), lines.count())
    }
}

/// The messages that are broken over lines.
fn broken(kinds: &[Kind], joined: &Joined) -> Vec<Match> {
    let all = kinds.iter();
    let all = all.flat_map(|kind| kind.matches(&joined.text, &joined.breaks));
    let broken = all.filter_map(|found| {
        let (first, last) = joined.lines(found.begin, found.end);
        (first < last).then(|| Match {
            begin: joined.origin(found.begin),
            end: joined.origin(found.end - 1) + 1,
            last_line: last,
            ..found
        })
    });
    broken.collect()
}

/// A message of the table, taken apart.
struct Kind {
    entry: &'static Entry,
    message: Pattern,
    details: Option<Pattern>,
}

impl Kind {
    fn of(entry: &'static Entry) -> Self {
        Self {
            entry,
            message: Pattern::of(entry.message),
            details: entry.details.map(Pattern::of),
        }
    }

    /// Where it is in a text; its places do not reach over breaks.
    fn matches(&self, text: &str, breaks: &[usize]) -> Vec<Match> {
        let heads = self.message.heads(text);
        heads
            .filter_map(|begin| self.at(text, begin, breaks))
            .collect()
    }

    fn at(&self, text: &str, begin: usize, breaks: &[usize]) -> Option<Match> {
        let Found { end, mut words } = self.message.at(text, begin, breaks)?;
        let message = shown(&text[begin..end]);
        let mut end = end;
        let more = self.details.as_ref();
        let more = more.and_then(|details| details.behind(text, end, breaks));
        let has_details = more.is_some();
        if let Some(more) = more {
            end = more.end;
            words.extend(more.words);
        }
        Some(Match {
            begin,
            end,
            last_line: 0,
            message,
            entry: self.entry,
            words,
            has_details,
        })
    }
}

/// What marks a line that says that something is wrong.
const COMPLAINTS: &[&str] = &[
    "\"level\":\"error\"",
    "\"level\":\"fatal\"",
    "\"level\":\"panic\"",
    "\"level\":\"warn\"",
    "level=ERROR",
    "level=WARN",
    "level=error",
    "level=warn",
    "level=fatal",
    "panic: ",
    "fatal error: ",
    "rpc error: ",
    "Error: ",
    "ERROR",
    "FATAL",
    "Unable to ",
];

fn is_complaint(line: &str) -> bool {
    COMPLAINTS.iter().any(|mark| line.contains(mark))
}

/// The messages with the same words together, and how many of them are not listed.
fn group(
    text: &Text,
    matches: Vec<Match>,
    draft: &Draft,
    resolution: &Resolution,
) -> (Vec<Finding>, usize) {
    let mut known: BTreeMap<(&str, Vec<String>), usize> = BTreeMap::new();
    let mut findings: Vec<Finding> = Vec::new();
    for found in matches {
        let words = found.words.iter().map(|(_, word)| word.clone()).collect();
        let next = known.len();
        let at = *known.entry((found.entry.message, words)).or_insert(next);
        match findings.get_mut(at) {
            Some(again) => again.times += 1,
            None if at < LISTED => findings.push(finding(text, &found, draft, resolution)),
            None => {}
        }
    }
    let more = known.len() - findings.len();
    (findings, more)
}

fn finding(text: &Text, found: &Match, draft: &Draft, resolution: &Resolution) -> Finding {
    let entry = found.entry;
    let words: Vec<(&str, String)> = found
        .words
        .iter()
        .map(|(name, word)| (*name, shown(word)))
        .collect();
    let words: Vec<(&str, &str)> = words.iter().map(|(name, it)| (*name, &**it)).collect();
    let mut cause = fill(entry.cause, &words);
    if found.has_details {
        cause.push_str(&fill(entry.with_details, &words));
    }
    let all = resolution.diagnostics().iter();
    let rules = rules(found);
    let predicted = all.filter(|it| rules.contains(&it.code.as_str()));
    let predicted: Vec<&Diagnostic> = predicted.collect();
    let code = predicted.first().map(|found| found.code);
    Finding {
        line: text.line(found.begin) + 1,
        times: 1,
        message: found.message.clone(),
        cause,
        way_out: fill(entry.way_out, &words),
        releases: entry.releases.words(),
        fields: fields(found, draft, &predicted),
        code: code.or(rules.first().copied().map(Code)),
        is_in_draft: !predicted.is_empty(),
    }
}

/// The fields of the clusters that the message names; where it names none, those that the rule found.
fn fields(found: &Match, draft: &Draft, predicted: &[&Diagnostic]) -> Vec<Path> {
    let field = match found.entry.field {
        Field::None => return Vec::new(),
        Field::Increment => return vec![Path::Increment],
        Field::Redirection => return vec![Path::Redirection],
        Field::ServerVersion => return vec![Path::ServerVersion],
        Field::Tool => return vec![Path::Tool],
        Field::OfKey => return fields_of_key(found, draft),
        Field::Of(field) => field,
    };
    let clusters = draft.clusters.iter().enumerate();
    let named = clusters.filter(|(_, cluster)| {
        found.words.iter().any(|(place, word)| match *place {
            "cluster" | "other" | "active" => is_same(word, &cluster.name),
            "address" => {
                is_same(word, &cluster.rpc_address) || is_same(word, &cluster.admin_address)
            }
            "initial" => is_same(word, &cluster.initial_version),
            _ => false,
        })
    });
    let mut paths: Vec<Path> = named
        .map(|(index, cluster)| Path::Cluster(index, cluster.id, field))
        .collect();
    let dialled = found.word("address");
    let clusters = draft.clusters.iter().enumerate();
    paths.extend(clusters.flat_map(|(index, cluster)| {
        let seen = cluster.seen_from.iter();
        let seen = seen.filter(|(_, address)| is_same(dialled, address));
        seen.map(move |(by, _)| Path::Cluster(index, cluster.id, ClusterField::AddressFrom(*by)))
    }));
    if paths.is_empty() {
        paths.extend(predicted.iter().map(|found| found.path));
    }
    paths
}

/// The rules that predict a message; where it names a key, the one of that key.
fn rules(found: &Match) -> Vec<&'static str> {
    let key = found.word("key");
    let of_key = RULES_OF_KEYS.iter().find(|(name, _)| key.ends_with(name));
    match of_key {
        Some((_, rule)) => vec![rule],
        None => found.entry.rules.to_vec(),
    }
}

/// The ends of keys in the log, and the rules that predict that their values stay.
const RULES_OF_KEYS: &[(&str, &str)] = &[
    (INCREMENT_KEY, "running-increment-changed"),
    (SHARDS_KEY, "running-shards-changed"),
];
const INCREMENT_KEY: &str = "FailoverVersionIncrement";
const SHARDS_KEY: &str = "numHistoryShards";

/// The fields that have the value which a log line says is ignored.
fn fields_of_key(found: &Match, draft: &Draft) -> Vec<Path> {
    let key = found.word("key");
    if key.ends_with(INCREMENT_KEY) {
        return vec![Path::Increment];
    }
    let field = ClusterField::HistoryShards;
    let clusters = draft.clusters.iter().enumerate();
    let same = clusters.filter(|(_, cluster)| {
        key.ends_with(SHARDS_KEY) && is_same(found.word("ignored"), &cluster.history_shards)
    });
    same.map(|(index, cluster)| Path::Cluster(index, cluster.id, field))
        .collect()
}

/// The same text, without what sentences have at their end.
fn is_same(word: &str, typed: &str) -> bool {
    let typed = typed.trim();
    !typed.is_empty() && (word == typed || word.trim_end_matches('.') == typed)
}

/// A text with what nobody can see made visible, cut after 300 characters.
fn shown(text: &str) -> String {
    let mut shown = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == 300 {
            shown.push('…');
            break;
        }
        match c {
            QUOTED_LINE_END => shown.push(' '),
            _ => push_visible(&mut shown, c),
        }
    }
    shown
}

/// Adds a line as it was before loggers escaped it. Some put JSON into JSON.
fn push_unescaped(text: &mut String, line: &str) {
    const DEPTH: usize = 3;
    if !is_escaped(line) {
        text.push_str(line);
        return;
    }
    let mut unescaped = unescape(line);
    for _ in 1..DEPTH {
        if is_escaped(&unescaped) {
            unescaped = unescape(&unescaped);
        }
    }
    text.push_str(&unescaped);
}

fn is_escaped(line: &str) -> bool {
    let is_json = || line.contains("\":\"") || line.contains("\": \"");
    line.contains("\\\"") || line.contains("\\u00") || line.contains("\\n") && is_json()
}

/// A text in which `\"` stands for `"`, as in JSON; line ends become what ends a message.
fn unescape(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line.chars();
    while let Some(c) = rest.next() {
        let (c, behind) = match c {
            '\\' => escaped(rest.as_str()),
            c => (c, rest.as_str()),
        };
        text.push(c);
        rest = behind.chars();
    }
    text
}

/// What a backslash and this text behind it stand for, and what follows.
fn escaped(text: &str) -> (char, &str) {
    let mut rest = text.chars();
    match rest.next() {
        Some('n') => (QUOTED_LINE_END, rest.as_str()),
        Some('r' | 't') => (' ', rest.as_str()),
        Some(c @ ('"' | '\\' | '/')) => (c, rest.as_str()),
        Some('u') => coded(rest.as_str()).unwrap_or(('\\', text)),
        _ => ('\\', text),
    }
}

/// The character with a code of four digits, and what follows.
fn coded(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    Some((if c.is_control() { ' ' } else { c }, rest))
}

#[cfg(test)]
mod tests;
