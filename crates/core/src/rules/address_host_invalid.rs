//! # `address-host-invalid`
//!
//! ## What it checks
//! The host of an address is a host name of ASCII letters, digits, `-`, `_` and `.`, an IPv4 address, or
//! an IPv6 address in brackets.
//!
//! ## Why it matters
//! The server takes any text for a host when it is told the address. No such host is ever found,
//! so the clusters never connect.
//!
//! ## Example
//! `temporal..example:7233`, `10.0.0.256:7233`, `user@temporal.example:7233`
//!
//! ## Fix
//! Removes brackets around a host that is not IPv6. Names with other letters have an ASCII form
//! (`bücher.example` is `xn--bcher-kva.example`), which their owner knows.
//!
//! ## Source
//! RFC 1123, 2.1. `net.SplitHostPort` of Go does not look at the host.

use super::Rule;
use super::support::offer_nearest_address;
use crate::diagnostics::{Diagnostic, quoted};
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-host-invalid", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        let broken = match error {
            HostPortError::HostCharacter(character) => {
                let character = quoted(character.encode_utf8(&mut [0; 4]));
                format!("has {character} in its host, which no host name has")
            }
            HostPortError::HostMalformed => {
                "has a host that is neither a host name nor an IP address".to_owned()
            }
            _ => return None,
        };
        let found = Diagnostic::new(
            cluster.path(field),
            format!("{} {broken}.", cluster.described(field)),
            "The server takes it without a word, and never finds such a host. A host is a name of \
             ASCII letters, digits, -, _ and ., an IPv4 address, or an IPv6 address in brackets.",
        );
        Some(offer_nearest_address(found, reading, cluster, field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::ClusterField::RpcAddress;

    #[test]
    fn says_what_is_wrong_with_the_host() {
        for (typed, broken) in [
            ("user@a:1", "has “@” in its host, which no host name has"),
            (
                "bücher.example:1",
                "has “ü” in its host, which no host name has",
            ),
            ("{{.Host}}:1", "has “{” in its host, which no host name has"),
            (
                "a..b:1",
                "has a host that is neither a host name nor an IP address",
            ),
            (
                "10.0.0.256:1",
                "has a host that is neither a host name nor an IP address",
            ),
        ] {
            let draft = draft(&[(0, RpcAddress, typed)]);
            assert_eq!(
                said(&RULE, &draft),
                format!(
                    "clusters[0].rpcAddress: The RPC address “{typed}” of “clusterA” {broken}."
                )
            );
            assert_eq!(found(&RULE, &draft)[0].fix, None);
        }
    }

    #[test]
    fn the_fix_removes_needless_brackets() {
        let fixed = fixed(&RULE, &draft(&[(0, RpcAddress, "[localhost]:7000")]));
        assert_eq!(fixed.clusters[0].rpc_address, "localhost:7000");
    }
}
