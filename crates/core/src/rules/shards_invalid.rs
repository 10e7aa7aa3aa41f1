//! # `shards-invalid`
//!
//! ## What it checks
//! A number of history shards, where one is stated, is a whole number in 1 … 2147483647.
//!
//! ## Why it matters
//! It is stated to find out whether the clusters can be connected at all. It is not exported:
//! servers have it as `persistence.numHistoryShards`.
//!
//! ## Example
//! `4k`
//!
//! ## Fix
//! None: what was meant is not to be seen.
//!
//! ## Source
//! `NumHistoryShards int32` in `common/config/config.go`.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HistoryShards;
use crate::model::NumberError;
use crate::reading::{ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::error("shards-invalid", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.clusters.iter().filter_map(check_cluster).collect()
}

fn check_cluster(cluster: &ClusterReading) -> Option<Diagnostic> {
    let broken = match cluster.history_shards?.err()? {
        NumberError::OutOfRange(_) => "is outside of 1 to 2147483647",
        NumberError::Missing | NumberError::NotANumber => "is not a whole number",
    };
    Some(Diagnostic::new(
        cluster.path(HistoryShards),
        format!("{} {broken}.", cluster.described(HistoryShards)),
        "It decides whether the clusters can be connected. Write the numHistoryShards with which \
         the cluster was started first, or leave the field empty: then it is not checked.",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;

    #[test]
    fn only_whole_numbers_in_range() {
        for (text, broken) in [
            ("4k", "is not a whole number"),
            ("512.0", "is not a whole number"),
            ("0", "is outside of 1 to 2147483647"),
            ("2147483648", "is outside of 1 to 2147483647"),
        ] {
            assert_eq!(
                said(&RULE, &draft(&[(1, HistoryShards, text)])),
                format!(
                    "clusters[1].historyShards: The number of history shards “{text}” of \
                     “clusterB” {broken}."
                )
            );
        }
        for text in ["", " ", "1", " 512 "] {
            assert_eq!(said(&RULE, &draft(&[(1, HistoryShards, text)])), "");
        }
    }
}
