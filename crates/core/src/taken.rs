//! What is taken already: names, endpoints and initial versions. A fix keeps clear of it, so that
//! it never brings a new problem.

use crate::by_key::ByKey;
use crate::model::{HostPort, lowest_free};
use crate::reading::ClusterReading;

/// What all clusters together have taken.
pub(crate) struct Taken {
    /// In lower case, as names that differ only by case are confused.
    names: ByKey,
    /// By RPC and by admin address.
    endpoints: ByKey,
    versions: ByKey,
    lowest_free_version: u32,
}

impl Taken {
    pub(crate) fn of(clusters: &[ClusterReading]) -> Self {
        let mut names = Vec::new();
        let mut endpoints = Vec::new();
        let mut versions = Vec::new();
        for cluster in clusters {
            names.push((folded(&cluster.draft.name), cluster.index));
            for address in cluster
                .addresses()
                .filter_map(|(_, address)| address.as_ref().ok())
            {
                endpoints.push((address.endpoint_key(), cluster.index));
            }
            for version in cluster.draft.counted_initial_versions() {
                versions.push((version.to_string(), cluster.index));
            }
        }
        Self {
            names: ByKey::new(names),
            endpoints: ByKey::new(endpoints),
            versions: ByKey::new(versions),
            lowest_free_version: lowest_free(
                clusters
                    .iter()
                    .flat_map(|cluster| cluster.draft.counted_initial_versions()),
            ),
        }
    }

    /// Whether any cluster has this name, but for case.
    pub(crate) fn has_name(&self, name: &str) -> bool {
        !self.names.places(&folded(name)).is_empty()
    }

    /// Whether no other cluster has this name, not even in another case.
    pub(crate) fn is_name_free_for(&self, cluster: &ClusterReading, name: &str) -> bool {
        is_only_in(cluster, self.names.places(&folded(name)))
    }

    /// Whether no other cluster has this initial version, nor runs with it.
    pub(crate) fn is_version_free_for(&self, cluster: &ClusterReading, version: u32) -> bool {
        is_only_in(cluster, self.versions.places(&version.to_string()))
    }

    /// Whether no other cluster is at this address, neither by its RPC nor by its admin address.
    pub(crate) fn is_free_for(&self, cluster: &ClusterReading, address: &HostPort) -> bool {
        is_only_in(cluster, self.endpoints.places(&address.endpoint_key()))
    }

    /// The lowest initial version that no other cluster has: what
    /// [`Edit::AssignInitialVersion`](crate::Edit::AssignInitialVersion) gives to this one.
    pub(crate) fn free_version_for(&self, cluster: &ClusterReading) -> u32 {
        let own = cluster.draft.counted_initial_versions();
        let own = own.filter(|&own| own > 0 && self.is_version_free_for(cluster, own));
        own.fold(self.lowest_free_version, u32::min)
    }
}

fn is_only_in(cluster: &ClusterReading, places: &[(String, usize)]) -> bool {
    places.iter().all(|(_, place)| *place == cluster.index)
}

/// ASCII is enough: what matters are file systems, host names and tired eyes.
fn folded(name: &str) -> String {
    name.to_ascii_lowercase()
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
