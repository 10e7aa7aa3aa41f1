//! YAML, and with it JSON, as nodes that know their place and how they were quoted.

pub(crate) mod go;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span};

use crate::limits;
use crate::text::Place;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Without quotation marks: its type is found by its form.
    Plain,
    /// Within quotation marks: a text.
    Quoted,
    /// `|`: a text whose lines stand in the file as they are.
    Literal,
    /// `>`: a text whose line ends are joined.
    Folded,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: Place,
    /// The last line that belongs to it, counted from 0; the next one may be counted too.
    pub(crate) end: usize,
    /// Whether it is a single value with a tag, such as `!!binary`, that is not just that of a text.
    pub(crate) is_tagged: bool,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Scalar(String, Style),
    Sequence(Vec<Node>),
    Mapping(Vec<(Node, Node)>),
}

/// Why a text is not YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub(crate) at: Place,
    pub(crate) reason: String,
}

impl Node {
    pub(crate) const fn plain(text: String, at: Place) -> Self {
        Self {
            at,
            end: at.line,
            is_tagged: false,
            value: Value::Scalar(text, Style::Plain),
        }
    }

    pub(crate) fn scalar(&self) -> Option<(&str, Style)> {
        match &self.value {
            Value::Scalar(text, style) => Some((text, *style)),
            _ => None,
        }
    }

    pub(crate) fn entries(&self) -> &[(Node, Node)] {
        match &self.value {
            Value::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The value of the first entry with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        let is_it =
            |(known, _): &&(Node, Node)| known.scalar().is_some_and(|(text, _)| text == key);
        self.entries().iter().find(is_it).map(|(_, value)| value)
    }

    /// The same, that many lines further down.
    pub(crate) fn moved(mut self, lines: usize) -> Self {
        self.at.line += lines;
        self.end += lines;
        match &mut self.value {
            Value::Scalar(..) => {}
            Value::Sequence(items) => {
                for item in items {
                    move_down(item, lines);
                }
            }
            Value::Mapping(entries) => {
                for (key, value) in entries {
                    move_down(key, lines);
                    move_down(value, lines);
                }
            }
        }
        self
    }

    /// The lines of the file that a literal text is made of; `None` of everything else. Its place is that
    /// of its first letter, and blank lines may stand before it.
    pub(crate) fn literal_lines(&self) -> Option<Range<usize>> {
        let (text, style) = self.scalar()?;
        let blank = text.len() - text.trim_start_matches('\n').len();
        let begin = self.at.line.checked_sub(blank)?;
        (style == Style::Literal).then(|| begin..begin + text.lines().count())
    }

    /// A word for what it is.
    pub(crate) const fn kind(&self) -> &'static str {
        match self.value {
            Value::Scalar(..) => "a single value",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// Whether it is nothing: `key:` without a value, `~` or `null`.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar(text, Style::Plain) if matches!(&**text, "" | "~" | "null" | "Null" | "NULL"))
    }
}

fn move_down(node: &mut Node, lines: usize) {
    let whole = std::mem::replace(node, Node::plain(String::new(), Place::new(0, 0)));
    *node = whole.moved(lines);
}

/// The documents of a text, and why there are no more of them.
pub(crate) fn parse(text: &str) -> (Vec<Node>, Option<YamlError>) {
    let mut builder = Builder::new(text);
    let mut parser = Parser::new_from_str(text);
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    let end = (!last_line.trim().is_empty()).then(|| text.chars().count());
    while let Some(next) = parser.next_event() {
        let step = match next {
            Ok((event, span)) if end == Some(span.end.index()) => {
                builder.take(without_added_end(event), span)
            }
            Ok((event, span)) => builder.take(event, span),
            Err(error) => Err(YamlError {
                at: place(*error.marker()),
                reason: error.info().to_owned(),
            }),
        };
        if let Err(error) = step {
            return (builder.documents, Some(error));
        }
    }
    (builder.documents, None)
}

/// At the end of a text whose last line has no end, the parser adds one, also to a value that ends
/// there; Temporal's parsers do not.
fn without_added_end(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Scalar(text, style, anchor, tag)
            if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) =>
        {
            let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
            Event::Scalar(text.into(), style, anchor, tag)
        }
        event => event,
    }
}

fn place(marker: Marker) -> Place {
    Place::new(marker.line().saturating_sub(1), marker.col())
}

/// Whether `|` or `>` stands at the end of a line, so that the next one begins a text.
fn introduces_text(line: &str) -> bool {
    line.match_indices(['|', '>']).any(|(at, _)| {
        let is_word = line[..at].is_empty() || line[..at].ends_with([' ', '\t']);
        let indicators = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-');
        let behind = line[at + 1..].trim_start_matches(indicators).trim_start();
        is_word && (behind.is_empty() || behind.starts_with('#'))
    })
}

/// Makes nodes of events.
struct Builder<'t> {
    /// The lines that no event came from.
    lines: std::iter::Enumerate<std::str::Split<'t, char>>,
    documents: Vec<Node>,
    open: Vec<Open>,
    /// Finished nodes that have a name, with how many nodes they are.
    anchors: BTreeMap<usize, (Node, usize)>,
    nodes: usize,
}

/// A collection whose end has not come.
struct Open {
    node: Node,
    anchor: usize,
    nodes_before: usize,
    /// The key of a mapping whose value has not come.
    key: Option<Node>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lines: text.split('\n').enumerate(),
            documents: Vec::new(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            nodes: 0,
        }
    }

    /// Where the first letter of a literal text stands. The parser tells that, but not of a text that has
    /// a name or a tag: then it is where those begin.
    fn literal_at(&mut self, text: &str, properties: Place) -> Place {
        let introduces =
            |(at, line): &(usize, &str)| *at >= properties.line && introduces_text(line);
        let before = self
            .lines
            .find(introduces)
            .map_or(properties.line, |(at, _)| at);
        let blank = text.len() - text.trim_start_matches('\n').len();
        Place::new(before + 1 + blank, 0)
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        let at = place(span.start);
        let too_much = |reason: &str| YamlError {
            at,
            reason: reason.to_owned(),
        };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag
                    .as_ref()
                    .is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let style = match style_of(style) {
                    Style::Plain if is_text => Style::Quoted,
                    style => style,
                };
                let at = if style == Style::Literal && (anchor != 0 || tag.is_some()) {
                    self.literal_at(&text, at)
                } else {
                    at
                };
                let node = Node {
                    at,
                    end: place(span.end).line,
                    is_tagged: tag.is_some() && !is_text,
                    value: Value::Scalar(text.into_owned(), style),
                };
                self.nodes += 1;
                self.finish(node, anchor, self.nodes - 1);
            }
            Event::SequenceStart(anchor, _) => self.begin(at, Value::Sequence(Vec::new()), anchor),
            Event::MappingStart(anchor, _) => self.begin(at, Value::Mapping(Vec::new()), anchor),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(mut open) = self.open.pop() {
                    open.node.end = place(span.end).line;
                    if let Value::Mapping(entries) = &mut open.node.value {
                        merge(entries);
                    }
                    self.finish(open.node, open.anchor, open.nodes_before);
                }
            }
            Event::Alias(anchor) => {
                let known = self.anchors.get(&anchor);
                let (mut node, count) = known
                    .cloned()
                    .ok_or_else(|| too_much("an alias of something that contains it"))?;
                node.at = at;
                // The lines of a literal text do not stand here.
                if let Value::Scalar(_, style @ Style::Literal) = &mut node.value {
                    *style = Style::Quoted;
                }
                self.nodes += count;
                if self.nodes <= limits::NODES {
                    self.finish(node, 0, self.nodes);
                }
            }
            Event::DocumentStart(_) => self.anchors.clear(),
            _ => {}
        }
        if self.open.len() > limits::DEPTH {
            return Err(too_much("collections stand too deep within each other"));
        }
        if self.nodes > limits::NODES {
            return Err(too_much(
                "it has too many values, or aliases that repeat too much",
            ));
        }
        Ok(())
    }

    fn begin(&mut self, at: Place, value: Value, anchor: usize) {
        let nodes_before = self.nodes;
        self.nodes += 1;
        let node = Node {
            at,
            end: at.line,
            is_tagged: false,
            value,
        };
        self.open.push(Open {
            node,
            anchor,
            nodes_before,
            key: None,
        });
    }

    fn finish(&mut self, node: Node, anchor: usize, nodes_before: usize) {
        if anchor != 0 {
            let count = self.nodes.saturating_sub(nodes_before).max(1);
            // A name is a second copy, so it counts.
            self.nodes += count;
            self.anchors.insert(anchor, (node.clone(), count));
        }
        match self.open.last_mut() {
            None => self.documents.push(node),
            Some(Open {
                node: parent, key, ..
            }) => match &mut parent.value {
                Value::Sequence(items) => items.push(node),
                Value::Mapping(entries) => match key.take() {
                    None => *key = Some(node),
                    Some(key) => entries.push((key, node)),
                },
                Value::Scalar(..) => {}
            },
        }
    }
}

/// Carries out `<<: *other`, as Temporal's parser does: entries that are not there come from there.
fn merge(entries: &mut Vec<(Node, Node)>) {
    let is_merge = |(key, _): &(Node, Node)| key.scalar() == Some(("<<", Style::Plain));
    let Some(at) = entries.iter().position(is_merge) else {
        return;
    };
    let (_, merged) = entries.remove(at);
    let others = match merged.value {
        Value::Sequence(others) => others,
        _ => vec![merged],
    };
    for other in others {
        let known = keys(entries);
        if let Value::Mapping(more) = other.value {
            let new = more
                .into_iter()
                .filter(|(key, _)| key.scalar().is_none_or(|(key, _)| !known.contains(key)));
            entries.extend(new.collect::<Vec<_>>());
        }
    }
}

fn keys(entries: &[(Node, Node)]) -> BTreeSet<String> {
    let keys = entries.iter().filter_map(|(key, _)| key.scalar());
    keys.map(|(key, _)| key.to_owned()).collect()
}

const fn style_of(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use multicluster_core::render::double_quoted;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_of_any_literal_text_are_those_of_the_text(
            header in proptest::sample::select(&["|", "|-", "|+"][..]),
            lines in proptest::collection::vec("([a-z#:-]{1,3} {0,2}){0,2}", 0..6),
            ends in any::<bool>(),
        ) {
            let body: String = lines.iter().map(|line| format!("\n    {line}")).collect();
            let end = if ends { "\nx: 1\n" } else { "" };
            lines_are_those_of_the_text(&format!("k:\n  a: {header}\n    begin{body}{end}"));
        }

        #[test]
        fn what_core_quotes_is_read_back(text in any::<String>()) {
            let (documents, error) = parse(&double_quoted(&text));
            prop_assert_eq!(error, None);
            prop_assert_eq!(documents[0].scalar(), Some((&*text, Style::Quoted)));
        }
    }

    #[test]
    fn nodes_know_their_place_and_quoting() {
        let (documents, error) = parse("a:\n  b: \"1\"\n  c: 010\n---\n- x\n");
        assert_eq!(error, None);
        assert_eq!(documents.len(), 2);
        let inner = documents[0].get("a").expect("a");
        let b = inner.get("b").expect("b");
        assert_eq!(b.at, Place::new(1, 5));
        assert_eq!(b.scalar(), Some(("1", Style::Quoted)));
        assert_eq!(
            inner.get("c").and_then(Node::scalar),
            Some(("010", Style::Plain))
        );
    }

    /// The first literal text within a node.
    fn literal(node: &Node) -> Option<&Node> {
        match &node.value {
            Value::Scalar(_, style) => (*style == Style::Literal).then_some(node),
            Value::Sequence(items) => items.iter().find_map(literal),
            Value::Mapping(entries) => entries.iter().find_map(|(_, value)| literal(value)),
        }
    }

    /// Holds the lines of a literal text to what the parser says that the text is.
    fn lines_are_those_of_the_text(file: &str) {
        let (documents, error) = parse(file);
        assert_eq!(error, None, "{file:?}");
        let node = documents.iter().find_map(literal).expect("a literal text");
        let (text, _) = node.scalar().expect("a text");
        let lines: Vec<&str> = file.split('\n').collect();
        let found = &lines[node.literal_lines().expect("lines")];
        let expected: Vec<&str> = text.lines().collect();
        assert_eq!(found.len(), expected.len(), "{file:?}");
        for (found, expected) in found.iter().zip(expected) {
            let indentation = found.strip_suffix(expected).expect("the same line");
            assert_eq!(indentation.trim(), "", "{file:?}");
        }
    }

    #[test]
    fn lines_of_literal_texts_are_found() {
        for header in [
            "|", "|-", "|+", "|2", "|2-", "|+2", "| # why", "!!str |", "&x |-", "&x\n  |",
        ] {
            for text in [
                "log:\n    a: 1\n  b: 2",
                "one line",
                "\n\n  behind blank lines\n\n  c",
                "# a comment\n  c",
                " \n  behind spaces",
                "a\n\n\n",
                "a\n  \n",
            ] {
                for behind in ["", "\n", "\nx: 1\n", "\n\n# comment\nx: 1", "\n...\n"] {
                    // An indentation that is stated allows for fewer spaces before the text.
                    let indented = if text.starts_with(['\n', ' ']) {
                        text.to_owned()
                    } else {
                        format!("  {text}")
                    };
                    lines_are_those_of_the_text(&format!("k: 1\na: {header}\n{indented}{behind}"));
                }
            }
        }
        lines_are_those_of_the_text("args:\n  - |\n    a\n    b\n  - c\n");
        lines_are_those_of_the_text("--- |\n a\n b\n---\nc: 1\n");
        lines_are_those_of_the_text("a: |2\n    more\n  less\n");
    }

    #[test]
    fn what_stands_for_a_literal_text_has_no_lines_of_its_own() {
        let (documents, error) = parse("a: &x |\n  b\nc: *x\n");
        assert_eq!(error, None);
        let lines = |key| documents[0].get(key).and_then(Node::literal_lines);
        assert_eq!((lines("a"), lines("c")), (Some(1..2), None));
    }

    #[test]
    fn aliases_are_resolved_and_bounded() {
        let (documents, error) = parse("a: &x {b: 1}\nc: *x\n");
        assert_eq!(error, None);
        assert!(documents[0].get("c").and_then(|c| c.get("b")).is_some());

        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            let repeated = vec![format!("*a{}", i - 1); 10].join(",");
            bomb.push_str(&format!("a{i}: &a{i} [{repeated}]\n"));
        }
        let (_, error) = parse(&bomb);
        assert!(error.expect("bounded").reason.contains("repeat too much"));
        assert!(parse("a: &x [*x]").1.is_some());
    }

    #[test]
    fn merges_are_carried_out() {
        let (documents, error) =
            parse("a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}\nc: {<<: [*a, {z: 4}]}\n");
        assert_eq!(error, None);
        let value = |at: &str, key| {
            documents[0]
                .get(at)
                .and_then(|node| node.get(key))
                .and_then(Node::scalar)
                .map(|(text, _)| text)
        };
        assert_eq!([value("b", "x"), value("b", "y")], [Some("1"), Some("3")]);
        assert_eq!([value("c", "x"), value("c", "z")], [Some("1"), Some("4")]);
        assert_eq!(value("b", "<<"), None);
    }

    #[test]
    fn depth_is_bounded() {
        for nested in [
            "[".repeat(100_000),
            "- ".repeat(100_000),
            "{a: ".repeat(50_000),
        ] {
            assert!(parse(&nested).1.is_some());
        }
    }
}
