//! # `connections-need-restart`
//!
//! ## What it checks
//! Whether the release is one of 1.14.0 to 1.14.3, which use a connection only after a restart.
//!
//! ## Why it matters
//! The command succeeds, but the frontend and history services never read the new connection. From
//! 1.14.4 on they do within a minute.
//!
//! ## Example
//! Server version 1.14.0.
//!
//! ## Fix
//! None: it is how these releases work. The runbook restarts the servers.
//!
//! ## Source
//! Measured on 1.14.1: not usable 107 seconds after connecting, usable right after a restart;
//! `common/cluster/fx.go` at 1.14.4.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::reading::Reading;
use crate::release::{Capability, Layout};
use crate::server_messages::invalid_cluster_name;

pub(super) const RULE: Rule = Rule::note("connections-need-restart", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let has_commands = reading.layout() == Layout::OwnCluster;
    if !has_commands || reading.has(Capability::RefreshesConnections) {
        return Vec::new();
    }
    let (release, path) = reading.oldest_version();
    let found = Diagnostic::new(
        path,
        format!("Servers of {release} use a new or changed connection only after a restart."),
        "The command succeeds, but the frontend and history services never read the connection \
         again. Restart them after each change, or use 1.14.4 or later, which need a minute at most.",
    );
    let other = reading
        .clusters
        .get(1)
        .and_then(|other| other.name.as_ref().ok());
    vec![found.server_if(|| other.map(|name| invalid_cluster_name(name.as_str())))]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    #[test]
    fn four_releases_need_it() {
        let of = |release: &str| Draft::default().with(&[Edit::SetServerVersion(release.into())]);
        for release in ["1.14.0", "1.14.3"] {
            assert_eq!(
                said(&RULE, &of(release)),
                format!(
                    "serverVersion: Servers of {release} use a new or changed connection only \
                     after a restart."
                )
            );
            let says = found(&RULE, &of(release)).remove(0).server;
            assert_eq!(says.as_deref(), Some("Invalid cluster name: clusterB"));
        }
        for release in ["1.13", "1.14.4", "1.32", "not known"] {
            assert_eq!(said(&RULE, &of(release)), "");
        }
    }
}
