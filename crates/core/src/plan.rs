//! What is true: configurations that have been proved right. Nothing in here can be wrong, so that
//! everything made of it is made without failing.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::draft::ClusterId;
use crate::edit::ClusterField;
use crate::model::{
    ClusterName, FailoverVersionIncrement, FilePath, HostName, HostPort, InitialFailoverVersion,
    RedirectionPolicy, ShardCount, Tool,
};
use crate::release::{Capability, Layout, ServerVersion};
use crate::render::{self, Artifact};

/// What a configuration file says of one cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub(crate) id: ClusterId,
    pub(crate) index: usize,
    pub(crate) name: ClusterName,
    pub(crate) initial_version: InitialFailoverVersion,
    pub(crate) rpc_address: HostPort,
    pub(crate) http_address: Option<HostPort>,
    /// Where others reach it that do not at its RPC address.
    pub(crate) seen_from: Rc<[(ClusterId, HostPort)]>,
    pub(crate) tls_server_name: Option<HostName>,
    pub(crate) runs: bool,
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

    /// Whether it runs already, with what is said here of its name, its numbers and its shards.
    #[must_use]
    pub const fn runs(&self) -> bool {
        self.runs
    }

    /// Where one of its fields is filled in.
    pub(crate) const fn path(&self, field: ClusterField) -> Path {
        Path::Cluster(self.index, self.id, field)
    }

    /// Where another cluster reaches it.
    #[must_use]
    pub fn address_from(&self, by: &Self) -> &HostPort {
        let mut seen = self.seen_from.iter();
        let seen = seen.find(|(id, _)| *id == by.id);
        seen.map_or(&self.rpc_address, |(_, address)| address)
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
    pub(crate) stated: Stated,
    /// How it dials other clusters, by their hosts.
    pub(crate) dials: Vec<Dialled>,
}

/// What is optional, and the same for all clusters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Stated {
    pub(crate) redirection: Option<RedirectionPolicy>,
    /// TLS between clusters, where it is on.
    pub(crate) tls: Option<TlsFiles>,
}

/// The files with which TLS is done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct TlsFiles {
    /// The certificate authority that is trusted; `None`: those of the machine.
    pub(crate) ca: Option<FilePath>,
    /// The certificate that is shown, and its key.
    pub(crate) pair: Option<(FilePath, FilePath)>,
}

/// A host at which other clusters are dialled with TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialled {
    pub(crate) host: String,
    /// The name in the certificate, if it is another one.
    pub(crate) server_name: Option<HostName>,
    /// Where the first cluster at this host is filled in.
    pub(crate) path: Path,
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
            stated: Stated::default(),
            dials: Vec::new(),
        })
    }

    /// The same file with what is optional, beside these clusters.
    pub(crate) fn stating<'m>(
        mut self,
        stated: &Stated,
        release: Option<ServerVersion>,
        everyone: impl Iterator<Item = &'m Member>,
    ) -> Self {
        self.stated = stated.clone();
        if release.is_some_and(|it| !it.has(Capability::RemoteClusterTls)) {
            self.stated.tls = None;
        }
        if self.stated.tls.is_some() {
            self.dials = dials(self.current(), everyone);
        }
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
        self.stated.redirection
    }
}

/// The hosts at which a cluster dials others, each once.
fn dials<'m>(own: &Member, everyone: impl Iterator<Item = &'m Member>) -> Vec<Dialled> {
    let mut dials: Vec<Dialled> = Vec::new();
    for other in everyone.filter(|other| other.id != own.id) {
        let rpc = (other.address_from(own), ClusterField::RpcAddress);
        let http = other.http_address.as_ref();
        let http = http.map(|http| (http, ClusterField::HttpAddress));
        for (address, field) in std::iter::once(rpc).chain(http) {
            let host = address.host();
            if dials.iter().all(|known| known.host != host) {
                dials.push(Dialled {
                    host: host.to_owned(),
                    server_name: other.tls_server_name.clone(),
                    path: other.path(field),
                });
            }
        }
    }
    dials
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

    /// Whether it runs already.
    #[must_use]
    pub const fn runs(&self) -> bool {
        self.member.runs
    }

    /// Where other clusters reach it.
    #[must_use]
    pub const fn rpc_address(&self) -> &HostPort {
        &self.member.rpc_address
    }

    /// Where another cluster reaches it.
    #[must_use]
    pub fn address_from(&self, by: &Self) -> &HostPort {
        self.member.address_from(&by.member)
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
    pub(crate) stated: Stated,
    pub(crate) tool_tls: ToolTls,
}

/// How the tool is let in by servers that speak TLS.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ToolTls {
    pub(crate) files: TlsFiles,
    pub(crate) server_name: Option<HostName>,
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

    /// `TAKE-OUT.md`: how the cluster at this place leaves those that run, for who removes it from the plan while it
    /// runs. `None` where there is no such cluster, or no other one runs.
    #[must_use]
    pub fn take_out(&self, place: usize) -> Option<Artifact> {
        render::take_out(self, self.clusters.get(place)?)
    }

    /// The clusters that run already.
    pub(crate) fn running(&self) -> impl Iterator<Item = &Cluster> {
        self.clusters.iter().filter(|cluster| cluster.runs())
    }

    /// The configuration files of the clusters, in their order.
    #[must_use]
    pub fn config_files(&self) -> Vec<ConfigFile> {
        let everyone: Rc<[Member]> = self.clusters.iter().map(|one| one.member.clone()).collect();
        let file = |cluster: &Cluster| {
            let (layout, own) = (cluster.release.layout(), cluster.member.clone());
            let everyone = Some(everyone.clone());
            let file = ConfigFile::new(layout, self.increment, Some(own), everyone, self.master)?;
            let members = self.clusters.iter().map(|one| &one.member);
            Some(file.stating(&self.stated, Some(cluster.release), members))
        };
        self.clusters.iter().filter_map(file).collect()
    }

    /// `dcRedirectionPolicy` of all clusters, where it is stated.
    #[must_use]
    pub const fn redirection(&self) -> Option<RedirectionPolicy> {
        self.stated.redirection
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
