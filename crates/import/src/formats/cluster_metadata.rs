//! `clusterMetadata`, wherever it stands: a server's configuration, Helm values, a ConfigMap.
//!
//! Read as servers do it: unknown keys are dropped (and reported), and numbers are what
//! `gopkg.in/yaml.v3` makes of them.

use multicluster_core::model::RedirectionPolicy;
use multicluster_core::observed::{Entry, Told, View, ViewKind};

use super::{Reader, Seen, cadence, quoted};
use crate::finding::{self, Kind};
use crate::limits;
use crate::outcome::told;
use crate::template;
use crate::text::Place;
use crate::yaml::go::{self, Bool, Int};
use crate::yaml::{Node, Style, Value};

/// The key of the block.
pub(crate) const KEY: &str = "clusterMetadata";

/// The key of the section that stands beside the block.
const REDIRECTION_KEY: &str = "dcRedirectionPolicy";

/// What is read of a file beside the block.
const SECTIONS: &[&str] = &[
    REDIRECTION_KEY,
    "global",
    "tls",
    PERSISTENCE_KEY,
    SHARDS_KEY,
];

/// The section of which the number of shards is read, and nothing else.
pub(crate) const PERSISTENCE_KEY: &str = "persistence";
pub(crate) const SHARDS_KEY: &str = "numHistoryShards";

/// The keys that servers read.
pub(crate) const METADATA_KEYS: &[&str] = &[
    "enableGlobalNamespace",
    "failoverVersionIncrement",
    "masterClusterName",
    "currentClusterName",
    "clusterInformation",
    "tags",
];

/// The keys that servers read of one cluster.
pub(crate) const ENTRY_KEYS: &[&str] = &[
    "enabled",
    "initialFailoverVersion",
    "rpcAddress",
    "httpAddress",
];

/// Keys of old releases and of published samples, which are dropped by every release from 1.13 on.
pub(crate) const IGNORED_KEYS: &[&str] = &[
    "replicationConsumer",
    "enableGlobalDomain",
    "rpcName",
    "rpcTransport",
];

/// The keys of `TemporalCluster` of the operator by bmorton, which makes the rest itself.
const OPERATOR_KEYS: &[&str] = &[
    "enableGlobalNamespace",
    "failoverVersionIncrement",
    "masterClusterName",
    "currentClusterName",
    "initialFailoverVersion",
];

fn is_of_operator(block: &Node) -> bool {
    block.get("clusterInformation").is_none()
        && block.get("initialFailoverVersion").is_some()
        && block.get("currentClusterName").is_some()
}

/// Whether a block describes blocks: that of a CustomResourceDefinition, or of a chart's values.
fn is_schema(block: &Node) -> bool {
    block.get("properties").is_some() && block.get("type").is_some()
}

/// What a block stands in.
#[derive(Clone, Copy)]
pub(crate) struct Beside<'n> {
    pub(crate) sections: &'n Node,
    /// Whether that is all of a server's file, or a part of the values of a chart.
    pub(crate) is_whole: bool,
}

/// Whether a key was meant to be that of a block: no other one has such keys in it.
pub(crate) fn is_misspelt_block(key: &str, block: &[&str]) -> bool {
    let is_ours = |key: &&str| {
        let mut known = METADATA_KEYS.iter().filter(|known| **known != "tags");
        known.any(|known| key == known || is_misspelt(key, known))
    };
    key != KEY && is_misspelt(key, KEY) && block.iter().any(is_ours)
}

/// The section beside a block that a key is, or was meant to be.
pub(crate) fn section(key: &str) -> Option<&'static str> {
    let exact = SECTIONS.iter().find(|known| **known == key);
    // Slips in short words make other words.
    let meant = || {
        SECTIONS
            .iter()
            .find(|known| known.len() > 8 && is_misspelt(key, known))
    };
    exact.or_else(meant).copied()
}

impl Reader<'_> {
    /// Reads a block. `beside` is the mapping that it stands in, which may tell the shards.
    pub(crate) fn cluster_metadata(&mut self, at: Place, block: &Node, beside: Option<Beside<'_>>) {
        if cadence::is_cadence(block) {
            return self.cadence(at);
        }
        if is_schema(block) {
            let message =
                "This `clusterMetadata` is a schema: it says what one may look like.".to_owned();
            return self.report(at, &finding::SCHEMA, message);
        }
        if let Some(beside) = beside {
            self.report_misspelt_sections(beside.sections);
        }
        let mut view = View::new(ViewKind::ConfigFile, self.text.location(at));
        if block.entries().is_empty() {
            return self.without_clusters(at, block);
        }
        let of_operator = is_of_operator(block);
        self.report_keys(
            block,
            if of_operator {
                OPERATOR_KEYS
            } else {
                METADATA_KEYS
            },
        );
        view.global_namespace = self.bool(block, "enableGlobalNamespace");
        view.increment = self.int(block, "failoverVersionIncrement");
        view.master = self.text(block, "masterClusterName");
        view.of = self.text(block, "currentClusterName");
        if let Some(clusters) = block.get("clusterInformation") {
            view.entries = self.entries(clusters);
        } else if of_operator {
            let mut entry = Entry::new(self.text.location(at));
            entry.name.clone_from(&view.of);
            entry.initial_version = self.int(block, "initialFailoverVersion");
            view.entries.push(entry);
            view.server_version = beside.and_then(|spec| self.text(spec.sections, "version"));
        }
        view.history_shards = beside.and_then(|beside| self.history_shards(beside.sections));
        view.redirection = beside.and_then(|beside| self.redirection(beside.sections));
        view.remote_tls = beside.map_or_else(Vec::new, |beside| self.remote_tls(beside));
        self.report_view(at, block, &view);
        if !view.entries.is_empty() || view.of.is_some() {
            self.outcome.add_view(self.text, view);
        }
    }

    fn without_clusters(&mut self, at: Place, block: &Node) {
        let reason = if block.is_null() {
            "is empty".to_owned()
        } else {
            format!("is {}", describe(block))
        };
        self.report(
            at,
            &finding::NO_CLUSTERS,
            format!("This `clusterMetadata` {reason}."),
        );
    }

    /// What a server would not start on, or other clusters would refuse.
    fn report_view(&mut self, at: Place, block: &Node, view: &View) {
        match &view.of {
            None => self.report(
                at,
                &finding::CURRENT_NAME_MISSING,
                "`currentClusterName` is missing, or is no name.".to_owned(),
            ),
            Some(name) if !view.entries.is_empty() && view.entry(&name.value).is_none() => {
                let message = format!(
                    "The server's own name {} is not among its clusters.",
                    quoted(&name.value)
                );
                self.report(at, &finding::CURRENT_NOT_LISTED, message);
            }
            Some(_) => {}
        }
        if let Some(master) = view
            .master
            .as_ref()
            .filter(|master| !view.entries.is_empty() && view.entry(&master.value).is_none())
        {
            let message = format!(
                "The master {} is not among the clusters of this file.",
                quoted(&master.value)
            );
            self.report(at, &finding::MASTER_NOT_LISTED, message);
        }
        if view.entries.is_empty() {
            self.report(
                at,
                &finding::NO_CLUSTERS,
                "`clusterInformation` lists no cluster.".to_owned(),
            );
        }
        // What is there and could not be read was reported already.
        let is_missing = block.get("enableGlobalNamespace").is_none_or(Node::is_null);
        let is_off = view
            .global_namespace
            .as_ref()
            .is_some_and(|told| !told.value);
        if is_missing || is_off {
            let how = if is_missing {
                "is missing, which is off"
            } else {
                "is off"
            };
            self.report(
                at,
                &finding::GLOBAL_NAMESPACE_OFF,
                format!("`enableGlobalNamespace` {how}."),
            );
        }
    }

    fn entries(&mut self, clusters: &Node) -> Vec<Entry> {
        if clusters.entries().is_empty() && !clusters.is_null() {
            self.wrong_shape("clusterInformation", "a mapping of clusters", clusters);
        }
        let mut entries = Vec::new();
        let mut names = Seen::new();
        for (key, value) in clusters.entries() {
            let Some((name, _)) = key.scalar().filter(|_| !key.is_null()) else {
                self.wrong_shape("clusterInformation", "a mapping of clusters", key);
                continue;
            };
            self.report_tag("The name of a cluster", key);
            if template::is_placeholder(name) {
                self.report_template("The name of a cluster", key.at);
                continue;
            }
            if !self.is_new_key(&mut names, name, key.at) {
                continue;
            }
            if entries.len() > limits::CLUSTERS {
                break;
            }
            entries.push(self.entry(name, key.at, value));
        }
        entries
    }

    fn entry(&mut self, name: &str, at: Place, value: &Node) -> Entry {
        let mut entry = Entry::new(self.text.location(at));
        entry.name = Some(told(self.text, at, name.to_owned()));
        if !matches!(value.value, Value::Mapping(_)) && !value.is_null() {
            self.wrong_shape(name, "a mapping", value);
        }
        self.report_keys(value, ENTRY_KEYS);
        entry.initial_version = self.int(value, "initialFailoverVersion");
        entry.rpc_address = self.text(value, "rpcAddress");
        entry.http_address = self.text(value, "httpAddress");
        entry.enabled = self.bool(value, "enabled");
        let is_empty = |key: &str| {
            let is_blank = |node: &Node| node.scalar().is_some_and(|(text, _)| text.is_empty());
            let node = value.get(key);
            node.is_none_or(|node| node.is_null() || is_blank(node))
        };
        let is_off = match &entry.enabled {
            Some(enabled) => !enabled.value,
            None => is_empty("enabled"),
        };
        let is_nowhere = is_empty("rpcAddress");
        if is_off && is_nowhere && matches!(value.value, Value::Mapping(_)) {
            let message = format!("{} is not enabled and has no address.", quoted(name));
            self.report(at, &finding::DISABLED_WITHOUT_ADDRESS, message);
        }
        entry
    }

    pub(crate) fn report_misspelt(&mut self, at: Place, key: &str, meant: &str) {
        let message = format!(
            "The key {} is dropped by servers: it is spelt `{meant}`.",
            quoted(key)
        );
        self.report(at, &finding::KEY_MISSPELT, message);
    }

    fn report_misspelt_sections(&mut self, beside: &Node) {
        for (key, value) in beside.entries() {
            let name = key.scalar().map_or("", |(name, _)| name);
            match section(name) {
                Some(PERSISTENCE_KEY) if name == PERSISTENCE_KEY => {
                    self.report_misspelt_sections(value);
                }
                Some(meant) if name != meant => self.report_misspelt(key.at, name, meant),
                _ => {}
            }
        }
    }

    /// The shards stand beside the block: under `persistence` in a server's file, and in Helm values
    /// in either of two places.
    fn history_shards(&mut self, beside: &Node) -> Option<Told<i64>> {
        let holder = beside
            .get(PERSISTENCE_KEY)
            .filter(|persistence| persistence.get(SHARDS_KEY).is_some());
        self.int(holder.unwrap_or(beside), SHARDS_KEY)
    }

    /// The policy in the section beside the block; of the operator it stands nowhere.
    fn redirection(&mut self, beside: &Node) -> Option<Told<String>> {
        let section = beside.get(REDIRECTION_KEY)?;
        if section.entries().is_empty() && !section.is_null() {
            self.wrong_shape(REDIRECTION_KEY, "a mapping", section);
        }
        let told = self.text(section, "policy")?;
        if RedirectionPolicy::from_name(&told.value).is_some() {
            return Some(told);
        }
        let at = section.get("policy").map_or(section.at, |policy| policy.at);
        let message = format!("There is no redirection policy {}.", quoted(&told.value));
        self.report(at, &finding::REDIRECTION_INVALID, message);
        None
    }

    pub(super) fn report_keys(&mut self, mapping: &Node, known: &[&str]) {
        let mut seen = Seen::new();
        for (key, _) in mapping.entries() {
            let Some((name, style)) = key.scalar() else {
                continue;
            };
            // One merge was carried out already.
            let is_second_merge = (name, style) == ("<<", Style::Plain);
            if is_second_merge {
                self.report_twice(name, key.at);
                continue;
            }
            self.is_new_key(&mut seen, name, key.at);
            if known.contains(&name) || template::is_placeholder(name) {
                continue;
            }
            match known.iter().find(|known| is_misspelt(name, known)) {
                Some(meant) if !IGNORED_KEYS.contains(&name) => {
                    self.report_misspelt(key.at, name, meant);
                }
                _ => self.report(
                    key.at,
                    &finding::KEY_UNKNOWN,
                    format!("Servers do not know the key {} here.", quoted(name)),
                ),
            }
        }
    }

    /// A whole number, as Go reads it.
    pub(crate) fn int(&mut self, mapping: &Node, key: &str) -> Option<Told<i64>> {
        let (node, text, style) = self.value(mapping, key)?;
        let number = match go::int(text, style) {
            Int::Number(number) => number,
            Int::Missing => return None,
            Int::Surprising(number) => {
                let message = format!("`{key}: {text}` is {number} to Temporal's parser.");
                self.report(node.at, &finding::NUMBER_SURPRISING, message);
                number
            }
            Int::Quoted(number) => {
                self.report(
                    node.at,
                    &finding::NUMBER_QUOTED,
                    format!(
                        "The number {} of `{key}` is in quotation marks.",
                        quoted(text)
                    ),
                );
                number
            }
            Int::NotANumber => {
                self.report(
                    node.at,
                    &finding::NUMBER_INVALID,
                    format!("`{key}` is {}, which is not a whole number.", quoted(text)),
                );
                return None;
            }
        };
        Some(told(self.text, node.at, number))
    }

    pub(super) fn bool(&mut self, mapping: &Node, key: &str) -> Option<Told<bool>> {
        let (node, text, style) = self.value(mapping, key)?;
        let value = match go::bool(text, style) {
            Bool::Value(value) => value,
            Bool::Missing => return None,
            Bool::Quoted(value) => {
                self.report(
                    node.at,
                    &finding::BOOLEAN_QUOTED,
                    format!(
                        "The boolean {} of `{key}` is in quotation marks.",
                        quoted(text)
                    ),
                );
                value
            }
            Bool::Neither => {
                self.report(
                    node.at,
                    &finding::BOOLEAN_INVALID,
                    format!(
                        "`{key}` is {}, which is neither true nor false.",
                        quoted(text)
                    ),
                );
                return None;
            }
        };
        Some(told(self.text, node.at, value))
    }

    /// A text; `None` also where it is empty. Unquoted, everything is a text to Go, `010` and `yes` too.
    pub(super) fn text(&mut self, mapping: &Node, key: &str) -> Option<Told<String>> {
        let (node, text, _) = self.value(mapping, key)?;
        let missing = node.is_null() || text.is_empty();
        (!missing).then(|| told(self.text, node.at, text.to_owned()))
    }

    /// A single value that stands there; templates and collections are reported and are none.
    fn value<'n>(&mut self, mapping: &'n Node, key: &str) -> Option<(&'n Node, &'n str, Style)> {
        let node = mapping.get(key)?;
        let Some((text, style)) = node.scalar() else {
            self.wrong_shape(key, "a single value", node);
            return None;
        };
        if template::is_placeholder(text) {
            self.report_template(&format!("`{key}`"), node.at);
            return None;
        }
        self.report_tag(&format!("`{key}`"), node);
        Some((node, text, style))
    }

    pub(super) fn report_tag(&mut self, what: &str, node: &Node) {
        if node.is_tagged {
            self.report(node.at, &finding::TAG, format!("{what} has a tag."));
        }
    }

    pub(super) fn wrong_shape(&mut self, what: &str, wanted: &str, node: &Node) {
        let message = format!("`{what}` must be {wanted}, and is {}.", describe(node));
        self.report(node.at, &finding::VALUE_WRONG_SHAPE, message);
    }

    pub(super) fn report_template(&mut self, what: &str, at: Place) {
        let shown = template::shown(self.text.line_text(at), at.column);
        let kind: &'static Kind = &finding::TEMPLATE_VALUE;
        self.report(
            at,
            kind,
            format!("{what} is filled in later: {}.", quoted(&shown)),
        );
    }
}

fn describe(node: &Node) -> String {
    match node.scalar() {
        Some(_) if node.is_null() => "nothing".to_owned(),
        Some((text, _)) => quoted(text),
        None => node.kind().to_owned(),
    }
}

/// Whether a key was meant to be the known one: other case or separators, its first half, or one slip.
fn is_misspelt(key: &str, known: &str) -> bool {
    let folded = |key: &str| key.replace(['-', '_', ' ', '.'], "").to_lowercase();
    let (key, known) = (folded(key), folded(known));
    // Slips in short words make other words.
    let is_cut = known.starts_with(&key) && 2 * key.len() >= known.len();
    key == known || (known.len() > 5 && (is_cut || is_within_two_slips(&key, &known)))
}

/// Whether two words are at most two inserted, left out or changed characters apart.
fn is_within_two_slips(left: &str, right: &str) -> bool {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > 2 {
        return false;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let changed = diagonal + usize::from(l != r);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[right.len()] <= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_keys_are_recognised() {
        for (key, known, expected) in [
            ("rpcAdress", "rpcAddress", true),
            ("rpc_address", "rpcAddress", true),
            ("RPCAddress", "rpcAddress", true),
            ("initialFailoverVerison", "initialFailoverVersion", true),
            ("enable", "enabled", true),
            ("dcRedirection", "dcRedirectionPolicy", true),
            ("cluster", "clusterInformation", false),
            ("tag", "tags", false),
            ("rpcName", "rpcAddress", false),
            ("clusterA", "clusterInformation", false),
        ] {
            assert_eq!(is_misspelt(key, known), expected, "{key}");
        }
    }
}
