//! `RUNBOOK.md`: what to do, in which order, what to expect, how to go back.
//!
//! Each chapter is a file of its own; every command in them is run against real servers by
//! `tests/servers`.

mod change;
mod changes;
mod leaving;
mod limits;
mod namespaces;
mod running;
mod set_up;

use std::rc::Rc;

use crate::change::Leaving;
use crate::edit::ClusterField;
use crate::plan::{Cluster, Plan};

use super::artifact::{Artifact, ArtifactId, Line};
use super::commands::tls_flags;
use super::markdown::{Document, code_span};
use super::script::{releases, subject};
use super::shell::Argument;
use super::topic::{CommandTopic, GuideTopic, Topic};

pub(super) use change::change;
pub(super) use leaving::take_out;

/// The namespace in the examples; a placeholder that does something harmless if left as it is.
const NAMESPACE: &str = "NAMESPACE";

/// Writes `RUNBOOK.md`.
pub(super) fn runbook(plan: &Plan, name: Rc<str>) -> Artifact {
    let mut document = Document::about(GuideTopic::Introduction);
    introduction(&mut document, plan);
    if plan.running().next().is_some() {
        running::chapter(&mut document, plan);
    } else {
        set_up::chapter(&mut document, plan);
    }
    if plan.clusters.len() > 1 {
        namespaces::chapter(&mut document, plan);
        changes::chapter(&mut document, plan);
    }
    limits::never_changes(&mut document, plan);
    if plan.clusters.len() > 1 {
        limits::not_replicated(&mut document, plan);
        limits::unlike_the_guide(&mut document, plan);
    }
    Artifact {
        id: ArtifactId::Runbook,
        name,
        lines: document.finish(),
    }
}

fn introduction(document: &mut Document, plan: &Plan) {
    document.heading(
        GuideTopic::Introduction,
        1,
        &format!("Runbook for {}", markdown_subject(plan)),
    );
    document.paragraph(format!(
        "For Temporal {}, with `{}`. The failover version increment is {} in every cluster.",
        releases(plan),
        plan.tool.program(),
        plan.increment
    ));
    document.turn_to(GuideTopic::Clusters);
    for cluster in &plan.clusters {
        document.point(describe(plan, cluster));
        let last = document.lines.len() - 1;
        document.lines[last].source = Some(cluster.member.path(ClusterField::Name));
    }
    document.turn_to(GuideTopic::HowToRead);
    document.paragraph(
        "Each step says what to expect and how to go back. Do not go on from a step that does not \
         end as expected. `NAMESPACE` in a command stands for the name of a namespace.",
    );
    document.paragraph(format!(
        "Run the commands from where all addresses can be reached. {} in the environment of `{}`, such as `{}`.",
        if !tls_flags(plan.tool, &plan.tool_tls).is_empty() { "What else the servers ask for is" } else { "TLS and credentials are" },
        plan.tool.program(),
        plan.tool.tls_variable()
    ));
}

fn markdown_subject(plan: &Plan) -> String {
    match &*plan.clusters {
        [one, other] => format!("{} and {}", code(one), code(other)),
        [one] => code(one),
        _ => subject(plan),
    }
}

fn describe(plan: &Plan, cluster: &Cluster) -> String {
    let mut text = format!(
        "{}{}: file {}, initial failover version {}, reached by the others at {}",
        code(cluster),
        if cluster.runs() {
            ", which runs already"
        } else {
            ""
        },
        code_span(cluster.file_name()),
        cluster.initial_version(),
        code_span(cluster.rpc_address().as_str()),
    );
    for other in &plan.clusters {
        let address = cluster.address_from(other);
        if address != cluster.rpc_address() {
            text.push_str(", by ");
            text.push_str(&code(other));
            text.push_str(" at ");
            text.push_str(&code_span(address.as_str()));
        }
    }
    if cluster.admin_address() != cluster.rpc_address() {
        text.push_str(", from here at ");
        text.push_str(&code_span(cluster.admin_address().as_str()));
    }
    if let Some(http) = cluster.member.http_address() {
        text.push_str(", its HTTP API at ");
        text.push_str(&code_span(http.as_str()));
    }
    if let Some(shards) = cluster.history_shards() {
        text.push_str(&format!(", {shards} history shards"));
    }
    text.push('.');
    text
}

fn per_cluster(plan: &Plan, command: impl Fn(&Cluster) -> Line) -> Vec<Line> {
    plan.clusters
        .iter()
        .map(|cluster| command(cluster).from(cluster.admin_path()))
        .collect()
}

/// The call of one of our scripts.
fn run(script: ArtifactId) -> Line {
    let topic = match script {
        ArtifactId::Connect => CommandTopic::RunConnect,
        ArtifactId::Disable => CommandTopic::RunDisable,
        ArtifactId::Remove => CommandTopic::RunRemove,
        ArtifactId::Change => CommandTopic::RunChange,
        _ => CommandTopic::RunVerify,
    };
    Line::default()
        .plain(["sh ", script.fixed_name()].concat())
        .about(Topic::Command(topic))
}

fn admin(cluster: &Cluster) -> Argument<'_> {
    Argument::Value(cluster.admin_address().as_str())
}

fn value(cluster: &Cluster) -> Argument<'_> {
    Argument::Value(cluster.name().as_str())
}

/// The names of clusters, with commas.
fn list(clusters: &[&Cluster]) -> String {
    let names: Vec<String> = clusters.iter().map(|cluster| code(cluster)).collect();
    names.join(", ")
}

/// The names of clusters that leave, with commas.
fn leaving_list(leaving: &[Leaving]) -> String {
    let names: Vec<String> = leaving
        .iter()
        .map(|leaves| code_span(leaves.name.as_str()))
        .collect();
    names.join(", ")
}

fn code(cluster: &Cluster) -> String {
    code_span(cluster.name().as_str())
}
