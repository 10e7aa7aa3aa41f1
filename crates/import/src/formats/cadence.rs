//! Cadence, which Temporal was forked from: its files look alike, and mean something else.

use super::Reader;
use crate::finding;
use crate::text::Place;
use crate::yaml::Node;

/// The key of Cadence's own block.
pub(crate) const KEY: &str = "clusterGroupMetadata";

/// Keys that only Cadence has, in a block that may be called as Temporal's.
const ONLY_CADENCE: &[&str] = &[
    "primaryClusterName",
    "clusterGroup",
    "clusterRedirectionPolicy",
    "clusterInitialFailoverVersion",
];

/// Whether a block is one of Cadence.
pub(crate) fn is_cadence(block: &Node) -> bool {
    let named = |node: &Node, name: &str| {
        node.get("rpcName")
            .and_then(Node::scalar)
            .is_some_and(|(text, _)| text == name)
    };
    let clusters = block
        .get("clusterInformation")
        .map_or(&[][..], Node::entries);
    ONLY_CADENCE.iter().any(|key| block.get(key).is_some())
        || clusters
            .iter()
            .any(|(_, cluster)| named(cluster, "cadence-frontend"))
}

impl Reader<'_> {
    pub(crate) fn cadence(&mut self, at: Place) {
        self.report(
            at,
            &finding::CADENCE,
            "This is the configuration of a Cadence server.".to_owned(),
        );
    }
}
