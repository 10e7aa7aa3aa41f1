//! # `address-stray-character`
//!
//! ## What it checks
//! An address has no white space, and no character that cannot be seen.
//!
//! ## Why it matters
//! The address is used as it is, letter by letter. No such host is ever found.
//!
//! ## Example
//! An address that was copied with the space or the line break behind it.
//!
//! ## Fix
//! Removes these characters.
//!
//! ## Source
//! `net.SplitHostPort` of Go takes any character for a part of a host.

use super::Rule;
use super::support::offer_nearest_address;
use crate::diagnostics::{Diagnostic, visible};
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-stray-character", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        let HostPortError::StrayCharacter(character) = *error else {
            return None;
        };
        let character = match character {
            ' ' => "a space".to_owned(),
            other => visible(other),
        };
        let found = Diagnostic::new(
            cluster.path(field),
            format!("{} contains {character}.", cluster.described(field)),
            "White space and characters that cannot be seen often come along when an address is \
             copied. It is used letter by letter, and no such host is ever found.",
        );
        Some(offer_nearest_address(found, reading, cluster, field))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn the_character_is_named() {
        for (typed, shown, character) in [
            (" a:1", " a:1", "a space"),
            ("a:1\n", "a:1U+000A", "U+000A"),
            ("a\u{200B}:1", "aU+200B:1", "U+200B"),
            ("a:1\u{A0}", "a:1\u{A0}", "U+00A0"),
        ] {
            assert_eq!(
                said(&RULE, &draft(&[(1, AdminAddress, typed)])),
                format!(
                    "clusters[1].adminAddress: The admin address “{shown}” of “clusterB” contains \
                     {character}."
                )
            );
        }
    }

    #[test]
    fn the_fix_removes_it() {
        for typed in [
            " a.example:7000",
            "a.example :7000\r\n",
            "a\u{FEFF}.example:7000",
        ] {
            let fixed = fixed(
                &RULE,
                &draft(&[(0, RpcAddress, typed), (1, RpcAddress, "b:1")]),
            );
            assert_eq!(fixed.clusters[0].rpc_address, "a.example:7000");
        }
    }
}
