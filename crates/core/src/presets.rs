//! Set-ups to begin with: examples of what people have, each right as it stands.
//!
//! ```
//! use multicluster_core::{presets::PRESETS, resolve};
//!
//! for preset in PRESETS {
//!     assert!(resolve(&preset.draft()).plan().is_some(), "{}", preset.name);
//! }
//! ```

use crate::draft::Draft;
use crate::edit::{ClusterField, Edit};
use crate::model::Tool;

/// A set-up with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preset {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// One sentence for the person who chooses it.
    pub summary: &'static str,
    clusters: &'static [Row],
}

/// A cluster of a preset. Its initial version is its place, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Row {
    name: &'static str,
    rpc_address: &'static str,
    /// Empty: at the RPC address.
    admin_address: &'static str,
    /// Empty: not stated.
    history_shards: &'static str,
}

impl Row {
    const fn at(name: &'static str, rpc_address: &'static str) -> Self {
        Self {
            name,
            rpc_address,
            admin_address: "",
            history_shards: "",
        }
    }

    const fn reached_at(mut self, admin_address: &'static str) -> Self {
        self.admin_address = admin_address;
        self
    }

    const fn shards(mut self, history_shards: &'static str) -> Self {
        self.history_shards = history_shards;
        self
    }
}

/// Every preset, in the order in which they are offered.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "pair",
        title: "The guide's pair",
        summary: "Two clusters on this machine, as in Temporal's guide.",
        clusters: &[
            Row::at("clusterA", "127.0.0.1:7233"),
            Row::at("clusterB", "127.0.0.1:8233"),
        ],
    },
    Preset {
        name: "development",
        title: "Temporal's development clusters",
        summary: "Three clusters on this machine, those of config/development-cluster-a.yaml to -c.yaml in Temporal's \
                  own sources.",
        clusters: &[
            Row::at("cluster-a", "localhost:7233").shards("32"),
            Row::at("cluster-b", "localhost:8233").shards("16"),
            Row::at("cluster-c", "localhost:9233").shards("32"),
        ],
    },
    Preset {
        name: "regions",
        title: "Three regions",
        summary: "Three clusters in three regions, each behind a name of its own, every one connected with every other.",
        clusters: &[
            Row::at("us-east", "temporal.us-east.example.com:7233").shards("512"),
            Row::at("eu-west", "temporal.eu-west.example.com:7233").shards("512"),
            Row::at("ap-south", "temporal.ap-south.example.com:7233").shards("512"),
        ],
    },
    Preset {
        name: "docker",
        title: "A Docker lab",
        summary: "Two clusters in containers, which reach each other by the names of their services, and you at ports \
                  of this machine.",
        clusters: &[
            Row::at("cluster-a", "temporal-a:7233")
                .reached_at("127.0.0.1:7233")
                .shards("4"),
            Row::at("cluster-b", "temporal-b:7233")
                .reached_at("127.0.0.1:8233")
                .shards("4"),
        ],
    },
];

impl Preset {
    /// The preset with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<&'static Self> {
        PRESETS.iter().find(|preset| preset.name == name)
    }

    /// What the form holds when it was opened: for the newest release, with the current tool.
    #[must_use]
    pub fn draft(&self) -> Draft {
        let mut draft = Draft::empty();
        draft.apply(&Edit::SetTool(Tool::Temporal));
        for row in self.clusters {
            let id = draft.add_named(row.name);
            draft.apply(&Edit::AssignInitialVersion(id));
            for (field, text) in [
                (ClusterField::RpcAddress, row.rpc_address),
                (ClusterField::AdminAddress, row.admin_address),
                (ClusterField::HistoryShards, row.history_shards),
            ] {
                draft.apply(&Edit::SetField(id, field, text.to_owned()));
            }
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve;

    #[test]
    fn nothing_is_wrong_with_any() {
        for preset in PRESETS {
            let resolution = resolve(&preset.draft());
            let found = resolution.diagnostics();
            assert!(found.is_empty(), "{}: {found:?}", preset.name);
            let plan = resolution.plan().expect("no error");
            assert!(plan.clusters().len() >= 2, "{}", preset.name);
        }
    }

    #[test]
    fn the_initial_versions_are_the_places() {
        for preset in PRESETS {
            let draft = preset.draft();
            for (at, cluster) in draft.clusters.iter().enumerate() {
                assert_eq!(cluster.initial_version, (at + 1).to_string());
                assert!(cluster.automatic);
            }
        }
    }

    #[test]
    fn each_is_found_by_its_own_name_only() {
        for preset in PRESETS {
            assert_eq!(Preset::from_name(preset.name), Some(preset));
        }
        assert_eq!(Preset::from_name("Pair"), None);
    }
}
