//! Connections: each direction by itself, as servers keep them.

use crate::model::ClusterName;
use crate::observed::ViewKind;
use crate::plan::{Cluster, Plan};

use super::index::Index;
use super::{Leaving, connects_by_command, files};

/// What becomes of what one cluster knows of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConnectionChange {
    /// The cluster where it is changed.
    pub from: ClusterName,
    /// The cluster that it leads to.
    pub to: ClusterName,
    /// What is done.
    pub action: ConnectionAction,
}

/// What is done with a direction of a connection. All but the removal are one and the same command.
///
/// None is turned off: a plan has no connection that is off, and a cluster that leaves is not
/// disconnected before its namespaces have left it, as they could then no longer be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConnectionAction {
    /// It is not there, in neither direction.
    Add,
    /// Only the other direction is there, which no server notices.
    Complete,
    /// It is there, and off.
    Enable,
    /// It leads to another address than planned.
    Redirect {
        /// The address that is dialled now.
        stored: String,
    },
    /// Nothing that was read tells whether it is there.
    Ensure,
    /// One of both leaves.
    Remove,
}

/// What was read of a direction.
enum Known<'o> {
    Is { address: &'o str, on: bool },
    Absent,
    Unread,
}

/// Every direction that is not as planned.
pub(super) fn connections(
    wanted: &Plan,
    observed: &Index<'_>,
    leaving: &[Leaving],
) -> Vec<ConnectionChange> {
    if !connects_by_command(wanted) {
        return Vec::new();
    }
    let mut changes = Vec::new();
    for from in wanted.clusters() {
        for to in wanted.clusters() {
            if from.name() == to.name() {
                continue;
            }
            if let Some(action) = action(wanted, observed, from, to) {
                changes.push(change(from.name(), to.name(), action));
            }
        }
    }
    changes.extend(removals(wanted, observed, leaving));
    changes
}

fn change(from: &ClusterName, to: &ClusterName, action: ConnectionAction) -> ConnectionChange {
    ConnectionChange {
        from: from.clone(),
        to: to.clone(),
        action,
    }
}

fn action(
    wanted: &Plan,
    observed: &Index<'_>,
    from: &Cluster,
    to: &Cluster,
) -> Option<ConnectionAction> {
    let ends = [from.name().as_str(), to.name().as_str()];
    let planned = to.address_from(from).as_str();
    match known(wanted, observed, ends) {
        Known::Is { address, .. } if address != planned => Some(ConnectionAction::Redirect {
            stored: address.to_owned(),
        }),
        Known::Is { on: true, .. } => None,
        Known::Is { on: false, .. } => Some(ConnectionAction::Enable),
        Known::Unread => Some(ConnectionAction::Ensure),
        Known::Absent => match known(wanted, observed, [ends[1], ends[0]]) {
            Known::Is { .. } => Some(ConnectionAction::Complete),
            Known::Absent | Known::Unread => Some(ConnectionAction::Add),
        },
    }
}

/// The others forget each cluster that leaves, and then it forgets them.
fn removals<'a>(
    wanted: &'a Plan,
    observed: &'a Index<'a>,
    leaving: &'a [Leaving],
) -> impl Iterator<Item = ConnectionChange> + 'a {
    let stays = || wanted.clusters().iter().map(Cluster::name);
    let there = move |leaves: &'a Leaving| stays().map(move |stays| (stays, &leaves.name));
    let here = move |leaves: &'a Leaving| stays().map(move |stays| (&leaves.name, stays));
    let pairs = leaving.iter().flat_map(there);
    let pairs = pairs.chain(leaving.iter().flat_map(here));
    pairs
        .filter(|(from, to)| may_exist(wanted, observed, [from.as_str(), to.as_str()]))
        .map(|(from, to)| change(from, to, ConnectionAction::Remove))
}

/// Whether nothing tells that this direction is not there.
pub(super) fn may_exist(wanted: &Plan, observed: &Index<'_>, ends: [&str; 2]) -> bool {
    !matches!(known(wanted, observed, ends), Known::Absent)
}

/// What a server lists is so. What a file says is so for the releases that read others from it; what
/// a script says was perhaps once run.
fn known<'o>(wanted: &Plan, observed: &Index<'o>, [from, to]: [&str; 2]) -> Known<'o> {
    let may_run =
        |name| observed.cluster(name).is_some() || files::is_unread(wanted, observed, name);
    if !may_run(from) || !may_run(to) {
        return Known::Absent;
    }
    let Some(cluster) = observed.cluster(from) else {
        return Known::Unread;
    };
    let by_file = !connects_by_command(wanted);
    let believed = |told_by: ViewKind| told_by.is_live() || by_file;
    let tells_all = cluster.lists_all || by_file && cluster.has_own_view;
    match observed.connection(from, to) {
        Some(told) if believed(told.told_by) => Known::Is {
            address: told.address.as_ref().map_or("", |told| &told.value),
            on: told.enabled.as_ref().is_some_and(|told| told.value),
        },
        _ if tells_all => Known::Absent,
        _ => Known::Unread,
    }
}
