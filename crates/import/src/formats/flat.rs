//! `clusterMetadata` without its structure: text from a web page whose indentation was lost, or a
//! block that is not YAML. Each line is `key: value`, and the names of the keys tell where it belongs.

use super::cluster_metadata::{ENTRY_KEYS, IGNORED_KEYS, KEY, METADATA_KEYS};
use crate::text::{Place, indentation};
use crate::yaml::{self, Node, Value};

/// A block that was put together again.
pub(crate) struct Block {
    pub(crate) node: Node,
    /// How many of the lines belong to it.
    pub(crate) lines: usize,
    /// Where values stand that cannot be read: an open quotation, half a collection.
    pub(crate) unreadable: Vec<Place>,
}

/// The block that begins behind the first line.
pub(crate) fn block(lines: &[String], first_line: usize) -> Block {
    let mut block = Flat::new(first_line);
    let mut taken = 1;
    let mut unreadable = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let Some((key, value)) = split(line, first_line + at) else {
            break;
        };
        match value {
            Ok(value) => {
                if !block.take(key, value) {
                    break;
                }
            }
            Err(place) => unreadable.push(place),
        }
        taken = at + 1;
    }
    Block {
        node: block.finish(),
        lines: taken,
        unreadable,
    }
}

/// `key: value` with places; a value is read as YAML, so that quotation marks and comments count.
/// One that cannot be read is where it stands.
fn split(line: &str, at: usize) -> Option<(Node, Result<Node, Place>)> {
    let begin = indentation(line);
    let content = line.trim_end();
    let colon = content
        .find(": ")
        .or_else(|| content.ends_with(':').then(|| content.len() - 1))?;
    let key = content[begin.min(colon)..colon]
        .trim()
        .trim_matches(['"', '\'']);
    if key.is_empty() || key.contains(char::is_whitespace) {
        return None;
    }
    let place = |bytes: usize| Place::new(at, line[..bytes].chars().count());
    let written = &content[colon + 1..];
    let skipped = written.len() - written.trim_start().len();
    let (documents, error) = yaml::parse(written);
    let value_at = place(colon + 1 + skipped);
    let value = match (documents.into_iter().next(), error) {
        (Some(node), None) => Ok(Node {
            at: value_at,
            ..node.moved(at)
        }),
        (None, None) => Ok(Node::plain(String::new(), place(begin))),
        (_, Some(_)) => Err(value_at),
    };
    Some((Node::plain(key.to_owned(), place(begin)), value))
}

/// Puts lines where they belong.
struct Flat {
    block: Vec<(Node, Node)>,
    clusters: Vec<(Node, Node)>,
    clusters_at: Option<Node>,
    first_line: usize,
}

impl Flat {
    const fn new(first_line: usize) -> Self {
        Self {
            block: Vec::new(),
            clusters: Vec::new(),
            clusters_at: None,
            first_line,
        }
    }

    /// `false` if the line belongs to no such block.
    fn take(&mut self, key: Node, value: Node) -> bool {
        let name = key.scalar().map_or("", |(name, _)| name).to_owned();
        let name = name.as_str();
        if name == "clusterInformation" {
            self.clusters_at = Some(key);
            if let Value::Mapping(clusters) = value.value {
                self.clusters.extend(clusters);
            }
        } else if METADATA_KEYS.contains(&name) || name == "replicationConsumer" {
            self.block.push((key, value));
        } else if let Some((_, cluster)) = self.clusters.last_mut()
            && (ENTRY_KEYS.contains(&name) || IGNORED_KEYS.contains(&name))
        {
            if let Value::Mapping(entries) = &mut cluster.value {
                entries.push((key, value));
            }
        } else if self.clusters_at.is_some()
            && name != KEY
            && value.is_null()
            && !is_another_section(name)
        {
            let cluster = Node {
                at: value.at,
                end: value.end,
                is_tagged: false,
                value: Value::Mapping(Vec::new()),
            };
            self.clusters.push((key, cluster));
        } else {
            return name == "type";
        }
        true
    }

    fn finish(mut self) -> Node {
        if let Some(key) = self.clusters_at {
            let clusters = Node {
                at: key.at,
                end: key.end,
                is_tagged: false,
                value: Value::Mapping(self.clusters),
            };
            self.block.push((key, clusters));
        }
        let at = Place::new(self.first_line, 0);
        Node {
            at,
            end: at.line,
            is_tagged: false,
            value: Value::Mapping(self.block),
        }
    }
}

/// Sections of a server's configuration that follow the block in public files.
fn is_another_section(name: &str) -> bool {
    const SECTIONS: &[&str] = &[
        "log",
        "persistence",
        "global",
        "services",
        "dcRedirectionPolicy",
        "archival",
        "publicClient",
        "dynamicConfigClient",
        "namespaceDefaults",
        "kafka",
        "otel",
    ];
    SECTIONS.contains(&name)
}
