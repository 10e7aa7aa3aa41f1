//! # `server-version-unknown`
//!
//! ## What it checks
//! The server version is a release, as `1.32` or `1.14.3`, from 1.0 on; so is that of each cluster
//! which has its own.
//!
//! ## Why it matters
//! The layout of the files, what the commands are called and most rules depend on the release.
//! Prior to 1.14 each file lists all clusters; from 1.14 on each lists only its own.
//!
//! ## Example
//! `latest`, which a link can bring.
//!
//! ## Fix
//! The newest release that was measured; for a cluster, the release of all.
//!
//! ## Source
//! This page's table of releases, measured on 1.13.0, 1.14.1, 1.31.2 and 1.32.1.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::draft::Draft;
use crate::edit::{ClusterField, Edit};
use crate::reading::{ClusterReading, Reading};
use crate::release::ServerVersion;

pub(super) const RULE: Rule = Rule::error("server-version-unknown", check);

const HELP: &str = "The layout of the files, the commands and the rules depend on the release of the \
    servers. `tctl admin cluster describe` and `temporal operator cluster system` tell it.";

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let clusters = reading.clusters.iter();
    let unknown = clusters.filter(|cluster| cluster.has_own_version() && cluster.release.is_none());
    let mut found: Vec<Diagnostic> = unknown.map(of_cluster).collect();
    if ServerVersion::parse(&reading.draft.server_version).is_none() {
        found.push(of_all(reading.draft.server_version.trim()));
    }
    found
}

fn of_all(typed: &str) -> Diagnostic {
    let message = if typed.is_empty() {
        "The server version is missing.".to_owned()
    } else {
        let typed = quoted(typed);
        format!("The server version {typed} is not a release such as 1.32 or 1.14.3.")
    };
    let default = Draft::DEFAULT_SERVER_VERSION;
    Diagnostic::new(Path::ServerVersion, message, HELP).fix(
        format!("Use {default}"),
        Edit::SetServerVersion(default.to_owned()),
    )
}

fn of_cluster(cluster: &ClusterReading) -> Diagnostic {
    let field = ClusterField::ServerVersion;
    let message = format!(
        "{} is not a release such as 1.32 or 1.14.3.",
        cluster.described(field)
    );
    let edit = Edit::SetField(cluster.draft.id, field, String::new());
    Diagnostic::new(cluster.path(field), message, HELP).fix("Use that of all", edit)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;

    fn of(release: &str) -> Draft {
        Draft::default().with(&[Edit::SetServerVersion(release.to_owned())])
    }

    #[test]
    fn only_releases_are_known() {
        for (release, message) in [
            ("1.32", ""),
            ("v1.14.3", ""),
            ("", "serverVersion: The server version is missing."),
            (
                "latest",
                "serverVersion: The server version “latest” is not a release such as 1.32 or 1.14.3.",
            ),
        ] {
            assert_eq!(said(&RULE, &of(release)), message);
        }
    }

    #[test]
    fn a_cluster_may_have_its_own() {
        let draft = draft(&[
            (0, ClusterField::ServerVersion, "1.31.2"),
            (1, ClusterField::ServerVersion, "latest"),
        ]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[1].serverVersion: The server version “latest” of “clusterB” is not a release \
             such as 1.32 or 1.14.3."
        );
        assert_eq!(fixed(&RULE, &draft).clusters[1].server_version, "");
    }

    #[test]
    fn the_fix_is_the_newest_release() {
        assert_eq!(fixed(&RULE, &of("latest")).server_version, "1.32");
    }
}
