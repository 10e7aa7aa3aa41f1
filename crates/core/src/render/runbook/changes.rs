//! Clusters that come and go.

use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::{ArtifactId, Line};
use super::super::commands::Commands;
use super::super::markdown::Document;
use super::super::shell::Argument;
use super::super::topic::GuideTopic;
use super::{NAMESPACE, admin, code, run, value};

const NAME: Argument = Argument::Shell(NAMESPACE);

pub(super) fn chapter(document: &mut Document, plan: &Plan) {
    if plan.release.layout() == Layout::AllClusters {
        return change_files(document);
    }
    add(document, plan);
    if plan.release.has(Capability::ShrinksNamespaces) {
        if plan.clusters.len() > 2 {
            take_out(document, plan);
        }
        take_apart(document, plan);
    } else {
        take_apart_without_namespaces(document);
    }
}

fn add(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::AddCluster, "Add a cluster later");
    document.paragraph(
        "Add it to this plan and export everything again: the files of the clusters that run stay as they \
         are. Put its file in place, start it, and run the new `connect.sh`, which connects it with all \
         others and leaves the other connections alone.",
    );
    if !plan.release.has(Capability::RefreshesConnections) {
        document.paragraph("Then restart all servers of all clusters.");
    }
    document.paragraph(
        "No namespace is in it yet: give it to each one as in \"Take in a namespace that exists\" of the new \
         runbook. To go back, take it out as below.",
    );
}

/// One of three or more; the last one, for example.
fn take_out(document: &mut Document, plan: &Plan) {
    let [stays @ .., leaves] = &*plan.clusters else {
        return;
    };
    let stays: Vec<&Cluster> = stays.iter().collect();
    document.step(GuideTopic::TakeOutOne, "Take one cluster out");
    let example = format!("For example {}. ", code(leaves));
    let_it_leave(document, plan, &example, &stays, leaves);
    document.paragraph(
        "Take it out of this plan too and export everything again; the files of the others stay as they are. To \
         go back, add it again.",
    );
}

/// Its namespaces leave, and then all forget each other.
pub(super) fn let_it_leave(
    document: &mut Document,
    plan: &Plan,
    begin: &str,
    stays: &[&Cluster],
    leaves: &Cluster,
) {
    let leaving = code(leaves);
    let commands = Commands::of(plan);
    document.paragraph(format!(
        "{begin}While the connections are on, every namespace leaves it. Only where it is the active \
         cluster, the first command makes another one active before. Both at a cluster that stays:"
    ));
    document.commands(gather(&commands, stays[0], stays));
    document.paragraph(format!(
        "Expect the namespaces without {leaving}, in every cluster. Only then, each of the others forgets it, and it \
         forgets each of them:"
    ));
    document.commands(forget_each_other(&commands, stays, leaves));
    document.paragraph(whether_guarded(plan));
}

/// What servers do that are told to forget a cluster which a namespace is in.
pub(super) fn whether_guarded(plan: &Plan) -> &'static str {
    if plan.release.has(Capability::GuardsRemoval) {
        "Where a namespace was forgotten, servers refuse and name it."
    } else {
        "Servers of this release do not refuse where a namespace was forgotten: look before."
    }
}

/// Lets a namespace be in these clusters only, and active in one of them, which is asked for both.
pub(super) fn gather(commands: &Commands, home: &Cluster, stays: &[&Cluster]) -> Vec<Line> {
    vec![
        commands.fail_over(admin(home), NAME, value(home)),
        commands.set_namespace_clusters(admin(home), NAME, stays.iter().copied().map(value)),
    ]
}

/// Each of these forgets one that leaves, which forgets each of them.
pub(super) fn forget_each_other(
    commands: &Commands,
    stays: &[&Cluster],
    leaves: &Cluster,
) -> Vec<Line> {
    let there = stays
        .iter()
        .map(|other| commands.remove(admin(other), value(leaves)));
    let here = stays
        .iter()
        .map(|other| commands.remove(admin(leaves), value(other)));
    there.chain(here).collect()
}

fn take_apart(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::TakeApart, "Take it apart");
    let stays = &plan.clusters[0];
    let commands = Commands::of(plan);
    document.paragraph(format!(
        "While the connections are on, give every global namespace one cluster to stay in, for example \
         {}: first make it the active one, then the only one. Both at that cluster:",
        code(stays)
    ));
    document.commands(gather(&commands, stays, &[stays]));
    document.paragraph("When no namespace is in more than one cluster:");
    document.commands(vec![run(ArtifactId::Remove)]);
    document.paragraph(if plan.release.has(Capability::GuardsRemoval) {
        "The script refuses where a namespace was forgotten, and so does the server. Do not disable the connections before: a namespace that is active on the other side could then \
         no longer be changed."
    } else {
        "The script refuses where a namespace was forgotten. Servers of this release do not."
    });
    document.paragraph(
        "To pause replication only, `sh disable.sh`, and later `sh connect.sh`. What happens in between \
         is not replicated later by itself.",
    );
}

fn take_apart_without_namespaces(document: &mut Document) {
    document.step(GuideTopic::TakeApart, "Take it apart");
    document.paragraph(
        "In this release a namespace cannot leave a cluster: it answers `Cannot remove existing \
         replicated clusters from a namespace`. From 1.15 on it can. Until then, pause replication:",
    );
    document.commands(vec![run(ArtifactId::Disable)]);
    document.paragraph(
        "Then restart all servers of all clusters. To go back, run `sh connect.sh` and restart them \
         again. What happens in between is not replicated later by itself.",
    );
    document.paragraph(
        "While no namespace is in more than one cluster, the connections can be removed:",
    );
    document.commands(vec![run(ArtifactId::Remove)]);
    document.paragraph(
        "Then restart all servers of all clusters. The script refuses where there is such a namespace. \
         Servers of this release do not.",
    );
}

pub(super) fn change_files(document: &mut Document) {
    document.step(GuideTopic::ChangeFiles, "Change or take out clusters");
    document.paragraph(
        "Export all files again, put all of them in place, and restart all servers of all clusters. A \
         namespace cannot leave a cluster in these releases: keep a cluster in the files as long as any \
         namespace is in it.",
    );
}
