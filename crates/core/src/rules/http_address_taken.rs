//! # `http-address-taken`
//!
//! ## What it checks
//! An HTTP address is not that of another cluster, and not one at which any is reached for gRPC.
//!
//! ## Why it matters
//! Callbacks for one cluster would arrive at another one, or at a port that speaks gRPC and takes them
//! for noise. Nothing says so: the callbacks are only tried again.
//!
//! ## Example
//! `httpAddress: "temporal.example:7233"` where the frontend's gRPC port is 7233.
//!
//! ## Fix
//! For an RPC address, the same host with the port of the HTTP API, 7243.
//!
//! ## Source
//! `common/cluster/frontend_http_client.go` at 1.32.1.

use super::Rule;
use super::support::{HTTP_PORT, offer_address};
use crate::by_key::ByKey;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::{self, AddressFrom, HttpAddress, RpcAddress};
use crate::model::HostPort;
use crate::reading::{AddressReading, ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::warning("http-address-taken", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let stated = || {
        let clusters = reading.clusters.iter();
        clusters.filter_map(|cluster| Some((cluster, http(cluster)?)))
    };
    if stated().next().is_none() {
        return Vec::new();
    }
    let clusters = reading.clusters.iter();
    let rpc = clusters.flat_map(|cluster| {
        let addresses = cluster.addresses().filter(|(field, _)| is_of_grpc(*field));
        let read = addresses.filter_map(|(_, address)| address.as_ref().ok());
        read.map(|address| (address.endpoint_key(), cluster.index))
    });
    let rpc = ByKey::new(rpc.collect());
    let keys = stated().map(|(cluster, address)| (address.endpoint_key(), cluster.index));
    let http_too = ByKey::new(keys.collect());
    let by_rpc = stated().filter_map(|(cluster, address)| {
        let (_, owner) = rpc.places(&address.endpoint_key()).first()?;
        let owner = &reading.clusters[*owner];
        let is_it = |(field, other): &(ClusterField, &AddressReading)| {
            is_of_grpc(*field) && other.as_ref().is_ok_and(|it| it.is_same_endpoint(address))
        };
        let (field, _) = owner.addresses().find(is_it)?;
        let found = taken(cluster, owner, field);
        let moved = address.with_port(HTTP_PORT);
        let is_free = HostPort::parse(&moved).is_ok_and(|moved| {
            let key = moved.endpoint_key();
            rpc.places(&key).is_empty() && http_too.places(&key).is_empty()
        });
        Some(match is_free {
            true => offer_address(found, reading, cluster, HttpAddress, moved),
            false => found,
        })
    });
    let by_http = reading.repeated(&|cluster| http(cluster).map(HostPort::endpoint_key));
    let by_http = by_http.map(|(first, later)| taken(later, first, HttpAddress));
    // One cluster, one problem.
    let mut found: Vec<Diagnostic> = by_rpc.collect();
    let others: Vec<_> = by_http
        .filter(|other| found.iter().all(|found| found.path != other.path))
        .collect();
    found.extend(others);
    found
}

/// Whether other clusters speak gRPC there.
const fn is_of_grpc(field: ClusterField) -> bool {
    matches!(field, RpcAddress | AddressFrom(_))
}

fn http<'r>(cluster: &'r ClusterReading) -> Option<&'r HostPort> {
    cluster.http_address.as_ref()?.as_ref().ok()
}

fn taken(of: &ClusterReading, owner: &ClusterReading, field: ClusterField) -> Diagnostic {
    Diagnostic::new(
        of.path(HttpAddress),
        format!(
            "{} is the {} of {} already.",
            of.described(HttpAddress),
            field.noun(),
            owner.label()
        ),
        "Each cluster's HTTP API has an address of its own, beside the one for gRPC. Its port is 7243 \
         unless configured otherwise. Callbacks that arrive elsewhere are tried again and again, and \
         nothing says why.",
    )
    .related(owner.path(field))
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Path;

    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::edit::Edit;
    use expect_test::expect;

    #[test]
    fn neither_an_rpc_address_nor_that_of_another_cluster() {
        let draft = draft(&[
            (0, HttpAddress, "localhost.:7243"),
            (1, HttpAddress, "LOCALHOST:7243"),
            (2, HttpAddress, "127.0.0.1:7233"),
            (3, HttpAddress, "localhost:7244"),
        ]);
        expect![[r#"
            clusters[2].httpAddress: The HTTP address “127.0.0.1:7233” of “clusterC” is the RPC address of “clusterA” already.
            clusters[1].httpAddress: The HTTP address “LOCALHOST:7243” of “clusterB” is the HTTP address of “clusterA” already."#]]
        .assert_eq(&said(&RULE, &draft));
    }

    #[test]
    fn the_fix_is_the_usual_port() {
        let draft = draft(&[(0, RpcAddress, "a:7233"), (0, HttpAddress, "a:7233")]);
        assert_eq!(fixed(&RULE, &draft).clusters[0].http_address, "a:7243");
        for field in [RpcAddress, AddressFrom(draft.clusters[1].id)] {
            let id = draft.clusters[0].id;
            let there = Edit::SetField(id, field, "a:7243".to_owned());
            let http = Edit::SetField(id, HttpAddress, "a:7243".to_owned());
            let found = found(&RULE, &draft.with(&[there, http]));
            assert_eq!(found[0].fix, None, "it is there already");
        }
    }

    #[test]
    fn the_address_that_is_taken_is_named() {
        let other = draft(&[]).clusters[1].id;
        let draft = draft(&[
            (0, RpcAddress, "a:7233"),
            (0, AddressFrom(other), "nat:9000"),
            (0, HttpAddress, "nat:9000"),
        ]);
        let found = &found(&RULE, &draft)[0];
        let taken = Path::Cluster(0, draft.clusters[0].id, AddressFrom(other));
        assert_eq!(found.related, [taken]);
    }

    #[test]
    fn the_usual_port_is_not_offered_where_it_is_taken() {
        for taken in [
            vec![(0, RpcAddress, "a:7243"), (0, HttpAddress, "a:7243")],
            vec![
                (0, RpcAddress, "a:7233"),
                (0, HttpAddress, "a:7233"),
                (1, HttpAddress, "A:7243"),
            ],
        ] {
            assert_eq!(found(&RULE, &draft(&taken))[0].fix, None, "{taken:?}");
        }
    }

    #[test]
    fn one_problem_for_each_cluster_and_none_without_an_address() {
        let same = draft(&[
            (0, HttpAddress, "127.0.0.1:7233"),
            (1, HttpAddress, "127.0.0.1:7233"),
        ]);
        assert_eq!(found(&RULE, &same).len(), 2);
        assert_eq!(said(&RULE, &draft(&[])), "");
    }
}
