//! Changes to a draft: what the form, a quick fix and an importer do, and undo takes back.
//!
//! ```
//! use multicluster_core::{ClusterField, Draft, Edit};
//!
//! let two = Draft::default();
//! let three = two.with(&[Edit::AddCluster]);
//! assert_eq!(three.clusters[2].field(ClusterField::InitialFailoverVersion), "3");
//! // What is left is not renumbered.
//! let left = three.with(&[Edit::RemoveCluster(two.clusters[0].id)]);
//! assert_eq!(left.clusters[1].field(ClusterField::InitialFailoverVersion), "3");
//! ```

use std::rc::Rc;

use crate::draft::{ClusterDraft, ClusterId, Draft, Running};
use crate::model::{HostPort, RedirectionPolicy, Tool, lowest_free};
use crate::settings::Setting;

/// A field of one cluster that holds text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClusterField {
    /// Its name.
    Name,
    /// Where other clusters reach it.
    RpcAddress,
    /// Where the person running the scripts reaches it.
    AdminAddress,
    /// Where other clusters reach its HTTP API.
    HttpAddress,
    /// Its initial failover version.
    InitialFailoverVersion,
    /// Its number of history shards.
    HistoryShards,
    /// The release of its servers.
    ServerVersion,
    /// The name in its servers' certificates.
    TlsServerName,
    /// Where the cluster with this id reaches it.
    AddressFrom(ClusterId),
}

impl ClusterField {
    /// Every field, in the order of their numbers.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::RpcAddress,
        Self::AdminAddress,
        Self::HttpAddress,
        Self::InitialFailoverVersion,
        Self::HistoryShards,
        Self::ServerVersion,
        Self::TlsServerName,
    ];
}

/// One change to a draft. Changes that refer to a cluster which is gone do nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Chooses the release of all servers that have none of their own.
    SetServerVersion(String),
    /// Chooses the command line tool.
    SetTool(Tool),
    /// Types the increment.
    SetIncrement(String),
    /// Chooses the common master of the layout prior to 1.14.
    SetMaster(ClusterId),
    /// Chooses what all clusters do with requests for namespaces that are active elsewhere.
    SetRedirection(Option<RedirectionPolicy>),
    /// Says whether the way to Temporal Cloud is to be kept open.
    SetKeepsCloudOpen(bool),
    /// Says whether clusters dial each other with TLS.
    SetTls(bool),
    /// Types a text that is about all clusters.
    SetSetting(Setting, String),
    /// Adds a cluster at the end, with a free name and the lowest free initial version.
    AddCluster,
    /// Removes a cluster. Nothing else changes: no other cluster is renumbered.
    RemoveCluster(ClusterId),
    /// Moves a cluster to a place in the list, counted from 0 and clamped to its end.
    MoveCluster(ClusterId, usize),
    /// Types into a field of a cluster. An initial version that is typed is no longer automatic.
    SetField(ClusterId, ClusterField, String),
    /// Gives a cluster the lowest free initial version, as if it were new. A running cluster keeps its
    /// own.
    AssignInitialVersion(ClusterId),
    /// Says that a cluster runs as it is drafted.
    MarkRunning(ClusterId),
    /// Says what a cluster runs with, or that it is planned.
    SetRunning(ClusterId, Option<Rc<Running>>),
}

impl ClusterDraft {
    /// The numbers that automatic assignment keeps clear of: also one that is out of range now, and
    /// the one that the cluster runs with, if that is another.
    pub(crate) fn counted_initial_versions(&self) -> impl Iterator<Item = u32> {
        let running = self
            .running
            .as_ref()
            .map(|running| &running.initial_version);
        let running = running.filter(|version| **version != self.initial_version);
        let versions = std::iter::once(&self.initial_version).chain(running);
        versions.filter_map(|version| version.trim().parse().ok())
    }

    /// The text of a field; empty where nothing was typed.
    #[must_use]
    pub fn field(&self, field: ClusterField) -> &str {
        match field {
            ClusterField::Name => &self.name,
            ClusterField::RpcAddress => &self.rpc_address,
            ClusterField::AdminAddress => &self.admin_address,
            ClusterField::HttpAddress => &self.http_address,
            ClusterField::InitialFailoverVersion => &self.initial_version,
            ClusterField::HistoryShards => &self.history_shards,
            ClusterField::ServerVersion => &self.server_version,
            ClusterField::TlsServerName => &self.tls_server_name,
            ClusterField::AddressFrom(observer) => {
                let mut seen = self.seen_from.iter();
                let seen = seen.find(|(by, _)| *by == observer);
                seen.map_or("", |(_, address)| address)
            }
        }
    }

    fn field_mut(&mut self, field: ClusterField) -> &mut String {
        match field {
            ClusterField::Name => &mut self.name,
            ClusterField::RpcAddress => &mut self.rpc_address,
            ClusterField::AdminAddress => &mut self.admin_address,
            ClusterField::HttpAddress => &mut self.http_address,
            ClusterField::InitialFailoverVersion => &mut self.initial_version,
            ClusterField::HistoryShards => &mut self.history_shards,
            ClusterField::ServerVersion => &mut self.server_version,
            ClusterField::TlsServerName => &mut self.tls_server_name,
            ClusterField::AddressFrom(observer) => {
                let seen = self.seen_from.iter();
                let known = seen.clone().position(|(by, _)| *by == observer);
                let at = known.unwrap_or(seen.len());
                if known.is_none() {
                    self.seen_from.push((observer, String::new()));
                }
                &mut self.seen_from[at].1
            }
        }
    }

    /// Forgets how it is reached from these, or where nothing is said of it.
    fn forget_seen(&mut self, is_gone: impl Fn(ClusterId) -> bool) {
        self.seen_from
            .retain(|(by, address)| !is_gone(*by) && !address.is_empty());
    }
}

impl Draft {
    /// Carries out a change.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::SetServerVersion(text) => self.server_version.clone_from(text),
            Edit::SetTool(tool) => self.tool = *tool,
            Edit::SetIncrement(text) => self.increment.clone_from(text),
            Edit::SetMaster(id) => self.master = Some(*id),
            Edit::SetRedirection(policy) => self.redirection = *policy,
            Edit::SetKeepsCloudOpen(open) => self.keeps_cloud_open = *open,
            Edit::AddCluster => self.add_cluster(),
            Edit::SetTls(on) => self.tls = *on,
            Edit::SetSetting(setting, text) => self.settings.set(*setting, text),
            Edit::RemoveCluster(id) => self.remove_cluster(*id),
            Edit::MoveCluster(id, to) => self.move_cluster(*id, *to),
            Edit::SetField(id, field, text) => self.set_field(*id, *field, text),
            Edit::AssignInitialVersion(id) => self.assign_initial_version(*id),
            Edit::MarkRunning(id) => {
                let running = self.cluster(*id).map(|cluster| self.as_drafted(cluster));
                self.set_running(*id, running.map(Rc::new).as_ref());
            }
            Edit::SetRunning(id, running) => self.set_running(*id, running.as_ref()),
        }
    }

    /// The draft after all of these changes.
    #[must_use]
    pub fn with(&self, edits: &[Edit]) -> Self {
        let mut draft = self.clone();
        for edit in edits {
            draft.apply(edit);
        }
        draft
    }

    /// The lowest initial version that no cluster but `except` has.
    pub(crate) fn free_initial_version(&self, except: Option<ClusterId>) -> u32 {
        lowest_free(
            self.clusters
                .iter()
                .filter(|cluster| Some(cluster.id) != except)
                .flat_map(|cluster| cluster.counted_initial_versions()),
        )
    }

    fn add_cluster(&mut self) {
        let name = self.free_name();
        let rpc_address = self.free_loopback_address();
        let initial_version = self.free_initial_version(None).to_string();
        self.push(|id| ClusterDraft {
            name,
            rpc_address,
            initial_version,
            automatic: true,
            ..ClusterDraft::empty(id)
        });
    }

    fn remove_cluster(&mut self, id: ClusterId) {
        self.clusters.retain(|cluster| cluster.id != id);
        for cluster in &mut self.clusters {
            if cluster.seen_from.iter().any(|(by, _)| *by == id) {
                Rc::make_mut(cluster).forget_seen(|by| by == id);
            }
        }
    }

    fn move_cluster(&mut self, id: ClusterId, to: usize) {
        if let Some(from) = self.position(id) {
            let cluster = self.clusters.remove(from);
            let to = to.min(self.clusters.len());
            self.clusters.insert(to, cluster);
        }
    }

    fn set_field(&mut self, id: ClusterId, field: ClusterField, text: &str) {
        if let ClusterField::AddressFrom(by) = field
            && (by == id || self.position(by).is_none())
        {
            return;
        }
        if let Some(at) = self.position(id) {
            let cluster = Rc::make_mut(&mut self.clusters[at]);
            text.clone_into(cluster.field_mut(field));
            cluster.forget_seen(|_| false);
            if field == ClusterField::InitialFailoverVersion {
                cluster.automatic = false;
            }
        }
    }

    fn assign_initial_version(&mut self, id: ClusterId) {
        let version = self.free_initial_version(Some(id)).to_string();
        if let Some(at) = self.position(id) {
            let cluster = Rc::make_mut(&mut self.clusters[at]);
            if cluster.running.is_none() {
                cluster.initial_version = version;
                cluster.automatic = true;
            }
        }
    }

    fn set_running(&mut self, id: ClusterId, running: Option<&Rc<Running>>) {
        if let Some(at) = self.position(id) {
            let cluster = Rc::make_mut(&mut self.clusters[at]);
            cluster.running = running.cloned();
            // A number that runs somewhere is no longer one that was assigned.
            cluster.automatic &= running.is_none();
        }
    }

    /// `clusterA`, `clusterB` … `clusterZ`, `cluster27` …: the first that no cluster has, from the place
    /// in the list on. A third cluster is `clusterC`, also where the first one was renamed.
    fn free_name(&self) -> String {
        let is_free = |name: &String| self.clusters.iter().all(|cluster| cluster.name != *name);
        let letters = ('A'..='Z').map(|letter| format!("cluster{letter}"));
        let numbers = (27_u32..).map(|number| format!("cluster{number}"));
        let names = letters.chain(numbers).skip(self.clusters.len());
        // One more than there are clusters: one of them is free.
        let mut names = names.zip(0..=self.clusters.len()).map(|(name, _)| name);
        names.find(is_free).unwrap_or_default()
    }

    /// The next address of a set-up on one machine, as the guide counts them (7233, 8233 …); empty
    /// as soon as any cluster is elsewhere: an address must not be invented for production.
    fn free_loopback_address(&self) -> String {
        let addresses: Option<Vec<HostPort>> = self
            .clusters
            .iter()
            .map(|cluster| HostPort::parse(&cluster.rpc_address).ok())
            .map(|address| address.filter(HostPort::is_loopback))
            .collect();
        let Some(addresses) = addresses else {
            return String::new();
        };
        (7233..=u16::MAX)
            .step_by(1000)
            .find(|port| addresses.iter().all(|address| address.port() != *port))
            .map(|port| format!("127.0.0.1:{port}"))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(draft: &Draft) -> Vec<&str> {
        draft
            .clusters
            .iter()
            .map(|cluster| cluster.initial_version.as_str())
            .collect()
    }

    #[test]
    fn the_first_sight_is_the_guides_pair() {
        let draft = Draft::default();
        let rows: Vec<_> = draft
            .clusters
            .iter()
            .map(|c| {
                (
                    c.name.as_str(),
                    c.rpc_address.as_str(),
                    c.initial_version.as_str(),
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                ("clusterA", "127.0.0.1:7233", "1"),
                ("clusterB", "127.0.0.1:8233", "2")
            ]
        );
    }

    #[test]
    fn no_edit_renumbers_another_cluster() {
        let mut draft = Draft::default();
        draft.apply(&Edit::AddCluster);
        let [a, b, c] = [0, 1, 2].map(|at| draft.clusters[at].id);
        assert_eq!(versions(&draft), ["1", "2", "3"]);
        draft.apply(&Edit::RemoveCluster(a));
        assert_eq!(versions(&draft), ["2", "3"]);
        draft.apply(&Edit::MoveCluster(c, 0));
        assert_eq!(versions(&draft), ["3", "2"]);
        draft.apply(&Edit::SetField(b, ClusterField::Name, "other".into()));
        assert_eq!(versions(&draft), ["3", "2"]);
        draft.apply(&Edit::AddCluster);
        assert_eq!(versions(&draft), ["3", "2", "1"], "the lowest free number");
    }

    #[test]
    fn typed_versions_are_kept_and_counted() {
        let mut draft = Draft::default();
        let id = draft.clusters[0].id;
        draft.apply(&Edit::SetField(
            id,
            ClusterField::InitialFailoverVersion,
            "3".into(),
        ));
        assert!(!draft.clusters[0].automatic);
        draft.apply(&Edit::AddCluster);
        draft.apply(&Edit::AddCluster);
        assert_eq!(versions(&draft), ["3", "2", "1", "4"]);
        draft.apply(&Edit::AssignInitialVersion(id));
        assert!(draft.clusters[0].automatic);
        assert_eq!(versions(&draft), ["3", "2", "1", "4"]);
    }

    #[test]
    fn a_cluster_runs_as_it_was_drafted_when_it_was_marked() {
        let mut draft = Draft::default();
        let id = draft.clusters[1].id;
        draft.apply(&Edit::MarkRunning(id));
        let running = draft.clusters[1].running.clone().expect("it runs");
        assert_eq!(*running, draft.as_drafted(&draft.clusters[1]));
        assert!(!draft.clusters[1].automatic);
        for edit in [
            Edit::AssignInitialVersion(id),
            Edit::SetIncrement("1000".into()),
            Edit::SetField(id, ClusterField::Name, "other".into()),
            Edit::SetField(id, ClusterField::InitialFailoverVersion, "3".into()),
        ] {
            draft.apply(&edit);
            assert_eq!(draft.clusters[1].running.as_ref(), Some(&running));
        }
        draft.apply(&Edit::SetRunning(id, None));
        assert_eq!(draft.clusters[1].running, None);
        assert_eq!(draft.clusters[1].initial_version, "3");
    }

    #[test]
    fn a_running_number_is_taken_whatever_the_draft_says() {
        let mut draft = Draft::default();
        let id = draft.clusters[0].id;
        draft.apply(&Edit::MarkRunning(id));
        draft.apply(&Edit::SetField(
            id,
            ClusterField::InitialFailoverVersion,
            "3".into(),
        ));
        draft.apply(&Edit::AddCluster);
        assert_eq!(versions(&draft), ["3", "2", "4"], "1 runs and 3 is typed");
    }

    #[test]
    fn how_a_cluster_is_reached_goes_with_either_of_both() {
        let mut draft = Draft::default();
        draft.apply(&Edit::AddCluster);
        let [a, b, c] = [0, 1, 2].map(|at| draft.clusters[at].id);
        let seen = |of, from, text: &str| {
            Edit::SetField(of, ClusterField::AddressFrom(from), text.to_owned())
        };
        for edit in [seen(a, b, "x:1"), seen(a, c, "y:1"), seen(b, a, "z:1")] {
            draft.apply(&edit);
        }
        assert_eq!(draft.clusters[0].field(ClusterField::AddressFrom(b)), "x:1");
        draft.apply(&seen(a, a, "itself:1"));
        draft.apply(&seen(a, c, ""));
        assert_eq!(draft.clusters[0].seen_from, [(b, "x:1".to_owned())]);
        draft.apply(&Edit::RemoveCluster(b));
        assert_eq!(draft.clusters[0].seen_from, []);
        assert_eq!(draft.clusters[0].field(ClusterField::AddressFrom(b)), "");
    }

    #[test]
    fn new_clusters_get_free_names_and_no_invented_addresses() {
        let mut draft = Draft::default();
        for _ in 0..70 {
            draft.apply(&Edit::AddCluster);
        }
        assert_eq!(draft.clusters[26].name, "cluster27");
        assert_eq!(draft.clusters[9].rpc_address, "127.0.0.1:16233");
        assert_eq!(draft.clusters[71].rpc_address, "", "no free port is left");
        let mut names: Vec<_> = draft.clusters.iter().map(|c| &c.name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), 72);

        let mut draft = Draft::default();
        let id = draft.clusters[1].id;
        draft.apply(&Edit::SetField(
            id,
            ClusterField::RpcAddress,
            "eu.example:7233".into(),
        ));
        draft.apply(&Edit::AddCluster);
        assert_eq!(draft.clusters[2].rpc_address, "");
    }

    #[test]
    fn edits_of_removed_clusters_do_nothing() {
        let mut draft = Draft::default();
        let id = draft.clusters[1].id;
        draft.apply(&Edit::RemoveCluster(id));
        let before = draft.clone();
        draft.apply(&Edit::SetField(id, ClusterField::Name, "x".into()));
        draft.apply(&Edit::MoveCluster(id, 0));
        draft.apply(&Edit::AssignInitialVersion(id));
        draft.apply(&Edit::MarkRunning(id));
        assert_eq!(draft, before);
        draft.apply(&Edit::AddCluster);
        assert_ne!(draft.clusters[1].id, id, "ids are never used again");
    }
}
