//! Texts that are not YAML as a whole: templates, manuals, pasted terminals, scripts. Every line is
//! part of something known, or is listed.

use std::collections::BTreeSet;
use std::ops::Range;

use super::tree::{self, report_template_lines};
use crate::finding;
use crate::formats::cluster_metadata::{Beside, PERSISTENCE_KEY, SHARDS_KEY};
use crate::formats::commands::{self, Environment, Known, Line, Scripts};
use crate::formats::tool_json::{self, Answer, Asked};
use crate::formats::tool_table::Table;
use crate::formats::{Reader, cadence, cluster_metadata, flat, link, prompt, quoted};
use crate::limits;
use crate::template::Harmless;
use crate::text::{Place, indentation};
use crate::yaml::{self, Node, Value, YamlError};

/// How much longer than the text itself everything together is that may be looked at in search of
/// the end of a JSON value.
const SEARCH_FACTOR: usize = 3;

/// In how many lines an answer in JSON shows what it is.
const ANSWER_BEGINS: usize = 8;

/// What stands there.
const ANSWER_KEYS: &[&str] = &[
    "\"clusterName\"",
    "\"cluster_name\"",
    "\"serverVersion\"",
    "\"server_version\"",
    "\"supportedClients\"",
    "\"supported_clients\"",
];

/// Reads what is known in the lines of a text.
pub(super) fn read(
    reader: &mut Reader<'_>,
    harmless: &Harmless,
    error: Option<&YamlError>,
    depth: usize,
) {
    let lines: Vec<String> = harmless.content.split('\n').map(str::to_owned).collect();
    let mut scan = Scan {
        script: Known {
            variables: commands::variables(&lines),
            environment: Environment::default(),
        },
        used: BTreeSet::new(),
        search_left: (harmless.content.len() + 1000) * SEARCH_FACTOR,
        lines,
        reader,
        error,
        depth,
        joined_to: 0,
        asked: Asked::default(),
        described: None,
        items: Vec::new(),
        scripts: Scripts::default(),
        unread: Vec::new(),
        read_along: BTreeSet::new(),
        pieces: 0,
        blocks: 0,
        unread_json: None,
        cut: false,
        said_cut: false,
        in_comment: false,
    };
    scan.run();
}

struct Scan<'s, 'r> {
    reader: &'s mut Reader<'r>,
    lines: Vec<String>,
    error: Option<&'s YamlError>,
    depth: usize,
    script: Known,
    /// The variables in the commands that were read.
    used: BTreeSet<String>,
    search_left: usize,
    /// The line behind the last one that was joined to another.
    joined_to: usize,
    /// The command whose answer is awaited.
    asked: Asked,
    /// The command that was answered last, if a cluster described itself.
    described: Option<Asked>,
    /// Items of a list that stand on lines of their own.
    items: Vec<Node>,
    scripts: Scripts,
    unread: Vec<usize>,
    /// Lines that are read with others: what stands beside a block, and the server that a script exports.
    read_along: BTreeSet<usize>,
    pieces: usize,
    blocks: usize,
    /// Why JSON that begins at this line could not be read.
    unread_json: Option<String>,
    /// Whether the JSON that stands here is cut.
    cut: bool,
    /// Whether that was said of the answer that stands here.
    said_cut: bool,
    /// Within `{/* … */}` or `<!-- … -->`.
    in_comment: bool,
}

/// How the key of a block stands in a line.
enum Key {
    /// As in YAML or JSON; where it begins, in bytes, with its quotation mark.
    Yaml(usize),
    /// In a comment.
    Comment,
    /// As in Go, Nix or HCL.
    OtherLanguage,
}

impl Scan<'_, '_> {
    fn run(&mut self) {
        let found_before = self.reader.outcome.found();
        let mut at = 0;
        while at < self.lines.len() {
            if self.pieces == limits::PIECES {
                let message = format!(
                    "More than {} parts are in this text: the rest was not read.",
                    limits::PIECES
                );
                self.reader
                    .report(Place::new(at, 0), &finding::TOO_MUCH, message);
                break;
            }
            let next = self.line(at);
            self.pieces += usize::from(next.is_some());
            if next.is_none() && !self.lines[at].trim().is_empty() {
                self.unread.push(at);
            }
            at = next.unwrap_or(at + 1);
        }
        self.flush_items();
        for script in std::mem::take(&mut self.scripts).views {
            self.reader.outcome.add_view(self.reader.text, script);
        }
        if self.reader.outcome.found() > found_before || self.pieces > 0 {
            self.report_unread();
        }
    }

    /// Reads what begins at a line; returns the line behind it, `None` if nothing known does.
    fn line(&mut self, at: usize) -> Option<usize> {
        let line = self.lines[at].clone();
        let (begins, ends) = comment(&line);
        // A line with a comment in it is commented out as a whole.
        self.in_comment |= begins.is_some();
        let next = self.known(at, &line);
        self.in_comment &= ends.is_none_or(|end| begins.is_some_and(|begin| end < begin));
        next
    }

    fn known(&mut self, at: usize, line: &str) -> Option<usize> {
        if let Some(next) = self.reader.own_script(at) {
            return Some(next);
        }
        if let Some(next) = self.json(at, line) {
            return Some(next);
        }
        let is_cut = self.report_cut(at, line);
        self.cut |= is_cut;
        self.flush_items();
        self.cut &= is_cut || line.trim().is_empty();
        match key(line, cluster_metadata::KEY) {
            Some(Key::Yaml(begin)) if !self.in_comment => return Some(self.block(at, begin)),
            Some(Key::Yaml(_) | Key::Comment) => {
                self.reader.report(
                    Place::new(at, 0),
                    &finding::COMMENTED_OUT,
                    "A `clusterMetadata` is commented out.".to_owned(),
                );
                return Some(at + 1);
            }
            Some(Key::OtherLanguage) => {
                let message = "This `clusterMetadata` is not YAML or JSON.".to_owned();
                self.reader
                    .report(Place::new(at, 0), &finding::OTHER_LANGUAGE, message);
                return Some(at + 1);
            }
            None if self.is_misspelt_block(at) => {
                let name = key_of(line).unwrap_or_default();
                let at = Place::new(at, indentation(line));
                self.reader.report_misspelt(at, name, cluster_metadata::KEY);
                return Some(at.line + 1);
            }
            None => {}
        }
        if matches!(key(line, cadence::KEY), Some(Key::Yaml(_))) {
            self.reader.cadence(Place::new(at, indentation(line)));
            return Some(at + 1);
        }
        if let Some(begin) = link::find(&self.reader.text.lines[at]) {
            return Some(self.reader.links(at, begin));
        }
        if line.len() > limits::LINE_BYTES {
            return None;
        }
        if let Some(table) = Table::begins(line) {
            let asked = self.take_asked();
            let next = self.reader.table(&table, at, &asked);
            self.remember(asked);
            return Some(next);
        }
        if line.trim_start().starts_with("Error: ") || line.contains("rpc error: code = ") {
            self.reader.report(
                Place::new(at, 0),
                &finding::TOOL_ERROR,
                format!("A tool failed: {}.", quoted(line.trim())),
            );
            self.asked = Asked::default();
            return Some(at + 1);
        }
        self.commands(at)
    }

    fn commands(&mut self, at: usize) -> Option<usize> {
        // A line that continues one that was not understood is not joined again.
        let (line, count) = if at < self.joined_to {
            (self.lines[at].clone(), 1)
        } else {
            commands::joined(&self.lines, at)
        };
        self.joined_to = self.joined_to.max(at + count);
        let commented = self.in_comment || commands::is_comment(&line);
        if !commented {
            let known = &mut self.script;
            if known.environment.line(&line, &known.variables) {
                self.read_along.insert(at);
            }
        }
        let read = self
            .reader
            .commands(&line, at, commented, &self.script, &mut self.scripts);
        match read {
            Line::Nothing => return None,
            Line::Read => {}
            Line::Asked(asked) => {
                self.asked = asked;
                self.said_cut = false;
            }
        }
        let used = commands::used_variables(&line);
        self.used.extend(used.map(str::to_owned));
        Some(at + count)
    }

    /// Reads a block whose key begins at a byte of a line.
    fn block(&mut self, at: usize, begin: usize) -> usize {
        self.blocks += 1;
        if self.blocks == 2 {
            self.reader.report(
                Place::new(at, 0),
                &finding::SECOND_BLOCK,
                "A second `clusterMetadata` stands here.".to_owned(),
            );
        }
        let extent = self.extent(at, begin);
        let columns = self.lines[at][..begin].chars().count();
        let mut text = " ".repeat(columns) + &self.lines[at][begin..];
        for line in &self.lines[extent.start + 1..extent.end] {
            text.push('\n');
            text.push_str(line);
        }
        let place = Place::new(at, columns);
        report_template_lines(self.reader, extent.clone());
        let (sections, is_whole) = self.beside(&extent, begin);
        let beside = Some(Beside {
            sections: &sections,
            is_whole,
        });
        if self.has_lost_indentation(at, begin) {
            self.reader.report(
                place,
                &finding::INDENTATION_LOST,
                "The lines of this block have lost their indentation.".to_owned(),
            );
            return self.flat_block(place, self.lines.len(), beside);
        }
        match yaml::parse(&text) {
            (documents, None) => {
                let documents: Vec<Node> =
                    documents.into_iter().map(|node| node.moved(at)).collect();
                let block = documents
                    .first()
                    .and_then(|document| document.get(cluster_metadata::KEY));
                let nothing = Node::plain(String::new(), place);
                self.reader
                    .cluster_metadata(place, block.unwrap_or(&nothing), beside);
                extent.end
            }
            (_, Some(error)) => {
                let place_of_error = Place::new(at + error.at.line, error.at.column);
                self.reader.report(
                    place_of_error,
                    &finding::YAML_INVALID,
                    format!("This is not YAML: {}.", error.reason),
                );
                self.flat_block(place, extent.end, beside)
            }
        }
    }

    fn flat_block(&mut self, place: Place, end: usize, beside: Option<Beside<'_>>) -> usize {
        let block = flat::block(&self.lines[place.line..end], place.line);
        for at in block.unreadable {
            let message = "The value here cannot be read, and was not imported.".to_owned();
            self.reader.report(at, &finding::YAML_INVALID, message);
        }
        self.reader.cluster_metadata(place, &block.node, beside);
        place.line + block.lines
    }

    /// The lines of a block: those that are indented further, blank ones and comments between them,
    /// and for a flow collection everything up to its end.
    fn extent(&mut self, at: usize, begin: usize) -> Range<usize> {
        let value = self.lines[at][begin..]
            .split_once(':')
            .map_or("", |(_, value)| value.trim_start());
        if value.starts_with('{') {
            let value_at = self.lines[at].len() - value.len();
            let end = self
                .balanced_end(at, value_at)
                .map_or(at + 1, |(line, behind)| {
                    self.lines[line].truncate(behind);
                    line + 1
                });
            return at..end;
        }
        let mut end = at + 1;
        for next in at + 1..self.lines.len() {
            let line = &self.lines[next];
            let passes = passes(line);
            if !passes && indentation(line) <= indentation(&self.lines[at]).max(begin) {
                break;
            }
            if !passes {
                end = next + 1;
            }
        }
        at..end
    }

    fn is_misspelt_block(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let is_key = line.trim_end().ends_with(':') && !self.in_comment && !passes(line);
        let Some(key) = key_of(line).filter(|_| is_key) else {
            return false;
        };
        let next = self.lines[at + 1..].iter().find(|line| !passes(line));
        let next = next.and_then(|line| key_of(line)).unwrap_or_default();
        cluster_metadata::is_misspelt_block(key, &[next])
    }

    fn has_lost_indentation(&self, at: usize, begin: usize) -> bool {
        let content =
            |line: &&String| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let Some(next) = self.lines[at + 1..].iter().find(content) else {
            return false;
        };
        let name = next.trim_start().split(':').next().unwrap_or_default();
        indentation(next) <= begin
            && cluster_metadata::METADATA_KEYS.contains(&name)
            && self.lines[at].trim_end().ends_with(':')
    }

    /// The sections that stand beside a block, and whether all of them are a file.
    fn beside(&mut self, block: &Range<usize>, begin: usize) -> (Node, bool) {
        let around = self.around(block, begin);
        let mut entries = Vec::new();
        for at in around.clone().filter(|at| !block.contains(at)) {
            let name = key_of(&self.lines[at]).filter(|_| indentation(&self.lines[at]) == begin);
            if name.and_then(cluster_metadata::section).is_none() {
                continue;
            }
            let lines = at..self.end_of_section(at, around.end);
            entries.extend(self.parsed(&lines));
        }
        let shards = |(key, value): &(Node, Node)| {
            let is_it = |key: &Node| key.scalar().is_some_and(|(key, _)| key == SHARDS_KEY);
            is_it(key) || value.entries().iter().any(|(key, _)| is_it(key))
        };
        if !entries.iter().any(shards) {
            entries.extend(self.shards());
        }
        let sections = Node {
            value: Value::Mapping(entries),
            ..Node::plain(String::new(), Place::new(around.start, begin))
        };
        let is_part = around
            .start
            .checked_sub(1)
            .is_some_and(|parent| self.lines[parent].trim_end().ends_with(':'));
        let is_whole = begin == 0 || (!is_part && sections.get("global").is_some());
        self.note_as_read(&sections);
        (sections, is_whole)
    }

    /// The lines of YAML that a block stands in: nothing but keys at its own depth, and what belongs to them.
    fn around(&self, block: &Range<usize>, begin: usize) -> Range<usize> {
        let belongs = |at: &usize| {
            let line = &self.lines[*at];
            let depth = indentation(line);
            let is_key =
                depth == begin && (key_of(line).is_some() || line[depth..].starts_with("- "));
            (passes(line) || depth > begin || is_key) && !line.contains(cluster_metadata::KEY)
        };
        let before = (0..block.start).rev().take_while(belongs).count();
        let behind = (block.end..self.lines.len()).take_while(belongs).count();
        block.start - before..block.end + behind
    }

    /// Behind the section whose key stands at a line.
    fn end_of_section(&self, at: usize, end: usize) -> usize {
        let depth = indentation(&self.lines[at]);
        let belongs = |line: &usize| {
            let line = &self.lines[*line];
            passes(line) || indentation(line) > depth
        };
        at + 1 + (at + 1..end).take_while(belongs).count()
    }

    /// The entries of a mapping that stands in these lines; none where it is not YAML.
    fn parsed(&self, lines: &Range<usize>) -> Vec<(Node, Node)> {
        let (documents, error) = yaml::parse(&self.lines[lines.clone()].join("\n"));
        let document = documents.into_iter().next().filter(|_| error.is_none());
        match document.map(|document| document.moved(lines.start).value) {
            Some(Value::Mapping(entries)) => entries,
            _ => Vec::new(),
        }
    }

    /// The number of shards that stands anywhere in the text, if it stands there once.
    fn shards(&self) -> Vec<(Node, Node)> {
        if self.blocks > 1 {
            return Vec::new();
        }
        let mut found =
            (0..self.lines.len()).filter(|at| self.lines[*at].trim_start().starts_with(SHARDS_KEY));
        match (found.next(), found.next()) {
            (Some(at), None) => self.parsed(&(at..at + 1)),
            _ => Vec::new(),
        }
    }

    /// Of what stands beside a block, nobody misses what was read.
    fn note_as_read(&mut self, sections: &Node) {
        for (key, value) in sections.entries() {
            let name = key.scalar().map_or("", |(name, _)| name);
            if name == PERSISTENCE_KEY {
                self.note_as_read(value);
            } else if cluster_metadata::section(name).is_some() && !value.is_null() {
                let last = last_line(value).max(key.at.line);
                self.read_along.extend(key.at.line..=last);
            }
        }
    }

    /// A JSON value that begins at a line; JSON on one line each is one list.
    fn json(&mut self, at: usize, line: &str) -> Option<usize> {
        let begin = indentation(line);
        if !line[begin..].starts_with(['{', '['])
            || line[begin..].starts_with("{/*")
            || self.search_left == 0
        {
            return None;
        }
        let Some((last, behind)) = self.balanced_end(at, begin) else {
            self.unread_json = (self.search_left > 0).then(|| self.has_no_end());
            return None;
        };
        let mut value: Vec<&str> = self.lines[at..=last].iter().map(String::as_str).collect();
        if let Some(last) = value.last_mut() {
            *last = &last[..behind];
        }
        let (documents, error) = yaml::parse(&value.join("\n"));
        if let Some(error) = error {
            self.unread_json = Some(error.reason);
            return None;
        }
        let node = documents.into_iter().next()?.moved(at);
        if tool_json::answer(&node) == Some(Answer::ListItem) {
            self.items.push(node);
            return Some(last + 1);
        }
        self.flush_items();
        let asked = self.with_described(self.asked.clone());
        if tree::read_answer(self.reader, &node, &asked) {
            self.asked = Asked::default();
            self.remember(asked);
            return Some(last + 1);
        }
        let before = (self.reader.outcome.found(), self.reader.outcome.findings());
        tree::read(self.reader, &[node], self.depth);
        ((self.reader.outcome.found(), self.reader.outcome.findings()) != before)
            .then_some(last + 1)
    }

    /// The command whose answer stands here.
    fn take_asked(&mut self) -> Asked {
        let asked = std::mem::take(&mut self.asked);
        self.with_described(asked)
    }

    /// Who answered before, where it was asked in the same way.
    fn with_described(&self, asked: Asked) -> Asked {
        let described = self.described.as_ref();
        let described = described.filter(|before| before.is_same_way(&asked));
        Asked {
            described: described.and_then(|before| before.described.clone()),
            ..asked
        }
    }

    /// Keeps who described itself for the list that follows, and only for that.
    fn remember(&mut self, asked: Asked) {
        let described = self.reader.outcome.described_last();
        self.described = described.map(|name| Asked {
            described: Some(name),
            ..asked
        });
    }

    fn flush_items(&mut self) {
        if !self.items.is_empty() {
            let items = std::mem::take(&mut self.items);
            let asked = self.take_asked();
            self.reader
                .json_list(&items.iter().collect::<Vec<_>>(), &asked, self.cut);
            self.remember(asked);
        }
    }

    /// Says of an answer in JSON that it is not whole; whether one begins at this line.
    fn report_cut(&mut self, at: usize, line: &str) -> bool {
        let Some(reason) = self.unread_json.take() else {
            return false;
        };
        let tells = |line: &String| ANSWER_KEYS.iter().any(|key| line.contains(key));
        if !self.lines[at..].iter().take(ANSWER_BEGINS).any(tells) {
            return false;
        }
        if !std::mem::replace(&mut self.said_cut, true) {
            let begin = Place::new(at, line[..indentation(line)].chars().count());
            let begins = self.reader.text.location(begin);
            let message = format!(
                "The JSON that begins in line {}, column {} is not whole: {reason}.",
                begins.line, begins.column
            );
            self.reader.report(begin, &finding::JSON_CUT, message);
        }
        true
    }

    /// Why JSON has no end.
    fn has_no_end(&self) -> String {
        let lines = &self.reader.text.lines;
        let last = lines.iter().rposition(|line| !line.trim().is_empty());
        let last = last.unwrap_or_default();
        let end = Place::new(last, lines[last].trim_end().chars().count());
        let end = self.reader.text.location(end);
        format!(
            "it has no end up to that of the text in line {}, column {}",
            end.line, end.column
        )
    }

    /// Where the collection ends that begins at a byte of a line: the line, and the byte behind it.
    fn balanced_end(&mut self, at: usize, begin: usize) -> Option<(usize, usize)> {
        let mut open = 0_usize;
        let mut quote = None;
        for (number, line) in self.lines.iter().enumerate().skip(at) {
            let from = if number == at { begin } else { 0 };
            self.search_left = self.search_left.saturating_sub(line.len() - from + 1);
            if self.search_left == 0 {
                return None;
            }
            let mut escaped = false;
            for (byte, c) in line.char_indices().skip_while(|(byte, _)| *byte < from) {
                match (quote, c) {
                    _ if escaped => escaped = false,
                    (Some('"'), '\\') => escaped = true,
                    (Some(mark), _) if c == mark => quote = None,
                    (Some(_), _) => {}
                    (None, '"' | '\'') => quote = Some(c),
                    (None, '{' | '[') => open += 1,
                    (None, '}' | ']') => {
                        open = open.saturating_sub(1);
                        if open == 0 {
                            return Some((number, byte + 1));
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }

    fn report_unread(&mut self) {
        if let Some(error) = self
            .error
            .filter(|_| self.blocks > 0 && self.reader.template_lines.is_empty())
        {
            let name = self.reader.text.name().to_ascii_lowercase();
            if [".yaml", ".yml"].iter().any(|end| name.ends_with(end)) {
                let message = format!("The file as a whole is not YAML: {}.", error.reason);
                self.reader
                    .report(error.at, &finding::YAML_INVALID, message);
            }
        }
        let unread: Vec<usize> = self
            .unread
            .iter()
            .copied()
            .filter(|at| !self.read_along.contains(at) && !self.says_nothing(&self.lines[*at]))
            .collect();
        let Some(first) = unread.first() else { return };
        let shown: Vec<String> = ranges(&unread)
            .iter()
            .take(10)
            .map(|range| self.shown_range(range))
            .collect();
        let more = if ranges(&unread).len() > 10 {
            " …"
        } else {
            ""
        };
        let message = format!(
            "{} not read: {}{more}.",
            super::count(unread.len(), "line"),
            shown.join(", ")
        );
        self.reader
            .report(Place::new(*first, 0), &finding::LINES_NOT_READ, message);
    }

    /// Whether nobody misses a line: it is a comment, a prompt, or assigns a variable of which the value was read.
    fn says_nothing(&self, line: &str) -> bool {
        let is_filled_in = |name: &str| {
            self.used.contains(name) && self.script.variables.get(name).is_some_and(Option::is_some)
        };
        commands::is_comment(line)
            || prompt::is_all(line)
            || commands::assignment(line).is_some_and(|(name, _)| is_filled_in(name))
    }

    fn shown_range(&self, range: &Range<usize>) -> String {
        let line = |at: usize| self.reader.text.location(Place::new(at, 0)).line;
        let first = &self.lines[range.start];
        match range.len() {
            // What scripts assign may be secret, whatever it is called.
            1 if commands::assignment(first).is_some() => line(range.start).to_string(),
            1 => format!("{} {}", line(range.start), quoted(first.trim())),
            _ => format!("{}–{}", line(range.start), line(range.end - 1)),
        }
    }
}

/// Whether a line is blank, or a comment of YAML.
fn passes(line: &str) -> bool {
    let line = line.trim_start();
    line.is_empty() || line.starts_with('#')
}

/// The key that begins a line of YAML.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim();
    let end = line
        .find(": ")
        .or_else(|| line.ends_with(':').then(|| line.len() - 1))?;
    let key = line[..end].trim_matches(['"', '\'']);
    (!key.is_empty() && !key.contains(char::is_whitespace)).then_some(key)
}

/// The last line that a value stands in.
fn last_line(node: &Node) -> usize {
    match &node.value {
        Value::Scalar(..) => node.at.line,
        Value::Sequence(items) => items.iter().map(last_line).max().unwrap_or(node.at.line),
        Value::Mapping(entries) => {
            let values = entries.iter().map(|(_, value)| last_line(value));
            values.max().unwrap_or(node.at.line)
        }
    }
}

/// Lines in a row, together.
fn ranges(lines: &[usize]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for &line in lines {
        match ranges.last_mut() {
            Some(last) if last.end == line => last.end += 1,
            _ => ranges.push(line..line + 1),
        }
    }
    ranges
}

/// Where the last comment begins in a line that may go over several, and where the last one ends.
fn comment(line: &str) -> (Option<usize>, Option<usize>) {
    // Few lines hold any of it, and there may be millions of lines.
    if !line.bytes().any(|byte| matches!(byte, b'*' | b'-')) {
        return (None, None);
    }
    (
        line.rfind("{/*").or_else(|| line.rfind("<!--")),
        line.rfind("*/").or_else(|| line.rfind("-->")),
    )
}

/// Where a name stands in a line, written exactly so if it is anywhere.
fn find(line: &str, name: &str) -> Option<usize> {
    let mut parts = line.as_bytes().windows(name.len());
    let any = parts.position(|part| part.eq_ignore_ascii_case(name.as_bytes()))?;
    line.find(name).or(Some(any))
}

/// How a key stands in a line, if it does.
fn key(line: &str, name: &str) -> Option<Key> {
    let found = find(line, name)?;
    let before = line[..found].trim_start();
    let behind = &line[found + name.len()..];
    let quote = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, '"' | '\''));
    let behind_quote = quote
        .map_or(Some(behind), |quote| behind.strip_prefix(quote))?
        .trim_start();
    let is_exact = line[found..].starts_with(name);
    let begins_line = before
        .replace("- ", "")
        .trim_start_matches(['"', '\''])
        .is_empty();
    if commands::is_comment(line) {
        let is_key = before
            .trim_start_matches(['#', '/', '-', ' ', '"', '\''])
            .is_empty()
            && behind_quote.starts_with(':');
        return is_key.then_some(Key::Comment);
    }
    match behind_quote.chars().next() {
        Some(':') if is_exact && (begins_line || quote.is_some()) => {
            Some(Key::Yaml(found - usize::from(quote.is_some())))
        }
        Some('=') if begins_line => Some(Key::OtherLanguage),
        Some(':') if begins_line && behind_quote[1..].trim_end().ends_with('{') => {
            Some(Key::OtherLanguage)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Option<String> {
        key(line, "clusterMetadata").map(|key| match key {
            Key::Yaml(at) => format!("yaml {at}"),
            Key::Comment => "comment".to_owned(),
            Key::OtherLanguage => "other".to_owned(),
        })
    }

    #[test]
    fn keys_are_found_however_they_stand() {
        for (line, expected) in [
            ("clusterMetadata:", Some("yaml 0")),
            ("  - clusterMetadata: {}", Some("yaml 4")),
            ("\"clusterMetadata\" : {", Some("yaml 0")),
            ("{\"a\": 1, \"clusterMetadata\": {", Some("yaml 9")),
            ("-clusterMetadata:", None),
            ("# clusterMetadata:", Some("comment")),
            ("  # see clusterMetadata:", None),
            ("clusterMetadata = {", Some("other")),
            ("ClusterMetadata: &cluster.Config{", Some("other")),
            ("the clusterMetadata: of", None),
            ("{{- with .clusterMetadata }}", None),
        ] {
            assert_eq!(told(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn lines_in_a_row_are_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), [1..4, 7..8, 9..11]);
    }
}
