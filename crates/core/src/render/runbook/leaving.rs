//! `TAKE-OUT.md`: how those that run forget one that was removed from the plan while it runs.

use std::rc::Rc;

use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::{Artifact, ArtifactId};
use super::super::commands::Commands;
use super::super::markdown::Document;
use super::super::topic::GuideTopic;
use super::{changes, code, list, releases};

/// Writes `TAKE-OUT.md`, by the plan in which the cluster still was; `None` where no other one of it runs.
pub(in super::super) fn take_out(plan: &Plan, leaves: &Cluster, name: Rc<str>) -> Option<Artifact> {
    let others = plan.running().filter(|other| other.name() != leaves.name());
    let others: Vec<&Cluster> = others.collect();
    if others.is_empty() {
        return None;
    }
    let mut document = Document::about(GuideTopic::TakeOut);
    introduction(&mut document, plan, &others, leaves);
    if plan.release.layout() == Layout::AllClusters {
        changes::change_files(&mut document);
    } else {
        document.step(GuideTopic::TakeOut, "Let it leave");
        if plan.release.has(Capability::ShrinksNamespaces) {
            changes::let_it_leave(&mut document, plan, "", &others, leaves);
        } else {
            forget(&mut document, plan, &others, leaves);
        }
        document.paragraph(
            if plan.release.has(Capability::RefreshesConnections) {
                "To go back, put it in the plan again, and run `connect.sh` a minute later."
            } else {
                "To go back, put it in the plan again, run `connect.sh`, and restart all servers of all clusters."
            },
        );
    }
    stop(&mut document, leaves);
    Some(Artifact {
        id: ArtifactId::ChangeRunbook,
        name,
        lines: document.finish(),
    })
}

fn introduction(document: &mut Document, plan: &Plan, others: &[&Cluster], leaves: &Cluster) {
    let (name, others) = (code(leaves), list(others));
    document.heading(GuideTopic::TakeOut, 1, &format!("Take {name} out"));
    document.paragraph(format!(
        "For Temporal {}, with `{}`. {name} runs, and was removed from the plan: {others} know it as before, until they are told. \
         `NAMESPACE` in a command stands for the name of a namespace.",
        releases(plan),
        plan.tool.program(),
    ));
    document.paragraph(format!(
        "Where a `CHANGE.md` says that {name} leaves, follow that: its script looks for namespaces first."
    ));
}

/// Where no namespace can leave.
fn forget(document: &mut Document, plan: &Plan, others: &[&Cluster], leaves: &Cluster) {
    document.paragraph(format!(
        "In this release a namespace cannot leave a cluster. {name} can be taken out while none is in it; look at {name} too, for those \
         that it has for itself alone: they are lost with it.",
        name = code(leaves)
    ));
    changes::look_before(document, plan, others);
    document.paragraph("Then each of the others forgets it, and it forgets each of them:");
    document.commands(changes::forget_each_other(
        &Commands::of(plan),
        others,
        leaves,
    ));
    document.paragraph("Then restart all servers of all clusters that stay.");
}

fn stop(document: &mut Document, leaves: &Cluster) {
    document.step(GuideTopic::TakeOut, "Stop it");
    document.paragraph(format!("{STOP} {}", never_again(leaves.initial_version())));
}

/// What becomes of a cluster that nobody knows any more.
pub(super) const STOP: &str =
    "Then stop its servers, and keep its database as long as anybody may want to look into it.";

/// What becomes of its number.
pub(super) fn never_again(number: impl std::fmt::Display) -> String {
    format!(
        "Never give its initial failover version, {number}, to another cluster: what happened there carries it for ever."
    )
}
