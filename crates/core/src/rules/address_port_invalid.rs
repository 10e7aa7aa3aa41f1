//! # `address-port-invalid`
//!
//! ## What it checks
//! The port of an address is a number in 1 … 65535, without a leading zero.
//!
//! ## Why it matters
//! No server checks the port before it dials, and then it never connects. A name such as `http` it
//! looks up in a list of its machine, which may say anything.
//!
//! ## Example
//! `temporal.example:72333` or `temporal.example:grpc`
//!
//! ## Fix
//! The port without leading zeros or a path behind it, else the frontend's usual port, 7233.
//!
//! ## Source
//! `net.SplitHostPort` of Go does not look at the port; `net.Dial` does.

use super::Rule;
use super::support::offer_nearest_address;
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-port-invalid", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        let broken = match error {
            HostPortError::PortNotANumber => "is not a number",
            HostPortError::PortOutOfRange => "is outside of 1 to 65535",
            _ => return None,
        };
        let found = Diagnostic::new(
            cluster.path(field),
            format!(
                "The port in {} {broken}.",
                lower_first(&cluster.described(field))
            ),
            "No server checks the port before it dials, and then it never connects. The frontend's \
             port is 7233 unless configured otherwise.",
        );
        Some(offer_nearest_address(found, reading, cluster, field))
    })
}

/// `The RPC address …` within a sentence.
fn lower_first(text: &str) -> String {
    text.replacen("The", "the", 1)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn a_port_is_a_number_in_range() {
        for (typed, broken) in [
            ("a:grpc", "is not a number"),
            ("a:07233", "is not a number"),
            ("a:7233/path", "is not a number"),
            ("a:0", "is outside of 1 to 65535"),
            ("a:65536", "is outside of 1 to 65535"),
        ] {
            assert_eq!(
                said(&RULE, &draft(&[(1, AdminAddress, typed)])),
                format!(
                    "clusters[1].adminAddress: The port in the admin address “{typed}” of \
                     “clusterB” {broken}."
                )
            );
        }
        assert_eq!(said(&RULE, &draft(&[(1, RpcAddress, "a:65535")])), "");
    }

    #[test]
    fn the_fix_is_the_port_that_was_meant() {
        for (typed, address) in [
            ("a:07000", "a:7000"),
            ("a:7000/path", "a:7000"),
            ("a:72333", "a:7233"),
            ("a:grpc", "a:7233"),
        ] {
            let fixed = fixed(
                &RULE,
                &draft(&[(0, RpcAddress, "b:1"), (1, RpcAddress, typed)]),
            );
            assert_eq!(fixed.clusters[1].rpc_address, address);
        }
    }
}
