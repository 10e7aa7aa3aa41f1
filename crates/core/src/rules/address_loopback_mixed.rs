//! # `address-loopback-mixed`
//!
//! ## What it checks
//! Either all RPC addresses are loopback addresses (`127.0.0.1`, `localhost`, `[::1]`), for clusters on
//! one machine, or none is, but for clusters that the others reach at addresses of their own.
//!
//! ## Why it matters
//! A loopback address means another machine to everyone who dials it: a cluster elsewhere dials itself
//! there, and finds itself or nothing.
//!
//! ## Example
//! `us-east` at `127.0.0.1:7233` and `eu-west` at `temporal.eu.example:7233`.
//!
//! ## Fix
//! None: an address cannot be invented. The loopback address may serve as the admin address, or another
//! one may be stated for the clusters that do not reach it there.
//!
//! ## Source
//! RFC 1122, 3.2.1.3.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::RpcAddress;
use crate::model::HostPort;
use crate::reading::{ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::warning("address-loopback-mixed", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let elsewhere = reading.clusters.iter();
    let elsewhere: Vec<_> = elsewhere.filter(|cluster| is_elsewhere(cluster)).collect();
    let clusters = reading.clusters.iter();
    let at_loopback = clusters.filter(|cluster| has_rpc(cluster, HostPort::is_loopback));
    let found = at_loopback.filter_map(|cluster| {
        let mut elsewhere = elsewhere.iter();
        let by = elsewhere.find(|by| cluster.is_dialled_at_rpc(by))?;
        Some(diagnostic(cluster, by))
    });
    found.collect()
}

fn diagnostic(cluster: &ClusterReading, elsewhere: &ClusterReading) -> Diagnostic {
    Diagnostic::new(
        cluster.path(RpcAddress),
        format!(
            "{} is a loopback address: {} would dial itself there.",
            cluster.described(RpcAddress),
            elsewhere.label()
        ),
        "The RPC address is where the other clusters reach this one, and not all of them are on \
         one machine. If it is where you reach it, it belongs in the admin address.",
    )
    .related(elsewhere.path(RpcAddress))
}

/// Neither loopback nor `0.0.0.0`, which is a problem of its own.
fn is_elsewhere(cluster: &ClusterReading) -> bool {
    has_rpc(cluster, HostPort::is_dialable)
}

fn has_rpc(cluster: &ClusterReading, is: impl Fn(&HostPort) -> bool) -> bool {
    cluster.rpc_address.as_ref().is_ok_and(is)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::{AddressFrom, AdminAddress};
    use expect_test::expect;

    #[test]
    fn every_loopback_address_is_reported() {
        let draft = draft(&[
            (1, RpcAddress, "b.example:7233"),
            (2, RpcAddress, "[::1]:7233"),
        ]);
        expect![[r#"
            clusters[0].rpcAddress: The RPC address “127.0.0.1:7233” of “clusterA” is a loopback address: “clusterB” would dial itself there.
            clusters[2].rpcAddress: The RPC address “[::1]:7233” of “clusterC” is a loopback address: “clusterB” would dial itself there."#]]
        .assert_eq(&said(&RULE, &draft));
    }

    #[test]
    fn who_dials_another_address_does_not_mind() {
        let [b, c] = [1, 2].map(|at| draft(&[(2, RpcAddress, "c:1")]).clusters[at].id);
        let fields = [
            (1, RpcAddress, "b.example:7233"),
            (2, RpcAddress, "c.example:7233"),
            (0, AddressFrom(b), "a.example:7233"),
        ];
        assert_eq!(
            said(&RULE, &draft(&fields)),
            "clusters[0].rpcAddress: The RPC address “127.0.0.1:7233” of “clusterA” is a loopback \
             address: “clusterC” would dial itself there."
        );
        let both = [&fields[..], &[(0, AddressFrom(c), "10.0.0.1:7233")]].concat();
        assert_eq!(said(&RULE, &draft(&both)), "");
    }

    #[test]
    fn one_machine_none_or_admin_addresses_are_fine() {
        for fields in [
            &[][..],
            &[(0, RpcAddress, "a:1"), (1, RpcAddress, "b:1")],
            &[(0, RpcAddress, "0.0.0.0:1")],
            &[(0, RpcAddress, "not an address")],
            &[
                (0, RpcAddress, "a:1"),
                (1, RpcAddress, "b:1"),
                (0, AdminAddress, "localhost:7233"),
            ],
        ] {
            assert_eq!(said(&RULE, &draft(fields)), "");
        }
    }
}
