//! # `port-not-frontend`
//!
//! ## What it checks
//! No address has a port that another service of Temporal, or another product, has by default.
//!
//! ## Why it matters
//! Other clusters and tools talk to the frontend. Whatever else listens does not understand them,
//! and the connection fails. The official Helm chart once had 7933 in its `rpcAddress`.
//!
//! ## Example
//! `temporal.example:7933`, the frontend of Cadence.
//!
//! ## Fix
//! The same host with the frontend's port 7233, unless another cluster is there.
//!
//! ## Source
//! `config/development.yaml` of the server; temporalio/helm-charts#149 and #333.

use super::Rule;
use super::support::{FRONTEND_PORT, offer_address};
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HttpAddress;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("port-not-frontend", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_readable_addresses(&|cluster, field, address| {
        if field == HttpAddress {
            return None;
        }
        let port = address.port();
        let owner = usual_owner(port)?;
        let found = Diagnostic::new(
            cluster.path(field),
            format!(
                "{} has port {port}, by default that of {owner}.",
                cluster.described(field)
            ),
            "Other clusters and the tools talk to the frontend, and nothing else understands them. \
             Its port is 7233 unless configured otherwise.",
        );
        let moved = address.with_port(FRONTEND_PORT);
        Some(offer_address(found, reading, cluster, field, moved))
    })
}

/// Who listens on a port that is certainly not meant for the frontend.
const fn usual_owner(port: u16) -> Option<&'static str> {
    match port {
        7933 => Some("Cadence"),
        7243 => Some("the frontend's HTTP API"),
        7234 => Some("the history service"),
        7235 => Some("the matching service"),
        7239 => Some("the worker service"),
        6933 | 6934 | 6935 | 6939 => Some("the membership of a service"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn both_addresses_are_checked() {
        let draft = draft(&[
            (0, RpcAddress, "127.0.0.1:7933"),
            (1, AdminAddress, "b:7243"),
        ]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].rpcAddress: The RPC address “127.0.0.1:7933” of “clusterA” has port 7933, \
             by default that of Cadence.\n\
             clusters[1].adminAddress: The admin address “b:7243” of “clusterB” has port 7243, by \
             default that of the frontend's HTTP API."
        );
    }

    #[test]
    fn ports_have_their_usual_owners_and_others_are_anybodys_choice() {
        for (port, owner) in [
            (7933, Some("Cadence")),
            (7243, Some("the frontend's HTTP API")),
            (7234, Some("the history service")),
            (7235, Some("the matching service")),
            (7239, Some("the worker service")),
            (6933, Some("the membership of a service")),
            (6934, Some("the membership of a service")),
            (6935, Some("the membership of a service")),
            (6939, Some("the membership of a service")),
            (7233, None),
            (7236, None),
            (8233, None),
            (17233, None),
            (443, None),
        ] {
            assert_eq!(usual_owner(port), owner, "{port}");
        }
    }

    #[test]
    fn the_fix_is_the_frontends_port() {
        let fixed = fixed(&RULE, &draft(&[(0, RpcAddress, "[::1]:7234")]));
        assert_eq!(fixed.clusters[0].rpc_address, "[::1]:7233");
        let draft = draft(&[(1, RpcAddress, "127.0.0.1:7933")]);
        assert_eq!(found(&RULE, &draft)[0].fix, None, "clusterA is there");
    }
}
