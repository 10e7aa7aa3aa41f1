//! # `address-seen-twice`
//!
//! ## What it checks
//! As seen from one cluster, no two others are at one address, and none is at its own RPC address, where such
//! addresses are stated.
//!
//! ## Why it matters
//! The cluster finds one of them at both addresses, and never the other one; at its own address it finds itself.
//!
//! ## Example
//! `clusterB` and `clusterC` both at `host.docker.internal:7233` as seen from `clusterA`.
//!
//! ## Fix
//! None: an address cannot be invented.
//!
//! ## Source
//! As for `address-duplicate`.

use super::Rule;
use crate::by_key::ByKey;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField;
use crate::reading::{ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::error("address-seen-twice", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // All of them with all others would take long where there are many.
    let mut dials_elsewhere = vec![false; reading.clusters.len()];
    for seen in reading.clusters.iter().flat_map(|of| &of.seen_from) {
        dials_elsewhere[seen.place] = true;
    }
    let clusters = reading.clusters.iter();
    for by in clusters.filter(|by| dials_elsewhere[by.index]) {
        let keys = reading.clusters.iter().filter_map(|of| {
            // Of itself, its RPC address.
            let address = of.address_from(by).ok()?;
            Some((address.endpoint_key(), of.index))
        });
        for (first, later) in ByKey::new(keys.collect()).repeated() {
            let [first, later] = [first, later].map(|place| &reading.clusters[place]);
            found.extend(diagnostic(by, first, later));
        }
    }
    found
}

/// Where neither address is one of its own, the clusters share their RPC address, which has a rule.
fn diagnostic(
    by: &ClusterReading,
    first: &ClusterReading,
    later: &ClusterReading,
) -> Option<Diagnostic> {
    let field = ClusterField::AddressFrom(by.draft.id);
    let stated = |cluster: &&&ClusterReading| !cluster.draft.field(field).is_empty();
    let at = [&later, &first].into_iter().find(stated)?;
    let (by_label, at_label) = (by.label(), at.label());
    let message = if [first.index, later.index].contains(&by.index) {
        format!("As seen from {by_label}, {at_label} is at the RPC address of {by_label} itself.")
    } else {
        let (first, later) = (first.label(), later.label());
        format!("As seen from {by_label}, {first} and {later} are at one address.")
    };
    let help = "Each cluster has its own frontend. One of the two would never be reached.";
    Some(Diagnostic::new(at.path(field), message, help))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::{AddressFrom, RpcAddress};

    #[test]
    fn each_is_at_an_address_of_its_own() {
        let [a, b] = [0, 1].map(|at| draft(&[]).clusters[at].id);
        let fields = [
            (2, RpcAddress, "c.example:1"),
            (1, AddressFrom(a), "nat.example:1"),
            (2, AddressFrom(a), "NAT.example:1"),
        ];
        assert_eq!(
            said(&RULE, &draft(&fields)),
            "clusters[2].addressFrom[0]: As seen from “clusterA”, “clusterB” and “clusterC” are at \
             one address."
        );
        let by_rpc = [
            (2, RpcAddress, "c.example:1"),
            (1, AddressFrom(a), "c.example:1"),
        ];
        assert!(said(&RULE, &draft(&by_rpc)).starts_with("clusters[1].addressFrom[0]: "));
        let itself = [(1, AddressFrom(a), "127.0.0.1:7233")];
        assert_eq!(
            said(&RULE, &draft(&itself)),
            "clusters[1].addressFrom[0]: As seen from “clusterA”, “clusterB” is at the RPC address of \
             “clusterA” itself."
        );
        let by_different = [(1, AddressFrom(a), "n:1"), (0, AddressFrom(b), "n:1")];
        assert_eq!(said(&RULE, &draft(&by_different)), "");
    }
}
