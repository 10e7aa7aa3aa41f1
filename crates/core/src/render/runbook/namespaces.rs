//! Namespaces in several clusters: from their registration to fail-overs and what must be sent after.

use crate::change::Leaving;
use crate::model::{ClusterName, RedirectionPolicy, Tool};
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::Line;
use super::super::commands::{Commands, SystemWorkflow};
use super::super::json;
use super::super::markdown::Document;
use super::super::shell::Argument;
use super::super::topic::GuideTopic;
use super::{NAMESPACE, admin, code, leaving_list, value};

/// The id of the workflow that hands a namespace over: one at a time for each namespace.
const HANDOVER: Argument = Argument::Shell("handover-NAMESPACE");
/// The id of the workflow that sends what a cluster has not got.
const BACK_FILL: Argument = Argument::Shell("back-fill-NAMESPACE");
/// In commands, the namespace needs no quotation marks.
const NAME: Argument = Argument::Shell(NAMESPACE);

/// How far behind in seconds the other cluster may be when a namespace is closed for the handover.
const ALLOWED_LAG: u8 = 10;
/// How many workflows are sent in a second. Far below what a cluster does, and far above the server's own one.
const SENT_PER_SECOND: u8 = 50;
/// How many seconds the namespace is closed at most; servers take no more.
const CLOSED_AT_MOST: u8 = 30;

pub(super) fn chapter(document: &mut Document, plan: &Plan) {
    create(document, plan);
    match plan.release.layout() {
        Layout::OwnCluster => take_in(document, plan, home(plan), &[]),
        Layout::AllClusters => take_in_by_registering(document),
    }
    workers(document);
    if let Some(policy) = plan.redirection() {
        requests_at_a_standby(document, policy);
    }
    if plan.release.has(Capability::HandsOver) {
        hand_over(document, plan);
    } else {
        fail_over_by_hand(document, plan);
    }
    fail_over(document, plan);
    if plan.release.has(Capability::HandsOver) {
        back_fill(document, plan, ends(plan));
    }
}

/// Where namespaces are that exist.
fn home(plan: &Plan) -> &Cluster {
    plan.running().next().unwrap_or(plan.registrar())
}

/// From where to where something is missing.
fn ends(plan: &Plan) -> [&Cluster; 2] {
    let home = home(plan);
    let mut others = plan
        .clusters
        .iter()
        .filter(|other| other.name() != home.name());
    let new = others.clone().find(|other| !other.runs());
    [home, new.or_else(|| others.next()).unwrap_or(home)]
}

fn create(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::CreateNamespace, "Create a global namespace");
    let registrar = plan.registrar();
    document.paragraph(if plan.release.layout() == Layout::AllClusters {
        format!(
            "Only at the master, {}, can global namespaces be registered:",
            code(registrar)
        )
    } else {
        "At the cluster that is to be active first:".to_owned()
    });
    let names = plan.clusters.iter().map(value);
    document.commands(vec![Commands::of(plan).create_namespace(
        admin(registrar),
        NAME,
        value(registrar),
        names,
    )]);
    document.paragraph(format!(
        "Expect the namespace in every cluster within seconds. {}",
        match plan.tool {
            Tool::Temporal if plan.release.has(Capability::ShrinksNamespaces) => format!(
                "To go back, make {} its only cluster, and then delete it in every cluster with `temporal operator namespace \
                 delete`: before, the others refuse.",
                code(registrar)
            ),
            Tool::Temporal | Tool::Tctl =>
                "There is no way back with this tool and this release: it stays, and can be left empty."
                    .to_owned(),
        }
    ));
}

/// Makes a namespace that this cluster has one of all clusters, and of those that have yet to leave.
pub(super) fn take_in(document: &mut Document, plan: &Plan, home: &Cluster, leaving: &[Leaving]) {
    document.step(GuideTopic::TakeIn, "Take in a namespace that exists");
    let commands = Commands::of(plan);
    document.paragraph(format!(
        "A namespace that {} has had for itself alone is first made global, and then given all \
         clusters. A global one needs the second command only, also when a cluster was added.",
        code(home)
    ));
    // The command takes out what it does not name.
    let leave = leaving
        .iter()
        .map(|leaves| Argument::Value(leaves.name.as_str()));
    let names = plan.clusters.iter().map(value).chain(leave);
    document.commands(vec![
        commands.promote(admin(home), NAME),
        commands.set_namespace_clusters(admin(home), NAME, names),
    ]);
    if !leaving.is_empty() && plan.release.has(Capability::ShrinksNamespaces) {
        document.paragraph(format!(
            "A namespace leaves every cluster that this command does not name, at once: {} is named, and leaves in a step of its \
             own, when nothing that only it has is left. For a namespace that is not in it, leave it out.",
            leaving_list(leaving)
        ));
    }
    document.paragraph(
        "Two commands, because the tools silently drop the clusters where both are asked for in one.",
    );
    document.paragraph(
        "Expect the namespace in every cluster within seconds. Workflows that started before, or within some \
         seconds after, follow when something happens to them; the others are sent as `RUNBOOK.md` says under \"What is not replicated\".",
    );
    document.paragraph(if plan.release.has(Capability::ShrinksNamespaces) {
        "To go back, give it one cluster only, with the second command. It stays global."
    } else {
        "There is no way back: in this release a namespace cannot leave a cluster."
    });
}

fn take_in_by_registering(document: &mut Document) {
    document.step(GuideTopic::TakeInByRegistering, "Namespaces that exist");
    document.paragraph(
        "In these releases a namespace that is not global cannot become it. Register a new one, as above, \
         and move the workers and what starts workflows to it.",
    );
}

fn workers(document: &mut Document) {
    document.step(GuideTopic::Workers, "Run workers in every cluster");
    document.paragraph(
        "Each worker polls its own cluster. After a fail-over only the workers of the cluster that is then \
         active get work: without any there, all workflows stand still.",
    );
}

fn requests_at_a_standby(document: &mut Document, policy: RedirectionPolicy) {
    document.step(GuideTopic::RequestsAtStandby, "Send requests to a standby");
    document.paragraph(match policy {
        RedirectionPolicy::Noop => {
            "A cluster where a namespace is not active refuses what would change it, with `NamespaceNotActive` and the \
             name of the cluster where it is active: whoever sends requests must turn to that one."
        }
        RedirectionPolicy::SelectedApis => {
            "A cluster where a namespace is not active forwards starts, signals, cancellations, terminations and queries \
             to the one where it is, and refuses other changes with `NamespaceNotActive`. What only reads, it answers \
             itself."
        }
        RedirectionPolicy::AllApis => {
            "A cluster where a namespace is not active forwards every request to the one where it is, also those that \
             only read: what it shows is no proof that anything was replicated, and while the active cluster cannot be \
             reached it answers nothing."
        }
    });
    document.paragraph(
        "The policy can be changed at any time: change the files, and restart the servers.",
    );
}

fn hand_over(document: &mut Document, plan: &Plan) {
    let [from, to] = [&plan.clusters[0], &plan.clusters[1]];
    document.step(GuideTopic::HandOver, "Hand a namespace over, planned");
    document.paragraph(format!(
        "Nothing is lost: the other cluster catches up first, and for at most {CLOSED_AT_MOST} seconds the \
         namespace is closed. At the cluster that is active, here from {} to {}:",
        code(from),
        code(to)
    ));
    let commands = Commands::of(plan);
    document.commands(vec![hand_over_to(&commands, admin(from), to.name())]);
    document.paragraph(
        "Expect `COMPLETED`, and the new active cluster in every cluster within seconds. To go back, hand it \
         over in the other direction. While it does not end, the other cluster is too far behind; nothing \
         has changed yet, and it can be called off:",
    );
    document.commands(vec![Commands::of(plan).cancel(admin(from), HANDOVER)]);
}

/// Makes a cluster the active one, ordered there.
pub(super) fn make_active(commands: &Commands, to: &Cluster) -> Line {
    commands.fail_over(admin(to), NAME, value(to))
}

/// Lets a namespace be in these clusters only, ordered at one of them.
pub(super) fn stay_in(commands: &Commands, at: &Cluster, clusters: &[&Cluster]) -> Line {
    let names = clusters.iter().copied().map(value);
    commands.set_namespace_clusters(admin(at), NAME, names)
}

/// What must be known by whoever compares two clusters: behind a sentence, or nothing.
pub(super) fn shown_by_the_other(plan: &Plan) -> &'static str {
    match plan.redirection() {
        Some(RedirectionPolicy::AllApis) => {
            " With `all-apis-forwarding` a standby shows what the active cluster has, which proves nothing: compare while the \
             standby has another policy, such as `selected-apis-forwarding`, which takes a restart."
        }
        _ => "",
    }
}

fn fail_over_by_hand(document: &mut Document, plan: &Plan) {
    let [from, to] = [&plan.clusters[0], &plan.clusters[1]];
    document.step(
        GuideTopic::FailOverByHand,
        "Change the active cluster, planned",
    );
    document.paragraph(format!(
        "Stop what starts workflows, and the workers in {from}. Wait until the workflows that changed last in \
         {from} look the same in {to}. Then fail over as below, and start everything again with {to}.{}",
        shown_by_the_other(plan),
        from = code(from),
        to = code(to)
    ));
}

fn fail_over(document: &mut Document, plan: &Plan) {
    let to: &Cluster = &plan.clusters[1];
    document.step(GuideTopic::FailOver, "Fail over, forced");
    document.paragraph(format!(
        "For example to {}, ordered at that cluster, which also works when the others are lost. What they had \
         not yet sent arrives when they are back; where both sides went on, one of them wins.",
        code(to)
    ));
    document.commands(vec![make_active(&Commands::of(plan), to)]);
    document.paragraph(
        "Expect the new active cluster in every cluster that runs, within seconds. Let this command change \
         nothing else: the tools drop other changes in silence. To go back, fail over to the other cluster.",
    );
}

/// Sends what another cluster has not got.
pub(super) fn back_fill(document: &mut Document, plan: &Plan, [from, to]: [&Cluster; 2]) {
    document.step(GuideTopic::BackFill, "Back-fill");
    document.paragraph(format!(
        "Sends workflows that another cluster has not got: those from before the namespace came to it, and \
         those that started while the connections were off. At the active cluster, here from {} to {}:",
        code(from),
        code(to)
    ));
    document.commands(vec![back_fill_to(
        &Commands::of(plan),
        admin(from),
        to.name(),
    )]);
    document.paragraph(format!(
        "Expect `COMPLETED`, and the workflows in the other cluster soon after.{} If they do not come, run it again: while the servers \
         have not noticed yet that a namespace was taken in, for up to a minute, it ends with `COMPLETED` and sends nothing. It changes nothing else and can be run again, for \
         each other cluster too. `Query` chooses the workflows, as in the list of workflows. `OverallRps` is how many it sends in a \
         second: without it one, with which a million take twelve days. It goes on in the server when the terminal is closed.",
        shown_by_the_other(plan)
    ));
}

/// Hands the namespace over from the cluster at this address, where it is active.
pub(super) fn hand_over_to(commands: &Commands, at: Argument, to: &ClusterName) -> Line {
    let input = format!(
        "{{\"Namespace\":\"{NAMESPACE}\",\"RemoteCluster\":{},\"AllowedLaggingSeconds\":{ALLOWED_LAG},\"HandoverTimeoutSeconds\":{CLOSED_AT_MOST}}}",
        json::text(to.as_str())
    );
    commands.run(
        at,
        SystemWorkflow::Handover,
        HANDOVER,
        Argument::Value(&input),
    )
}

/// Sends what the cluster at this address has.
pub(super) fn back_fill_to(commands: &Commands, at: Argument, to: &ClusterName) -> Line {
    let input = format!(
        "{{\"Namespace\":\"{NAMESPACE}\",\"Query\":\"WorkflowId != \\\"\\\"\",\"TargetClusterName\":{},\"OverallRps\":{SENT_PER_SECOND}}}",
        json::text(to.as_str())
    );
    commands.run(
        at,
        SystemWorkflow::BackFill,
        BACK_FILL,
        Argument::Value(&input),
    )
}
