//! What cannot be done, and what must be known.

use crate::plan::Plan;
use crate::release::{Capability, Layout};

use super::super::markdown::Document;
use super::super::topic::GuideTopic;

pub(super) fn never_changes(document: &mut Document) {
    document.heading(GuideTopic::NeverChanges, 2, "What can never change");
    document.paragraph("From its first start on, a cluster keeps:");
    document.point("its name, `currentClusterName`;");
    document.point("its `initialFailoverVersion`;");
    document.point("its `failoverVersionIncrement`, which is that of all others;");
    document.point("its number of history shards, `numHistoryShards`.");
    document.paragraph(
        "Changed in the file, they are ignored without a word, or the server does not start, or its database \
         is damaged. To change one of them, start a new cluster and move the namespaces to it.",
    );
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
    document.point("Deleting a namespace: delete it in every cluster.");
}

pub(super) fn unlike_the_guide(document: &mut Document, plan: &Plan) {
    document.heading(
        GuideTopic::UnlikeTheGuide,
        2,
        "Where this differs from the official guide",
    );
    document.point(
        "`enableGlobalNamespace` is `true`: some editions of the guide show `false`, with which every connection is \
         refused.",
    );
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
