//! What several rules share: fixes that keep clear of everything that is taken, so that they never
//! bring a new problem.

use std::net::Ipv6Addr;

use crate::diagnostics::Diagnostic;
use crate::edit::{ClusterField, Edit};
use crate::model::{
    ClusterName, FailoverVersionIncrement, HostPort, InitialFailoverVersion, ShardCount,
    is_unusable,
};
use crate::reading::{ClusterReading, Reading};
use crate::release::Capability;
use crate::server_messages;

/// The frontend's port, unless configured otherwise.
pub(super) const FRONTEND_PORT: u16 = 7233;

/// The port of the frontend's HTTP API, unless configured otherwise.
pub(super) const HTTP_PORT: u16 = 7243;

/// The way to another name or number of a cluster that runs.
pub(super) const WAY_AROUND: &str = " The way that works: add a new cluster as it should be, connect \
    it, move the namespaces there, and take this one out.";

/// Offers to put back what the cluster runs with, if that is right beside the other clusters.
pub(super) fn offer_put_back(
    found: Diagnostic,
    reading: &Reading,
    cluster: &ClusterReading,
    field: ClusterField,
) -> Diagnostic {
    let running = cluster.draft.running.as_ref();
    let text = running.map_or("", |running| running.field(field));
    let is_right = match field {
        ClusterField::Name => {
            ClusterName::parse(text).is_ok() && reading.taken().is_name_free_for(cluster, text)
        }
        ClusterField::InitialFailoverVersion => {
            let version = InitialFailoverVersion::parse(text, reading.bound());
            version.is_ok_and(|it| reading.taken().is_version_free_for(cluster, it.get()))
        }
        _ => ShardCount::parse(text).is_ok_and(|shards| shards_fit(reading, cluster, shards)),
    };
    if !is_right || text == cluster.draft.field(field) {
        return found;
    }
    // Numbers can have white space around them, names cannot.
    let text = text.trim();
    let edit = Edit::SetField(cluster.draft.id, field, text.to_owned());
    found.fix(format!("Put back {text}"), edit)
}

/// Whether all clusters could be connected if this one had so many shards.
fn shards_fit(reading: &Reading, cluster: &ClusterReading, shards: ShardCount) -> bool {
    let others = reading.stated_shards();
    let others = others.filter(|(other, _)| other.index != cluster.index);
    let mut counts: Vec<ShardCount> = others.map(|(_, shards)| shards).collect();
    counts.push(shards);
    counts.sort_unstable();
    let may_differ = reading.has(Capability::AcceptsMultipleShardCounts);
    let mut pairs = counts.windows(2);
    pairs.all(|pair| pair[0] == pair[1] || may_differ && pair[0].is_multiple_either_way(pair[1]))
}

/// Offers the lowest free initial version, if the increment has room for it; of a cluster that runs
/// its own.
pub(super) fn offer_free_version(
    found: Diagnostic,
    reading: &Reading,
    cluster: &ClusterReading,
) -> Diagnostic {
    if cluster.draft.running.is_some() {
        return offer_put_back(
            found,
            reading,
            cluster,
            ClusterField::InitialFailoverVersion,
        );
    }
    let free = reading.taken().free_version_for(cluster);
    if free > reading.bound().capacity() {
        return found;
    }
    let edit = Edit::AssignInitialVersion(cluster.draft.id);
    found.fix(format!("Use {free}"), edit)
}

/// Offers the first increment of `from`, ten times that … with room for all clusters and for all
/// initial versions, if there is one; where clusters run, only the increment of all of them.
pub(super) fn offer_increment(found: Diagnostic, reading: &Reading, from: u32) -> Diagnostic {
    let versions = reading.draft.clusters.iter();
    let versions = versions.flat_map(|cluster| cluster.counted_initial_versions());
    let versions = versions.filter(|&version| version < FailoverVersionIncrement::MAX);
    let needed = versions.fold(reading.clusters.len(), |most, version| {
        most.max(usize::try_from(version).unwrap_or(usize::MAX))
    });
    let has_room = |increment: &u32| usize::try_from(*increment).is_ok_and(|room| room > needed);
    let mut running = reading
        .running_increments()
        .map(|(_, running)| running.get());
    let free = match running.next() {
        Some(first) if running.all(|other| other == first) => Some(first).filter(has_room),
        Some(_) => None,
        None => std::iter::successors(Some(from), |last| last.checked_mul(10)).find(has_room),
    };
    match free {
        Some(free) if free <= FailoverVersionIncrement::MAX => {
            found.fix(format!("Use {free}"), Edit::SetIncrement(free.to_string()))
        }
        _ => found,
    }
}

/// Offers a name, if it can be one and no cluster has it, not even in another case; for a cluster
/// that runs its own.
pub(super) fn offer_name(
    found: Diagnostic,
    reading: &Reading,
    cluster: &ClusterReading,
    name: &str,
) -> Diagnostic {
    if cluster.draft.running.is_some() {
        return offer_put_back(found, reading, cluster, ClusterField::Name);
    }
    if ClusterName::parse(name).is_err() || reading.taken().has_name(name) {
        return found;
    }
    let edit = Edit::SetField(cluster.draft.id, ClusterField::Name, name.to_owned());
    found.fix(format!("Use {name}"), edit)
}

/// Offers an address, if it is one and no other cluster is there.
pub(super) fn offer_address(
    found: Diagnostic,
    reading: &Reading,
    cluster: &ClusterReading,
    field: ClusterField,
    text: String,
) -> Diagnostic {
    let is_free = |address| {
        reading.taken().is_free_for(cluster, &address)
            && !is_other_api(cluster, field, &address)
            && may_be_at_host(reading, cluster, field, &address)
    };
    if !HostPort::parse(&text).is_ok_and(is_free) {
        return found;
    }
    let edit = Edit::SetField(cluster.draft.id, field, text.clone());
    found.fix(format!("Use {text}"), edit)
}

/// Whether the cluster itself speaks gRPC where this would be HTTP, or the other way round.
fn is_other_api(cluster: &ClusterReading, field: ClusterField, address: &HostPort) -> bool {
    let is_http = |field| field == ClusterField::HttpAddress;
    cluster.addresses().any(|(other, known)| {
        is_http(other) != is_http(field)
            && known.as_ref().is_ok_and(|it| it.is_same_endpoint(address))
    })
}

/// Whether no cluster that has another TLS server name is dialled at the host: of each host, servers know
/// one name.
fn may_be_at_host(
    reading: &Reading,
    cluster: &ClusterReading,
    field: ClusterField,
    address: &HostPort,
) -> bool {
    let has_same_name = |other: &ClusterReading| {
        other.draft.tls_server_name.trim() == cluster.draft.tls_server_name.trim()
    };
    let is_dialled = |field| field != ClusterField::AdminAddress;
    let mut clusters = reading.clusters.iter();
    !reading.draft.tls
        || !is_dialled(field)
        || clusters.all(|other| {
            let mut there = other.addresses();
            other.index == cluster.index
                || has_same_name(other)
                || !there.any(|(field, known)| {
                    is_dialled(field) && known.as_ref().is_ok_and(|it| it.host() == address.host())
                })
        })
}

/// Offers the address that was probably meant by one that is none, see [`nearest_address`].
pub(super) fn offer_nearest_address(
    found: Diagnostic,
    reading: &Reading,
    cluster: &ClusterReading,
    field: ClusterField,
) -> Diagnostic {
    let port = match field {
        ClusterField::HttpAddress => HTTP_PORT,
        _ => FRONTEND_PORT,
    };
    let nearest = nearest_address(cluster.draft.field(field), port);
    offer_address(found, reading, cluster, field, nearest)
}

/// What a server says on connecting to an address that Go cannot split; nothing of an address that no server is told so.
pub(super) fn split_refusal(
    reading: &Reading,
    cluster: &ClusterReading,
    field: ClusterField,
) -> Option<String> {
    let release = match field {
        ClusterField::RpcAddress => reading.newest_beside(cluster),
        ClusterField::AddressFrom(by) => {
            let place = reading.draft.position(by)?;
            reading.clusters[place].release
        }
        _ => return None,
    };
    server_messages::bad_address(release, cluster.draft.field(field))
}

/// Offers one more cluster, if that would be a complete one.
pub(super) fn offer_cluster(found: Diagnostic, reading: &Reading) -> Diagnostic {
    let draft = reading.draft.with(&[Edit::AddCluster]);
    let after = Reading::of(&draft);
    let is_complete = after.clusters.last().is_some_and(|added| {
        let address = added.rpc_address.as_ref();
        added.initial_version.is_ok()
            && address.is_ok_and(|address| {
                let field = ClusterField::RpcAddress;
                after.taken().is_free_for(added, address)
                    && may_be_at_host(&after, added, field, address)
            })
    });
    // An older one may need another tool.
    let is_as_new = after.release == reading.release;
    if is_complete && is_as_new && has_room(&after) {
        found.fix("Add cluster", Edit::AddCluster)
    } else {
        found
    }
}

/// Whether the increment has room for all clusters; a wrong increment is its own problem.
pub(super) fn has_room(reading: &Reading) -> bool {
    reading.increment.is_err()
        || reading.increment.is_ok_and(|increment| {
            usize::try_from(increment.capacity()).is_ok_and(|room| reading.clusters.len() <= room)
        })
}

/// The address that was probably meant: without white space, scheme and path, IPv6 in brackets and
/// nothing else, and a port, the usual one where none is to be seen. Not necessarily an address.
fn nearest_address(typed: &str, usual_port: u16) -> String {
    let visible: String = typed
        .chars()
        .filter(|&c| !(c.is_whitespace() || is_unusable(c)))
        .collect();
    let bare = without_scheme(&visible).trim_end_matches('/');
    let (host, port) = split_leniently(bare);
    let port = nearest_port(port, usual_port);
    if host.parse::<Ipv6Addr>().is_ok() || host.contains('%') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

fn without_scheme(text: &str) -> &str {
    match text.split_once("://") {
        // gRPC's resolvers: `dns://authority/endpoint`, and mostly there is no authority.
        Some(("dns" | "passthrough" | "ipv4" | "ipv6", rest)) => {
            rest.rsplit('/').next().unwrap_or(rest)
        }
        Some((_, rest)) => {
            let rest = rest.trim_start_matches('/');
            rest.split(['/', '?', '#']).next().unwrap_or(rest)
        }
        None => text,
    }
}

/// Host without brackets, and port without colon.
fn split_leniently(text: &str) -> (&str, &str) {
    if let Some((host, port)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        return (host, port.trim_start_matches(':'));
    }
    match text.rsplit_once(':') {
        // All of it is one IPv6 address, and no part of it is another one with a port.
        Some((host, port)) if text.parse::<Ipv6Addr>().is_ok() => {
            let is_ambiguous = HostPort::parse(&format!("[{host}]:{port}")).is_ok();
            (if is_ambiguous { "" } else { text }, "")
        }
        Some(parts) => parts,
        None => (text, ""),
    }
}

fn nearest_port(text: &str, usual: u16) -> u16 {
    let digits = text.split('/').next().unwrap_or(text);
    match digits.parse() {
        Ok(port) if port > 0 => port,
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::draft;
    use super::*;

    #[test]
    fn the_newest_server_that_is_told_an_address_says_what_it_thinks_of_it() {
        use crate::edit::ClusterField::{AddressFrom, RpcAddress, ServerVersion};
        for (releases, dies) in [(["1.14.0", "1.32"], true), (["1.32", "1.14.0"], false)] {
            let draft = draft(&[
                (0, RpcAddress, "a"),
                (0, ServerVersion, releases[0]),
                (1, ServerVersion, releases[1]),
            ]);
            let reading = Reading::of(&draft);
            let says = split_refusal(&reading, &reading.clusters[0], RpcAddress);
            let is_fatal = says.is_some_and(|says| says.starts_with("Invalid rpcAddress"));
            assert_eq!(is_fatal, dies, "{releases:?}");
            let of_b = AddressFrom(draft.clusters[1].id);
            let a = draft.clusters[0].id;
            let draft = draft.with(&[Edit::SetField(a, of_b, "b".to_owned())]);
            let reading = Reading::of(&draft);
            let says = split_refusal(&reading, &reading.clusters[0], of_b);
            assert!(says.is_some_and(|says| says.ends_with("address b: missing port in address")));
        }
    }

    #[test]
    fn an_address_is_offered_where_its_host_has_no_other_name() {
        use crate::edit::ClusterField::{AdminAddress, RpcAddress, TlsServerName};
        let with = |field, name| {
            let fields = [
                (0, RpcAddress, "a.example:7233"),
                (1, RpcAddress, "b.example:7233"),
                (0, TlsServerName, "a"),
                (1, TlsServerName, name),
                (1, field, "a.example:07000"),
            ];
            draft(&fields).with(&[Edit::SetTls(true)])
        };
        for (field, name, is_offered) in [
            (RpcAddress, "a", true),
            (RpcAddress, "b", false),
            (RpcAddress, "", false),
            (AdminAddress, "b", true),
        ] {
            let draft = with(field, name);
            let reading = Reading::of(&draft);
            let found = super::super::check_all(&reading);
            let wrong = found
                .iter()
                .find(|it| it.code.as_str() == "address-port-invalid");
            let is_fixed = wrong.is_some_and(|found| found.fix.is_some());
            assert_eq!(is_fixed, is_offered, "{field:?} {name}");
        }
    }

    #[test]
    fn nearest_addresses() {
        for (typed, nearest) in [
            (" a.example:7233\n", "a.example:7233"),
            ("a\u{200B}.example:1", "a.example:1"),
            ("http://a.example:8080/path?x#y", "a.example:8080"),
            ("https://a.example", "a.example:7233"),
            ("grpc://a:1", "a:1"),
            ("dns:///a:1", "a:1"),
            ("dns://8.8.8.8/a:1", "a:1"),
            ("dns://a:1", "a:1"),
            ("a.example", "a.example:7233"),
            ("a.example/", "a.example:7233"),
            ("a:", "a:7233"),
            ("a:07233", "a:7233"),
            ("a:7000/path", "a:7000"),
            ("a:grpc", "a:7233"),
            ("a:99999", "a:7233"),
            ("a:0", "a:7233"),
            ("::1", "[::1]:7233"),
            ("2001:db8::7", "[2001:db8::7]:7233"),
            ("1:2:3:4:5:6:7:8", "[1:2:3:4:5:6:7:8]:7233"),
            ("1:2:3:4:5:6:7:8:7000", "[1:2:3:4:5:6:7:8]:7000"),
            ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:7233"),
            ("[::1]", "[::1]:7233"),
            ("[::1]7000", "[::1]:7000"),
            ("[fe80::1%eth0]", "[fe80::1%eth0]:7233"),
            ("[localhost]:7000", "localhost:7000"),
            ("http://[::1]:7000/", "[::1]:7000"),
        ] {
            assert_eq!(nearest_address(typed, FRONTEND_PORT), nearest, "{typed:?}");
            assert!(HostPort::parse(nearest).is_ok(), "{nearest}");
        }
    }

    #[test]
    fn nothing_is_near_where_several_things_could_be_meant() {
        for typed in [
            "::1:7233", // [::1]:7233 or [::1:7233]:7233
            ":7233",
            "a:b:1",
            "a b/c",
            "user@a:1",
            "[]:1",
            "[::1:7233",
            "http://",
            "a..b",
            "",
        ] {
            let nearest = nearest_address(typed, FRONTEND_PORT);
            assert!(HostPort::parse(&nearest).is_err(), "{typed:?}: {nearest}");
        }
    }
}
