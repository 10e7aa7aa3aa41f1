//! From nothing to connected clusters.

use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::ArtifactId;
use super::super::commands::Commands;
use super::super::markdown::{Document, code_span};
use super::super::topic::GuideTopic;
use super::{admin, code, per_cluster, run};

pub(super) fn chapter(document: &mut Document, plan: &Plan) {
    before(document, plan);
    files(document, plan);
    start(document, plan);
    if plan.clusters.len() > 1 {
        match plan.release.layout() {
            Layout::OwnCluster => connect(document, plan),
            Layout::AllClusters => nothing_to_connect(document),
        }
    }
}

fn before(document: &mut Document, plan: &Plan) {
    what_is_needed(document, plan);
    document.point(
        "A cluster that already runs keeps the values that it has: compare them with those above. What \
         can never change is listed at the end.",
    );
    experimental(document);
}

/// The first step, and what must be there also where clusters run.
pub(super) fn what_is_needed(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::Before, "Before you begin");
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
    let dials_plainly = plan.stated.tls.is_none() && plan.release.has(Capability::RemoteClusterTls);
    if dials_plainly && plan.clusters.len() > 1 {
        document.point(
            "The servers dial each other without TLS here. Where frontends require it, say so in the plan first, on the page in Tools \
             under \"Network and TLS\", and export again.",
        );
    }
    document.point(if plan.release.has(Capability::AcceptsMultipleShardCounts) {
        "The number of history shards (`numHistoryShards`) of any two clusters must be equal, or one a multiple of the other."
    } else {
        "The number of history shards (`numHistoryShards`) must be the same in all clusters."
    });
}

pub(super) fn experimental(document: &mut Document) {
    document.point("Temporal calls multi-cluster replication experimental.");
}

fn files(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::PutFiles, "Put each file in place");
    for cluster in &plan.clusters {
        belongs(document, cluster);
    }
    put_in_place(document, plan);
    if plan.release.layout() == Layout::AllClusters && plan.clusters.len() > 1 {
        document.paragraph(ALL_TOGETHER);
    }
    document.paragraph("To go back, restore the previous file, before the server is started.");
}

/// Where files list all clusters.
pub(super) const ALL_TOGETHER: &str = "All files change together: nothing compares them, and clusters whose files differ \
     lose events without a word.";

pub(super) fn belongs(document: &mut Document, cluster: &Cluster) {
    document.point(format!(
        "{} belongs to every server of {} (frontend, history, matching, worker).",
        code_span(cluster.file_name()),
        code(cluster)
    ));
}

/// How a server is given its file.
pub(super) fn put_in_place(document: &mut Document, plan: &Plan) {
    document.paragraph(
        "Let it replace the section `clusterMetadata` of the configuration, or put it unchanged beside \
         `base.yaml` and start the server with `--env` and the file's name without `.yaml`. No other \
         file that the server reads may contain `clusterMetadata`.",
    );
    if plan.stated.tls.is_some() && plan.release.has(Capability::RemoteClusterTls) {
        document.paragraph(
            "Its section `global` is about dialling other clusters only: put `remoteClusters` beside what your configuration has below \
             `global.tls`. How this cluster is dialled is said there by `frontend`: the others must trust its certificate; where it \
             requires client certificates, it must trust those that the others send, and one that sends none stays out.",
        );
    }
    if plan.redirection().is_some() {
        document.paragraph(
            "Its section `dcRedirectionPolicy` replaces the one of the configuration too; of two files \
             beside each other the later one counts.",
        );
    }
}

fn start(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::Start, "Start the servers");
    let restart = plan.release.layout() == Layout::AllClusters;
    document.paragraph(if restart {
        "Restart all servers of all clusters, in any order. Then ask every cluster:"
    } else {
        "Start (or restart) all servers, in any order. Then ask every cluster:"
    });
    ask_all(document, plan);
    fresh_database(document, plan);
}

/// Whether all of them serve.
pub(super) fn ask_all(document: &mut Document, plan: &Plan) {
    let commands = Commands::of(plan);
    document.commands(per_cluster(plan, |cluster| commands.health(admin(cluster))));
    document.paragraph(
        "Expect `SERVING` from each. A server that ends with a panic such as `Master cluster is not specified` or `Current cluster \
         is not specified` was given another file than the one exported here.",
    );
}

/// What becomes of a new cluster with wrong values.
pub(super) fn fresh_database(document: &mut Document, plan: &Plan) {
    if plan.release.has(Capability::UpsertApi) {
        document.paragraph(
            "A new cluster that was started once with a wrong file has saved the wrong values, and \
             panics for ever even with the right file: give it a new, empty database.",
        );
    }
}

fn connect(document: &mut Document, plan: &Plan) {
    document.step(GuideTopic::Connect, "Connect the clusters");
    run_connect(document, plan);
    verify(document);
    document.paragraph(
        "To go back, run `sh disable.sh`, or `sh remove.sh` while no namespace uses the connections.",
    );
}

/// The script, and what it does.
pub(super) fn run_connect(document: &mut Document, plan: &Plan) {
    document.commands(vec![run(ArtifactId::Connect)]);
    document.paragraph(
        "Expect a line for each cluster that is compared with this plan, before anything is changed, then \
         one for each direction, and exit status 0. Where it stops, it says what hinders it: mend that, and \
         run it again, which it can be at any time.",
    );
    document.paragraph(if plan.release.has(Capability::RefreshesConnections) {
        "It waits until every connection works: servers read new connections once a minute. Until then \
         namespace commands answer `Invalid cluster name`."
    } else {
        "Then restart all servers of all clusters. Without a restart this release never uses the new \
         connections, and namespace commands answer `Invalid cluster name`."
    });
    if plan
        .clusters
        .iter()
        .any(|of| of.member.http_address.is_some())
    {
        document.paragraph(
            "Clusters are told each other's HTTP address when they are connected: after one was changed, \
             and its servers restarted, run the script again.",
        );
    }
}

pub(super) fn verify(document: &mut Document) {
    document.paragraph("At any time, without changing anything:");
    document.commands(vec![run(ArtifactId::Verify)]);
    document.paragraph(
        "Expect `works` in every row. A connection in one direction only is not noticed by any server, \
         only here.",
    );
}

pub(super) fn nothing_to_connect(document: &mut Document) {
    document.step(GuideTopic::NothingToConnect, "Nothing to connect");
    document.paragraph(
        "Prior to 1.14 the files are the only place where clusters know each other. There is no \
         command to connect, disable or remove a connection.",
    );
}
