//! # `address-scheme`
//!
//! ## What it checks
//! No address begins with a scheme such as `http://`, `grpc://` or `dns:///`.
//!
//! ## Why it matters
//! Connections are gRPC, and an address is only `host:port`. A server from 1.16 on that is told
//! to connect to an address with a scheme ends its own process at once; the official reference
//! recommends `dns:///` all the same. Earlier ones refuse every scheme but those of gRPC itself.
//!
//! ## Example
//! `http://localhost:8233` or `dns:///temporal.example:7233`
//!
//! ## Fix
//! Removes the scheme and the path; adds the frontend's port 7233 where there is none.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1, 1.31.2 and 1.32.1; `common/rpc/rpc.go`.

use super::Rule;
use super::support::{offer_nearest_address, split_refusal};
use crate::diagnostics::{Diagnostic, quoted};
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-scheme", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        let HostPortError::Scheme(scheme) = error else {
            return None;
        };
        let scheme = quoted(&format!("{scheme}://"));
        let found = Diagnostic::new(
            cluster.path(field),
            format!("{} begins with {scheme}.", cluster.described(field)),
            "An address is only a host and a port, such as temporal.example:7233. A server from \
             1.16 on that is told to connect to one with a scheme ends its own process.",
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
    fn the_scheme_is_named() {
        assert_eq!(
            said(&RULE, &draft(&[(1, RpcAddress, "http://localhost:8233")])),
            "clusters[1].rpcAddress: The RPC address “http://localhost:8233” of “clusterB” begins \
             with “http://”."
        );
    }

    #[test]
    fn the_fix_leaves_host_and_port() {
        for (typed, address) in [
            ("http://b.example:7000/path", "b.example:7000"),
            ("https://b.example", "b.example:7233"),
            ("dns:///b.example:7000", "b.example:7000"),
        ] {
            let draft = draft(&[(0, RpcAddress, "a:1"), (1, RpcAddress, typed)]);
            assert_eq!(fixed(&RULE, &draft).clusters[1].rpc_address, address);
        }
        let draft = draft(&[(1, RpcAddress, "http://127.0.0.1:7233")]);
        assert_eq!(found(&RULE, &draft)[0].fix, None, "clusterA is there");
    }

    #[test]
    fn the_server_dies_or_refuses() {
        for (release, typed, says) in [
            (
                "1.14.0",
                "http://localhost:8233",
                Some("address http://localhost:8233: too many colons in address"),
            ),
            ("1.14.0", "dns:///localhost:8233", None),
            ("1.14.0", "passthrough:///localhost:8233", None),
            (
                "1.32",
                "dns:///localhost:8233",
                Some(
                    "Invalid rpcAddress for remote cluster … address dns:///localhost:8233: too \
                     many colons in address",
                ),
            ),
            (
                "1.32",
                "http://localhost:8233",
                Some(
                    "Invalid rpcAddress for remote cluster … address http://localhost:8233: too \
                     many colons in address",
                ),
            ),
            // Go takes `http` for the host, and `//localhost` for the port.
            ("1.32", "http://localhost", None),
        ] {
            let mut draft = draft(&[(1, RpcAddress, typed)]);
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), says);
        }
        let draft = draft(&[(1, AdminAddress, "http://localhost:8233")]);
        assert_eq!(found(&RULE, &draft)[0].server, None, "no server is told");
    }
}
