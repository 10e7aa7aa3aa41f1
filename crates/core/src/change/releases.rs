//! Releases: which file at which boot, and which servers are restarted.

use crate::model::ClusterName;
use crate::observed::{ObservedCluster, ViewKind};
use crate::plan::{Cluster, ConfigFile, Plan};
use crate::release::{Capability, Layout, ServerVersion};

use super::connections::ConnectionChange;
use super::files::{FileChange, FileState, dials_otherwise};
use super::index::Index;

/// The way of one cluster's servers to the release of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The cluster.
    pub cluster: ClusterName,
    /// Its release, if it was read.
    pub from: Option<ServerVersion>,
    /// The first release of the range in the plan.
    pub to: ServerVersion,
    /// What its servers are started on, in this order: every minor release by itself.
    pub boots: Vec<Boot>,
    /// Whether 1.14 is started on the file that lists all clusters.
    pub keeps_file: bool,
}

/// A start of all servers of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boot {
    /// The releases that it may be, as they are shown.
    pub release: String,
    /// The configuration file.
    pub file: BootFile,
}

/// Which configuration file servers are started on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BootFile {
    /// The one that they run on now. Where it lists all clusters, releases of 1.14 store them at their first
    /// start; later ones ignore them, and the connections are lost.
    AsItIs,
    /// The one of the plan.
    Planned,
}

/// Servers that must be restarted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restart {
    /// The cluster.
    pub cluster: ClusterName,
    /// Why.
    pub reason: RestartReason,
}

/// Why servers must be restarted, in the order in which that is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RestartReason {
    /// Global namespaces are enabled by the new file, before anything is connected.
    EnablesGlobalNamespaces,
    /// The file says otherwise than before how others are dialled with TLS, which servers read when they start.
    DialsOtherwise,
    /// The files connect the clusters.
    FileConnects,
    /// The release reads its connections only when it starts.
    ReadsConnections,
}

/// The clusters whose servers run an older release than planned.
pub(super) fn upgrades(wanted: &Plan, observed: &Index<'_>) -> Vec<Upgrade> {
    let upgrade = |cluster: &Cluster| {
        let known = observed.cluster(cluster.name().as_str())?;
        let from = release_of(known);
        let to = cluster.release().range();
        let is_older = match from {
            Some(from) => from.range().first() < to.first(),
            None => is_presumed_old(cluster, observed, known),
        };
        is_older.then(|| {
            let keeps_file = keeps_file(cluster.release(), observed, known, from);
            Upgrade {
                cluster: cluster.name().clone(),
                from,
                to: to.first(),
                boots: boots(cluster.release(), from, keeps_file),
                keeps_file,
            }
        })
    };
    wanted.clusters().iter().filter_map(upgrade).collect()
}

/// Only a cluster whose file lists others has anything to lose on the way.
fn keeps_file(
    to: ServerVersion,
    observed: &Index<'_>,
    known: &ObservedCluster,
    from: Option<ServerVersion>,
) -> bool {
    let was_old = from.is_none_or(|from| from.layout() == Layout::AllClusters);
    was_old && to.layout() == Layout::OwnCluster && lists_others(observed, known)
}

/// One minor release after the other; of a release that was not read, from 1.14 on.
fn boots(to: ServerVersion, from: Option<ServerVersion>, keeps_file: bool) -> Vec<Boot> {
    let last = to.range().first().minor();
    let first = from.map_or(14, |from| (from.minor() + 1).min(last));
    let boot = |release: &str, file| Boot {
        release: release.to_owned(),
        file,
    };
    let mut boots = Vec::new();
    for minor in first..=last {
        let release = match minor {
            14 if last > 14 => STORES_FILE.to_owned(),
            14 => to.range().label.to_owned(),
            _ => format!("1.{minor}"),
        };
        if minor < 14 || minor == 14 && keeps_file {
            boots.push(boot(&release, BootFile::AsItIs));
        }
        if minor > 14 || minor == 14 && !(keeps_file && last > 14) {
            boots.push(boot(&release, BootFile::Planned));
        }
    }
    boots
}

/// The releases that store the clusters of their file, and read connections without a restart.
const STORES_FILE: &str = "1.14.4 to 1.14.6";

/// The servers that must be restarted, beside those that get another release.
pub(super) fn restarts(
    wanted: &Plan,
    planned: &[ConfigFile],
    observed: &Index<'_>,
    files: &[FileChange],
    connections: &[ConnectionChange],
    upgrades: &[Upgrade],
) -> Vec<Restart> {
    let mut restarts = Vec::new();
    for ((cluster, file), planned) in wanted.clusters().iter().zip(files).zip(planned) {
        let name = cluster.name();
        let mut restart = |reason| {
            restarts.push(Restart {
                cluster: name.clone(),
                reason,
            });
        };
        let is_upgraded = upgrades.iter().any(|upgrade| upgrade.cluster == *name);
        let known = observed.cluster(name.as_str()).filter(|_| !is_upgraded);
        let is_changed = matches!(file.state, FileState::Changed { .. });
        match (cluster.release().layout(), known) {
            (Layout::AllClusters, Some(_)) if is_changed => restart(RestartReason::FileConnects),
            (Layout::OwnCluster, Some(known)) if is_disabled(known) => {
                restart(RestartReason::EnablesGlobalNamespaces);
            }
            (Layout::OwnCluster, Some(known))
                if cluster.release().has(Capability::RemoteClusterTls)
                    && dials_otherwise(planned, known) =>
            {
                restart(RestartReason::DialsOtherwise);
            }
            _ => {}
        }
        let is_here = |change: &ConnectionChange| change.from == *name;
        let refreshes = cluster.release().has(Capability::RefreshesConnections);
        if !refreshes && connections.iter().any(is_here) {
            restart(RestartReason::ReadsConnections);
        }
    }
    restarts.sort_by_key(|restart| restart.reason);
    restarts
}

/// Whether global namespaces were never enabled: then nothing is numbered yet.
pub(super) fn is_disabled(known: &ObservedCluster) -> bool {
    known
        .global_namespace
        .as_ref()
        .is_some_and(|told| !told.value)
}

/// The release of a cluster, if it was read and is one.
pub(super) fn release_of(known: &ObservedCluster) -> Option<ServerVersion> {
    ServerVersion::parse(&known.server_version.as_ref()?.value)
}

/// Whether the servers that a cluster runs now list what it is connected to.
pub(super) fn lists_clusters(
    cluster: &Cluster,
    observed: &Index<'_>,
    known: &ObservedCluster,
) -> bool {
    let runs = release_of(known).unwrap_or_else(|| cluster.release());
    !is_presumed_old(cluster, observed, known) && runs.has(Capability::ListsClusters)
}

/// Whether nothing but its file, which lists other clusters, tells how old a cluster is.
pub(super) fn is_presumed_old(
    cluster: &Cluster,
    observed: &Index<'_>,
    known: &ObservedCluster,
) -> bool {
    cluster.release().layout() == Layout::OwnCluster
        && release_of(known).is_none()
        && !known.lists_connections
        && lists_others(observed, known)
}

/// Whether the cluster's file lists other clusters.
fn lists_others(observed: &Index<'_>, known: &ObservedCluster) -> bool {
    let mut connections = observed.connections().iter();
    connections.any(|told| told.from == known.name && told.told_by == ViewKind::ConfigFile)
}

/// Whether a cluster can get another number and increment, as nothing has them yet.
pub(super) fn takes_new_numbers(cluster: &Cluster, known: &ObservedCluster) -> bool {
    let release = cluster.release();
    let takes = release.layout() == Layout::AllClusters
        || release.has(Capability::EnablesGlobalNamespacesLater)
        || release_of(known).is_some_and(|from| from.layout() == Layout::AllClusters);
    is_disabled(known) && takes
}
