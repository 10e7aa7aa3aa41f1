//! What was observed, found by name: a change looks at every pair of clusters.

use crate::by_key::ByKey;
use crate::observed::{
    Connection, Contradiction, Location, Merged, ObservedCluster, ObservedField,
};

/// What was observed, with what finds it.
pub(super) struct Index<'o> {
    merged: &'o Merged,
    clusters: ByKey,
    connections: ByKey,
}

impl<'o> Index<'o> {
    pub(super) fn of(merged: &'o Merged) -> Self {
        let clusters = merged.clusters.iter().enumerate();
        let clusters = clusters.map(|(at, cluster)| (cluster.name.clone(), at));
        let connections = merged.connections.iter().enumerate();
        let connections = connections.map(|(at, told)| (ends(&told.from, &told.to), at));
        Self {
            merged,
            clusters: ByKey::new(clusters.collect()),
            connections: ByKey::new(connections.collect()),
        }
    }

    pub(super) fn clusters(&self) -> &'o [ObservedCluster] {
        &self.merged.clusters
    }

    pub(super) fn connections(&self) -> &'o [Connection] {
        &self.merged.connections
    }

    pub(super) fn cluster(&self, name: &str) -> Option<&'o ObservedCluster> {
        let (_, at) = self.clusters.places(name).first()?;
        Some(&self.merged.clusters[*at])
    }

    pub(super) fn connection(&self, from: &str, to: &str) -> Option<&'o Connection> {
        let (_, at) = self.connections.places(&ends(from, to)).first()?;
        Some(&self.merged.connections[*at])
    }

    /// Where the lists begin that were not read whole.
    pub(super) fn cut(&self) -> &'o [Location] {
        &self.merged.cut
    }

    pub(super) fn contradictions(
        &self,
        field: ObservedField,
    ) -> impl Iterator<Item = &'o Contradiction> + use<'o> {
        let all = self.merged.contradictions.iter();
        all.filter(move |found| found.field == field)
    }
}

/// No YAML and no server has a name with a zero byte in it.
fn ends(from: &str, to: &str) -> String {
    [from, to].join("\0")
}
