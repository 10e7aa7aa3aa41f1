//! # `initial-version-duplicate`
//!
//! ## What it checks
//! Every cluster has its own `initialFailoverVersion`. All clusters are compared, not pairs: servers
//! check only "as well as they can", and accept two remotes with one number that are added
//! within the same minute. Then every refresh fails and neither ever becomes usable.
//!
//! ## Why it matters
//! The number tells which cluster wrote an event. With one number for two clusters, servers refuse
//! the connection, or panic at boot where both are listed in one file.
//!
//! ## Example
//! `clusterA` and `clusterB` both with `initialFailoverVersion: 1`.
//!
//! ## Fix
//! The later one gets the lowest free number. If both already run, neither can ever be renumbered:
//! one has to be built anew.
//!
//! ## Source
//! The guide's third condition; `common/cluster/metadata.go`; `service/frontend/admin_handler.go`.

use super::Rule;
use super::support::offer_free_version;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages;

pub(super) const RULE: Rule = Rule::error("initial-version-duplicate", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let version = |cluster: &ClusterReading| Some(cluster.initial_version.ok()?.to_string());
    let repeated = reading.repeated(&version);
    repeated
        .map(|(first, later)| diagnostic(reading, first, later))
        .collect()
}

fn diagnostic(reading: &Reading, first: &ClusterReading, later: &ClusterReading) -> Diagnostic {
    let version = later.draft.initial_version.trim();
    let says = || match reading.layout() {
        Layout::AllClusters => {
            let names = (&*first.draft.name, &*later.draft.name);
            server_messages::initial_versions_duplicate(reading.release, version, names)
        }
        Layout::OwnCluster => server_messages::UPSERT_INITIAL_VERSION_CONFLICT.to_owned(),
    };
    let found = Diagnostic::new(
        later.path(InitialFailoverVersion),
        format!(
            "Initial failover version {version} of {} is that of {} already.",
            later.label(),
            first.label()
        ),
        help(first.draft.running.is_some() && later.draft.running.is_some()),
    )
    .related(first.path(InitialFailoverVersion))
    .server_if(|| Some(says()));
    offer_free_version(found, reading, later)
}

const fn help(both_run: bool) -> &'static str {
    if both_run {
        "Both run, and neither can ever be renumbered: these two can never be connected. Build one of \
         them anew with another number, and move the namespaces there."
    } else {
        "The number tells which cluster wrote an event, so it must differ in every connected \
         cluster. A cluster that has been started can never be renumbered: change the one that \
         has not."
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running, said};
    use super::*;
    use crate::edit::Edit;
    use expect_test::expect;

    #[test]
    fn every_later_cluster_is_reported_against_the_first() {
        let draft = draft(&[
            (0, InitialFailoverVersion, "2"),
            (2, InitialFailoverVersion, " 2 "),
        ]);
        expect![[r#"
            clusters[1].initialFailoverVersion: Initial failover version 2 of “clusterB” is that of “clusterA” already.
            clusters[2].initialFailoverVersion: Initial failover version 2 of “clusterC” is that of “clusterA” already."#]]
        .assert_eq(&said(&RULE, &draft));
    }

    #[test]
    fn the_fix_takes_the_lowest_free_number() {
        let draft = draft(&[(1, InitialFailoverVersion, "1")]);
        assert_eq!(fixed(&RULE, &draft).clusters[1].initial_version, "2");
    }

    #[test]
    fn the_way_out_is_another_one_where_both_run() {
        let planned = draft(&[(1, InitialFailoverVersion, "1")]);
        let both_run = running(&running(&planned, 0), 1);
        for (draft, way) in [
            (&planned, "change the one that has not"),
            (&both_run, "Build one of them anew"),
        ] {
            let help = &found(&RULE, draft)[0].help;
            assert!(help.contains(way), "{help}");
        }
    }

    #[test]
    fn no_fix_without_room() {
        let draft = draft(&[(1, InitialFailoverVersion, "1")]);
        let draft = draft.with(&[Edit::SetIncrement("2".into())]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }

    #[test]
    fn the_server_says_so_at_boot_or_on_connecting() {
        let mut draft = draft(&[(1, InitialFailoverVersion, "1")]);
        for (release, says) in [
            ("1.13", "Cluster info initial versions have duplicates"),
            (
                "1.32",
                "Cannot add remote cluster due to initial failover version conflict",
            ),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), Some(says));
        }
    }

    #[test]
    fn different_or_unreadable_numbers_are_no_duplicates() {
        assert_eq!(said(&RULE, &draft(&[])), "");
        let draft = draft(&[
            (0, InitialFailoverVersion, "x"),
            (1, InitialFailoverVersion, "x"),
        ]);
        assert_eq!(said(&RULE, &draft), "");
    }
}
