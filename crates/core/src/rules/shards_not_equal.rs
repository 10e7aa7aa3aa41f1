//! # `shards-not-equal`
//!
//! ## What it checks
//! For releases before 1.20: all clusters whose number of history shards is stated have the same.
//!
//! ## Why it matters
//! A server of 1.14 to 1.19 refuses to connect. Before 1.14 nothing checks it, but it is required all
//! the same: a shard is replicated to the shard with its number, which the other cluster may not have.
//!
//! ## Example
//! 512 shards in `clusterA` and 1024 in `clusterB`.
//!
//! ## Fix
//! None: the number is fixed at the first start. A cluster with another one has to be built anew,
//! or all servers brought to 1.20, from which on multiples are enough.
//!
//! ## Source
//! Measured on 1.14.1; `service/frontend/adminHandler.go` at every tag.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HistoryShards;
use crate::reading::Reading;
use crate::release::{Capability, Layout};
use crate::server_messages::UPSERT_SHARDS_NOT_EQUAL;

pub(super) const RULE: Rule = Rule::error("shards-not-equal", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if reading.has(Capability::AcceptsMultipleShardCounts) {
        return Vec::new();
    }
    let mut stated = reading.stated_shards();
    let Some((first, expected)) = stated.next() else {
        return Vec::new();
    };
    let different = stated.filter(|&(_, shards)| shards != expected);
    let diagnostic = |(cluster, shards)| {
        let cluster: &crate::reading::ClusterReading = cluster;
        let found = Diagnostic::new(
            cluster.path(HistoryShards),
            format!(
                "{} has {shards} history shards and {} has {expected}; before 1.20 they must be \
                 equal.",
                cluster.label(),
                first.label()
            ),
            help(reading.layout()),
        )
        .related(first.path(HistoryShards));
        match reading.layout() {
            Layout::AllClusters => found,
            Layout::OwnCluster => found.server(UPSERT_SHARDS_NOT_EQUAL),
        }
    };
    different.map(diagnostic).collect()
}

const fn help(layout: Layout) -> &'static str {
    match layout {
        Layout::AllClusters => {
            "These servers do not check it, but each shard is replicated to the one with its \
             number. The number is fixed at the first start: a cluster with another one has to be \
             built anew."
        }
        Layout::OwnCluster => {
            "The server refuses to connect them. The number is fixed at the first start: a cluster \
             with another one has to be built anew, or all servers brought to 1.20, from which on \
             multiples are enough."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;

    #[test]
    fn every_stated_number_is_compared_with_the_first() {
        let mut draft = draft(&[
            (1, HistoryShards, "512"),
            (2, HistoryShards, "512"),
            (3, HistoryShards, "1024"),
            (4, HistoryShards, "x"),
        ]);
        for (release, message) in [
            ("1.20", ""),
            ("not known", ""),
            (
                "1.19",
                "clusters[3].historyShards: “clusterD” has 1024 history shards and “clusterB” has \
                 512; before 1.20 they must be equal.",
            ),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(said(&RULE, &draft), message, "{release}");
        }
    }

    #[test]
    fn the_server_refuses_or_does_not_look() {
        let mut draft = draft(&[(0, HistoryShards, "4"), (1, HistoryShards, "8")]);
        for (release, says, help) in [
            ("1.13", None, "do not check it"),
            ("1.14.0", Some(UPSERT_SHARDS_NOT_EQUAL), "brought to 1.20"),
        ] {
            draft.server_version = release.to_owned();
            let found = &found(&RULE, &draft)[0];
            assert_eq!(found.server.as_deref(), says);
            assert!(found.help.contains(help), "{}", found.help);
        }
    }
}
