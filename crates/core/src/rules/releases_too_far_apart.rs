//! # `releases-too-far-apart`
//!
//! ## What it checks
//! Where any cluster has a release of 1.14 or later, all have. Where any has 1.24 or later, all have
//! 1.21 or later.
//!
//! ## Why it matters
//! Prior to 1.14 clusters know each other by their files only, and from 1.14 on by what they are told
//! at run time: neither way leads from the one to the other. What connects a cluster by its file is
//! kept only by 1.14, which takes the other clusters from its file at its first start; later releases
//! pass them over.
//!
//! From 1.24 on servers ask for the workflows of other clusters in one stream, which those before 1.21
//! do not know. The connection works and namespaces are replicated, but workflows are not, and no
//! server says so where anybody looks.
//!
//! ## Example
//! Server version 1.13 in `clusterA` and 1.32 in `clusterB`.
//!
//! ## Fix
//! None: the older clusters are upgraded first.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `temporal/fx.go` at every tag. Streams: read in
//! `service/history/configs/config.go` (`EnableReplicationStream`) at 1.23.0 and 1.24.0, and in the admin
//! service at 1.20.0 and 1.21.0; not measured.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField;
use crate::reading::{ClusterReading, Reading};
use crate::release::{Capability, Layout};

pub(super) const RULE: Rule = Rule::warning("releases-too-far-apart", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let mut found = by_layout(reading);
    let has = |cluster: &ClusterReading, capability| cluster.release.map(|it| it.has(capability));
    let mut clusters = reading.clusters.iter();
    let Some(newer) = clusters.find(|it| has(it, Capability::AsksForStreams) == Some(true)) else {
        return found;
    };
    for cluster in &reading.clusters {
        let is_before = has(cluster, Capability::AnswersStreams) == Some(false);
        if !is_before || cluster.layout() == Layout::AllClusters {
            continue;
        }
        let older = Diagnostic::new(
            cluster.path(ClusterField::ServerVersion),
            format!(
                "{} has {}, and {} a release from 1.24 on, which asks for workflows in a way that is known since 1.21.",
                cluster.label(),
                cluster.server_version(reading.draft),
                newer.label()
            ),
            "They can be connected, and namespaces come to both, but workflows do not. Upgrade the older one first.",
        );
        found.push(older.related(newer.path(ClusterField::ServerVersion)));
    }
    found
}

fn by_layout(reading: &Reading) -> Vec<Diagnostic> {
    let mut clusters = reading.clusters.iter();
    let Some(newer) = clusters.find(|cluster| cluster.layout() == Layout::OwnCluster) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for cluster in &reading.clusters {
        if cluster.layout() == Layout::OwnCluster {
            continue;
        }
        let older = Diagnostic::new(
            cluster.path(ClusterField::ServerVersion),
            format!(
                "{} has {}, and cannot be connected to {} before it is upgraded to 1.14.",
                cluster.label(),
                cluster.server_version(reading.draft),
                newer.label()
            ),
            "There are no scripts until then. What its file connects is kept if 1.14 is started first, \
             with that file: it takes the other clusters into its database. Later releases pass them \
             over.",
        )
        .related(newer.path(ClusterField::ServerVersion));
        found.push(older);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::ServerVersion;

    #[test]
    fn workflows_are_not_asked_for_in_two_ways() {
        for (server, other, is_too_old) in [
            ("1.32", "1.20.4", true),
            ("1.32", "1.14.0", true),
            ("1.24.0", "1.18", true),
            ("1.32", "1.21.0", false),
            ("1.23.1", "1.18", false),
            ("1.18", "1.18", false),
        ] {
            let mut draft = draft(&[(1, ServerVersion, other)]);
            draft.server_version = server.to_owned();
            let said = said(&RULE, &draft);
            assert_eq!(
                said.contains("known since 1.21"),
                is_too_old,
                "{server}, {other}: {said}"
            );
        }
    }

    #[test]
    fn every_older_cluster_is_upgraded_first() {
        let mut draft = draft(&[(1, ServerVersion, "1.13"), (2, ServerVersion, "1.12.3")]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[1].serverVersion: “clusterB” has 1.13, and cannot be connected to “clusterA” \
             before it is upgraded to 1.14.\n\
             clusters[2].serverVersion: “clusterC” has 1.12.3, and cannot be connected to \
             “clusterA” before it is upgraded to 1.14."
        );
        draft.server_version = "1.10".to_owned();
        assert_eq!(said(&RULE, &draft), "", "all are connected by their files");
    }

    #[test]
    fn there_is_nothing_to_connect_until_then() {
        let draft = draft(&[(1, ServerVersion, "1.13")]);
        let resolution = crate::resolve(&draft);
        let files = resolution.render_all().into_iter();
        let titles: Vec<(String, String)> = files
            .map(|file| {
                let title = file.text().lines().next().unwrap_or_default().to_owned();
                (file.name().to_owned(), title)
            })
            .collect();
        assert_eq!(
            titles,
            [
                ("clusterA.yaml", "# clusterA · Temporal 1.14 and later"),
                ("clusterB.yaml", "# clusterB · Temporal prior to 1.14"),
            ]
            .map(|(name, title)| (name.to_owned(), title.to_owned()))
        );
    }

    #[test]
    fn releases_that_connect_may_differ() {
        let mut draft = draft(&[(1, ServerVersion, "1.14.0")]);
        draft.server_version = "1.18".to_owned();
        assert_eq!(said(&RULE, &draft), "");
    }
}
