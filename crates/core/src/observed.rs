//! What is real, as far as it was read: configuration files, what servers say of themselves and of
//! each other, commands of old scripts. However contradictory: two increments, one number twice, a
//! connection in one direction only. What cannot be represented cannot be reported.
//!
//! ```text
//! files, lists, descriptions, scripts ──import──▶ Observed (views) ──merge──▶ Merged (clusters, connections)
//! ```
//!
//! `multicluster-import` makes views of texts, and [`change::between`](crate::change::between) compares what
//! they come to with a plan.

mod merged;
mod remote_tls;

use std::fmt;
use std::rc::Rc;

pub use merged::{
    Connection, Contradiction, Merged, Namesakes, ObservedCluster, ObservedField, endpoint,
    is_same_endpoint,
};
pub use remote_tls::RemoteTls;

/// A place in a text that was read, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The name of the file, or of the pasted text.
    pub source: Rc<str>,
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.source, self.line, self.column)
    }
}

/// A value, and where it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<T> {
    /// The value.
    pub value: T,
    /// Where it was read.
    pub at: Location,
}

impl<T> Told<T> {
    /// A value that was read there.
    pub const fn new(value: T, at: Location) -> Self {
        Self { value, at }
    }
}

/// What kind of thing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ViewKind {
    /// What a server says of itself: `… cluster describe`.
    ClusterDescription,
    /// What a server has in its database of itself and of others: `… cluster list`.
    ClusterList,
    /// `clusterMetadata` of a configuration file: a server takes some of it at its first boot only.
    ConfigFile,
    /// Commands of a script: what they would do, not what is.
    Commands,
}

impl ViewKind {
    /// Whether a running server said it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::ClusterDescription | Self::ClusterList)
    }
}

/// One thing that was read: it says something of one cluster, and perhaps of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// What kind of thing it is.
    pub kind: ViewKind,
    /// Where it begins.
    pub at: Location,
    /// Whose it is: `currentClusterName`, or the name a server gives itself. A list does not tell.
    pub of: Option<Told<String>>,
    /// Where the tool was pointed (`--address`), if the command was read too.
    pub server_address: Option<Told<String>>,
    /// `enableGlobalNamespace`.
    pub global_namespace: Option<Told<bool>>,
    /// `failoverVersionIncrement`.
    pub increment: Option<Told<i64>>,
    /// `masterClusterName`.
    pub master: Option<Told<String>>,
    /// `dcRedirectionPolicy.policy`.
    pub redirection: Option<Told<String>>,
    /// `numHistoryShards` of the cluster whose view this is.
    pub history_shards: Option<Told<i64>>,
    /// The release of the servers of the cluster whose view this is.
    pub server_version: Option<Told<String>>,
    /// `global.tls.remoteClusters`, in its order.
    pub remote_tls: Vec<RemoteTls>,
    /// The clusters that it lists.
    pub entries: Vec<Entry>,
    /// Whether a part of it could not be read: what is missing in it may be there.
    pub is_cut: bool,
}

impl View {
    /// A view that says nothing yet.
    #[must_use]
    pub const fn new(kind: ViewKind, at: Location) -> Self {
        Self {
            kind,
            at,
            of: None,
            server_address: None,
            global_namespace: None,
            increment: None,
            master: None,
            redirection: None,
            history_shards: None,
            server_version: None,
            remote_tls: Vec::new(),
            entries: Vec::new(),
            is_cut: false,
        }
    }

    /// The entry of the cluster with this name.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_of(name))
    }
}

/// What a view says of one cluster. Numbers are as the server reads them, whatever their range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Where it begins.
    pub at: Location,
    /// The cluster's name; a command tells nothing but an address.
    pub name: Option<Told<String>>,
    /// `initialFailoverVersion`.
    pub initial_version: Option<Told<i64>>,
    /// `rpcAddress`: of its own entry what it tells others, of another one where that is dialled.
    pub rpc_address: Option<Told<String>>,
    /// `httpAddress`.
    pub http_address: Option<Told<String>>,
    /// `enabled`, or `IsConnectionEnabled`.
    pub enabled: Option<Told<bool>>,
    /// `IsReplicationEnabled`.
    pub replication_enabled: Option<Told<bool>>,
    /// Its number of history shards.
    pub history_shards: Option<Told<i64>>,
    /// The id of its database, which changes when the database is made anew.
    pub cluster_id: Option<Told<String>>,
}

impl Entry {
    /// An entry that says nothing yet.
    #[must_use]
    pub const fn new(at: Location) -> Self {
        Self {
            at,
            name: None,
            initial_version: None,
            rpc_address: None,
            http_address: None,
            enabled: None,
            replication_enabled: None,
            history_shards: None,
            cluster_id: None,
        }
    }

    /// Whether it is about the cluster with this name.
    #[must_use]
    pub fn is_of(&self, name: &str) -> bool {
        self.name.as_ref().is_some_and(|own| own.value == name)
    }
}

/// Everything that was read, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Observed {
    /// What was read.
    pub views: Vec<View>,
}

impl Observed {
    /// Everything about each cluster together: see [`Merged`].
    #[must_use]
    pub fn merge(&self) -> Merged {
        Merged::of(&self.views)
    }
}
