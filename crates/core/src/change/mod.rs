//! The way from what is real to what is wanted: only what must change, in the right order, and what
//! cannot be had at all.
//!
//! ```text
//!  Plan (wanted) ─────┐
//!                     ├─between─▶ Change ──artifacts──▶ change.sh, CHANGE.md
//!  Merged (observed) ─┘
//! ```
//!
//! Nothing is guessed: a cluster of the plan of which nothing was read is taken for a new one, unless
//! it may run, and a connection of which nothing was read is connected again, which changes nothing
//! where it is as it should be. Both are said.
//!
//! ```
//! use multicluster_core::{Draft, change::between, observed::Observed, resolve};
//!
//! let resolution = resolve(&Draft::default());
//! let plan = resolution.plan().expect("there is no error");
//! // Nothing runs yet: every file is new, and every connection is to be made.
//! let change = between(plan, &Observed::default().merge());
//! assert_eq!(change.files().len(), 2);
//! assert!(!change.is_nothing() && change.impossible().is_empty());
//! ```

mod connections;
mod diff;
mod files;
mod impossible;
mod index;
mod releases;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClusterName, HostPort};
use crate::observed::{Location, Merged, ObservedCluster, Told};
use crate::plan::{Cluster, ConfigFile, Plan};
use crate::release::Layout;
use crate::render::{self, Artifact};

pub use connections::{ConnectionAction, ConnectionChange};
pub use diff::DiffLine;
pub use files::{FileChange, FileState};
pub use impossible::Impossible;
use index::Index;
pub use releases::{Boot, BootFile, Restart, RestartReason, Upgrade};

/// What must change between what was observed and a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub(crate) wanted: Plan,
    pub(crate) files: Vec<FileChange>,
    pub(crate) connections: Vec<ConnectionChange>,
    pub(crate) leaving: Vec<Leaving>,
    pub(crate) impossible: Vec<Impossible>,
    pub(crate) upgrades: Vec<Upgrade>,
    pub(crate) restarts: Vec<Restart>,
    pub(crate) assumptions: Vec<Assumption>,
}

/// A cluster that was read, is connected or listed, and is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving {
    /// Its name.
    pub name: ClusterName,
    /// Its `initialFailoverVersion`, which no other cluster can have after it.
    pub initial_version: Option<i64>,
    /// Where others reach it, as far as that was read.
    pub rpc_address: Option<HostPort>,
    /// Where it was reached when it was read; else where others reach it.
    pub admin_address: Option<HostPort>,
    /// Where each cluster that stays was told to reach it, if not at [`Self::rpc_address`].
    pub dialled_at: BTreeMap<ClusterName, HostPort>,
    /// Where it was told to reach each cluster that stays, if not at that one's RPC address.
    pub dials: BTreeMap<ClusterName, HostPort>,
}

/// What was not read, and what it is taken to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assumption {
    /// Nothing was read of this cluster: it is taken for a new one with an empty database.
    IsNew(ClusterName),
    /// Nothing was read of this cluster, which runs according to the plan.
    RunsUnread(ClusterName),
    /// Nothing was read of this cluster, and a list in which it may stand was not read whole.
    MayRun(ClusterName),
    /// The list that begins here was not read whole: nothing is concluded from what is missing in it.
    ListCut(Location),
    /// It was not read what this cluster is connected to: everything is connected again.
    ConnectionsUnread {
        /// The cluster.
        of: ClusterName,
        /// Whether the release that it runs has a list that tells it.
        lists: bool,
    },
    /// Its file lists other clusters, and its release was not read: it is taken for one prior to 1.14.
    IsPriorTo114(ClusterName),
    /// Its file has an `httpAddress`, which is to be kept in the new one.
    KeepsHttpAddress(ClusterName, String),
    /// Its file has a `dcRedirectionPolicy`, which is to be kept in the new one.
    KeepsRedirection(ClusterName, String),
    /// It was not read how this cluster dials others with TLS: it is taken to do so as planned.
    DialsAsPlanned(ClusterName),
    /// Its `httpAddress` was not read: it is taken to be the one of the plan.
    HttpAsPlanned(ClusterName),
    /// Its `dcRedirectionPolicy` was not read: it is taken to be the one of the plan.
    RedirectionAsPlanned(ClusterName),
    /// Nothing was read that says whether its global namespaces are enabled: they are taken to be.
    GlobalAsPlanned(ClusterName),
    /// Nothing was read that says its increment: it is taken to be the one of the plan.
    IncrementAsPlanned(ClusterName),
}

/// What leads from what was observed to the plan.
#[must_use]
pub fn between(wanted: &Plan, observed: &Merged) -> Change {
    let observed = &Index::of(observed);
    let impossible = impossible::wishes(wanted, observed);
    let leaving = leaving(wanted, observed);
    let planned = wanted.config_files();
    let files = files::files(wanted, &planned, observed, &leaving);
    let connections = connections::connections(wanted, observed, &leaving);
    let upgrades = releases::upgrades(wanted, observed);
    let restarts = releases::restarts(wanted, &planned, observed, &files, &connections, &upgrades);
    Change {
        wanted: wanted.clone(),
        assumptions: assumptions(wanted, &planned, observed, &connections, &impossible),
        files,
        connections,
        leaving,
        impossible,
        upgrades,
        restarts,
    }
}

impl Change {
    /// The plan that it leads to.
    #[must_use]
    pub const fn wanted(&self) -> &Plan {
        &self.wanted
    }

    /// What becomes of the configuration file of every cluster: those of the plan in its order, then
    /// those that leave.
    #[must_use]
    pub fn files(&self) -> &[FileChange] {
        &self.files
    }

    /// What becomes of connections, each direction by itself, in the order in which it is done: what
    /// is missing or wrong first, what is removed last. Empty where files connect clusters.
    #[must_use]
    pub fn connections(&self) -> &[ConnectionChange] {
        &self.connections
    }

    /// The clusters that are taken out.
    #[must_use]
    pub fn leaving(&self) -> &[Leaving] {
        &self.leaving
    }

    /// What is wished and cannot be. While there is anything, nothing is to be done, and there is no
    /// script.
    #[must_use]
    pub fn impossible(&self) -> &[Impossible] {
        &self.impossible
    }

    /// The clusters whose servers get a newer release first.
    #[must_use]
    pub fn upgrades(&self) -> &[Upgrade] {
        &self.upgrades
    }

    /// The clusters whose servers must be restarted, beside those that get a newer release.
    #[must_use]
    pub fn restarts(&self) -> &[Restart] {
        &self.restarts
    }

    /// What was not read, and what it is taken to be.
    #[must_use]
    pub fn assumptions(&self) -> &[Assumption] {
        &self.assumptions
    }

    /// Whether what was read is what is wanted, and nothing is missing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.has_no_steps() && self.is_read_whole()
    }

    /// Whether every list was read whole, and something of every cluster that may run.
    #[must_use]
    pub fn is_read_whole(&self) -> bool {
        use Assumption::{ListCut, MayRun, RunsUnread};
        let is_gap = |it: &Assumption| matches!(it, ListCut(_) | MayRun(_) | RunsUnread(_));
        !self.assumptions.iter().any(is_gap)
    }

    /// Whether nothing is to be done, as far as anything was read.
    #[must_use]
    pub fn has_no_steps(&self) -> bool {
        let stays =
            |file: &FileChange| matches!(file.state, FileState::Unchanged | FileState::Unread);
        self.impossible.is_empty()
            && self.connections.is_empty()
            && self.leaving.is_empty()
            && self.upgrades.is_empty()
            && self.restarts.is_empty()
            && self.files.iter().all(stays)
    }

    /// `CHANGE.md`, and `change.sh` before it where there are connections to change and every wish
    /// can be had.
    #[must_use]
    pub fn artifacts(&self) -> Vec<Artifact> {
        render::for_change(self)
    }

    /// The connections to make or to put right.
    pub(crate) fn to_connect(&self) -> impl Iterator<Item = &ConnectionChange> {
        self.connections
            .iter()
            .filter(|change| change.action != ConnectionAction::Remove)
    }

    /// The clusters of the plan that are not there yet.
    pub(crate) fn new_clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.clusters_that(|state| *state == FileState::New)
    }

    /// The clusters of the plan that were there before.
    pub(crate) fn old_clusters(&self) -> impl Iterator<Item = &Cluster> {
        self.clusters_that(|state| *state != FileState::New)
    }

    fn clusters_that(&self, is: fn(&FileState) -> bool) -> impl Iterator<Item = &Cluster> {
        let clusters = self.wanted.clusters().iter().zip(&self.files);
        clusters
            .filter(move |(_, file)| is(&file.state))
            .map(|(cluster, _)| cluster)
    }
}

/// The observed clusters that are not in the plan, where any cluster of the plan has, or may have,
/// a connection with them.
fn leaving(wanted: &Plan, observed: &Index<'_>) -> Vec<Leaving> {
    let unplanned = observed
        .clusters()
        .iter()
        .filter(|cluster| planned(wanted, &cluster.name).is_none());
    let connected = |cluster: &&ObservedCluster| {
        wanted.clusters().iter().any(|stays| {
            let ends = [stays.name().as_str(), &*cluster.name];
            connections::may_exist(wanted, observed, ends)
                || connections::may_exist(wanted, observed, [ends[1], ends[0]])
        })
    };
    let unplanned = unplanned.filter(connected);
    unplanned
        .filter_map(|cluster| leaves(cluster, wanted, observed))
        .collect()
}

/// A name that no file and no command can have is reported as [`Impossible::UnusableName`].
fn leaves(cluster: &ObservedCluster, wanted: &Plan, observed: &Index<'_>) -> Option<Leaving> {
    let address = |told: &Option<Told<String>>| HostPort::parse(&told.as_ref()?.value).ok();
    let rpc_address = address(&cluster.rpc_address);
    let dialled = |from: &str, to: &str| address(&observed.connection(from, to)?.address);
    let stays = || wanted.clusters().iter().map(Cluster::name);
    let dialled_at =
        stays().filter_map(|by| Some((by.clone(), dialled(by.as_str(), &cluster.name)?)));
    let dials = stays().filter_map(|to| Some((to.clone(), dialled(&cluster.name, to.as_str())?)));
    Some(Leaving {
        dialled_at: dialled_at.collect(),
        dials: dials.collect(),
        name: ClusterName::parse(&cluster.name).ok()?,
        initial_version: cluster.initial_version.as_ref().map(|told| told.value),
        admin_address: address(&cluster.server_address).or_else(|| rpc_address.clone()),
        rpc_address,
    })
}

fn assumptions(
    wanted: &Plan,
    planned: &[ConfigFile],
    observed: &Index<'_>,
    connections: &[ConnectionChange],
    impossible: &[Impossible],
) -> Vec<Assumption> {
    let unread = connections
        .iter()
        .filter(|change| change.action == ConnectionAction::Ensure);
    let unread: BTreeSet<&ClusterName> = unread.map(|change| &change.from).collect();
    let ends = observed.connections().iter();
    let connected: BTreeSet<&str> = ends.flat_map(|of| [&*of.from, &*of.to]).collect();
    let cut = observed.cut().iter().cloned().map(Assumption::ListCut);
    let mut assumptions: Vec<Assumption> = cut.collect();
    for (cluster, planned) in wanted.clusters().iter().zip(planned) {
        let name = cluster.name();
        let Some(known) = observed.cluster(name.as_str()) else {
            let is_named =
                |wish: &Impossible| matches!(wish, Impossible::Rename { to, .. } if to == name);
            if !impossible.iter().any(is_named) {
                assumptions.push(of_unread(cluster, observed));
            }
            continue;
        };
        if unread.contains(name) {
            assumptions.push(Assumption::ConnectionsUnread {
                of: name.clone(),
                lists: releases::lists_clusters(cluster, observed, known),
            });
        }
        if releases::is_presumed_old(cluster, observed, known) {
            assumptions.push(Assumption::IsPriorTo114(name.clone()));
        }
        if known.master.is_some() {
            assumptions.extend(kept(wanted, cluster, known));
        } else {
            assumptions.extend(as_planned(wanted, cluster, planned, known));
            // Servers connect clusters only where global namespaces are enabled and the increments are equal.
            if !connected.contains(name.as_str()) {
                assumptions.extend(for_ever(cluster, known));
            }
        }
    }
    assumptions
}

/// What its file has, and the exported one has not.
fn kept(wanted: &Plan, cluster: &Cluster, known: &ObservedCluster) -> Vec<Assumption> {
    let name = || cluster.name().clone();
    let told = |told: &Option<Told<String>>, is_stated: bool| {
        let told = told.as_ref().filter(|_| !is_stated);
        told.map(|told| told.value.clone())
    };
    let http = told(&known.http_address, cluster.member.http_address.is_some());
    let policy = told(&known.redirection, wanted.redirection().is_some());
    let http = http.map(|http| Assumption::KeepsHttpAddress(name(), http));
    let policy = policy.map(|policy| Assumption::KeepsRedirection(name(), policy));
    http.into_iter().chain(policy).collect()
}

/// What decides whether it can be connected at all, and was not read.
fn for_ever(cluster: &Cluster, known: &ObservedCluster) -> impl Iterator<Item = Assumption> {
    let name = || cluster.name().clone();
    let global = known.global_namespace.is_none();
    let increment = known.increment.is_none();
    let global = global.then(|| Assumption::GlobalAsPlanned(name()));
    let increment = increment.then(|| Assumption::IncrementAsPlanned(name()));
    global.into_iter().chain(increment)
}

/// What the exported file has, and nothing tells of its own, which was not read.
fn as_planned(
    wanted: &Plan,
    cluster: &Cluster,
    planned: &ConfigFile,
    known: &ObservedCluster,
) -> Vec<Assumption> {
    let name = cluster.name();
    let told = known.http_address.as_ref().map(|told| &*told.value);
    let http = cluster.member.http_address().map(HostPort::as_str);
    let is_told = told == http || planned.layout() == Layout::AllClusters;
    let mut assumed = Vec::new();
    if !planned.dials.is_empty() {
        assumed.push(Assumption::DialsAsPlanned(name.clone()));
    }
    if http.is_some() && !is_told {
        assumed.push(Assumption::HttpAsPlanned(name.clone()));
    }
    if wanted.redirection().is_some() {
        assumed.push(Assumption::RedirectionAsPlanned(name.clone()));
    }
    assumed
}

/// What a cluster is taken for of which nothing was read.
fn of_unread(cluster: &Cluster, observed: &Index<'_>) -> Assumption {
    let name = cluster.name().clone();
    if cluster.runs() {
        Assumption::RunsUnread(name)
    } else if observed.cut().is_empty() {
        Assumption::IsNew(name)
    } else {
        Assumption::MayRun(name)
    }
}

/// The cluster of the plan with this name.
fn planned<'p>(wanted: &'p Plan, name: &str) -> Option<&'p Cluster> {
    let mut clusters = wanted.clusters().iter();
    clusters.find(|cluster| cluster.name().as_str() == name)
}

/// Whether commands connect the clusters of the plan: not while any of them reads others from its file.
fn connects_by_command(wanted: &Plan) -> bool {
    wanted.release().layout() == Layout::OwnCluster
}
