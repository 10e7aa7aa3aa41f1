//! Tables: functions of a script that call what they are given once for each row, with its values.

use crate::change::{ConnectionChange, Leaving};
use crate::diagnostics::Path;
use crate::edit::ClusterField;
use crate::model::{ClusterName, HostPort};
use crate::plan::{Cluster, Plan};

use super::super::artifact::{Kind, Line};
use super::super::shell::quote;
use super::super::topic::{ScriptTopic, Topic};
use super::{Caller, comment};

/// These clusters of a plan, and its increment.
pub(super) fn clusters<'p>(
    plan: &Plan,
    caller: Caller,
    clusters: impl Iterator<Item = &'p Cluster> + Clone,
) -> Vec<Line> {
    let topic = ScriptTopic::Clusters;
    let mut lines = vec![
        Line::default()
            .plain("increment=")
            .push(Kind::Number, plan.increment.to_string())
            .from(Path::Increment)
            .about(Topic::Script(ScriptTopic::Increment)),
    ];
    lines.extend(caller.columns().map(|text| comment(topic, text)));
    let names = clusters.clone().map(Cluster::name);
    let rows = clusters.map(|of| cluster(of, caller));
    lines.extend(function(topic, "each_cluster", names, rows));
    lines
}

/// Where clusters reach others that do not at the address above.
pub(super) fn seen(plan: &Plan) -> Vec<Line> {
    let topic = ScriptTopic::Seen;
    let pairs = plan.clusters.iter().flat_map(|to| {
        let dialling = plan.clusters.iter();
        dialling.filter_map(move |from| {
            let address = to.address_from(from);
            (address != to.rpc_address()).then_some((from, to, address))
        })
    });
    let rows = pairs.clone().map(|(from, to, address)| {
        row(topic)
            .word(from.name().as_str())
            .word(to.name().as_str())
            .word(address.as_str())
            .from(to.member.path(ClusterField::AddressFrom(from.member.id)))
    });
    let names = pairs.flat_map(|(from, to, _)| [from.name(), to.name()]);
    let rows: Vec<Line> = rows.collect();
    if rows.is_empty() {
        return rows;
    }
    let about = "Where one cluster reaches another one, if not at that address: from, to, address.";
    let mut lines = vec![comment(topic, about)];
    lines.extend(function(topic, "each_seen", names, rows.into_iter()));
    lines
}

/// The clusters that leave.
pub(super) fn leaving(leaving: &[Leaving]) -> Vec<Line> {
    let topic = ScriptTopic::Leaving;
    let mut lines = vec![comment(topic, "The clusters that leave, in the same form.")];
    let names = leaving.iter().map(|leaves| &leaves.name);
    lines.extend(function(
        topic,
        "each_leaving",
        names,
        leaving.iter().map(leaves),
    ));
    lines
}

/// Connections by the names of both clusters.
pub(super) fn connections(connections: &[&ConnectionChange]) -> Vec<Line> {
    let topic = ScriptTopic::Connections;
    let mut lines = vec![comment(
        topic,
        "The connections to make or to put right: from, to.",
    )];
    let names = connections
        .iter()
        .flat_map(|change| [&change.from, &change.to]);
    let rows = connections.iter().map(|change| connection(change));
    lines.extend(function(topic, "to_connect", names, rows));
    lines
}

fn function<'n>(
    topic: ScriptTopic,
    name: &'static str,
    mut names: impl Iterator<Item = &'n ClusterName>,
    rows: impl Iterator<Item = Line>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    // In single quotes, what is in a name looks like a mistake.
    if names.any(|name| quote(name.as_str()).starts_with('\'')) {
        lines.push(comment(
            ScriptTopic::ShellCheck,
            "shellcheck disable=SC2016,SC1003 # nothing in a name is to be expanded",
        ));
    }
    let topic = Topic::Script(topic);
    let head = Line::default().push(Kind::Command, name).plain("() {");
    lines.push(head.about(topic));
    lines.extend(rows);
    let end = Line::default().plain("}").about(topic);
    lines.extend([end, Line::default()]);
    lines
}

fn cluster(cluster: &Cluster, caller: Caller) -> Line {
    let shards = cluster.history_shards().map(|shards| shards.to_string());
    row(ScriptTopic::Cluster)
        .word(cluster.name().as_str())
        .count(Some(cluster.initial_version().to_string()))
        .count(shards)
        .plain(" ")
        .push(Kind::Text, caller.place(cluster))
        .word(cluster.rpc_address().as_str())
        .from(cluster.member.path(ClusterField::Name))
}

fn leaves(cluster: &Leaving) -> Line {
    // Where no address was read nobody answers, and it is taken for lost.
    let address = |told: &Option<HostPort>| told.as_ref().map_or("-".into(), HostPort::to_string);
    row(ScriptTopic::LeavingCluster)
        .word(cluster.name.as_str())
        .count(cluster.initial_version.map(|number| number.to_string()))
        .count(None)
        .word(&address(&cluster.admin_address))
        .word(&address(&cluster.rpc_address))
}

fn connection(change: &ConnectionChange) -> Line {
    row(ScriptTopic::Connection)
        .word(change.from.as_str())
        .word(change.to.as_str())
}

fn row(topic: ScriptTopic) -> Line {
    Line::default()
        .plain("  ")
        .push(Kind::Variable, "\"$@\"")
        .about(Topic::Script(topic))
}

impl Line {
    fn word(self, text: &str) -> Self {
        self.plain(" ").push(Kind::Text, quote(text))
    }

    fn count(self, number: Option<String>) -> Self {
        self.plain(" ")
            .push(Kind::Number, number.unwrap_or("-".to_owned()))
    }
}
