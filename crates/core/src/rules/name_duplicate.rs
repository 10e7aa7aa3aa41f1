//! # `name-duplicate`
//!
//! ## What it checks
//! No two clusters have the same name, letter by letter.
//!
//! ## Why it matters
//! A server takes a cluster with its own name for itself and refuses the connection. Prior to 1.14,
//! where every file lists all clusters, the later entry silently replaces the earlier one.
//!
//! ## Example
//! Two clusters that were both set up from one sample, as `active`.
//!
//! ## Fix
//! A free name after the same pattern, such as `clusterA-2`. A cluster that has been started
//! can never be renamed: it panics at every later start.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `service/frontend/admin_handler.go`.

use super::Rule;
use super::support::offer_name;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages::UPSERT_SELF;

pub(super) const RULE: Rule = Rule::error("name-duplicate", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let name = |cluster: &ClusterReading| Some(cluster.name.as_ref().ok()?.to_string());
    let repeated = reading.repeated(&name);
    repeated
        .map(|(first, later)| diagnostic(reading, first, later))
        .collect()
}

fn diagnostic(reading: &Reading, first: &ClusterReading, later: &ClusterReading) -> Diagnostic {
    let found = Diagnostic::new(
        later.path(Name),
        format!(
            "The name {} of cluster {} is that of cluster {} already.",
            later.label(),
            later.index + 1,
            first.index + 1
        ),
        help(reading.layout()),
    )
    .related(first.path(Name));
    let found = match reading.layout() {
        Layout::AllClusters => found,
        Layout::OwnCluster => found.server(UPSERT_SELF),
    };
    offer_name(
        found,
        reading,
        later,
        &free_name(reading, &later.draft.name),
    )
}

const fn help(layout: Layout) -> &'static str {
    match layout {
        Layout::AllClusters => {
            "Both would have one entry in the file, of which the server silently keeps the last. A \
             cluster that has been started can never be renamed: change the one that has not."
        }
        Layout::OwnCluster => {
            "A server takes a cluster with its own name for itself, and refuses to connect. A \
             cluster that has been started can never be renamed: change the one that has not."
        }
    }
}

/// `clusterA-2`, `clusterA-3` …: the first that no cluster has. Two have the name itself, so that one of these is free.
fn free_name(reading: &Reading, name: &str) -> String {
    let numbered = (2..=reading.clusters.len()).map(|number| format!("{name}-{number}"));
    let mut free = numbered.filter(|name| !reading.taken().has_name(name));
    free.next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use expect_test::expect;

    #[test]
    fn every_later_cluster_is_reported_against_the_first() {
        let draft = draft(&[(1, Name, "clusterA"), (3, Name, "clusterA")]);
        expect![[r#"
            clusters[1].name: The name “clusterA” of cluster 2 is that of cluster 1 already.
            clusters[3].name: The name “clusterA” of cluster 4 is that of cluster 1 already."#]]
        .assert_eq(&said(&RULE, &draft));
    }

    #[test]
    fn names_are_compared_letter_by_letter() {
        assert_eq!(said(&RULE, &draft(&[(1, Name, "CLUSTERA")])), "");
        assert_eq!(said(&RULE, &draft(&[(0, Name, ""), (1, Name, "")])), "");
    }

    #[test]
    fn the_fix_is_a_free_name() {
        for (third, expected) in [("other", "clusterA-2"), ("CLUSTERA-2", "clusterA-3")] {
            let fixed = fixed(&RULE, &draft(&[(1, Name, "clusterA"), (2, Name, third)]));
            assert_eq!(fixed.clusters[1].name, expected);
        }
        let longest = "x".repeat(255);
        let draft = draft(&[(0, Name, &longest), (1, Name, &longest)]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }

    #[test]
    fn the_server_refuses_to_connect_to_itself() {
        let mut draft = draft(&[(1, Name, "clusterA")]);
        for (release, says) in [
            ("1.13", None),
            ("1.14.0", Some(UPSERT_SELF)),
            ("1.32", Some(UPSERT_SELF)),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), says);
        }
    }
}
