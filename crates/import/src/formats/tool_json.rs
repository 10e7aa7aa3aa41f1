//! What tools print as JSON: `temporal operator cluster list|describe -o json`, also a line each
//! (`jsonl`), and `tctl admin cluster list|describe`. The keys differ by tool and release
//! (`clusterName`, `cluster_name`), numbers may be texts, and what is zero or false is left out.

use multicluster_core::observed::{Entry, Told, View, ViewKind};

use super::{Reader, quoted};
use crate::finding;
use crate::outcome::told;
use crate::text::Place;
use crate::yaml::{Node, Value};

/// What a JSON object of a tool is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// What a server says of itself.
    Description,
    /// A line of what a server says of all.
    ListItem,
}

/// Keys that only a description has.
const OF_DESCRIPTIONS: &[&str] = &[
    "supportedclients",
    "membershipinfo",
    "persistencestore",
    "visibilitystore",
    "serverversion",
];
/// Keys of which a list has at least one.
const OF_LISTS: &[&str] = &[
    "address",
    "clusteraddress",
    "clusterid",
    "historyshardcount",
    "initialfailoverversion",
    "isconnectionenabled",
];

/// What an object is, if a tool printed it.
pub(crate) fn answer(node: &Node) -> Option<Answer> {
    let keys: Vec<String> = node
        .entries()
        .iter()
        .filter_map(|(key, _)| key.scalar())
        .map(|(key, _)| folded(key))
        .collect();
    let has = |wanted: &[&str]| {
        wanted
            .iter()
            .any(|wanted| keys.iter().any(|key| key == wanted))
    };
    if !has(&["clustername"]) {
        None
    } else if has(OF_DESCRIPTIONS) {
        Some(Answer::Description)
    } else {
        has(OF_LISTS).then_some(Answer::ListItem)
    }
}

/// Whether it is a list of clusters; an empty one tells nothing.
pub(crate) fn is_list(node: &Node) -> bool {
    matches!(&node.value, Value::Sequence(items) if !items.is_empty() && items.iter().all(|item| answer(item) == Some(Answer::ListItem)))
}

fn folded(key: &str) -> String {
    key.replace('_', "").to_lowercase()
}

fn get<'n>(object: &'n Node, keys: &[&str]) -> Option<&'n Node> {
    let is_it = |(key, _): &&(Node, Node)| {
        key.scalar()
            .is_some_and(|(key, _)| keys.contains(&&*folded(key)))
    };
    object
        .entries()
        .iter()
        .find(is_it)
        .map(|(_, value)| value)
        .filter(|value| !value.is_null())
}

/// What is known of the command that printed an answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    /// `--address`.
    pub(crate) address: Option<Told<String>>,
    /// `--cluster` of `tctl admin cluster describe`: it asks one cluster about another.
    pub(crate) about_another: bool,
    /// What stands before the tool in its line, such as `kubectl exec` with its context.
    pub(crate) through: String,
    /// Who described itself before, asked in the same way.
    pub(crate) described: Option<Told<String>>,
}

impl Asked {
    /// Whether both ask the same server, as far as anybody can see.
    pub(crate) fn is_same_way(&self, other: &Self) -> bool {
        let address = |asked: &Self| asked.address.as_ref().map(|told| told.value.clone());
        self.through == other.through && address(self) == address(other)
    }
}

impl Reader<'_> {
    /// Reads the answer of `describe`.
    pub(crate) fn json_description(&mut self, object: &Node, asked: &Asked) {
        let entry = self.json_entry(object);
        let kind = if asked.about_another {
            ViewKind::ClusterList
        } else {
            ViewKind::ClusterDescription
        };
        let mut view = View::new(kind, self.text.location(object.at));
        view.server_address.clone_from(&asked.address);
        if !asked.about_another {
            view.of.clone_from(&entry.name);
            view.increment = self.json_int(object, &["failoverversionincrement"]);
            view.global_namespace = self.json_global_namespace(object);
            view.history_shards.clone_from(&entry.history_shards);
            view.server_version = self.json_text(object, &["serverversion"]);
        }
        view.entries.push(entry);
        self.outcome.add_view(self.text, view);
    }

    /// Reads the items of `list`, which may be cut.
    pub(crate) fn json_list(&mut self, items: &[&Node], asked: &Asked, is_cut: bool) {
        let Some(first) = items.first() else { return };
        let mut view = View::new(ViewKind::ClusterList, self.text.location(first.at));
        view.server_address.clone_from(&asked.address);
        view.is_cut = is_cut;
        for item in items {
            let mut entry = self.json_entry(item);
            // Left out means false, here and in the interface of the servers.
            let enabled = self.json_bool(item, "isconnectionenabled").unwrap_or(false);
            entry.enabled = Some(told(self.text, item.at, enabled));
            entry.replication_enabled = self
                .json_bool(item, "isreplicationenabled")
                .map(|value| told(self.text, item.at, value));
            view.entries.push(entry);
        }
        self.own_entry(items, &mut view);
        Self::name_list(&mut view, asked);
        self.report_unknown_owner(first.at, &view);
        self.outcome.add_view(self.text, view);
    }

    /// tctl prints what is in the database, and of itself a server keeps more there than of others.
    fn own_entry(&mut self, items: &[&Node], view: &mut View) {
        let mut own = items
            .iter()
            .filter(|item| get(item, &["indexsearchattributes", "versioninfo"]).is_some());
        if let (Some(item), None) = (own.next(), own.next()) {
            view.of = self.json_text(item, &["clustername"]);
            view.increment = self.json_int(item, &["failoverversionincrement"]);
            view.global_namespace = self.json_global_namespace(item);
        }
    }

    /// A list does not tell whose it is: the cluster does that described itself right before it.
    pub(crate) fn name_list(view: &mut View, asked: &Asked) {
        let described = asked.described.as_ref();
        let described = described.filter(|name| view.entry(&name.value).is_some());
        view.of = view.of.take().or_else(|| described.cloned());
    }

    pub(crate) fn report_unknown_owner(&mut self, at: Place, view: &View) {
        if view.of.is_none() && view.server_address.is_none() {
            self.report(
                at,
                &finding::LIST_OF_UNKNOWN,
                "This list does not tell which cluster printed it.".to_owned(),
            );
        }
    }

    fn json_entry(&mut self, object: &Node) -> Entry {
        let mut entry = Entry::new(self.text.location(object.at));
        entry.name = self.json_text(object, &["clustername"]);
        entry.cluster_id = self.json_text(object, &["clusterid"]);
        entry.rpc_address = self.json_text(object, &["address", "clusteraddress"]);
        entry.http_address = self.json_text(object, &["httpaddress"]);
        entry.initial_version = self.json_int(object, &["initialfailoverversion"]);
        entry.history_shards = self.json_int(object, &["historyshardcount"]);
        entry
    }

    /// The administrators' interface, which tctl asks, leaves it out where it is false; the one
    /// that `temporal` asks never tells.
    fn json_global_namespace(&mut self, object: &Node) -> Option<Told<bool>> {
        let is_administrators = get(
            object,
            &["membershipinfo", "indexsearchattributes", "versioninfo"],
        )
        .is_some();
        let tells = is_administrators && get(object, &["failoverversionincrement"]).is_some();
        let value = self
            .json_bool(object, "isglobalnamespaceenabled")
            .or(tells.then_some(false))?;
        Some(told(self.text, object.at, value))
    }

    fn json_text(&mut self, object: &Node, keys: &[&str]) -> Option<Told<String>> {
        let value = get(object, keys)?;
        let (text, _) = value.scalar()?;
        (!text.is_empty()).then(|| told(self.text, value.at, text.to_owned()))
    }

    fn json_int(&mut self, object: &Node, keys: &[&str]) -> Option<Told<i64>> {
        let value = get(object, keys)?;
        let number = value.scalar().and_then(|(text, _)| text.parse().ok());
        if number.is_none() {
            let shown = value
                .scalar()
                .map_or_else(|| value.kind().to_owned(), |(text, _)| quoted(text));
            self.report(
                value.at,
                &finding::CELL_INVALID,
                format!("{shown} is not a whole number."),
            );
        }
        number.map(|number| told(self.text, value.at, number))
    }

    fn json_bool(&mut self, object: &Node, key: &str) -> Option<bool> {
        let value = get(object, &[key])?;
        match value.scalar() {
            Some(("true" | "True", _)) => Some(true),
            Some(("false" | "False", _)) => Some(false),
            _ => {
                self.report(
                    value.at,
                    &finding::CELL_INVALID,
                    "The value is neither true nor false.".to_owned(),
                );
                None
            }
        }
    }
}
