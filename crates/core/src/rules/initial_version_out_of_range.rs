//! # `initial-version-out-of-range`
//!
//! ## What it checks
//! `initialFailoverVersion` is in 1 … increment − 1.
//!
//! ## Why it matters
//! The server panics at its first boot, and since 1.14 it has saved the wrong number before: the
//! database then panics on every start, even after the file was corrected. 0 is the example in the
//! official reference, and was once in the official Helm chart.
//!
//! ## Example
//! `initialFailoverVersion: 0`, or `initialFailoverVersion: 100` with an increment of 100.
//!
//! ## Fix
//! The lowest number that no cluster has.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1, 1.31.2 and 1.32.1; `common/cluster/metadata.go`.

use super::Rule;
use super::support::offer_free_version;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::model::{FailoverVersionIncrement, NumberError};
use crate::reading::Reading;
use crate::server_messages;

pub(super) const RULE: Rule = Rule::error("initial-version-out-of-range", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let increment = reading.increment;
    reading.check_initial_versions(&|cluster, error| {
        let NumberError::OutOfRange(number) = error else {
            return None;
        };
        let found = Diagnostic::new(
            cluster.path(InitialFailoverVersion),
            format!(
                "Initial failover version {number} of {} is outside of {}.",
                cluster.label(),
                range(increment.ok())
            ),
            "The server panics at its first start. Since 1.14 it has saved the wrong number by \
             then, and panics on every later start too, even after the file was corrected.",
        );
        let says = |increment: FailoverVersionIncrement| {
            let (name, increment) = (&*cluster.draft.name, i64::from(increment.get()));
            server_messages::initial_version_out_of_range(cluster.release, name, number, increment)
        };
        let found = found.server_if(|| increment.ok().map(says));
        Some(offer_free_version(found, reading, cluster))
    })
}

fn range(increment: Option<FailoverVersionIncrement>) -> String {
    match increment.map(FailoverVersionIncrement::capacity) {
        Some(0) => "what an increment of 1 has room for: nothing".to_owned(),
        Some(largest) => format!("1 to {largest}, the increment − 1"),
        None => "1 to the increment − 1".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::Edit;

    #[test]
    fn names_the_number_and_the_range() {
        for text in ["0", "-1", "100", "101"] {
            assert_eq!(
                said(&RULE, &draft(&[(1, InitialFailoverVersion, text)])),
                format!(
                    "clusters[1].initialFailoverVersion: Initial failover version {text} of \
                     “clusterB” is outside of 1 to 99, the increment − 1."
                )
            );
        }
        assert_eq!(
            said(&RULE, &draft(&[(1, InitialFailoverVersion, "99")])),
            ""
        );
    }

    #[test]
    fn repeats_what_the_server_says() {
        let mut draft = draft(&[(1, InitialFailoverVersion, "0")]);
        for (release, says) in [
            (
                "1.13",
                "Version increment 100 is smaller than initial version: 0.",
            ),
            (
                "1.14.0",
                "Version increment 100 is smaller than initial version: map[…].",
            ),
            (
                "1.30",
                "Version increment 100 is smaller than initial version: map[…].",
            ),
            (
                "1.32",
                r#"cluster "clusterB": InitialFailoverVersion must be > 0, got 0"#,
            ),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), Some(says));
        }
    }

    #[test]
    fn each_cluster_boots_with_its_own_release() {
        use crate::edit::ClusterField::ServerVersion;
        let draft = draft(&[
            (0, InitialFailoverVersion, "0"),
            (1, InitialFailoverVersion, "0"),
            (1, ServerVersion, "1.31"),
        ]);
        let says = found(&RULE, &draft).into_iter().map(|found| found.server);
        let says: Vec<String> = says.flatten().collect();
        assert!(says[0].starts_with("cluster \"clusterA\""), "{says:?}");
        assert!(says[1].starts_with("Version increment"), "{says:?}");
    }

    #[test]
    fn the_fix_is_the_lowest_free_number() {
        let fixed = fixed(&RULE, &draft(&[(1, InitialFailoverVersion, "100")]));
        assert_eq!(fixed.clusters[1].initial_version, "2");
        assert!(fixed.clusters[1].automatic);
    }

    #[test]
    fn no_fix_without_room() {
        let draft = draft(&[]).with(&[Edit::SetIncrement("2".into())]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
        let draft = draft.with(&[Edit::SetIncrement("1".into())]);
        assert_eq!(found(&RULE, &draft).len(), 2);
    }
}
