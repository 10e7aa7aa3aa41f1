//! # `address-duplicate`
//!
//! ## What it checks
//! No two clusters have the same RPC address, and the commands for no two clusters go to the same
//! admin address. Addresses are compared by meaning: `LOCALHOST:7233` is `localhost:7233`. An RPC address at
//! which nobody reaches both, as others state addresses of their own for them, may be that of two.
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
use crate::by_key::ByKey;
use crate::diagnostics::{Diagnostic, quoted};
use crate::edit::ClusterField::{AdminAddress, RpcAddress};
use crate::model::HostPort;
use crate::reading::{ClusterReading, Reading};
use crate::release::Layout;
use crate::server_messages::UPSERT_SELF;

pub(super) const RULE: Rule = Rule::error("address-duplicate", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let mut found = by_rpc(reading);
    let by_admin =
        reading.repeated(&|cluster| Some(cluster.effective_admin_address().ok()?.endpoint_key()));
    for (first, later) in by_admin {
        // Without any admin address it is the RPC addresses again.
        let has_admin = first.admin_address.is_some() || later.admin_address.is_some();
        let rpc = later.path(RpcAddress);
        if has_admin || found.iter().all(|found| found.path != rpc) {
            found.push(same_admin(first, later));
        }
    }
    if reading.layout() == Layout::OwnCluster {
        let refused = found.into_iter().map(|found| found.server(UPSERT_SELF));
        found = refused.collect();
    }
    found
}

/// Every cluster that shares its RPC address with an earlier one, where anybody would mix them up.
fn by_rpc(reading: &Reading) -> Vec<Diagnostic> {
    let key = |cluster: &ClusterReading| Some(cluster.rpc_address.as_ref().ok()?.endpoint_key());
    let clusters = reading.clusters.iter();
    let keys = clusters.clone().filter_map(|it| Some((key(it)?, it.index)));
    let keys = ByKey::new(keys.collect());
    let found = clusters.filter_map(|later| {
        let mut same = keys.places(&key(later)?).iter();
        let (_, first) = same.find(|(_, place)| {
            *place < later.index && are_mixed_up(reading, &reading.clusters[*place], later)
        })?;
        Some(same_rpc(&reading.clusters[*first], later))
    });
    found.collect()
}

/// Whether one of two clusters dials the other where both are, or a third one dials both there.
fn are_mixed_up(reading: &Reading, one: &ClusterReading, other: &ClusterReading) -> bool {
    let mut clusters = reading.clusters.iter();
    clusters.any(|by| {
        let is_there = |of: &ClusterReading| of.index == by.index || of.is_dialled_at_rpc(by);
        is_there(one) && is_there(other)
    })
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
    use crate::edit::ClusterField::AddressFrom;
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
    fn who_dials_other_addresses_mixes_up_nothing() {
        let [a, b, c] = [0, 1, 2].map(|at| draft(&[(2, RpcAddress, "c:1")]).clusters[at].id);
        let local = "temporal:7233";
        let pair = [
            (0, RpcAddress, local),
            (1, RpcAddress, local),
            (0, AddressFrom(b), "a.example:7233"),
            (1, AddressFrom(a), "b.example:7233"),
            (0, AdminAddress, "localhost:1"),
            (1, AdminAddress, "localhost:2"),
        ];
        assert_eq!(said(&RULE, &draft(&pair)), "");
        let without = |at: usize| [&pair[..at], &pair[at + 1..]].concat();
        assert_eq!(
            said(&RULE, &draft(&without(3))),
            "clusters[1].rpcAddress: The RPC address “temporal:7233” of “clusterB” is that of \
             “clusterA” already."
        );
        assert_eq!(
            said(&RULE, &draft(&pair[..4])),
            "clusters[1].adminAddress: The commands for “clusterB” would go to “temporal:7233”, as \
             those for “clusterA” do."
        );
        let third = [&pair[..], &[(2, RpcAddress, "c.example:1")]].concat();
        assert!(said(&RULE, &draft(&third)).starts_with("clusters[1].rpcAddress: "));
        let seen = [&third[..], &[(1, AddressFrom(c), "b.example:7233")]].concat();
        assert_eq!(said(&RULE, &draft(&seen)), "");
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
