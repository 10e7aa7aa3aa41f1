//! # `cloud-shards`
//!
//! ## What it checks
//! Where the way to Temporal Cloud is kept open, every stated number of history shards is a power of two.
//!
//! ## Why it matters
//! Temporal Cloud takes only a cluster with such a number, and it can never change.
//!
//! ## Example
//! 512 and 4096 are powers of two; 1000 is none.
//!
//! ## Fix
//! None: how many shards a cluster needs depends on its load.
//!
//! ## Source
//! Temporal's documentation of the automated migration to Temporal Cloud.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HistoryShards;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("cloud-shards", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.draft.keeps_cloud_open {
        return Vec::new();
    }
    let stated = reading.stated_shards();
    let others = stated.filter(|(_, shards)| !shards.get().is_power_of_two());
    let found = others.map(|(cluster, shards)| {
        Diagnostic::new(
            cluster.path(HistoryShards),
            format!(
                "The {shards} history shards of {} close its way to Temporal Cloud.",
                cluster.label()
            ),
            "It takes only a power of two, such as 512 or 4096, and the number can never change after \
             the first start.",
        )
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::Edit;

    #[test]
    fn powers_of_two_are_fine() {
        let draft = draft(&[
            (0, HistoryShards, "512"),
            (1, HistoryShards, "1000"),
            (2, HistoryShards, "1"),
            (3, HistoryShards, "many"),
        ]);
        assert_eq!(said(&RULE, &draft), "");
        assert_eq!(
            said(&RULE, &draft.with(&[Edit::SetKeepsCloudOpen(true)])),
            "clusters[1].historyShards: The 1000 history shards of “clusterB” close its way to \
             Temporal Cloud."
        );
    }
}
