//! # `address-ipv6-brackets`
//!
//! ## What it checks
//! An IPv6 address stands in brackets, with the port behind them.
//!
//! ## Why it matters
//! Without brackets nobody can tell where the address ends and the port begins. A server from
//! 1.16 on that is told such an address ends its own process at once; earlier ones refuse the
//! connection.
//!
//! ## Example
//! `2001:db8::7` or `2001:db8::7:7233`
//!
//! ## Fix
//! Adds the brackets, and the frontend's port 7233 where there is none, unless the last group of the
//! address could be meant as the port.
//!
//! ## Source
//! `net.SplitHostPort` of Go; `common/rpc/rpc.go`.

use super::Rule;
use super::support::{offer_nearest_address, split_refusal};
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-ipv6-brackets", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        if *error != HostPortError::BareIpv6 {
            return None;
        }
        let found = Diagnostic::new(
            cluster.path(field),
            format!("{} is IPv6 without brackets.", cluster.described(field)),
            "Brackets show where the address ends and the port begins: [2001:db8::7]:7233. A \
             server from 1.16 on that is told to connect to one without them ends its own process.",
        )
        .server_if(|| split_refusal(reading, cluster, field));
        Some(offer_nearest_address(found, reading, cluster, field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::ClusterField::RpcAddress;

    #[test]
    fn brackets_are_needed() {
        let draft = draft(&[(0, RpcAddress, "::1"), (1, RpcAddress, "[::1]:7233")]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].rpcAddress: The RPC address “::1” of “clusterA” is IPv6 without brackets."
        );
        assert_eq!(
            found(&RULE, &draft)[0].server.as_deref(),
            Some("Invalid rpcAddress for remote cluster … address ::1: too many colons in address")
        );
    }

    #[test]
    fn the_fix_adds_them() {
        for (typed, address) in [
            ("2001:db8::7", "[2001:db8::7]:7233"),
            ("2001:db8:0:0:0:0:0:7:7000", "[2001:db8:0:0:0:0:0:7]:7000"),
        ] {
            let draft = draft(&[(0, RpcAddress, "a:1"), (1, RpcAddress, typed)]);
            assert_eq!(fixed(&RULE, &draft).clusters[1].rpc_address, address);
        }
    }

    #[test]
    fn no_fix_where_the_last_group_could_be_the_port() {
        let draft = draft(&[(0, RpcAddress, "2001:db8::7:7233")]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
