//! What is true: configurations that have been proved right. Nothing in here can be wrong, so that
//! everything made of it is made without failing.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::draft::ClusterId;
use crate::edit::ClusterField;
use crate::model::{
    ClusterName, FailoverVersionIncrement, HostPort, InitialFailoverVersion, RedirectionPolicy,
    ShardCount, Tool,
};
use crate::release::{Layout, ServerVersion};

/// What a configuration file says of one cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub(crate) id: ClusterId,
    pub(crate) index: usize,
    pub(crate) name: ClusterName,
    pub(crate) initial_version: InitialFailoverVersion,
    pub(crate) rpc_address: HostPort,
    pub(crate) http_address: Option<HostPort>,
}

impl Member {
    /// Its name, the key in `clusterInformation`.
    #[must_use]
    pub const fn name(&self) -> &ClusterName {
        &self.name
    }

    /// Its `initialFailoverVersion`.
    #[must_use]
    pub const fn initial_version(&self) -> InitialFailoverVersion {
        self.initial_version
    }

    /// Its `rpcAddress`.
    #[must_use]
    pub const fn rpc_address(&self) -> &HostPort {
        &self.rpc_address
    }

    /// Where one of its fields is filled in.
    pub(crate) const fn path(&self, field: ClusterField) -> Path {
        Path::Cluster(self.index, self.id, field)
    }

    /// Its `httpAddress`, where it is stated.
    #[must_use]
    pub const fn http_address(&self) -> Option<&HostPort> {
        self.http_address.as_ref()
    }
}

/// The `clusterMetadata` of one cluster: its own name and its master's are among its members, and
/// the members' names and initial versions differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigFile {
    pub(crate) layout: Layout,
    pub(crate) increment: FailoverVersionIncrement,
    pub(crate) members: Rc<[Member]>,
    /// Places in `members`.
    pub(crate) current: usize,
    pub(crate) master: usize,
    pub(crate) redirection: Option<RedirectionPolicy>,
}

impl ConfigFile {
    /// The file for one of the clusters, or for a cluster by itself, as its layout says; `None` where
    /// what it lists is not all known.
    pub(crate) fn new(
        layout: Layout,
        increment: FailoverVersionIncrement,
        own: Option<Member>,
        everyone: Option<Rc<[Member]>>,
        master: usize,
    ) -> Option<Self> {
        let own = own?;
        let (members, current, master) = match layout {
            Layout::AllClusters => (everyone?, own.index, master),
            Layout::OwnCluster => ([own].into(), 0, 0),
        };
        Some(Self {
            layout,
            increment,
            members,
            current,
            master,
            redirection: None,
        })
    }

    /// The same file with what is optional.
    pub(crate) const fn stating(mut self, redirection: Option<RedirectionPolicy>) -> Self {
        self.redirection = redirection;
        self
    }

    /// How the file is laid out.
    #[must_use]
    pub const fn layout(&self) -> Layout {
        self.layout
    }

    /// `failoverVersionIncrement`.
    #[must_use]
    pub const fn increment(&self) -> FailoverVersionIncrement {
        self.increment
    }

    /// The clusters in `clusterInformation`.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The cluster that this file is for: `currentClusterName`.
    #[must_use]
    pub fn current(&self) -> &Member {
        &self.members[self.current]
    }

    /// `masterClusterName`: the cluster that may register global namespaces.
    #[must_use]
    pub fn master(&self) -> &Member {
        &self.members[self.master]
    }

    /// `dcRedirectionPolicy`, where it is stated.
    #[must_use]
    pub const fn redirection(&self) -> Option<RedirectionPolicy> {
        self.redirection
    }
}

/// One cluster of a [`Plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    pub(crate) member: Member,
    pub(crate) admin_address: Option<HostPort>,
    pub(crate) history_shards: Option<ShardCount>,
    pub(crate) release: ServerVersion,
    pub(crate) file_name: Rc<str>,
}

impl Cluster {
    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &ClusterName {
        &self.member.name
    }

    /// Where other clusters reach it.
    #[must_use]
    pub const fn rpc_address(&self) -> &HostPort {
        &self.member.rpc_address
    }

    /// Where the person running the scripts reaches it.
    #[must_use]
    pub fn admin_address(&self) -> &HostPort {
        self.admin_address
            .as_ref()
            .unwrap_or(&self.member.rpc_address)
    }

    /// Where that is filled in.
    pub(crate) const fn admin_path(&self) -> Path {
        self.member.path(match self.admin_address {
            Some(_) => ClusterField::AdminAddress,
            None => ClusterField::RpcAddress,
        })
    }

    /// Its `initialFailoverVersion`.
    #[must_use]
    pub const fn initial_version(&self) -> InitialFailoverVersion {
        self.member.initial_version
    }

    /// Its number of history shards, where it was stated.
    #[must_use]
    pub const fn history_shards(&self) -> Option<ShardCount> {
        self.history_shards
    }

    /// The release of its servers.
    #[must_use]
    pub const fn release(&self) -> ServerVersion {
        self.release
    }

    /// The name of its configuration file.
    #[must_use]
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    /// The same without its ending: what servers call the environment.
    pub(crate) fn file_stem(&self) -> &str {
        self.file_name
            .strip_suffix(".yaml")
            .unwrap_or(&self.file_name)
    }
}

/// A whole set-up in which no rule found an error: at least one cluster, names, initial versions
/// and addresses that differ, and a tool that works with every release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub(crate) release: ServerVersion,
    pub(crate) tool: Tool,
    pub(crate) increment: FailoverVersionIncrement,
    pub(crate) clusters: Vec<Cluster>,
    pub(crate) master: usize,
    pub(crate) redirection: Option<RedirectionPolicy>,
}

impl Plan {
    /// The oldest release of all clusters: what is for all of them may use only what it has.
    #[must_use]
    pub const fn release(&self) -> ServerVersion {
        self.release
    }

    /// The tool that the scripts call.
    #[must_use]
    pub const fn tool(&self) -> Tool {
        self.tool
    }

    /// `failoverVersionIncrement` of all clusters.
    #[must_use]
    pub const fn increment(&self) -> FailoverVersionIncrement {
        self.increment
    }

    /// The clusters.
    #[must_use]
    pub fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// The configuration files of the clusters, in their order.
    #[must_use]
    pub fn config_files(&self) -> Vec<ConfigFile> {
        let everyone: Rc<[Member]> = self.clusters.iter().map(|one| one.member.clone()).collect();
        let file = |cluster: &Cluster| {
            let (layout, own) = (cluster.release.layout(), cluster.member.clone());
            let everyone = Some(everyone.clone());
            let file = ConfigFile::new(layout, self.increment, Some(own), everyone, self.master)?;
            Some(file.stating(self.redirection))
        };
        self.clusters.iter().filter_map(file).collect()
    }

    /// `dcRedirectionPolicy` of all clusters, where it is stated.
    #[must_use]
    pub const fn redirection(&self) -> Option<RedirectionPolicy> {
        self.redirection
    }

    /// The cluster where global namespaces are registered: the common master in the layout prior
    /// to 1.14, else the first one.
    #[must_use]
    pub fn registrar(&self) -> &Cluster {
        match self.release.layout() {
            Layout::AllClusters => &self.clusters[self.master],
            Layout::OwnCluster => &self.clusters[0],
        }
    }
}
