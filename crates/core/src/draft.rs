//! What was typed: nothing but strings and choices, however wrong.

use std::rc::Rc;

use crate::edit::ClusterField;
use crate::model::{RedirectionPolicy, Tool};
use crate::settings::Settings;

/// A stable name for a cluster within one draft. It outlives renaming and reordering, and is never
/// used again after its cluster was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterId(pub(crate) u32);

impl ClusterId {
    /// The number behind the id, for building element ids and keys.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// Everything that a person typed or chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The release of all servers, for example `1.32` or `1.14.3`, unless a cluster has its own.
    pub server_version: String,
    /// The tool that the scripts call.
    pub tool: Tool,
    /// `failoverVersionIncrement` of all clusters.
    pub increment: String,
    /// The common master, in the layout prior to 1.14 only; the first cluster unless chosen.
    pub master: Option<ClusterId>,
    /// `dcRedirectionPolicy` of all clusters; `None`: not stated.
    pub redirection: Option<RedirectionPolicy>,
    /// Whether what Temporal Cloud could not take over is to be told.
    pub keeps_cloud_open: bool,
    /// Whether clusters dial each other with TLS.
    pub tls: bool,
    /// Texts that are set only where they are wanted.
    pub settings: Settings,
    /// The clusters in their order on the page. Shared, so that an edit copies one cluster only.
    pub clusters: Vec<Rc<ClusterDraft>>,
    pub(crate) next_id: u32,
}

/// One cluster as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClusterDraft {
    /// Its stable name within the draft.
    pub id: ClusterId,
    /// `currentClusterName`.
    pub name: String,
    /// Where other clusters reach its frontend.
    pub rpc_address: String,
    /// Where the person running the scripts reaches its frontend; empty: at the RPC address.
    pub admin_address: String,
    /// `httpAddress`: where other clusters reach its HTTP API; empty: not stated.
    pub http_address: String,
    /// The name in its servers' certificates; empty: the host that is dialled.
    pub tls_server_name: String,
    /// Where others reach it that do not at its RPC address: each of them, with its address.
    pub seen_from: Vec<(ClusterId, String)>,
    /// `initialFailoverVersion`. Automatic ones are assigned when the cluster is added, and then
    /// kept like any other: a running cluster can never be renumbered.
    pub initial_version: String,
    /// Whether the initial version was assigned, and not typed.
    pub automatic: bool,
    /// `numHistoryShards`; empty: not stated, not checked.
    pub history_shards: String,
    /// The release of its servers; empty: that of all.
    pub server_version: String,
    /// What it runs with, if it runs; a cluster that does not is planned.
    pub running: Option<Rc<Running>>,
}

/// What a running cluster was first started with. It is in its database, and can never change,
/// whatever the draft says. Text, as it was typed or read; what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// `currentClusterName`.
    pub name: String,
    /// Its `initialFailoverVersion`.
    pub initial_version: String,
    /// `failoverVersionIncrement`.
    pub increment: String,
    /// `numHistoryShards`.
    pub history_shards: String,
}

impl Running {
    /// What it runs with in place of a field of the draft; empty where that can change, or is not
    /// known.
    #[must_use]
    pub fn field(&self, field: ClusterField) -> &str {
        match field {
            ClusterField::Name => &self.name,
            ClusterField::InitialFailoverVersion => &self.initial_version,
            ClusterField::HistoryShards => &self.history_shards,
            _ => "",
        }
    }
}

impl ClusterDraft {
    /// A cluster of which nothing is known.
    pub(crate) const fn empty(id: ClusterId) -> Self {
        Self {
            id,
            name: String::new(),
            rpc_address: String::new(),
            admin_address: String::new(),
            http_address: String::new(),
            tls_server_name: String::new(),
            seen_from: Vec::new(),
            initial_version: String::new(),
            automatic: false,
            history_shards: String::new(),
            server_version: String::new(),
            running: None,
        }
    }
}

impl Draft {
    /// The release that new drafts are for.
    pub const DEFAULT_SERVER_VERSION: &'static str = "1.32";
    /// The guide's increment.
    pub const DEFAULT_INCREMENT: &'static str = "100";

    /// A draft without clusters.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            server_version: Self::DEFAULT_SERVER_VERSION.to_owned(),
            tool: Tool::default(),
            increment: Self::DEFAULT_INCREMENT.to_owned(),
            master: None,
            redirection: None,
            keeps_cloud_open: false,
            tls: false,
            settings: Settings::default(),
            clusters: Vec::new(),
            next_id: 1,
        }
    }

    /// The cluster with this id.
    #[must_use]
    pub fn cluster(&self, id: ClusterId) -> Option<&Rc<ClusterDraft>> {
        Some(&self.clusters[self.position(id)?])
    }

    /// The place of the cluster with this id.
    #[must_use]
    pub fn position(&self, id: ClusterId) -> Option<usize> {
        // Ids grow, and few clusters are ever moved: mostly it is where they say. Else one by one.
        match self
            .clusters
            .binary_search_by_key(&id, |cluster| cluster.id)
        {
            Ok(at) => Some(at),
            Err(_) => self.clusters.iter().position(|cluster| cluster.id == id),
        }
    }

    /// The place of the master: the first cluster unless another one was chosen.
    #[must_use]
    pub fn master_position(&self) -> usize {
        self.master.and_then(|id| self.position(id)).unwrap_or(0)
    }

    /// Adds a cluster of which nothing is known but its name: what an importer fills in.
    pub fn add_named(&mut self, name: &str) -> ClusterId {
        self.push(|id| ClusterDraft {
            name: name.to_owned(),
            ..ClusterDraft::empty(id)
        })
    }

    /// What a cluster runs with if it was started as it is drafted.
    #[must_use]
    pub fn as_drafted(&self, cluster: &ClusterDraft) -> Running {
        Running {
            name: cluster.name.clone(),
            initial_version: cluster.initial_version.clone(),
            increment: self.increment.clone(),
            history_shards: cluster.history_shards.clone(),
        }
    }

    /// Adds a cluster with the next free id.
    pub(crate) fn push(&mut self, cluster: impl FnOnce(ClusterId) -> ClusterDraft) -> ClusterId {
        let id = ClusterId(self.next_id);
        self.next_id = self.next_id.saturating_add(1);
        self.clusters.push(Rc::new(cluster(id)));
        id
    }
}

impl Default for Draft {
    /// The guide's pair: `clusterA` at 127.0.0.1:7233 and `clusterB` at 127.0.0.1:8233.
    fn default() -> Self {
        let mut draft = Self::empty();
        for _ in 0..2 {
            draft.apply(&crate::Edit::AddCluster);
        }
        draft
    }
}
