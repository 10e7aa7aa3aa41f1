//! # `running-shards-changed`
//!
//! ## What it checks
//! A cluster that runs has the number of history shards it runs with, where that is known.
//!
//! ## Why it matters
//! Every release keeps the number that is in the database, whatever the configuration says, so that
//! the checks here and in the scripts would be of a number that nobody has.
//!
//! ## Example
//! 1024 history shards for a cluster that was first started with 512.
//!
//! ## Fix
//! The number that it runs with is put back. For another number the namespaces move to a new cluster.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1.

use super::Rule;
use super::support::{WAY_AROUND, offer_put_back};
use crate::diagnostics::Diagnostic;
use crate::draft::Running;
use crate::edit::ClusterField::HistoryShards;
use crate::model::ShardCount;
use crate::reading::{ClusterReading, Reading};
use crate::server_messages::DATABASE_WINS;

pub(super) const RULE: Rule = Rule::error("running-shards-changed", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_running(&|cluster, running| check_cluster(reading, cluster, running))
}

fn check_cluster(
    reading: &Reading,
    cluster: &ClusterReading,
    running: &Running,
) -> Option<Diagnostic> {
    let new = cluster.history_shards?.ok()?;
    let old = ShardCount::parse(&running.history_shards).ok()?;
    if old == new {
        return None;
    }
    let found = Diagnostic::new(
        cluster.path(HistoryShards),
        format!(
            "{} runs with {old} history shards: it can never have {new}.",
            cluster.label()
        ),
        "The database keeps the old number and the server goes on with it.",
    )
    .more_help(WAY_AROUND)
    .server(DATABASE_WINS);
    Some(offer_put_back(found, reading, cluster, HistoryShards))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    fn from_to(before: &str, after: &str) -> Draft {
        let draft = running(&draft(&[(0, HistoryShards, before)]), 0);
        let id = draft.clusters[0].id;
        draft.with(&[Edit::SetField(id, HistoryShards, after.into())])
    }

    #[test]
    fn the_number_is_kept_for_life_where_it_is_known() {
        assert_eq!(
            said(&RULE, &from_to("512", "1024")),
            "clusters[0].historyShards: “clusterA” runs with 512 history shards: it can never have \
             1024."
        );
        for (before, after) in [("512", "512"), ("512", ""), ("", "512"), ("512", "x")] {
            assert_eq!(said(&RULE, &from_to(before, after)), "", "{before} {after}");
        }
    }

    #[test]
    fn what_is_put_back_is_the_number_alone() {
        let draft = from_to(" 512\u{C}", "1024");
        let fix = found(&RULE, &draft)[0].fix.clone().expect("a fix");
        assert_eq!(fix.label, "Put back 512");
        assert_eq!(fixed(&RULE, &draft).clusters[0].history_shards, "512");
    }

    #[test]
    fn the_fix_puts_it_back_where_the_clusters_fit() {
        let draft = from_to("512", "1024");
        assert_eq!(fixed(&RULE, &draft).clusters[0].history_shards, "512");
        let other = draft.clusters[1].id;
        for (shards, release, fits) in [
            ("256", "1.32", true),
            ("300", "1.32", false),
            ("256", "1.19", false),
            ("512", "1.19", true),
        ] {
            let draft = draft.with(&[
                Edit::SetServerVersion(release.into()),
                Edit::SetField(other, HistoryShards, shards.into()),
            ]);
            let is_offered = found(&RULE, &draft)[0].fix.is_some();
            assert_eq!(is_offered, fits, "{shards} {release}");
        }
    }
}
