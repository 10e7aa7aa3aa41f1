//! Whole YAML and JSON: looks for what is known wherever it stands in the structure.

use crate::finding;
use crate::formats::cluster_metadata::Beside;
use crate::formats::tool_json::{self, Answer, Asked};
use crate::formats::{Reader, Seen, cadence, cluster_metadata};
use crate::text::Place;
use crate::yaml::{Node, Style, Value};

use super::read_text;

/// Words of which a text within a text must hold one to be worth reading.
const WORTH_READING: &[&str] = &[
    cluster_metadata::KEY,
    cadence::KEY,
    "upsert-remote-cluster",
    "cluster upsert",
];

/// How many keys of a mapping tell what it is.
const FIRST_KEYS: usize = 10;

/// Reads what is known in the documents of a text.
pub(super) fn read(reader: &mut Reader<'_>, documents: &[Node], depth: usize) {
    let before = reader.outcome.found();
    for (at, document) in documents.iter().enumerate() {
        if is_prose(document) {
            // The only one is left to whoever reads lines.
            if documents.len() > 1 {
                read_prose(reader, document, depth);
            }
            continue;
        }
        let is_manifest = document.get("apiVersion").is_some() || document.get("kind").is_some();
        let mut walk = Walk {
            reader,
            document,
            depth,
            blocks: 0,
        };
        walk.node(document);
        let own_block = document
            .entries()
            .iter()
            .find(|(key, _)| is_key(key, cluster_metadata::KEY));
        if let Some((key, _)) = own_block.filter(|_| at > 0 && !is_manifest) {
            let message = format!(
                "This `clusterMetadata` is in document {} of the file.",
                at + 1
            );
            reader.report(key.at, &finding::SECOND_DOCUMENT, message);
        }
        if own_block.is_some() && !is_manifest {
            report_duplicates(reader, document);
        }
    }
    if reader.outcome.found() > before {
        report_characters(reader);
    }
}

/// Whether a document is a script or prose, which happens to be YAML: a single text, whose line ends
/// would mean nothing.
fn is_prose(document: &Node) -> bool {
    matches!(document.scalar(), Some((_, Style::Plain)))
}

fn read_prose(reader: &mut Reader<'_>, document: &Node, depth: usize) {
    if !document
        .scalar()
        .is_some_and(|(text, _)| is_worth_reading(text))
    {
        return;
    }
    let lines = &reader.text.lines;
    let behind = (document.end + 1).min(lines.len());
    let end = (document.at.line + 1..behind)
        .find(|at| lines[*at].starts_with("---") || lines[*at].starts_with("..."))
        .unwrap_or(behind);
    let part = reader.text.part(document.at.line..end);
    read_text(&part, depth + 1, reader.outcome);
}

fn is_worth_reading(text: &str) -> bool {
    WORTH_READING.iter().any(|words| text.contains(words))
}

/// Keys that stand twice anywhere but in the block, which is read by itself.
fn report_duplicates(reader: &mut Reader<'_>, node: &Node) {
    let mut seen = Seen::new();
    for (key, value) in node.entries() {
        let Some((name, _)) = key.scalar() else {
            continue;
        };
        reader.is_new_key(&mut seen, name, key.at);
        if name != cluster_metadata::KEY {
            report_duplicates(reader, value);
        }
    }
}

/// Characters that Temporal's parser refuses, and YAML as others read it does not.
fn report_characters(reader: &mut Reader<'_>) {
    let text = reader.text;
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\u{85}');
    let is_tab_alone = |line: &String| {
        let begin = line.trim_start();
        (begin.is_empty() || begin.starts_with('#'))
            && line[..line.len() - begin.len()].contains('\t')
    };
    let place = |is_it: &dyn Fn(&String) -> bool| {
        let line = text.lines.iter().position(is_it)?;
        Some(Place::new(line, 0))
    };
    if let Some(at) = place(&|line| line.contains(is_control)) {
        let message = "It holds control characters.".to_owned();
        reader.report(at, &finding::CONTROL_CHARACTERS, message);
    }
    if let Some(at) = place(&is_tab_alone) {
        let message = "Nothing but a tab stands here, or a comment behind one.".to_owned();
        reader.report(at, &finding::TAB_ALONE, message);
    }
}

/// Whether the keys of a block stand beside its own key: YAML it is, and means nothing.
pub(super) fn has_lost_indentation(documents: &[Node]) -> bool {
    let is_beside = |document: &Node| {
        cluster_metadata::METADATA_KEYS
            .iter()
            .any(|key| *key != "tags" && document.get(key).is_some())
    };
    let has_lost = |document: &Node| {
        document
            .get(cluster_metadata::KEY)
            .is_some_and(Node::is_null)
            && is_beside(document)
    };
    documents.iter().any(has_lost)
}

/// Reads the answer of a tool, cut out of its surroundings; `false` if it is none.
pub(super) fn read_answer(reader: &mut Reader<'_>, node: &Node, asked: &Asked) -> bool {
    match (&node.value, tool_json::answer(node)) {
        (_, Some(Answer::Description)) => reader.json_description(node, asked),
        (_, Some(Answer::ListItem)) => reader.json_list(&[node], asked, false),
        (Value::Sequence(items), None) if tool_json::is_list(node) => {
            reader.json_list(&items.iter().collect::<Vec<_>>(), asked, false);
        }
        _ => return false,
    }
    true
}

fn is_key(key: &Node, name: &str) -> bool {
    key.scalar().is_some_and(|(text, _)| text == name)
}

fn is_misspelt_block(key: &Node, value: &Node) -> bool {
    let entries = value.entries().iter().take(FIRST_KEYS);
    let keys: Vec<&str> = entries
        .filter_map(|(key, _)| Some(key.scalar()?.0))
        .collect();
    let is_it = |(name, _)| cluster_metadata::is_misspelt_block(name, &keys);
    !keys.is_empty() && key.scalar().is_some_and(is_it)
}

struct Walk<'w, 'r> {
    reader: &'w mut Reader<'r>,
    document: &'w Node,
    depth: usize,
    /// How many blocks stood in this document.
    blocks: usize,
}

impl Walk<'_, '_> {
    fn node(&mut self, node: &Node) {
        if read_answer(self.reader, node, &Asked::default()) {
            return;
        }
        match &node.value {
            Value::Scalar(text, _) => self.text(node, text),
            Value::Sequence(items) => items.iter().for_each(|item| self.node(item)),
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    if is_key(key, cluster_metadata::KEY) {
                        self.block(key.at, value, node);
                    } else if is_key(key, cadence::KEY) {
                        self.reader.cadence(key.at);
                    } else if is_misspelt_block(key, value) {
                        let name = key.scalar().map_or("", |(name, _)| name);
                        self.reader
                            .report_misspelt(key.at, name, cluster_metadata::KEY);
                    } else {
                        self.node(value);
                    }
                }
            }
        }
    }

    fn block(&mut self, at: Place, block: &Node, beside: &Node) {
        self.blocks += 1;
        if self.blocks == 2 {
            self.reader.report(
                at,
                &finding::SECOND_BLOCK,
                "A second `clusterMetadata` stands here.".to_owned(),
            );
        }
        report_template_lines(self.reader, at.line..block.end.max(at.line + 1) + 1);
        let beside = Beside {
            sections: beside,
            is_whole: std::ptr::eq(beside, self.document),
        };
        self.reader.cluster_metadata(at, block, Some(beside));
    }

    /// A text that holds a configuration, as in a ConfigMap.
    fn text(&mut self, node: &Node, content: &str) {
        if !content.contains('\n') || !is_worth_reading(content) {
            return;
        }
        let text = self.reader.text;
        // What `|` introduces stands in the file as it is, so that lines keep their numbers.
        let part = match node.literal_lines() {
            Some(lines) => text.part(lines.start..lines.end.min(text.lines.len())),
            None => text.quotation(content, node.at),
        };
        read_text(&part, self.depth + 1, self.reader.outcome);
    }
}

/// Says where a part of a block is commented out, so that nobody misses it in silence.
pub(super) fn report_comments(reader: &mut Reader<'_>) {
    let is_part = |line: &String| {
        let key = line
            .trim_start()
            .strip_prefix('#')
            .map(|comment| comment.trim_start_matches(['#', ' ']));
        key.is_some_and(|key| {
            ["clusterMetadata:", "clusterInformation:"]
                .iter()
                .any(|part| key.starts_with(part))
        })
    };
    if let Some(at) = reader.text.lines.iter().position(is_part) {
        reader.report(
            Place::new(at, 0),
            &finding::COMMENTED_OUT,
            "A part of a configuration is commented out.".to_owned(),
        );
    }
}

/// Says where a block holds lines of a template.
pub(super) fn report_template_lines(reader: &mut Reader<'_>, block: std::ops::Range<usize>) {
    let within: Vec<usize> = reader
        .template_lines
        .iter()
        .copied()
        .filter(|line| block.contains(line))
        .collect();
    if let Some(first) = within.first() {
        let message = format!(
            "{} of a template in this block {}.",
            super::count(within.len(), "line"),
            if within.len() == 1 {
                "was passed over"
            } else {
                "were passed over"
            }
        );
        reader.report(Place::new(*first, 0), &finding::TEMPLATE_LINES, message);
    }
}
