//! The ports of whole servers. What listens on one machine shares no port.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{HostPort, MachineKey};
use crate::plan::Cluster;

/// The services of a server, in the order of its configuration, and how far their ports are from that
/// of the frontend where Temporal is delivered: 7233 and 6933, 7234 and 6934, 7235 and 6935, 7239 and 6939.
pub(super) const SERVICES: [(&str, u16); 4] = [
    ("frontend", 0),
    ("history", 1),
    ("matching", 2),
    ("worker", 6),
];
/// How far below the port for calls the one for membership is.
const MEMBERSHIP_BELOW: u16 = 300;
/// Below this, only an administrator may listen.
const FIRST: u16 = 1024;

/// The ports of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ports {
    pub(super) grpc: u16,
    pub(super) membership: u16,
}

/// The ports of all services of all clusters. Frontends listen on the ports of
/// their addresses.
pub(super) fn of_all(clusters: &[Cluster]) -> Vec<[Ports; 4]> {
    let mut machines: BTreeMap<MachineKey, Machine> = BTreeMap::new();
    for cluster in clusters {
        let address = cluster.rpc_address();
        let machine = machines.entry(address.machine_key()).or_default();
        machine.taken.insert(address.port());
        machine
            .taken
            .extend(cluster.member.http_address().map(HostPort::port));
    }
    let addresses = clusters.iter().map(Cluster::rpc_address);
    addresses
        .map(|address| {
            let machine = machines.entry(address.machine_key()).or_default();
            of_one(address.port(), machine)
        })
        .collect()
}

/// The ports of a server that is alone on its machine.
pub(super) fn alone(cluster: &Cluster) -> [Ports; 4] {
    let mut machine = Machine::default();
    machine
        .taken
        .extend(cluster.member.http_address().map(HostPort::port));
    of_one(cluster.rpc_address().port(), &mut machine)
}

fn of_one(frontend: u16, machine: &mut Machine) -> [Ports; 4] {
    machine.taken.insert(frontend);
    SERVICES.map(|(_, above)| {
        let wanted = frontend.saturating_add(above);
        let grpc = if above == 0 {
            frontend
        } else {
            machine.take(wanted)
        };
        let membership = machine.take(wanted.saturating_sub(MEMBERSHIP_BELOW));
        Ports { grpc, membership }
    })
}

#[derive(Default)]
struct Machine {
    taken: BTreeSet<u16>,
}

impl Machine {
    /// The port, or the next one that is free; beyond the last, those from the first on.
    fn take(&mut self, wanted: u16) -> u16 {
        let wanted = wanted.max(FIRST);
        let mut candidates = (wanted..=u16::MAX).chain(FIRST..wanted);
        let port = candidates
            .find(|port| !self.taken.contains(port))
            .unwrap_or(wanted);
        self.taken.insert(port);
        port
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::ClusterField;
    use crate::{Draft, Edit, resolve};

    fn ports(addresses: &[&str]) -> Vec<[Ports; 4]> {
        let mut draft = Draft::empty();
        for address in addresses {
            draft.apply(&Edit::AddCluster);
            let id = draft.clusters[draft.clusters.len() - 1].id;
            let edit = Edit::SetField(id, ClusterField::RpcAddress, (*address).to_owned());
            draft.apply(&edit);
        }
        of_all(&resolve(&draft).plan().expect("no error").clusters)
    }

    fn numbers(of: [Ports; 4]) -> [u16; 8] {
        let [a, b, c, d] = of.map(|ports| [ports.grpc, ports.membership]);
        [a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1]]
    }

    #[test]
    fn a_server_listens_where_temporal_is_delivered() {
        assert_eq!(
            numbers(ports(&["127.0.0.1:7233"])[0]),
            [7233, 6933, 7234, 6934, 7235, 6935, 7239, 6939]
        );
    }

    #[test]
    fn on_one_machine_no_two_ports_are_the_same() {
        for addresses in [
            &["127.0.0.1:7233", "localhost:7234", "[::1]:7235"][..],
            &["127.0.0.1:7233", "127.0.0.1:7533", "127.0.0.1:6933"],
            &["a.example:65535", "a.example:65534", "A.example:1"],
            &["10.0.0.1:1024", "10.0.0.1:1324", "[::ffff:10.0.0.1]:1025"],
        ] {
            let all: Vec<u16> = ports(addresses).into_iter().flat_map(numbers).collect();
            let different: BTreeSet<u16> = all.iter().copied().collect();
            assert_eq!(different.len(), all.len(), "{addresses:?}: {all:?}");
        }
    }

    #[test]
    fn machines_of_their_own_have_the_usual_ports() {
        let [a, b] = ports(&["a.example:7233", "b.example:7233"])[..] else {
            panic!("two clusters")
        };
        assert_eq!(a, b);
    }
}
