//! Clusters that come and go.

use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::{ArtifactId, Line};
use super::super::commands::Commands;
use super::super::markdown::Document;
use super::super::topic::GuideTopic;
use super::{admin, code, namespaces, run, value};

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
    document.paragraph(format!(
        "{begin}While the connections are on, every namespace leaves it."
    ));
    only_there(document, plan, stays, leaves);
    let_namespaces_leave(document, plan, stays, leaves);
    document.paragraph(format!(
        "Only then, each of the others forgets {leaving}, and it forgets each of them:",
        leaving = code(leaves)
    ));
    document.commands(forget_each_other(&Commands::of(plan), stays, leaves));
    if let Some(guarded) = when_guarded(plan) {
        document.paragraph(guarded);
    }
}

/// Nothing is lost with it, and no namespace is in it any more. The first of those that stay has every namespace then.
fn let_namespaces_leave(
    document: &mut Document,
    plan: &Plan,
    stays: &[&Cluster],
    leaves: &Cluster,
) {
    let Some(&home) = stays.first() else {
        return;
    };
    let commands = Commands::of(plan);
    let shrink = namespaces::stay_in(&commands, home, stays);
    if plan.release.has(Capability::HandsOver) {
        send_and_hand_over(document, &commands, leaves, home);
        document.paragraph(format!(
            "Then, for each namespace, at {}, with the clusters that it is to be in:",
            code(home)
        ));
        document.commands(vec![shrink]);
    } else {
        compare(document, plan, leaves, home);
        document.commands(vec![namespaces::make_active(&commands, home), shrink]);
    }
    document.paragraph(format!(
        "Expect no namespace with {} among its clusters any more:",
        code(leaves)
    ));
    document.commands(look_at_namespaces(&commands, stays));
}

/// No cluster that stays shows these, and no server refuses to forget where they are.
fn only_there(document: &mut Document, plan: &Plan, stays: &[&Cluster], leaves: &Cluster) {
    let Some(&home) = stays.first() else {
        return;
    };
    let promote = match plan.tool {
        Tool::Tctl => "--promote_namespace",
        Tool::Temporal => "--promote-global",
    };
    document.paragraph(format!(
        "A namespace that {leaving} has for itself alone is known to no other cluster, and is lost with it: look for such ones there. \
         What is wanted of them is made global at {leaving} (`{promote}`), given {home} with another command, and then goes the \
         way of the others.",
        leaving = code(leaves),
        home = code(home)
    ));
}

fn send_and_hand_over(
    document: &mut Document,
    commands: &Commands,
    leaves: &Cluster,
    home: &Cluster,
) {
    document.paragraph(format!(
        "At {leaving}: for every namespace that is in it, active there or not, the first command sends what {home} has not got, and \
         would be lost; the second hands over one that is active there. Expect `COMPLETED` of each, and within seconds {home} as the \
         active cluster in every cluster.",
        leaving = code(leaves),
        home = code(home)
    ));
    document.commands(vec![
        namespaces::back_fill_to(commands, admin(leaves), home.name()),
        namespaces::hand_over_to(commands, admin(leaves), home.name()),
    ]);
    document.paragraph(format!(
        "Where {} is lost, fail over instead, forced: what it has not sent is lost with it.",
        code(leaves)
    ));
}

fn compare(document: &mut Document, plan: &Plan, leaves: &Cluster, home: &Cluster) {
    let (leaving, home) = (code(leaves), code(home));
    document.paragraph(format!(
        "What was never sent is lost with {leaving}: workflows from before their namespace came to another cluster, and those that \
         started while a connection was off, until something happens to them. Where {leaving} is the active cluster of a namespace, \
         stop what starts workflows and the workers there, and compare the lists of open workflows of {leaving} and {home}: signal \
         those that are missing, or wait for their end.{}",
        namespaces::shown_by_the_other(plan)
    ));
    document.paragraph(format!(
        "When they are the same, or where {leaving} is lost: the first command, needed only where {leaving} is active, makes {home} \
         the active cluster, the second lets the namespace leave. Both at {home}, with the clusters that it is to be in:"
    ));
}

/// Which clusters namespaces are in, as each of these sees it.
pub(super) fn look_at_namespaces(commands: &Commands, asked: &[&Cluster]) -> Vec<Line> {
    let lists = asked.iter().map(|at| commands.list_namespaces(admin(at)));
    lists.collect()
}

/// What servers do that are told to forget a cluster which a namespace is in, where they look.
pub(super) fn when_guarded(plan: &Plan) -> Option<&'static str> {
    let is_guarded = plan.release.has(Capability::GuardsRemoval);
    is_guarded.then_some("Where a namespace was forgotten, servers refuse and name it.")
}

/// Has it looked whether a namespace is in what these will forget, where servers do not.
pub(super) fn look_before(document: &mut Document, plan: &Plan, asked: &[&Cluster]) {
    if let Some(guarded) = when_guarded(plan) {
        document.paragraph(guarded);
        return;
    }
    document.paragraph(
        "Servers of this release do not refuse where a namespace was forgotten. Look before, in each of them, which clusters the \
         namespaces are in:",
    );
    document.commands(look_at_namespaces(&Commands::of(plan), asked));
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
    let [stays, leaves, others @ ..] = &*plan.clusters else {
        return;
    };
    document.paragraph(format!(
        "While the connections are on, give every global namespace one cluster to stay in, for example {}. Here from {}{}.",
        code(stays),
        code(leaves),
        if others.is_empty() { "" } else { ", and then from each of the others" },
    ));
    let_namespaces_leave(document, plan, &[stays], leaves);
    document.paragraph("When no namespace is in more than one cluster:");
    document.commands(vec![run(ArtifactId::Remove)]);
    document.paragraph(if plan.release.has(Capability::GuardsRemoval) {
        "The script refuses where a namespace was forgotten, and so does the server. Do not disable the connections before: a namespace that is active on the other side could then \
         no longer be changed."
    } else {
        "The script refuses where a namespace was forgotten. Servers of this release do not."
    });
    document.paragraph(
        "To pause replication only, `sh disable.sh`, and later `sh connect.sh`: both need all clusters to answer. What happens in between \
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
