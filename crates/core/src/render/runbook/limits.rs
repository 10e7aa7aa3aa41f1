//! What cannot be done, and what must be known.

use crate::plan::Plan;
use crate::release::{Capability, Layout};

use super::super::markdown::Document;
use super::super::topic::GuideTopic;

pub(super) fn never_changes(document: &mut Document, plan: &Plan) {
    document.heading(GuideTopic::NeverChanges, 2, "What can never change");
    document.paragraph("From its first start on, a cluster keeps:");
    document.point("its name, `currentClusterName`;");
    document.point("its `initialFailoverVersion`;");
    document.point("its `failoverVersionIncrement`, which is that of all others;");
    document.point("its number of history shards, `numHistoryShards`.");
    document.paragraph(match plan.release.layout() {
        Layout::AllClusters => {
            "With another name the server does not start, and another number of shards is ignored, with a warning in its log. The other \
             two follow the file: after the next fail-over no cluster may be active. To change one of them, start a new cluster, \
             register new namespaces, and move the workers and what starts workflows to them."
        }
        Layout::OwnCluster => {
            "Changed in the file, they are ignored, at best with `mismatches persisted` in the log, or the server does not start, or its \
             database is damaged. To change one of them, start a new cluster, connect the two, let the namespaces come to it, and take \
             the old one out: the runbook for the two says how nothing is lost."
        }
    });
}

pub(super) fn not_replicated(document: &mut Document, plan: &Plan) {
    document.heading(GuideTopic::NotReplicated, 2, "What is not replicated");
    document.point(
        "Search attributes: create them in every cluster, before the first workflow has them.",
    );
    document.point(if plan.release.has(Capability::HandsOver) {
        "Workflows from before their namespace came to a cluster, and those that started while a connection \
         was off, until something happens to them: see \"Back-fill\"."
    } else {
        "Workflows from before their namespace came to a cluster, and those that started while a connection \
         was off, until something happens to them: a signal is enough."
    });
    document.point(if plan.release.has(Capability::ShrinksNamespaces) {
        "Deleting a namespace: a cluster where it is not active refuses. Make one cluster its only one before, and then delete it in \
         each."
    } else {
        "Deleting a namespace: no tool of this release does."
    });
}

pub(super) fn unlike_the_guide(document: &mut Document, plan: &Plan) {
    document.heading(
        GuideTopic::UnlikeTheGuide,
        2,
        "Where this differs from the official guide",
    );
    document.point(match plan.release.layout() {
        Layout::AllClusters => {
            "`enableGlobalNamespace` is `true`: some editions of the guide show `false`, with which servers stop as soon as a global \
             namespace reaches them."
        }
        Layout::OwnCluster => {
            "`enableGlobalNamespace` is `true`: some editions of the guide show `false`, with which every connection is refused."
        }
    });
    if plan.release.layout() == Layout::AllClusters {
        return;
    }
    document.point(
        "A connection is turned off by `=false`. As the guide spells it, with a space, `tctl` leaves it on and says \
         nothing, and `temporal` stops with an error.",
    );
    if plan.release.has(Capability::ShrinksNamespaces) {
        document.point(
            "Namespaces leave a cluster before its connections are removed. The guide disables and removes, after which \
             namespaces that were in both can no longer be changed.",
        );
    }
    document.point(if plan.release.has(Capability::RefreshesConnections) {
        "After connecting, the scripts wait. The guide goes on at once, and is refused for up to a minute."
    } else {
        "After connecting, the servers are restarted. The guide does not say so, and nothing works until then."
    });
}
