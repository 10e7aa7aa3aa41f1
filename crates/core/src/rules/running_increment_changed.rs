//! # `running-increment-changed`
//!
//! ## What it checks
//! The failover version increment is the one that every running cluster runs with.
//!
//! ## Why it matters
//! Since 1.14 the database keeps the old increment, and a cluster with another one cannot be
//! connected. Prior to 1.14 the file wins, and versions that were written before are taken for those
//! of other clusters. Two clusters that run with different increments can never be connected.
//!
//! ## Example
//! An increment of 1000 for a cluster that was first started with 100.
//!
//! ## Fix
//! The increment that all running clusters have, if they have one. Otherwise the namespaces of one of
//! them move to a new cluster.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1.

use super::Rule;
use super::support::{WAY_AROUND, offer_increment};
use crate::diagnostics::{Diagnostic, Path};
use crate::model::FailoverVersionIncrement;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages::{UPSERT_INCREMENT_DIFFERS, increment_changed};

pub(super) const RULE: Rule = Rule::error("running-increment-changed", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let Ok(wanted) = reading.increment else {
        return Vec::new();
    };
    let mut running = reading.running_increments();
    let Some(first) = running.next() else {
        return Vec::new();
    };
    if let Some(other) = running.find(|other| other.1 != first.1) {
        return vec![never_connected(first, other)];
    }
    let (cluster, increment) = first;
    if increment == wanted {
        return Vec::new();
    }
    let help = match cluster.layout() {
        Layout::AllClusters => {
            "These servers take the new one, and the versions of events that they wrote are taken for \
             those of other clusters."
        }
        Layout::OwnCluster => {
            "The database keeps the old one and the server goes on with it. Only clusters with the \
             same increment can be connected."
        }
    };
    let found = Diagnostic::new(
        Path::Increment,
        format!(
            "{} runs with a failover version increment of {increment}: it can never become {wanted}.",
            cluster.label()
        ),
        help,
    )
    .more_help(WAY_AROUND)
    .server_if(|| increment_changed(cluster.release).map(str::to_owned));
    vec![offer_increment(found, reading, 100)]
}

fn never_connected(
    (first, increment): (&ClusterReading, FailoverVersionIncrement),
    (later, other): (&ClusterReading, FailoverVersionIncrement),
) -> Diagnostic {
    Diagnostic::new(
        Path::Increment,
        format!(
            "{} runs with a failover version increment of {increment} and {} with {other}: they can \
             never be connected.",
            first.label(),
            later.label()
        ),
        "Neither can ever change.",
    )
    .more_help(WAY_AROUND)
    .server(UPSERT_INCREMENT_DIFFERS)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;
    use crate::server_messages::DATABASE_WINS;

    fn with_increment(draft: &Draft, increment: &str) -> Draft {
        draft.with(&[Edit::SetIncrement(increment.into())])
    }

    #[test]
    fn an_increment_is_kept_for_life() {
        let draft = running(&draft(&[]), 1);
        for same in ["100", " 100", "x", ""] {
            assert_eq!(said(&RULE, &with_increment(&draft, same)), "", "{same}");
        }
        let mut changed = with_increment(&draft, "1000");
        assert_eq!(
            said(&RULE, &changed),
            "failoverVersionIncrement: “clusterB” runs with a failover version increment of 100: it \
             can never become 1000."
        );
        for (release, says) in [
            ("1.13", None),
            ("1.14.0", Some(DATABASE_WINS)),
            ("1.32", Some(DATABASE_WINS)),
        ] {
            changed.server_version = release.to_owned();
            let found = found(&RULE, &changed).remove(0);
            assert_eq!(found.server.as_deref(), says, "{release}");
        }
        assert_eq!(fixed(&RULE, &changed).increment, "100");
    }

    #[test]
    fn two_increments_never_meet() {
        let draft = with_increment(&running(&draft(&[]), 0), "1000");
        let draft = running(&draft, 1);
        assert_eq!(
            said(&RULE, &draft),
            "failoverVersionIncrement: “clusterA” runs with a failover version increment of 100 and \
             “clusterB” with 1000: they can never be connected."
        );
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }

    #[test]
    fn an_increment_that_has_no_room_is_not_put_back() {
        let draft = with_increment(&running(&draft(&[]), 0), "1000");
        let id = draft.clusters[1].id;
        let field = crate::ClusterField::InitialFailoverVersion;
        let draft = draft.with(&[Edit::SetField(id, field, "500".into())]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
