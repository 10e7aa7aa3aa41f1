//! # `address-host-missing`
//!
//! ## What it checks
//! Every address has a host before its port.
//!
//! ## Why it matters
//! Servers take `:7233`, and whoever dials it dials its own machine: another cluster that is told
//! this address talks to itself.
//!
//! ## Example
//! `:7233`
//!
//! ## Fix
//! None: a host cannot be invented.
//!
//! ## Source
//! Measured on 1.32.1, which takes `:8233`; `net.Dial` of Go: without a host, the local system is
//! assumed.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("address-host-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        (*error == HostPortError::HostMissing).then(|| {
            Diagnostic::new(
                cluster.path(field),
                format!("{} has no host.", cluster.described(field)),
                "The server takes such an address without a word, and then dials its own machine. \
                 Write the host before the port, such as temporal.example:7233.",
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn a_port_alone_is_no_address() {
        let draft = draft(&[(0, RpcAddress, ":7233"), (1, AdminAddress, ":1")]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[0].rpcAddress: The RPC address “:7233” of “clusterA” has no host.\n\
             clusters[1].adminAddress: The admin address “:1” of “clusterB” has no host."
        );
    }
}
