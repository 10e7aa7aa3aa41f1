//! # `running-renamed`
//!
//! ## What it checks
//! A cluster that runs has the name it runs with.
//!
//! ## Why it matters
//! The name is in the database. A server that is started with another one does not start, and since
//! 1.15 it has saved the new name by then: it does not start with the old file either.
//!
//! ## Example
//! `currentClusterName: "clusterZ"` for a cluster that was first started as `clusterA`.
//!
//! ## Fix
//! The name that it runs with is put back. For another name the namespaces move to a new cluster.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `temporal/fx.go` at 1.29.1.

use super::Rule;
use super::support::{WAY_AROUND, offer_put_back};
use crate::diagnostics::{Diagnostic, quoted};
use crate::draft::Running;
use crate::edit::ClusterField::Name;
use crate::reading::{ClusterReading, Reading};
use crate::release::{Capability, ServerVersion};
use crate::server_messages;

pub(super) const RULE: Rule = Rule::error("running-renamed", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_running(&|cluster, running| check_cluster(reading, cluster, running))
}

fn check_cluster(
    reading: &Reading,
    cluster: &ClusterReading,
    running: &Running,
) -> Option<Diagnostic> {
    let new = cluster.name.as_ref().ok()?.as_str();
    let old = &*running.name;
    if old.is_empty() || old == new {
        return None;
    }
    let saves = |release: ServerVersion| release.has(Capability::SavesNewName);
    let help = if cluster.release.is_none_or(saves) {
        "The server does not start, and has saved the new name by then: after that it does not \
         start with the old file either."
    } else {
        "The server does not start until the old name is back."
    };
    let found = Diagnostic::new(
        cluster.path(Name),
        format!(
            "{} runs as {}: it can never be renamed.",
            cluster.label(),
            quoted(old)
        ),
        help,
    )
    .more_help(WAY_AROUND)
    .server_if(|| {
        let initial = running.initial_version.trim();
        Some(server_messages::renamed(
            cluster.release,
            initial,
            (new, old),
        ))
    });
    Some(offer_put_back(found, reading, cluster, Name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, running, said};
    use super::*;
    use crate::edit::Edit;

    #[test]
    fn only_clusters_that_run_cannot_be_renamed() {
        let draft = running(&draft(&[]), 0);
        assert_eq!(said(&RULE, &draft), "");
        let id = draft.clusters[0].id;
        let draft = draft.with(&[Edit::SetField(id, Name, "clusterZ".into())]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].name: “clusterZ” runs as “clusterA”: it can never be renamed."
        );
        assert_eq!(said(&RULE, &draft.with(&[Edit::SetRunning(id, None)])), "");
        let missing = draft.with(&[Edit::SetField(id, Name, String::new())]);
        assert_eq!(said(&RULE, &missing), "", "another rule says so");
    }

    #[test]
    fn the_server_does_not_start() {
        let draft = running(&draft(&[]), 0);
        let id = draft.clusters[0].id;
        let mut draft = draft.with(&[Edit::SetField(id, Name, "clusterZ".into())]);
        for (release, says) in [
            ("1.13", "Current cluster is not specified in cluster info"),
            ("1.14.4", "Unable to start server"),
            ("1.31", "Cluster info initial versions have duplicates"),
            (
                "1.32",
                r#"duplicate InitialFailoverVersion 1 for clusters "clusterZ" and "clusterA""#,
            ),
        ] {
            draft.server_version = release.to_owned();
            let found = found(&RULE, &draft).remove(0);
            assert_eq!(found.server.as_deref(), Some(says));
            let is_damaged = found.help.contains("saved the new name");
            assert_eq!(is_damaged, ["1.31", "1.32"].contains(&release), "{release}");
        }
    }

    #[test]
    fn the_fix_puts_the_name_back_unless_another_cluster_has_it() {
        let draft = running(&draft(&[]), 0);
        let [a, b] = [0, 1].map(|at| draft.clusters[at].id);
        let draft = draft.with(&[Edit::SetField(a, Name, "clusterZ".into())]);
        assert_eq!(fixed(&RULE, &draft).clusters[0].name, "clusterA");
        let taken = draft.with(&[Edit::SetField(b, Name, "clusterA".into())]);
        assert_eq!(found(&RULE, &taken)[0].fix, None);
    }
}
