//! What is taken already: names, endpoints and initial versions. A fix keeps clear of it, so that
//! it never brings a new problem.

use std::collections::{HashMap, HashSet};

use crate::model::{HostPort, lowest_free};
use crate::reading::ClusterReading;

/// Who has an endpoint.
#[derive(PartialEq, Eq)]
enum Owner {
    /// The cluster at this place, in one field or in both.
    One(usize),
    Several,
}

/// What all clusters together have taken.
pub(crate) struct Taken {
    /// In lower case, as names that differ only by case are confused.
    names: HashSet<String>,
    endpoints: HashMap<(String, u16), Owner>,
    /// How many clusters have each initial version.
    versions: HashMap<u32, usize>,
    lowest_free_version: u32,
}

impl Taken {
    pub(crate) fn of(clusters: &[ClusterReading]) -> Self {
        let mut versions = HashMap::new();
        for version in clusters.iter().filter_map(counted_version) {
            *versions.entry(version).or_insert(0) += 1;
        }
        Self {
            names: clusters.iter().map(|c| folded(&c.draft.name)).collect(),
            endpoints: endpoints(clusters),
            lowest_free_version: lowest_free(versions.keys().copied()),
            versions,
        }
    }

    /// Whether any cluster has this name, but for case.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        self.names.contains(&folded(name))
    }

    /// Whether no other cluster is at this address, neither by its RPC nor by its admin address.
    pub(crate) fn is_free_for(&self, cluster: &ClusterReading, address: &HostPort) -> bool {
        let owner = self.endpoints.get(&address.endpoint_key());
        owner.is_none_or(|owner| *owner == Owner::One(cluster.index))
    }

    /// The lowest initial version that no other cluster has: what
    /// [`Edit::AssignInitialVersion`](crate::Edit::AssignInitialVersion) gives to this one.
    pub(crate) fn free_version_for(&self, cluster: &ClusterReading) -> u32 {
        match counted_version(cluster) {
            Some(own @ 1..) if own < self.lowest_free_version && self.versions[&own] == 1 => own,
            _ => self.lowest_free_version,
        }
    }
}

fn counted_version(cluster: &ClusterReading) -> Option<u32> {
    cluster.draft.counted_initial_version()
}

/// ASCII is enough: what matters are file systems, host names and tired eyes.
fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn endpoints(clusters: &[ClusterReading]) -> HashMap<(String, u16), Owner> {
    let mut endpoints = HashMap::new();
    for cluster in clusters {
        for (_, address) in cluster.addresses() {
            let Ok(address) = address else { continue };
            let owner = Owner::One(cluster.index);
            endpoints
                .entry(address.endpoint_key())
                .and_modify(|known| {
                    if *known != owner {
                        *known = Owner::Several;
                    }
                })
                .or_insert(Owner::One(cluster.index));
        }
    }
    endpoints
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, InitialFailoverVersion};
    use crate::reading::Reading;
    use crate::rules::testing::draft;

    #[test]
    fn free_versions_are_those_that_the_edit_assigns() {
        for versions in [
            ["1", "2", "3"],
            ["1", "1", "1"],
            ["2", "2", ""],
            ["+2", "1", "x"],
            ["0", "7", "010"],
        ] {
            let draft = draft(&[0, 1, 2].map(|at| (at, InitialFailoverVersion, versions[at])));
            let reading = Reading::of(&draft);
            for cluster in &reading.clusters {
                let expected = draft.free_initial_version(Some(cluster.draft.id));
                let free = reading.taken().free_version_for(cluster);
                assert_eq!(free, expected, "{versions:?} {}", cluster.index);
            }
        }
    }

    #[test]
    fn an_endpoint_is_free_for_its_only_owner() {
        let draft = draft(&[
            (0, AdminAddress, "127.0.0.1:7233"),
            (1, AdminAddress, "a:1"),
        ]);
        let reading = Reading::of(&draft);
        for (text, free_for) in [
            ("127.0.0.1:7233", [true, false]),
            ("A:1", [false, true]),
            ("b:1", [true, true]),
        ] {
            let address = HostPort::parse(text).expect("valid");
            for (cluster, free) in reading.clusters.iter().zip(free_for) {
                assert_eq!(
                    reading.taken().is_free_for(cluster, &address),
                    free,
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn names_are_taken_whatever_their_case() {
        let draft = draft(&[]);
        let reading = Reading::of(&draft);
        assert!(reading.taken().has_name("CLUSTERa"));
        assert!(!reading.taken().has_name("clusterC"));
    }
}
