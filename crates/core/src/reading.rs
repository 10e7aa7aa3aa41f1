//! The draft with every field read: what the rules look at, and what the plan is made of.

use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::draft::{ClusterDraft, Draft};
use crate::edit::ClusterField;
use crate::model::{
    ClusterName, ClusterNameError, FailoverVersionIncrement, HostPort, HostPortError,
    InitialFailoverVersion, NumberError, ShardCount,
};
use crate::release::{Layout, ServerVersion};

/// A draft whose fields have been read, each with its own success or failure.
pub(crate) struct Reading<'d> {
    pub(crate) draft: &'d Draft,
    pub(crate) release: Option<ServerVersion>,
    pub(crate) increment: Result<FailoverVersionIncrement, NumberError>,
    pub(crate) clusters: Vec<ClusterReading<'d>>,
}

/// One cluster of a [`Reading`].
pub(crate) struct ClusterReading<'d> {
    pub(crate) index: usize,
    pub(crate) draft: &'d ClusterDraft,
    pub(crate) name: Result<ClusterName, ClusterNameError>,
    pub(crate) rpc_address: Result<HostPort, HostPortError>,
    /// `None` where nothing was typed: the RPC address serves.
    pub(crate) admin_address: Option<Result<HostPort, HostPortError>>,
    /// Read against the increment, or the largest one while that is wrong itself.
    pub(crate) initial_version: Result<InitialFailoverVersion, NumberError>,
    /// `None` where nothing was typed: not stated.
    pub(crate) history_shards: Option<Result<ShardCount, NumberError>>,
}

impl<'d> Reading<'d> {
    pub(crate) fn of(draft: &'d Draft) -> Self {
        let increment = FailoverVersionIncrement::parse(&draft.increment);
        let bound = increment.unwrap_or(FailoverVersionIncrement::LARGEST);
        let clusters = draft
            .clusters
            .iter()
            .enumerate()
            .map(|(index, cluster)| ClusterReading::of(index, cluster, bound))
            .collect();
        Self {
            draft,
            release: ServerVersion::parse(&draft.server_version),
            increment,
            clusters,
        }
    }

    /// The layout of the release; that of current releases while the release is not known.
    pub(crate) fn layout(&self) -> Layout {
        self.release
            .map_or(Layout::OwnCluster, ServerVersion::layout)
    }

    /// Asks `check` about every address that could not be read.
    pub(crate) fn check_addresses(
        &self,
        check: impl Fn(&ClusterReading, ClusterField, &HostPortError) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for cluster in &self.clusters {
            for (field, address) in cluster.addresses() {
                if let Err(error) = address {
                    found.extend(check(cluster, field, error));
                }
            }
        }
        found
    }
}

impl<'d> ClusterReading<'d> {
    fn of(index: usize, draft: &'d ClusterDraft, increment: FailoverVersionIncrement) -> Self {
        let unless_blank = |text: &'d str| (!text.trim().is_empty()).then_some(text);
        Self {
            index,
            draft,
            name: ClusterName::parse(&draft.name),
            rpc_address: HostPort::parse(&draft.rpc_address),
            admin_address: unless_blank(&draft.admin_address).map(HostPort::parse),
            initial_version: InitialFailoverVersion::parse(&draft.initial_version, increment),
            history_shards: unless_blank(&draft.history_shards).map(ShardCount::parse),
        }
    }

    /// The path of one of its fields.
    pub(crate) fn path(&self, field: ClusterField) -> Path {
        Path::Cluster(self.index, self.draft.id, field)
    }

    /// What a message calls the cluster: its name in quotation marks, else `cluster 3`.
    pub(crate) fn label(&self) -> String {
        if self.draft.name.trim().is_empty() {
            format!("cluster {}", self.index + 1)
        } else {
            quoted(&self.draft.name)
        }
    }

    /// The addresses that were typed, with their fields.
    pub(crate) fn addresses(
        &self,
    ) -> impl Iterator<Item = (ClusterField, &Result<HostPort, HostPortError>)> {
        let admin = self.admin_address.as_ref();
        std::iter::once((ClusterField::RpcAddress, &self.rpc_address))
            .chain(admin.map(|address| (ClusterField::AdminAddress, address)))
    }
}
