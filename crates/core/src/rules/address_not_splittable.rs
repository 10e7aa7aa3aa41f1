//! # `address-not-splittable`
//!
//! ## What it checks
//! Go's `net.SplitHostPort`, which every server uses, can tell the host from the port. (Missing
//! ports and IPv6 without brackets have their own rules.)
//!
//! ## Why it matters
//! A server from 1.16 on that is told such an address ends its own process at once; earlier ones
//! refuse the connection.
//!
//! ## Example
//! `a:b:7233` or `[::1:7233`
//!
//! ## Fix
//! None: what was meant is not to be seen.
//!
//! ## Source
//! `net.SplitHostPort` of Go; `common/rpc/rpc.go`.

use super::Rule;
use super::support::split_refusal;
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-not-splittable", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        let HostPortError::NotSplittable(reason) = error else {
            return None;
        };
        let found = Diagnostic::new(
            cluster.path(field),
            format!(
                "{} is not a host and a port: {reason}.",
                cluster.described(field)
            ),
            "An address has one colon, between the host and the port: temporal.example:7233. Only \
             IPv6 has more, in brackets: [2001:db8::7]:7233. A server from 1.16 on that is told \
             to connect to another one ends its own process.",
        );
        Some(found.server_if(|| split_refusal(reading, cluster, field)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;
    use crate::edit::ClusterField::RpcAddress;

    #[test]
    fn repeats_gos_own_words() {
        for (typed, reason) in [
            ("a:b:1", "too many colons in address"),
            ("[::1:7233", "missing ']' in address"),
            ("a]:1", "unexpected ']' in address"),
            ("a[:1", "unexpected '[' in address"),
        ] {
            let draft = draft(&[(0, RpcAddress, typed)]);
            assert_eq!(
                said(&RULE, &draft),
                format!(
                    "clusters[0].rpcAddress: The RPC address “{typed}” of “clusterA” is not a host \
                     and a port: {reason}."
                )
            );
            assert_eq!(
                found(&RULE, &draft)[0].server,
                Some(format!(
                    "Invalid rpcAddress for remote cluster … address {typed}: {reason}"
                ))
            );
        }
    }
}
