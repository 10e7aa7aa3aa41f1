//! # `initial-version-missing`
//!
//! ## What it checks
//! Every cluster has an `initialFailoverVersion`.
//!
//! ## Why it matters
//! The server reads a missing number as 0, and panics. Since 1.14 it has saved the 0 before: the
//! database then panics on every start, even after the file was corrected.
//!
//! ## Example
//! `initialFailoverVersion:`
//!
//! ## Fix
//! The lowest number that no cluster has.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `common/cluster/metadata.go`.

use super::Rule;
use super::support::offer_free_version;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::model::NumberError;
use crate::reading::Reading;
use crate::server_messages::initial_version_out_of_range;

pub(super) const RULE: Rule = Rule::error("initial-version-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_initial_versions(&|cluster, error| {
        if error != NumberError::Missing {
            return None;
        }
        let found = Diagnostic::new(
            cluster.path(InitialFailoverVersion),
            format!(
                "The initial failover version of {} is missing.",
                cluster.label()
            ),
            "The server reads a missing number as 0 and panics at its first start. Since 1.14 it has \
             saved the 0 by then, and panics on every later start too, even after the file was \
             corrected.",
        );
        let name = &cluster.draft.name;
        let increment = reading
            .increment
            .ok()
            .map(|increment| i64::from(increment.get()));
        let says = |increment| initial_version_out_of_range(cluster.release, name, 0, increment);
        let found = found.server_if(|| increment.map(says));
        Some(offer_free_version(found, reading, cluster))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::Edit;

    #[test]
    fn blank_is_missing() {
        let draft = draft(&[
            (0, InitialFailoverVersion, " "),
            (1, InitialFailoverVersion, "0"),
        ]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].initialFailoverVersion: The initial failover version of “clusterA” is missing."
        );
        assert_eq!(
            found(&RULE, &draft)[0].server.as_deref(),
            Some(r#"cluster "clusterA": InitialFailoverVersion must be > 0, got 0"#)
        );
    }

    #[test]
    fn the_fix_is_the_lowest_free_number() {
        let fixed = fixed(&RULE, &draft(&[(0, InitialFailoverVersion, "")]));
        assert_eq!(fixed.clusters[0].initial_version, "1");
    }

    #[test]
    fn no_fix_without_room() {
        let mut draft = draft(&[
            (0, InitialFailoverVersion, ""),
            (1, InitialFailoverVersion, "1"),
        ]);
        draft.apply(&Edit::SetIncrement("2".into()));
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
