//! Configuration files: new, changed, unchanged, leaving.

use std::rc::Rc;

use crate::observed::{self, ObservedCluster, ObservedField, RemoteTls, ViewKind};
use crate::plan::{Cluster, ConfigFile, Plan};
use crate::release::Layout;
use crate::render::Line;
use crate::render::config_file as yaml;

use super::diff::{DiffLine, diff};
use super::index::Index;
use super::releases::is_disabled;
use super::{Leaving, planned};
use ObservedField::{GlobalNamespace, Increment, InitialVersion, Master, RpcAddress};

/// What becomes of the configuration file of one cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// The cluster's name.
    pub cluster: String,
    /// The name of the file, as it is exported; empty for a cluster that leaves.
    pub file_name: Rc<str>,
    /// What becomes of it.
    pub state: FileState,
}

/// What becomes of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// The cluster is new.
    New,
    /// Nothing was read of the cluster, and it may run.
    Unread,
    /// It must change.
    Changed {
        /// Against the file that was read, in our layout; `None` if none was read, and what its
        /// server says differs.
        diff: Option<Vec<DiffLine>>,
    },
    /// It stays as it is, as far as anything was read.
    Unchanged,
    /// Its cluster leaves.
    Leaving,
}

/// What becomes of every file.
pub(super) fn files(
    wanted: &Plan,
    planned: &[ConfigFile],
    observed: &Index<'_>,
    leaving: &[Leaving],
) -> Vec<FileChange> {
    let stays = wanted.clusters.iter().zip(planned);
    let stays = stays.map(|(cluster, planned)| FileChange {
        cluster: cluster.name().to_string(),
        file_name: cluster.file_name.clone(),
        state: match observed.cluster(cluster.name().as_str()) {
            None if is_unread(wanted, observed, cluster.name().as_str()) => FileState::Unread,
            None => FileState::New,
            Some(known) => state(wanted, planned, observed, cluster, known),
        },
    });
    let leaves = leaving.iter().map(|leaves| FileChange {
        cluster: leaves.name.to_string(),
        file_name: "".into(),
        state: FileState::Leaving,
    });
    stays.chain(leaves).collect()
}

/// Whether nothing was read of a cluster of the plan that may run: the plan says that it does, or a list
/// in which it may stand was not read whole.
pub(super) fn is_unread(wanted: &Plan, observed: &Index<'_>, name: &str) -> bool {
    let may_run = |cluster: &Cluster| cluster.runs() || !observed.cut().is_empty();
    observed.cluster(name).is_none() && planned(wanted, name).is_some_and(may_run)
}

fn state(
    wanted: &Plan,
    planned: &ConfigFile,
    observed: &Index<'_>,
    cluster: &Cluster,
    known: &ObservedCluster,
) -> FileState {
    let Some(before) = text_of_observed(wanted, planned, observed, known) else {
        return state_without_file(cluster, known);
    };
    let after = text_of_planned(planned, cluster);
    if before == after {
        FileState::Unchanged
    } else {
        let diff = Some(diff(&before, &after));
        FileState::Changed { diff }
    }
}

/// A server that runs has read its file: what it says of itself and is not planned must change in it.
fn state_without_file(cluster: &Cluster, known: &ObservedCluster) -> FileState {
    let own = known.has_own_view || known.lists_connections;
    let address = known.rpc_address.as_ref().filter(|_| own);
    let moves = address.is_some_and(|told| told.value != cluster.rpc_address().as_str());
    if moves || is_disabled(known) {
        FileState::Changed { diff: None }
    } else {
        FileState::Unchanged
    }
}

fn text_of_planned(planned: &ConfigFile, cluster: &Cluster) -> Vec<String> {
    let artifact = yaml::config_file(planned, cluster.file_name.clone());
    // Without the comment at its top.
    artifact.lines().iter().skip(1).map(Line::text).collect()
}

/// Whether the file of a cluster was read, and says otherwise than planned how the others are dialled with TLS.
pub(super) fn dials_otherwise(planned: &ConfigFile, known: &ObservedCluster) -> bool {
    let text = |lines: Vec<Line>| lines.iter().map(Line::text).collect::<Vec<_>>();
    known.master.is_some() && text(yaml::remote_tls(planned)) != text(told_tls(planned, known))
}

/// How a file says that others are dialled with TLS: the hosts of the plan in its order, then all others.
fn told_tls(planned: &ConfigFile, known: &ObservedCluster) -> Vec<Line> {
    let told = &known.remote_tls;
    let hosts = planned.dials.iter().map(|dialled| dialled.host.as_str());
    let used = hosts.filter_map(|host| Some((host, RemoteTls::of_host(told, host)?)));
    let used: Vec<(&str, &RemoteTls)> = used.collect();
    let others = told
        .iter()
        .filter(|it| used.iter().all(|(_, used)| used.host != it.host));
    let others = others.map(|entry| (entry.host.value.as_str(), entry));
    yaml::told_remote_tls(used.iter().copied().chain(others))
}

/// What a file says, in our layout; `None` if only servers were read. Only files name a master. What is
/// optional is left out where the plan has nothing to say of it: it stays as it is. But TLS is either done or not.
fn text_of_observed(
    wanted: &Plan,
    planned: &ConfigFile,
    observed: &Index<'_>,
    known: &ObservedCluster,
) -> Option<Vec<String>> {
    let told = Told {
        observed,
        layout: planned.layout(),
        cluster: known,
        source: &known.master.as_ref()?.at.source,
    };
    let number = |text: String| text.parse().ok();
    let mut lines = vec![yaml::section()];
    let global = told.value(GlobalNamespace, &known.global_namespace);
    lines.extend(global.map(|on| yaml::global_namespace(on == "true")));
    let increment = told.value(Increment, &known.increment).and_then(number);
    lines.extend(increment.map(yaml::increment));
    let master = told.value(Master, &known.master);
    lines.extend(master.map(|name| yaml::master(&name)));
    lines.extend([yaml::current_cluster(&known.name), yaml::information()]);
    for member in observed.clusters() {
        lines.extend(told.member(wanted, member).into_iter().flatten());
    }
    if wanted.redirection().is_some() {
        let policy = known.redirection.as_ref().map(|told| &*told.value);
        lines.extend(policy.into_iter().flat_map(yaml::redirection));
    }
    lines.extend(told_tls(planned, known));
    Some(lines.iter().map(Line::text).collect())
}

/// What one file says of its cluster and of others.
struct Told<'o> {
    observed: &'o Index<'o>,
    /// How its file is to be laid out.
    layout: Layout,
    cluster: &'o ObservedCluster,
    source: &'o str,
}

impl Told<'_> {
    /// The value that is believed, unless the file says another one.
    fn value<T: ToString>(
        &self,
        field: ObservedField,
        believed: &Option<observed::Told<T>>,
    ) -> Option<String> {
        let mut mine = self
            .observed
            .contradictions(field)
            .filter(|found| found.cluster == self.cluster.name);
        let in_file = mine.find_map(|found| {
            let mut told = found.told.iter();
            told.find(|told| *told.at.source == *self.source)
        });
        match in_file {
            Some(told) => Some(told.value.clone()),
            None => believed.as_ref().map(|told| told.value.to_string()),
        }
    }

    /// The entry of its own cluster, or of another one that it lists.
    fn member(&self, wanted: &Plan, of: &ObservedCluster) -> Option<Vec<Line>> {
        let (on, version, address) = if of.name == self.cluster.name {
            let address = self.value(RpcAddress, &of.rpc_address);
            (
                true,
                self.value(InitialVersion, &of.initial_version),
                address,
            )
        } else {
            let other = self.observed.connection(&self.cluster.name, &of.name)?;
            if other.told_by != ViewKind::ConfigFile {
                return None;
            }
            let version = of
                .initial_version
                .as_ref()
                .map(|told| told.value.to_string());
            let on = other.enabled.as_ref().is_some_and(|told| told.value);
            let address = other.address.as_ref().map(|told| told.value.clone());
            (on, version, address)
        };
        let mut lines = vec![yaml::member(&of.name), yaml::enabled(on)];
        let version = version.and_then(|text| text.parse().ok());
        lines.extend(version.map(yaml::initial_version));
        lines.extend(address.map(|address| yaml::rpc_address(&address)));
        let planned = planned(wanted, &of.name).filter(|_| self.layout == Layout::OwnCluster);
        if planned.is_some_and(|planned| planned.member.http_address.is_some()) {
            let http = of.http_address.as_ref();
            lines.extend(http.map(|told| yaml::http_address(&told.value)));
        }
        Some(lines)
    }
}
