//! # `cloud-initial-version`
//!
//! ## What it checks
//! Where the way to Temporal Cloud is kept open, no initial failover version is above 1,000,000.
//!
//! ## Why it matters
//! Temporal Cloud takes only a cluster with such a number, and it can never change.
//!
//! ## Example
//! `initialFailoverVersion: 2000001`
//!
//! ## Fix
//! The lowest free number; none for a cluster that runs.
//!
//! ## Source
//! Temporal's documentation of the automated migration to Temporal Cloud.

use super::Rule;
use super::cloud_increment::OF_CLOUD;
use super::support::offer_free_version;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("cloud-initial-version", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.draft.keeps_cloud_open {
        return Vec::new();
    }
    let clusters = reading.clusters.iter();
    let too_large = clusters.filter(|cluster| {
        let version = cluster.initial_version;
        version.is_ok_and(|version| version.get() > OF_CLOUD)
    });
    let found = too_large.map(|cluster| {
        let found = Diagnostic::new(
            cluster.path(InitialFailoverVersion),
            format!(
                "{} closes its way to Temporal Cloud.",
                cluster.described(InitialFailoverVersion)
            ),
            "It takes none above 1,000,000, and the number can never change after the first start.",
        );
        match cluster.draft.running {
            None => offer_free_version(found, reading, cluster),
            Some(_) => found,
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    fn with(version: &str, open: bool) -> Draft {
        draft(&[(1, InitialFailoverVersion, version)]).with(&[
            Edit::SetIncrement("10000000".to_owned()),
            Edit::SetKeepsCloudOpen(open),
        ])
    }

    #[test]
    fn a_million_is_the_most() {
        for (version, is_fine) in [("1000000", true), ("1000001", false), ("x", true)] {
            let found_open = found(&RULE, &with(version, true));
            assert_eq!(found_open.is_empty(), is_fine, "{version}");
            assert_eq!(found(&RULE, &with(version, false)), []);
        }
    }

    #[test]
    fn the_fix_is_the_lowest_free_number_and_leaves_what_runs() {
        let draft = with("2000000", true);
        assert_eq!(fixed(&RULE, &draft).clusters[1].initial_version, "2");
        assert_eq!(found(&RULE, &running(&draft, 1))[0].fix, None);
    }
}
