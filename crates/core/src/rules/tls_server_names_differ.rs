//! # `tls-server-names-differ`
//!
//! ## What it checks
//! Where TLS between clusters is on, no cluster dials two others at one host, on different ports, whose
//! TLS server names differ.
//!
//! ## Why it matters
//! Servers look up how to dial another cluster by the host alone: both would share one entry.
//!
//! ## Example
//! `10.0.0.1:7233` with the name `eu.example`, and `10.0.0.1:8233` with the name `us.example`.
//!
//! ## Fix
//! None: give one of them another host name, or both one name in their certificates.
//!
//! ## Source
//! `common/rpc/encryption/local_store_tls_provider.go` at 1.18.1, 1.29.1 and 1.32.1.

use super::Rule;
use crate::by_key::ByKey;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::TlsServerName;
use crate::model::HostPort;
use crate::reading::{ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::error("tls-server-names-differ", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.draft.tls
        || reading
            .clusters
            .iter()
            .all(|it| it.tls_server_name.is_none())
    {
        return Vec::new();
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    for observer in &reading.clusters {
        let mut hosts = Vec::new();
        for other in &reading.clusters {
            if other.index != observer.index {
                let dialled = dialled(other, observer);
                hosts.extend(dialled.map(|host| (host.to_owned(), other.index)));
            }
        }
        for (first, later) in ByKey::new(hosts).repeated() {
            let [first, later] = [first, later].map(|place| &reading.clusters[place]);
            let path = later.path(TlsServerName);
            let differ = name(first) != name(later);
            if differ && found.iter().all(|found| found.path != path) {
                let host = later
                    .address_from(observer)
                    .map_or("one host", HostPort::host);
                found.push(diagnostic(observer, host, first, later));
            }
        }
    }
    found
}

/// The hosts at which a cluster is dialled by another one.
fn dialled<'r>(of: &'r ClusterReading, by: &ClusterReading) -> impl Iterator<Item = &'r str> {
    let rpc = of.address_from(by).ok();
    let http = of.http_address.as_ref().and_then(|http| http.as_ref().ok());
    rpc.into_iter().chain(http).map(HostPort::host)
}

fn name<'r>(of: &ClusterReading<'r>) -> &'r str {
    of.draft.tls_server_name.trim()
}

fn diagnostic(
    by: &ClusterReading,
    host: &str,
    first: &ClusterReading,
    later: &ClusterReading,
) -> Diagnostic {
    Diagnostic::new(
        later.path(TlsServerName),
        format!(
            "{} dials {} and {} at {host}, and their TLS server names differ.",
            by.label(),
            first.label(),
            later.label()
        ),
        "Servers look up how to dial another cluster by its host, without the port, so both share one \
         entry. Give one of them another host name, or both the same name.",
    )
    .related(first.path(TlsServerName))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;
    use crate::edit::ClusterField::{AddressFrom, RpcAddress};
    use crate::edit::Edit;

    #[test]
    fn one_host_has_one_name() {
        let fields = [
            (0, RpcAddress, "a.example:7233"),
            (1, RpcAddress, "10.0.0.1:7233"),
            (2, RpcAddress, "10.0.0.1:8233"),
            (1, TlsServerName, "b.example"),
        ];
        let with_tls = |fields: &[_]| draft(fields).with(&[Edit::SetTls(true)]);
        assert_eq!(
            said(&RULE, &with_tls(&fields)),
            "clusters[2].tlsServerName: “clusterA” dials “clusterB” and “clusterC” at 10.0.0.1, and \
             their TLS server names differ."
        );
        assert_eq!(said(&RULE, &draft(&fields)), "", "without TLS");
        let same = [&fields[..], &[(2, TlsServerName, "b.example")]].concat();
        assert_eq!(said(&RULE, &with_tls(&same)), "");
        let a = draft(&fields).clusters[0].id;
        let elsewhere = [&fields[..], &[(2, AddressFrom(a), "c.example:1")]].concat();
        assert_eq!(said(&RULE, &with_tls(&elsewhere)), "");
    }
}
