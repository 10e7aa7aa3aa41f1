//! # `address-duplicate`
//!
//! ## What it checks
//! No two clusters have the same RPC address, and the commands for no two clusters go to the same
//! admin address. Addresses are compared by meaning: `LOCALHOST:7233` is `localhost:7233`.
//!
//! ## Why it matters
//! A server that is told its own address as that of another cluster finds itself there; from 1.14 on
//! it refuses to connect.
//! With one admin address for two clusters, the script would change one of them twice and the
//! other never.
//!
//! ## Example
//! `clusterA` and `clusterB` both at `127.0.0.1:7233`.
//!
//! ## Fix
//! None: an address cannot be invented.
//!
//! ## Source
//! Measured on 1.14.1 and 1.32.1; `service/frontend/admin_handler.go`.

use super::Rule;
use crate::diagnostics::{Diagnostic, quoted};
use crate::edit::ClusterField::{AdminAddress, RpcAddress};
use crate::model::HostPort;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages::UPSERT_SELF;

pub(super) const RULE: Rule = Rule::error("address-duplicate", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let by_rpc =
        reading.repeated(&|cluster| Some(cluster.rpc_address.as_ref().ok()?.endpoint_key()));
    let by_admin =
        reading.repeated(&|cluster| Some(cluster.effective_admin_address().ok()?.endpoint_key()));
    // Without any admin address it is the RPC addresses again.
    let by_admin = by_admin
        .filter(|(first, later)| first.admin_address.is_some() || later.admin_address.is_some());
    let mut found: Vec<Diagnostic> = by_rpc
        .map(|(first, later)| same_rpc(first, later))
        .collect();
    found.extend(by_admin.map(|(first, later)| same_admin(first, later)));
    if reading.layout() == Layout::OwnCluster {
        let refused = found.into_iter().map(|found| found.server(UPSERT_SELF));
        found = refused.collect();
    }
    found
}

fn same_rpc(first: &ClusterReading, later: &ClusterReading) -> Diagnostic {
    Diagnostic::new(
        later.path(RpcAddress),
        format!(
            "{} is that of {} already.",
            later.described(RpcAddress),
            first.label()
        ),
        "Each cluster has its own frontend. A server that is told its own address as that of \
         another cluster finds itself there; from 1.14 on it refuses.",
    )
    .related(first.path(RpcAddress))
}

fn same_admin(first: &ClusterReading, later: &ClusterReading) -> Diagnostic {
    let address = later.effective_admin_address().map_or("", HostPort::as_str);
    Diagnostic::new(
        later.path(AdminAddress),
        format!(
            "The commands for {} would go to {}, as those for {} do.",
            later.label(),
            quoted(address),
            first.label()
        ),
        "Each cluster has its own frontend, and commands for a cluster go to its admin address, \
         or to its RPC address without one. The scripts would change one cluster twice and the \
         other never.",
    )
    .related(first.path(AdminAddress))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;
    use expect_test::expect;

    #[test]
    fn rpc_addresses_are_compared_by_meaning() {
        let draft = draft(&[
            (0, RpcAddress, "localhost:7233"),
            (1, RpcAddress, "LOCALHOST.:7233"),
            (2, RpcAddress, "localhost:7233"),
            (3, RpcAddress, "localhost:7234"),
        ]);
        expect![[r#"
            clusters[1].rpcAddress: The RPC address “LOCALHOST.:7233” of “clusterB” is that of “clusterA” already.
            clusters[2].rpcAddress: The RPC address “localhost:7233” of “clusterC” is that of “clusterA” already."#]]
        .assert_eq(&said(&RULE, &draft));
    }

    #[test]
    fn commands_must_not_go_to_one_cluster_twice() {
        for fields in [
            &[(0, AdminAddress, "a:1"), (1, AdminAddress, "a:1")][..],
            &[(0, RpcAddress, "a:1"), (1, AdminAddress, "a:1")],
            &[(0, AdminAddress, "a:1"), (1, RpcAddress, "a:1")],
        ] {
            assert_eq!(
                said(&RULE, &draft(fields)),
                "clusters[1].adminAddress: The commands for “clusterB” would go to “a:1”, as those \
                 for “clusterA” do."
            );
        }
    }

    #[test]
    fn a_cluster_may_share_an_address_with_itself_and_swap_with_another() {
        for fields in [
            &[(0, RpcAddress, "a:1"), (0, AdminAddress, "a:1")][..],
            &[
                (0, RpcAddress, "a:1"),
                (0, AdminAddress, "b:1"),
                (1, RpcAddress, "b:1"),
                (1, AdminAddress, "a:1"),
            ],
            &[(0, RpcAddress, ""), (1, RpcAddress, "")],
        ] {
            assert_eq!(said(&RULE, &draft(fields)), "");
        }
    }

    #[test]
    fn the_server_finds_itself() {
        let mut draft = draft(&[(1, RpcAddress, "127.0.0.1:7233")]);
        assert_eq!(found(&RULE, &draft)[0].server.as_deref(), Some(UPSERT_SELF));
        draft.server_version = "1.13".to_owned();
        assert_eq!(found(&RULE, &draft)[0].server, None);
    }
}
