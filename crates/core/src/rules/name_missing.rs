//! # `name-missing`
//!
//! ## What it checks
//! Every cluster has a name.
//!
//! ## Why it matters
//! The server panics at boot without one, and no command can speak of the cluster. The database has kept
//! the empty name by then: the server then panics on every start, even after the file was corrected.
//!
//! ## Example
//! `currentClusterName: ""`
//!
//! ## Fix
//! None: a name is for ever, so nobody else should choose it.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `common/cluster/metadata.go`.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::model::ClusterNameError;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages::{CURRENT_NAME_EMPTY, MASTER_NAME_EMPTY};

pub(super) const RULE: Rule = Rule::error("name-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_names(&|cluster, error| {
        (error == ClusterNameError::Empty).then(|| {
            Diagnostic::new(
                cluster.path(Name),
                format!("Cluster {} has no name.", cluster.index + 1),
                "The server does not start without it, and never again on the same database, even \
                 after the file was corrected. A name can never change after the first start, so \
                 choose one that stays true, such as a region: us-east-1.",
            )
            .server(server_message(reading, cluster))
        })
    })
}

fn server_message(reading: &Reading, cluster: &ClusterReading) -> &'static str {
    let is_master = cluster.index == reading.draft.master_position();
    match cluster.layout() {
        Layout::AllClusters if !is_master => CURRENT_NAME_EMPTY,
        _ => MASTER_NAME_EMPTY,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;

    #[test]
    fn blank_names_are_none() {
        assert_eq!(
            said(&RULE, &draft(&[(0, Name, ""), (1, Name, " \t")])),
            "clusters[0].name: Cluster 1 has no name.\n\
             clusters[1].name: Cluster 2 has no name."
        );
        assert_eq!(said(&RULE, &draft(&[(0, Name, "a"), (1, Name, " b")])), "");
    }

    #[test]
    fn the_server_misses_the_master_first() {
        let mut draft = draft(&[(0, Name, ""), (1, Name, "")]);
        for (release, says) in [
            ("1.13", [MASTER_NAME_EMPTY, CURRENT_NAME_EMPTY]),
            ("1.32", [MASTER_NAME_EMPTY, MASTER_NAME_EMPTY]),
        ] {
            draft.server_version = release.to_owned();
            let said = found(&RULE, &draft).into_iter().map(|found| found.server);
            assert!(said.eq(says.map(|says| Some(says.to_owned()))), "{release}");
        }
    }
}
