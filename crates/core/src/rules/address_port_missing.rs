//! # `address-port-missing`
//!
//! ## What it checks
//! Every address ends in a port.
//!
//! ## Why it matters
//! Go's `net.SplitHostPort` refuses it. A server from 1.16 on that is told such an address ends its
//! own process at once; earlier ones refuse the connection.
//!
//! ## Example
//! `temporal.example` or `[::1]`
//!
//! ## Fix
//! The frontend's usual port, 7233, unless another cluster is there.
//!
//! ## Source
//! Measured on 1.14.1 and 1.32.1; `common/rpc/rpc.go`.

use super::Rule;
use super::support::{offer_nearest_address, split_refusal};
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-port-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        if *error != HostPortError::PortMissing {
            return None;
        }
        let found = Diagnostic::new(
            cluster.path(field),
            format!("{} has no port.", cluster.described(field)),
            "An address is a host and a port, such as temporal.example:7233. The frontend's port \
             is 7233 unless configured otherwise.",
        )
        .server_if(|| split_refusal(reading, cluster, field));
        Some(offer_nearest_address(found, reading, cluster, field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn both_addresses_are_checked() {
        let draft = draft(&[(0, RpcAddress, "a.example"), (1, AdminAddress, "[::1]")]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].rpcAddress: The RPC address “a.example” of “clusterA” has no port.\n\
             clusters[1].adminAddress: The admin address “[::1]” of “clusterB” has no port."
        );
    }

    #[test]
    fn the_fix_adds_the_frontends_port() {
        for (typed, expected) in [
            ("a.example", "a.example:7233"),
            ("a:", "a:7233"),
            ("[2001:db8::7]", "[2001:db8::7]:7233"),
        ] {
            let fixed = fixed(
                &RULE,
                &draft(&[(0, RpcAddress, typed), (1, RpcAddress, "b:1")]),
            );
            assert_eq!(fixed.clusters[0].rpc_address, expected);
        }
    }

    #[test]
    fn no_fix_where_a_port_alone_does_not_help() {
        assert_eq!(found(&RULE, &draft(&[(0, RpcAddress, "a b")])), []);
        assert_eq!(found(&RULE, &draft(&[(0, RpcAddress, "a/b")]))[0].fix, None);
    }

    #[test]
    fn no_fix_where_another_cluster_is() {
        let draft = draft(&[(1, RpcAddress, "127.0.0.1")]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }

    #[test]
    fn the_server_dies_or_refuses() {
        let mut draft = draft(&[(0, RpcAddress, "localhost")]);
        for (release, says) in [
            ("1.14.0", "address localhost: missing port in address"),
            (
                "1.32",
                "Invalid rpcAddress for remote cluster … address localhost: missing port in address",
            ),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), Some(says));
        }
    }
}
