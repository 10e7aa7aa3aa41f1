//! `RUNBOOK.md`: what to do, in which order, what to expect, how to go back.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::edit::ClusterField;
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::artifact::{Artifact, ArtifactId, Line};
use super::commands::Commands;
use super::markdown::{Document, code_span};
use super::script::subject;
use super::shell::Argument;

/// The namespace in the examples; a placeholder that does something harmless if left as it is.
const NAMESPACE: Argument = Argument::Shell("NAMESPACE");

/// Writes `RUNBOOK.md`.
pub(super) fn runbook(plan: &Plan, name: Rc<str>) -> Artifact {
    let mut document = Document::default();
    introduction(&mut document, plan);
    before(&mut document, plan);
    files(&mut document, plan);
    start(&mut document, plan);
    if plan.clusters.len() > 1 {
        match plan.release.layout() {
            Layout::OwnCluster => connect(&mut document, plan),
            Layout::AllClusters => nothing_to_connect(&mut document),
        }
        namespaces(&mut document, plan);
        fail_over(&mut document, plan);
        match plan.release.layout() {
            Layout::OwnCluster if plan.release.has(Capability::ShrinksNamespaces) => {
                take_apart(&mut document, plan);
            }
            Layout::OwnCluster => take_apart_without_namespaces(&mut document),
            Layout::AllClusters => change_clusters(&mut document),
        }
        not_replicated(&mut document);
    }
    Artifact {
        id: ArtifactId::Runbook,
        name,
        lines: document.finish(),
    }
}

fn introduction(document: &mut Document, plan: &Plan) {
    document.heading(1, &format!("Runbook for {}", markdown_subject(plan)));
    document.paragraph(format!(
        "For Temporal {}, with `{}`. The failover version increment is {} in every cluster.",
        plan.release.range().label,
        plan.tool.program(),
        plan.increment
    ));
    for cluster in &plan.clusters {
        document.point(describe(cluster));
        let (member, last) = (&cluster.member, document.lines.len() - 1);
        document.lines[last].source =
            Some(Path::Cluster(member.index, member.id, ClusterField::Name));
    }
    document.paragraph(
        "Each step says what to expect and how to go back. Do not go on from a step that does not \
         end as expected.",
    );
}

fn markdown_subject(plan: &Plan) -> String {
    match &*plan.clusters {
        [one, other] => format!("{} and {}", code(one), code(other)),
        [one] => code(one),
        _ => subject(plan),
    }
}

fn describe(cluster: &Cluster) -> String {
    let mut text = format!(
        "{}: file {}, initial failover version {}, reached by the others at {}",
        code(cluster),
        code_span(cluster.file_name()),
        cluster.initial_version(),
        code_span(cluster.rpc_address().as_str()),
    );
    if cluster.admin_address() != cluster.rpc_address() {
        text.push_str(", from here at ");
        text.push_str(&code_span(cluster.admin_address().as_str()));
    }
    if let Some(shards) = cluster.history_shards() {
        text.push_str(&format!(", {shards} history shards"));
    }
    text.push('.');
    text
}

fn before(document: &mut Document, plan: &Plan) {
    document.heading(2, "1. Before you begin");
    document.point(
        "Back up the databases of every cluster that holds data. It is the only way back from a \
         wrong first start.",
    );
    document.point(
        "Each cluster has its own database and its own visibility store. A copy of a database is no \
         second cluster.",
    );
    document.point(
        "Every cluster must reach every other one at the address above, as gRPC and without a time \
         limit on streams: replication streams never end.",
    );
    document.point(if plan.release.has(Capability::AcceptsMultipleShardCounts) {
        "The number of history shards (`numHistoryShards`) of any two clusters must be equal, or one a multiple of the other."
    } else {
        "The number of history shards (`numHistoryShards`) must be the same in all clusters."
    });
    document.point(
        "After its first start a cluster can never change its name, its initial failover version, \
         the increment and its number of history shards. A cluster that already runs keeps the \
         values that it has.",
    );
    document.point("Temporal calls multi-cluster replication experimental.");
}

fn files(document: &mut Document, plan: &Plan) {
    document.heading(2, "2. Put each file in place");
    for cluster in &plan.clusters {
        document.point(format!(
            "{} belongs to every server of {} (frontend, history, matching, worker).",
            code_span(cluster.file_name()),
            code(cluster)
        ));
    }
    document.paragraph(
        "Let it replace the section `clusterMetadata` of the configuration, or put it unchanged beside \
         `base.yaml` and start the server with `--env` and the file's name without `.yaml`. No other \
         file that the server reads may contain `clusterMetadata`.",
    );
    if plan.release.layout() == Layout::AllClusters && plan.clusters.len() > 1 {
        document.paragraph(
            "All files change together: nothing compares them, and clusters whose files differ lose \
             events without a word.",
        );
    }
    document.paragraph("To go back, restore the previous file, before the server is started.");
}

fn start(document: &mut Document, plan: &Plan) {
    document.heading(2, "3. Start the servers");
    let restart = plan.release.layout() == Layout::AllClusters;
    document.paragraph(if restart {
        "Restart all servers of all clusters, in any order. Then ask every cluster:"
    } else {
        "Start (or restart) all servers, in any order. Then ask every cluster:"
    });
    let commands = Commands::of(plan.tool);
    document.commands(per_cluster(plan, |cluster| commands.health(admin(cluster))));
    document.paragraph(
        "Expect `SERVING` from each. A server that ends with a panic about `clusterMetadata` was \
         given another file than the one exported here.",
    );
    if plan.release.has(Capability::UpsertApi) {
        document.paragraph(
            "A new cluster that was started once with a wrong file has saved the wrong values, and \
             panics for ever even with the right file: give it a new, empty database.",
        );
    }
}

fn connect(document: &mut Document, plan: &Plan) {
    document.heading(2, "4. Connect the clusters");
    document.commands(vec![Line::default().plain("sh connect.sh")]);
    document.paragraph(
        "Expect one line per direction and exit status 0. The script compares every cluster with this \
         plan before it changes anything, and can be run again at any time.",
    );
    document.paragraph(if plan.release.has(Capability::RefreshesConnections) {
        "It waits until every connection works: servers read new connections once a minute. Until then \
         namespace commands answer `Invalid cluster name`."
    } else {
        "Then restart all servers of all clusters. Without a restart this release never uses the new \
         connections, and namespace commands answer `Invalid cluster name`."
    });
    document.paragraph("At any time, without changing anything:");
    document.commands(vec![Line::default().plain("sh verify.sh")]);
    document.paragraph(
        "Expect `works` in every row. A connection in one direction only is not noticed by any server, \
         only here.",
    );
    document.paragraph(
        "To go back, run `sh disable.sh`, or `sh remove.sh` while no namespace uses the connections.",
    );
}

fn nothing_to_connect(document: &mut Document) {
    document.heading(2, "4. Nothing to connect");
    document.paragraph(
        "Prior to 1.14 the files are the only place where clusters know each other. There is no \
         command to connect, disable or remove a connection.",
    );
}

fn namespaces(document: &mut Document, plan: &Plan) {
    document.heading(2, "5. Create a global namespace");
    let registrar = plan.registrar();
    let commands = Commands::of(plan.tool);
    let names = || plan.clusters.iter().map(value);
    document.paragraph(if plan.release.layout() == Layout::AllClusters {
        format!(
            "Only at the master, {}, can global namespaces be registered:",
            code(registrar)
        )
    } else {
        "At the cluster that is to be active first:".to_owned()
    });
    document.commands(vec![commands.create_namespace(
        admin(registrar),
        NAMESPACE,
        value(registrar),
        names(),
    )]);
    document.paragraph(
        "Expect the namespace in every cluster within seconds. Run workers in every cluster: each \
         polls its own cluster, and after a failover only those of the new active cluster get work.",
    );
}

fn fail_over(document: &mut Document, plan: &Plan) {
    document.heading(2, "6. Fail over");
    let to = &plan.clusters[1];
    let commands = Commands::of(plan.tool);
    document.paragraph(format!(
        "For example to {}, ordered at that cluster, which also works when the other is lost:",
        code(to)
    ));
    document.commands(vec![commands.fail_over(admin(to), NAMESPACE, value(to))]);
    document.paragraph(
        "Expect the new active cluster in every cluster within seconds. Let this command change nothing \
         else: the tools drop other changes in silence. To go back, fail over to the other cluster.",
    );
}

fn take_apart(document: &mut Document, plan: &Plan) {
    document.heading(2, "7. Take it apart");
    let stays = &plan.clusters[0];
    let commands = Commands::of(plan.tool);
    document.paragraph(format!(
        "While the connections are on, give every global namespace one cluster to stay in, for example \
         {}: first make it the active one, then the only one. Both at that cluster:",
        code(stays)
    ));
    document.commands(vec![
        commands.fail_over(admin(stays), NAMESPACE, value(stays)),
        commands.set_namespace_clusters(admin(stays), NAMESPACE, std::iter::once(value(stays))),
    ]);
    document.paragraph("When no namespace is in more than one cluster:");
    document.commands(vec![Line::default().plain("sh remove.sh")]);
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
    document.heading(2, "7. Take it apart");
    document.paragraph(
        "In this release a namespace cannot leave a cluster: it answers `Cannot remove existing \
         replicated clusters from a namespace`. From 1.15 on it can. Until then, pause replication:",
    );
    document.commands(vec![Line::default().plain("sh disable.sh")]);
    document.paragraph(
        "Then restart all servers of all clusters. To go back, run `sh connect.sh` and restart them \
         again. What happens in between is not replicated later by itself.",
    );
    document.paragraph(
        "While no namespace is in more than one cluster, the connections can be removed:",
    );
    document.commands(vec![Line::default().plain("sh remove.sh")]);
    document.paragraph(
        "Then restart all servers of all clusters. The script refuses where there is such a namespace. \
         Servers of this release do not.",
    );
}

fn change_clusters(document: &mut Document) {
    document.heading(2, "7. Change or take out clusters");
    document.paragraph(
        "Export all files again, put all of them in place, and restart all servers of all clusters. A \
         namespace cannot leave a cluster in these releases: keep a cluster in the files as long as any \
         namespace is in it.",
    );
}

fn not_replicated(document: &mut Document) {
    document.heading(2, "What is not replicated");
    document.point("Search attributes: create them in every cluster.");
    document.point("Workflows that were closed or idle before their namespace came to a cluster.");
    document.point("Deleting a namespace: delete it in every cluster.");
}

fn per_cluster(plan: &Plan, command: impl Fn(&Cluster) -> Line) -> Vec<Line> {
    plan.clusters.iter().map(command).collect()
}

fn admin(cluster: &Cluster) -> Argument<'_> {
    Argument::Value(cluster.admin_address().as_str())
}

fn value(cluster: &Cluster) -> Argument<'_> {
    Argument::Value(cluster.name().as_str())
}

fn code(cluster: &Cluster) -> String {
    code_span(cluster.name().as_str())
}
