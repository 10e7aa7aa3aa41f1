//! # `shards-not-multiples`
//!
//! ## What it checks
//! For releases from 1.20 on: of any two clusters whose numbers of history shards are stated, one
//! number is a multiple of the other.
//!
//! ## Why it matters
//! The server refuses to connect them.
//!
//! ## Example
//! 4, 6 and 12 shards: 4 and 12 fit, 6 and 12 fit, 4 and 6 do not.
//!
//! ## Fix
//! None: the number is fixed at the first start. A cluster with another one has to be built anew.
//!
//! ## Source
//! Measured on 1.31.2 and 1.32.1 (4 and 6 refused, 4 and 8 accepted);
//! `service/frontend/admin_handler.go`.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HistoryShards;
use crate::model::ShardCount;
use crate::reading::{ClusterReading, Reading};
use crate::release::Capability;
use crate::server_messages::UPSERT_SHARDS_NOT_MULTIPLES;

pub(super) const RULE: Rule = Rule::error("shards-not-multiples", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.has(Capability::AcceptsMultipleShardCounts) {
        return Vec::new();
    }
    // Numbers that all fit each other, with the first cluster of each: at most 31, as each is at
    // least twice the next smaller one. A cluster that does not fit is reported and left out, so
    // that it is not held against others.
    let mut fitting: Vec<(&ClusterReading, ShardCount)> = Vec::new();
    let mut found = Vec::new();
    for (cluster, shards) in reading.stated_shards() {
        let mut others = fitting.iter();
        match others.find(|(_, other)| !shards.is_multiple_either_way(*other)) {
            Some(&(first, other)) => found.push(diagnostic((first, other), (cluster, shards))),
            None if fitting.iter().any(|(_, other)| *other == shards) => {}
            None => fitting.push((cluster, shards)),
        }
    }
    found
}

fn diagnostic(
    (first, other): (&ClusterReading, ShardCount),
    (later, shards): (&ClusterReading, ShardCount),
) -> Diagnostic {
    Diagnostic::new(
        later.path(HistoryShards),
        format!(
            "{} has {shards} history shards and {} has {other}; one number must be a multiple of \
             the other.",
            later.label(),
            first.label()
        ),
        "The server refuses to connect them. A planned cluster may have another \
         number; one that has started has to be built anew for that.",
    )
    .related(first.path(HistoryShards))
    .server(UPSERT_SHARDS_NOT_MULTIPLES)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;

    fn of(shards: &[&str]) -> String {
        let fields = shards.iter().enumerate();
        let fields: Vec<_> = fields
            .map(|(at, shards)| (at, HistoryShards, *shards))
            .collect();
        said(&RULE, &draft(&fields))
    }

    #[test]
    fn all_pairs_are_compared() {
        assert_eq!(
            of(&["4", "6", "12"]),
            "clusters[1].historyShards: “clusterB” has 6 history shards and “clusterA” has 4; one \
             number must be a multiple of the other."
        );
        assert_eq!(
            of(&["12", "", "4", "6", "6"]),
            "clusters[3].historyShards: “clusterD” has 6 history shards and “clusterC” has 4; one \
             number must be a multiple of the other.\n\
             clusters[4].historyShards: “clusterE” has 6 history shards and “clusterC” has 4; one \
             number must be a multiple of the other."
        );
    }

    #[test]
    fn multiples_fit() {
        for shards in [
            &["4", "8", "4", "1", "512"][..],
            &["4", "", "x", "0"],
            &["4"],
        ] {
            assert_eq!(of(shards), "");
        }
    }

    #[test]
    fn before_1_20_another_rule_checks() {
        let mut draft = draft(&[(0, HistoryShards, "4"), (1, HistoryShards, "6")]);
        draft.server_version = "1.19".to_owned();
        assert_eq!(said(&RULE, &draft), "");
    }
}
