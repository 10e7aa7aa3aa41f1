//! The draft with every field read: what the rules look at, and what the plan is made of.

use std::cell::OnceCell;

use crate::by_key::ByKey;
use crate::diagnostics::{Diagnostic, Path, cluster_label, quoted};
use crate::draft::{ClusterDraft, ClusterId, Draft, Running};
use crate::edit::ClusterField;
use crate::model::{
    ClusterName, ClusterNameError, FailoverVersionIncrement, HostName, HostPort, HostPortError,
    InitialFailoverVersion, NumberError, ShardCount,
};
use crate::release::{Capability, Layout, ServerVersion};
use crate::taken::Taken;

/// A draft whose fields have been read, each with its own success or failure.
pub(crate) struct Reading<'d> {
    pub(crate) draft: &'d Draft,
    /// The oldest release of all clusters: commands may use only what all of them have.
    pub(crate) release: Option<ServerVersion>,
    pub(crate) increment: Result<FailoverVersionIncrement, NumberError>,
    pub(crate) clusters: Vec<ClusterReading<'d>>,
    taken: OnceCell<Taken>,
}

pub(crate) type AddressReading = Result<HostPort, HostPortError>;

/// One cluster of a [`Reading`].
pub(crate) struct ClusterReading<'d> {
    pub(crate) index: usize,
    pub(crate) draft: &'d ClusterDraft,
    /// The release of its servers.
    pub(crate) release: Option<ServerVersion>,
    pub(crate) name: Result<ClusterName, ClusterNameError>,
    pub(crate) rpc_address: Result<HostPort, HostPortError>,
    /// `None` where nothing was typed: the RPC address serves.
    pub(crate) admin_address: Option<Result<HostPort, HostPortError>>,
    /// `None` where nothing was typed: not stated.
    pub(crate) http_address: Option<Result<HostPort, HostPortError>>,
    /// Where others reach it that do not at its RPC address: their places and names, with the address.
    pub(crate) seen_from: Vec<Seen>,
    /// `None` where nothing was typed.
    pub(crate) tls_server_name: Option<Option<HostName>>,
    /// Read against the increment, or the largest one while that is wrong itself.
    pub(crate) initial_version: Result<InitialFailoverVersion, NumberError>,
    /// `None` where nothing was typed: not stated.
    pub(crate) history_shards: Option<Result<ShardCount, NumberError>>,
}

/// How one cluster reaches another one.
pub(crate) struct Seen {
    /// The one that dials.
    pub(crate) by: ClusterId,
    /// Its place in the list of clusters.
    pub(crate) place: usize,
    /// What a message calls it.
    label: String,
    pub(crate) address: AddressReading,
}

impl<'d> Reading<'d> {
    pub(crate) fn of(draft: &'d Draft) -> Self {
        let increment = FailoverVersionIncrement::parse(&draft.increment);
        let bound = bound(increment);
        let release = ServerVersion::parse(&draft.server_version);
        let mut clusters: Vec<_> = draft
            .clusters
            .iter()
            .enumerate()
            .map(|(index, cluster)| ClusterReading::of(index, cluster, bound, release))
            .collect();
        for at in 0..clusters.len() {
            clusters[at].seen_from = seen_from(draft, &clusters, at);
        }
        Self {
            draft,
            release: oldest(&clusters, release),
            increment,
            clusters,
            taken: OnceCell::new(),
        }
    }

    /// The increment, or the largest one while that is wrong itself.
    pub(crate) fn bound(&self) -> FailoverVersionIncrement {
        bound(self.increment)
    }

    /// The clusters of which it is known with which increment they run, with it.
    pub(crate) fn running_increments(
        &self,
    ) -> impl Iterator<Item = (&ClusterReading<'d>, FailoverVersionIncrement)> {
        let clusters = self.clusters.iter();
        clusters.filter_map(|cluster| {
            let running = cluster.draft.running.as_ref()?;
            Some((
                cluster,
                FailoverVersionIncrement::parse(&running.increment).ok()?,
            ))
        })
    }

    /// Whether every cluster's release has the capability; that of current releases while the release
    /// is not known.
    pub(crate) fn has(&self, capability: Capability) -> bool {
        self.release.is_none_or(|release| release.has(capability))
    }

    /// What fixes must keep clear of; gathered when a rule first asks.
    pub(crate) fn taken(&self) -> &Taken {
        self.taken.get_or_init(|| Taken::of(&self.clusters))
    }

    /// The layout of the oldest release; that of current releases while the release is not known.
    pub(crate) fn layout(&self) -> Layout {
        layout(self.release)
    }

    /// The layout of all files; `None` where the files of some clusters list all of them and those of
    /// others do not, so that there is no way to connect them.
    pub(crate) fn common_layout(&self) -> Option<Layout> {
        let layout = self.layout();
        let mut clusters = self.clusters.iter();
        clusters
            .all(|cluster| cluster.layout() == layout)
            .then_some(layout)
    }

    /// The oldest release as it was typed, and where.
    pub(crate) fn oldest_version(&self) -> (&'d str, Path) {
        let mut clusters = self.clusters.iter();
        let oldest = clusters.find(|cluster| cluster.release == self.release);
        match oldest {
            Some(oldest) if oldest.has_own_version() => (
                oldest.server_version(self.draft),
                oldest.path(ClusterField::ServerVersion),
            ),
            _ => (self.draft.server_version.trim(), Path::ServerVersion),
        }
    }

    /// The newest release that is told the RPC address of this cluster; its own where nobody is.
    pub(crate) fn newest_beside(&self, cluster: &ClusterReading) -> Option<ServerVersion> {
        let others = self.clusters.iter();
        let others = others.filter(|other| cluster.is_dialled_at_rpc(other));
        let newest = others.filter_map(|other| other.release).max();
        newest.or(cluster.release)
    }

    /// Whether another cluster, or a command, goes to the RPC address of this one; where it is alone, one will.
    pub(crate) fn uses_rpc(&self, cluster: &ClusterReading) -> bool {
        cluster.admin_address.is_none() || cluster.seen_from.len() + 1 < self.clusters.len().max(2)
    }

    /// Asks `check` about every cluster that runs.
    pub(crate) fn check_running(
        &self,
        check: &dyn Fn(&ClusterReading, &Running) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for cluster in &self.clusters {
            if let Some(running) = &cluster.draft.running {
                found.extend(check(cluster, running));
            }
        }
        found
    }

    /// Asks `check` about every name that could not be read.
    pub(crate) fn check_names(
        &self,
        check: &dyn Fn(&ClusterReading, ClusterNameError) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let wrong = self.clusters.iter();
        let wrong = wrong.filter_map(|cluster| Some((cluster, *cluster.name.as_ref().err()?)));
        wrong
            .filter_map(|(cluster, error)| check(cluster, error))
            .collect()
    }

    /// Asks `check` about every initial version that could not be read.
    pub(crate) fn check_initial_versions(
        &self,
        check: &dyn Fn(&ClusterReading, NumberError) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let wrong = self.clusters.iter();
        let wrong = wrong.filter_map(|cluster| Some((cluster, cluster.initial_version.err()?)));
        wrong
            .filter_map(|(cluster, error)| check(cluster, error))
            .collect()
    }

    /// Asks `check` about every address that could not be read.
    pub(crate) fn check_addresses(
        &self,
        check: &dyn Fn(&ClusterReading, ClusterField, &HostPortError) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        self.check_all_addresses(&|cluster, field, address| {
            check(cluster, field, address.as_ref().err()?)
        })
    }

    /// Asks `check` about every address that could be read, and is not that of nobody.
    pub(crate) fn check_readable_addresses(
        &self,
        check: &dyn Fn(&ClusterReading, ClusterField, &HostPort) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        self.check_all_addresses(&|cluster, field, address| {
            let is_used = field != ClusterField::RpcAddress || self.uses_rpc(cluster);
            check(cluster, field, address.as_ref().ok().filter(|_| is_used)?)
        })
    }

    fn check_all_addresses(
        &self,
        check: &dyn Fn(&ClusterReading, ClusterField, &AddressReading) -> Option<Diagnostic>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for cluster in &self.clusters {
            for (field, address) in cluster.addresses() {
                found.extend(check(cluster, field, address));
            }
        }
        found
    }

    /// Every cluster that has the same `key` as an earlier one, behind the first that has it.
    pub(crate) fn repeated(
        &self,
        key: &dyn Fn(&ClusterReading) -> Option<String>,
    ) -> impl Iterator<Item = (&ClusterReading<'d>, &ClusterReading<'d>)> {
        let clusters = self.clusters.iter();
        let keys = clusters.filter_map(|cluster| Some((key(cluster)?, cluster.index)));
        let pairs = ByKey::new(keys.collect()).repeated().into_iter();
        pairs.map(|(first, later)| (&self.clusters[first], &self.clusters[later]))
    }

    /// The clusters whose number of history shards is stated, with it.
    pub(crate) fn stated_shards(&self) -> impl Iterator<Item = (&ClusterReading<'d>, ShardCount)> {
        let clusters = self.clusters.iter();
        clusters.filter_map(|cluster| Some((cluster, cluster.history_shards?.ok()?)))
    }
}

/// How the cluster at this place is reached by others.
fn seen_from(draft: &Draft, clusters: &[ClusterReading], at: usize) -> Vec<Seen> {
    let seen = clusters[at].draft.seen_from.iter();
    let seen = seen.filter_map(|(by, address)| {
        let place = draft.position(*by)?;
        Some(Seen {
            by: *by,
            place,
            label: clusters[place].label(),
            address: HostPort::parse(address),
        })
    });
    seen.collect()
}

/// A release that is not known counts as that of all.
fn oldest(clusters: &[ClusterReading], of_all: Option<ServerVersion>) -> Option<ServerVersion> {
    let releases = clusters.iter();
    let releases = releases.filter_map(|cluster| cluster.release.or(of_all));
    releases.min().or(of_all)
}

fn layout(release: Option<ServerVersion>) -> Layout {
    release.map_or(Layout::OwnCluster, ServerVersion::layout)
}

fn bound(increment: Result<FailoverVersionIncrement, NumberError>) -> FailoverVersionIncrement {
    increment.unwrap_or(FailoverVersionIncrement::LARGEST)
}

impl<'d> ClusterReading<'d> {
    fn of(
        index: usize,
        draft: &'d ClusterDraft,
        increment: FailoverVersionIncrement,
        of_all: Option<ServerVersion>,
    ) -> Self {
        let unless_blank = |text: &'d str| (!text.trim().is_empty()).then_some(text);
        Self {
            index,
            draft,
            release: unless_blank(&draft.server_version).map_or(of_all, ServerVersion::parse),
            name: ClusterName::parse(&draft.name),
            rpc_address: HostPort::parse(&draft.rpc_address),
            admin_address: unless_blank(&draft.admin_address).map(HostPort::parse),
            http_address: unless_blank(&draft.http_address).map(HostPort::parse),
            seen_from: Vec::new(),
            tls_server_name: unless_blank(&draft.tls_server_name).map(HostName::parse),
            initial_version: InitialFailoverVersion::parse(&draft.initial_version, increment),
            history_shards: unless_blank(&draft.history_shards).map(ShardCount::parse),
        }
    }

    /// The layout of its file; that of current releases while its release is not known.
    pub(crate) fn layout(&self) -> Layout {
        layout(self.release)
    }

    /// Whether it has a release of its own, right or wrong.
    pub(crate) fn has_own_version(&self) -> bool {
        !self.draft.server_version.trim().is_empty()
    }

    /// Its release as it was typed, for it or for all.
    pub(crate) fn server_version(&self, draft: &'d Draft) -> &'d str {
        let typed = if self.has_own_version() {
            &self.draft.server_version
        } else {
            &draft.server_version
        };
        typed.trim()
    }

    /// The path of one of its fields.
    pub(crate) fn path(&self, field: ClusterField) -> Path {
        Path::Cluster(self.index, self.draft.id, field)
    }

    /// What a message calls a field with text in it: `The RPC address “a:1” of “clusterA”`.
    pub(crate) fn described(&self, field: ClusterField) -> String {
        let mut text = format!(
            "The {} {} of {}",
            field.noun(),
            quoted(self.draft.field(field)),
            self.label()
        );
        if let ClusterField::AddressFrom(by) = field
            && let Some(seen) = self.seen_from.iter().find(|seen| seen.by == by)
        {
            text.push_str(" as seen from ");
            text.push_str(&seen.label);
        }
        text
    }

    /// What a message calls the cluster: its name in quotation marks, else `cluster 3`.
    pub(crate) fn label(&self) -> String {
        cluster_label(self.index, &self.draft.name)
    }

    /// Where commands for this cluster go: its admin address, else its RPC address.
    pub(crate) fn effective_admin_address(&self) -> Result<&HostPort, &HostPortError> {
        let address = self.admin_address.as_ref();
        address.unwrap_or(&self.rpc_address).as_ref()
    }

    /// Where another cluster reaches it: at an address of its own, else at the RPC address.
    pub(crate) fn address_from(&self, by: &ClusterReading) -> Result<&HostPort, &HostPortError> {
        let mut seen = self.seen_from.iter();
        let seen = seen.find(|seen| seen.place == by.index);
        let address = seen.map_or(&self.rpc_address, |seen| &seen.address);
        address.as_ref()
    }

    /// Whether another cluster reaches it at its RPC address, and at no address of its own.
    pub(crate) fn is_dialled_at_rpc(&self, by: &ClusterReading) -> bool {
        let mut seen = self.seen_from.iter();
        by.index != self.index && seen.all(|seen| seen.place != by.index)
    }

    /// The addresses that were typed, with their fields.
    pub(crate) fn addresses(
        &self,
    ) -> impl Iterator<Item = (ClusterField, &Result<HostPort, HostPortError>)> {
        let admin = self.admin_address.as_ref();
        let http = self.http_address.as_ref();
        std::iter::once((ClusterField::RpcAddress, &self.rpc_address))
            .chain(admin.map(|address| (ClusterField::AdminAddress, address)))
            .chain(http.map(|address| (ClusterField::HttpAddress, address)))
            .chain(self.seen_from.iter().map(|seen| {
                let field = ClusterField::AddressFrom(seen.by);
                (field, &seen.address)
            }))
    }
}
