//! # `running-renumbered`
//!
//! ## What it checks
//! A cluster that runs has the `initialFailoverVersion` it runs with.
//!
//! ## Why it matters
//! Since 1.14 the database keeps the old number and the server goes on with it, since 1.15 without a
//! word: other clusters would be told of a number that nobody has. Prior to 1.14 the file wins, and
//! every event in the cluster's history belongs to another cluster from then on.
//!
//! ## Example
//! `initialFailoverVersion: 7` for a cluster that was first started with 1.
//!
//! ## Fix
//! The number that it runs with is put back. For another number the namespaces move to a new cluster.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `temporal/fx.go` at 1.29.1.

use super::Rule;
use super::support::{WAY_AROUND, offer_put_back};
use crate::diagnostics::Diagnostic;
use crate::draft::Running;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::model;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages;

pub(super) const RULE: Rule = Rule::error("running-renumbered", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_running(&|cluster, running| check_cluster(reading, cluster, running))
}

fn check_cluster(
    reading: &Reading,
    cluster: &ClusterReading,
    running: &Running,
) -> Option<Diagnostic> {
    let new = cluster.initial_version.ok()?;
    let largest = model::FailoverVersionIncrement::LARGEST;
    let old = model::InitialFailoverVersion::parse(&running.initial_version, largest).ok()?;
    if old == new {
        return None;
    }
    let help = match cluster.layout() {
        Layout::AllClusters => {
            "These servers take the new number, and all events that they wrote belong to another \
             cluster from then on, or to none."
        }
        Layout::OwnCluster => {
            "The database keeps the old number and the server goes on with it, so nothing that is \
             exported here would be true."
        }
    };
    let found = Diagnostic::new(
        cluster.path(InitialFailoverVersion),
        format!(
            "{} runs with initial failover version {old}: it can never become {new}.",
            cluster.label()
        ),
        help,
    )
    .more_help(WAY_AROUND)
    .server_if(|| server_messages::renumbered(cluster.release).map(str::to_owned));
    Some(offer_put_back(
        found,
        reading,
        cluster,
        InitialFailoverVersion,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;
    use crate::server_messages::DATABASE_WINS;

    fn renumbered(to: &str) -> Draft {
        let draft = running(&draft(&[]), 0);
        let id = draft.clusters[0].id;
        draft.with(&[Edit::SetField(id, InitialFailoverVersion, to.into())])
    }

    #[test]
    fn only_clusters_that_run_cannot_be_renumbered() {
        assert_eq!(
            said(&RULE, &renumbered("7")),
            "clusters[0].initialFailoverVersion: “clusterA” runs with initial failover version 1: it \
             can never become 7."
        );
        for same in ["1", " 1", "x"] {
            assert_eq!(said(&RULE, &renumbered(same)), "", "{same}");
        }
        let draft = renumbered("7");
        let planned = draft.with(&[Edit::SetRunning(draft.clusters[0].id, None)]);
        assert_eq!(said(&RULE, &planned), "");
    }

    #[test]
    fn only_one_release_says_so() {
        let mut draft = renumbered("7");
        for (release, says) in [
            ("1.13", None),
            ("1.14.0", Some(DATABASE_WINS)),
            ("1.15", None),
            ("1.32", None),
        ] {
            draft.server_version = release.to_owned();
            let found = found(&RULE, &draft).remove(0);
            assert_eq!(found.server.as_deref(), says, "{release}");
            assert_eq!(found.help.contains("take the new"), release == "1.13");
        }
    }

    #[test]
    fn every_rule_about_the_number_puts_it_back() {
        assert_eq!(
            fixed(&RULE, &renumbered("7")).clusters[0].initial_version,
            "1"
        );
        for wrong in ["", "x", "100"] {
            let draft = renumbered(wrong);
            let found = super::super::check_all(&Reading::of(&draft));
            let fix = found[0].fix.as_ref().expect("a fix");
            assert_eq!(fix.label, "Put back 1");
        }
    }

    #[test]
    fn a_number_that_another_cluster_has_is_not_put_back() {
        let draft = renumbered("7");
        let other = draft.clusters[1].id;
        let draft = draft.with(&[Edit::SetField(other, InitialFailoverVersion, "1".into())]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
