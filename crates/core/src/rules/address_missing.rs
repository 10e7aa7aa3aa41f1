//! # `address-missing`
//!
//! ## What it checks
//! Every cluster has an RPC address.
//!
//! ## Why it matters
//! A server that lists an enabled cluster without an address panics at boot, and nobody can be told
//! where to connect to. In 1.14 the database has kept the missing address by then: the server then
//! panics on every start, even after the file was corrected.
//!
//! ## Example
//! `rpcAddress: ""`
//!
//! ## Fix
//! None: an address cannot be invented.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1; `common/cluster/metadata.go`.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::model::HostPortError;
use crate::reading::Reading;
use crate::server_messages::rpc_address_empty;

pub(super) const RULE: Rule = Rule::error("address-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_addresses(&|cluster, field, error| {
        if *error != HostPortError::Missing {
            return None;
        }
        let says = || {
            let name = cluster.name.as_ref().ok()?;
            Some(rpc_address_empty(cluster.release, name.as_str()))
        };
        let found = Diagnostic::new(
            cluster.path(field),
            format!("The {} of {} is missing.", field.noun(), cluster.label()),
            "It is the host and port where the other clusters reach this cluster's frontend, such \
             as temporal.example:7233. The server does not start without it.",
        );
        Some(found.server_if(says))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn only_the_rpc_address_is_needed() {
        let draft = draft(&[(1, RpcAddress, " "), (1, AdminAddress, "")]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[1].rpcAddress: The RPC address of “clusterB” is missing."
        );
    }

    #[test]
    fn the_server_panics() {
        let mut draft = draft(&[(0, RpcAddress, "")]);
        for (release, says) in [
            ("1.13", "Cluster clusterA: RPCAddress is empty"),
            (
                "1.32",
                r#"cluster "clusterA": RPCAddress must not be empty when Enabled=true"#,
            ),
        ] {
            draft.server_version = release.to_owned();
            assert_eq!(found(&RULE, &draft)[0].server.as_deref(), Some(says));
        }
    }
}
