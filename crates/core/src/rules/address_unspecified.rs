//! # `address-unspecified`
//!
//! ## What it checks
//! No address is `0.0.0.0` or `[::]`.
//!
//! ## Why it matters
//! A server can listen there, on all its networks, but nobody can be reached there: whoever
//! dials it dials its own machine.
//!
//! ## Example
//! `0.0.0.0:7233`, copied from `bindOnIP`.
//!
//! ## Fix
//! None: an address cannot be invented.
//!
//! ## Source
//! `net.Dial` of Go: for an unspecified address, the local system is assumed.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("address-unspecified", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_readable_addresses(&|cluster, field, address| {
        address.is_unspecified().then(|| {
            Diagnostic::new(
                cluster.path(field),
                format!(
                    "{} can be listened on, but not reached.",
                    cluster.described(field)
                ),
                "Whoever dials it dials its own machine. Write the host name or IP address under \
                 which the cluster's frontend is reached from elsewhere.",
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::{AddressFrom, AdminAddress, RpcAddress};

    #[test]
    fn both_addresses_are_checked() {
        let draft = draft(&[
            (0, RpcAddress, "0.0.0.0:7233"),
            (1, AdminAddress, "[::]:7233"),
        ]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].rpcAddress: The RPC address “0.0.0.0:7233” of “clusterA” can be listened \
             on, but not reached.\n\
             clusters[1].adminAddress: The admin address “[::]:7233” of “clusterB” can be listened \
             on, but not reached."
        );
    }
    #[test]
    fn an_rpc_address_where_nobody_goes_is_fine() {
        let b = draft(&[]).clusters[1].id;
        let fields = [
            (0, RpcAddress, "0.0.0.0:7233"),
            (0, AddressFrom(b), "a.example:7233"),
            (0, AdminAddress, "localhost:7233"),
        ];
        assert_eq!(said(&RULE, &draft(&fields)), "");
        for needed in [1, 2] {
            let without: Vec<_> = (0..3)
                .filter(|at| *at != needed)
                .map(|at| fields[at])
                .collect();
            assert!(!said(&RULE, &draft(&without)).is_empty());
        }
        let seen = [(0, AddressFrom(b), "0.0.0.0:7233")];
        assert_eq!(
            said(&RULE, &draft(&seen)),
            "clusters[0].addressFrom[1]: The address “0.0.0.0:7233” of “clusterA” as seen from \
             “clusterB” can be listened on, but not reached."
        );
    }
}
