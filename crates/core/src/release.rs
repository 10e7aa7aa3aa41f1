//! Server releases: the one table of what differs between them.
//!
//! Code asks the table (`release.has(Capability::UpsertApi)`), and never compares versions itself.
//!
//! ```
//! use multicluster_core::release::{Capability, Layout, ServerVersion};
//!
//! let old = ServerVersion::parse("1.13").expect("a release");
//! assert_eq!(old.layout(), Layout::AllClusters);
//! let new = ServerVersion::parse("1.14.1").expect("a release");
//! assert!(new.has(Capability::UpsertApi) && !old.has(Capability::UpsertApi));
//! ```

use std::fmt;

/// A release of the Temporal server, `major.minor.patch`, 1.0.0 or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServerVersion {
    major: u16,
    minor: u16,
    patch: u16,
}

/// Defines the capabilities and the table: what each means, the release that brought it, and where that
/// is known from.
macro_rules! capabilities {
    ($($(#[doc = $text:literal])+ $name:ident since ($($since:literal),+), $source:literal;)+) => {
        /// What a server release can do, demands or does to itself.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Capability {
            $($(#[doc = $text])+ $name,)+
        }

        /// The table.
        const SINCE: &[(Capability, ServerVersion)] =
            &[$((Capability::$name, ServerVersion::new($($since),+)),)+];

        /// The same for people to read: the name, what it means and the source.
        const TEXTS: &[(&str, &str, &str)] =
            &[$((stringify!($name), concat!($($text, "\n"),+), $source),)+];
    };
}

capabilities! {
    /// Other clusters are connected at run time (`AddOrUpdateRemoteCluster`), and each file lists
    /// its own cluster only. Before, every file lists all clusters.
    UpsertApi since (1, 14, 0), "measured on 1.13.0 and 1.14.1";
    /// The frontend and history services re-read the connections every minute. Before, servers
    /// must be restarted after every change of a connection.
    RefreshesConnections since (1, 14, 4), "measured on 1.14.1; `common/cluster/fx.go` at 1.14.4";
    /// Other clusters in the file are ignored. In 1.14 they are written to the database at first boot.
    IgnoresOtherClustersInFile since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `temporal/fx.go` at every tag";
    /// Another initial version in the file than in the database is passed over without a word. In
    /// 1.14 the log says so; before, the file wins.
    KeepsNumberSilently since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `temporal/fx.go` at 1.29.1";
    /// A cluster's new name is saved before the server ends over it. In 1.14 the database is left as it
    /// was.
    SavesNewName since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `temporal/fx.go` at 1.29.1";
    /// `tctl admin cluster list` is answered.
    ListsClusters since (1, 15, 0), "measured on 1.14.1; the API at every tag";
    /// `enableGlobalNamespace` can become `true` later, with another increment and another initial
    /// version. In 1.14 all three stay as they were at the first start.
    EnablesGlobalNamespacesLater since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `temporal/fx.go` at 1.15.0";
    /// A namespace can leave a cluster.
    ShrinksNamespaces since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `common/namespace/attrValidator.go` at 1.14.6 and 1.15.0";
    /// `dcRedirectionPolicy` knows `all-apis-forwarding`.
    ForwardsAllApis since (1, 15, 0), "measured on 1.14.1 and 1.32.1; `service/frontend/dcRedirectionPolicy.go` at 1.14.6 and 1.15.0";
    /// A remote address that is not `host:port` ends the server's process.
    DiesOfBadAddress since (1, 16, 0), "measured on 1.14.1 and 1.32.1; `common/rpc/rpc.go` at 1.16.0";
    /// `global.tls.remoteClusters` is read.
    RemoteClusterTls since (1, 16, 0), "measured on 1.32.1; `common/config/config.go` at 1.15.0 and 1.16.0";
    /// The operator service, which the `temporal` tool talks to.
    OperatorApi since (1, 18, 0), "measured on 1.14.1 and 1.32.1; the API at every tag";
    /// Shard counts of connected clusters must be multiples. Before, they must be equal.
    AcceptsMultipleShardCounts since (1, 20, 0), "measured on 1.14.1 and 1.32.1; the handler at every tag";
    /// Others can ask for workflows in a stream.
    AnswersStreams since (1, 21, 0), "the admin service at 1.20.0 and 1.21.0; not measured";
    /// Workflows of other clusters are asked for in a stream, and in no other way.
    AsksForStreams since (1, 24, 0), "`service/history/configs/config.go` at 1.23.0 and 1.24.0; not measured";
    /// `httpAddress` of a cluster is read.
    HttpAddress since (1, 24, 0), "`common/cluster/metadata.go` at every tag";
    /// PostgreSQL is named `postgres12` in the configuration. Before, `postgres`.
    NamesPostgres12 since (1, 24, 0), "`sqlplugin/postgresql/plugin.go` at 1.23.1 and 1.24.0";
    /// The increment is checked to be at most 2147483647.
    BoundsIncrement since (1, 30, 0), "measured on 1.31.2 and 1.32.1; `common/cluster/metadata.go` at 1.30.5";
    /// The server's own workflows hand a namespace over, and leave it open when they are called off,
    /// and send a namespace's workflows to another cluster.
    HandsOver since (1, 30, 0), "measured on 1.32.1; service/worker/migration at 1.29.1";
    /// The container images with the tools have `temporal` only. Before, they have `tctl` too.
    ImagesWithoutTctl since (1, 30, 0), "`docker/targets/admin-tools.Dockerfile` at 1.30.0; the image before was that of temporalio/docker-builds";
    /// Boot messages name the cluster and the value that is wrong.
    NamesWrongCluster since (1, 32, 0), "measured on 1.31.2 and 1.32.1";
    /// A cluster cannot be removed while a namespace uses it.
    GuardsRemoval since (1, 32, 0), "measured on 1.31.2 and 1.32.1; `cluster_removal_validation.go`";
}

/// A row of the table for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityText {
    /// Its stable name: kebab-case words, such as `upsert-api`.
    pub code: String,
    /// The first release that has it.
    pub since: ServerVersion,
    /// What it means.
    pub text: String,
    /// Where it is known from.
    pub source: &'static str,
}

/// The whole table, the oldest first.
pub fn capability_texts() -> impl Iterator<Item = CapabilityText> {
    SINCE.iter().zip(TEXTS).map(|(row, told)| {
        let lines: Vec<&str> = told.1.lines().map(str::trim).collect();
        CapabilityText {
            code: kebab_case(told.0),
            since: row.1,
            text: lines.join(" "),
            source: told.2,
        }
    })
}

/// `UpsertApi` as `upsert-api`.
fn kebab_case(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push('-');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

impl Capability {
    /// The first release that has it.
    #[must_use]
    pub fn since(self) -> ServerVersion {
        let mut rows = SINCE.iter();
        let row = rows.find(|(listed, ..)| *listed == self);
        row.map_or(ServerVersion::new(1, 0, 0), |(_, since)| *since)
    }
}

/// How the configuration files of a release are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Every file lists all clusters, with one common master.
    AllClusters,
    /// Every file lists its own cluster only, which is its own master.
    OwnCluster,
}

impl Layout {
    /// Both layouts, oldest first.
    pub const ALL: [Self; 2] = [Self::AllClusters, Self::OwnCluster];

    /// The guide's name for the releases with this layout.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::AllClusters => "Prior to v1.14",
            Self::OwnCluster => "v1.14 and later",
        }
    }

    /// The same as words within a sentence: `Temporal …`.
    #[must_use]
    pub const fn releases(self) -> &'static str {
        match self {
            Self::AllClusters => "Temporal prior to 1.14",
            Self::OwnCluster => "Temporal 1.14 and later",
        }
    }
}

/// A row of the list that people choose their release from: releases that behave alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseRange {
    /// The first release of the range, as it is kept in the draft.
    pub value: &'static str,
    /// What people see.
    pub label: &'static str,
    first: ServerVersion,
}

impl ReleaseRange {
    const fn new(value: &'static str, label: &'static str, first: ServerVersion) -> Self {
        Self {
            value,
            label,
            first,
        }
    }

    /// The first release of the range.
    #[must_use]
    pub const fn first(&self) -> ServerVersion {
        self.first
    }
}

/// The choices, newest first.
pub const RANGES: &[ReleaseRange] = &[
    ReleaseRange::new("1.32", "1.32 and later", ServerVersion::new(1, 32, 0)),
    ReleaseRange::new("1.30", "1.30 to 1.31", ServerVersion::new(1, 30, 0)),
    ReleaseRange::new("1.24", "1.24 to 1.29", ServerVersion::new(1, 24, 0)),
    ReleaseRange::new("1.21", "1.21 to 1.23", ServerVersion::new(1, 21, 0)),
    ReleaseRange::new("1.20", "1.20", ServerVersion::new(1, 20, 0)),
    ReleaseRange::new("1.18", "1.18 to 1.19", ServerVersion::new(1, 18, 0)),
    ReleaseRange::new("1.16", "1.16 to 1.17", ServerVersion::new(1, 16, 0)),
    ReleaseRange::new("1.15", "1.15", ServerVersion::new(1, 15, 0)),
    ReleaseRange::new("1.14.4", "1.14.4 to 1.14.6", ServerVersion::new(1, 14, 4)),
    ReleaseRange::new("1.14.0", "1.14.0 to 1.14.3", ServerVersion::new(1, 14, 0)),
    ReleaseRange::new("1.13", "1.13 and earlier", ServerVersion::new(1, 0, 0)),
];

impl ServerVersion {
    const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self {
            major,
            minor,
            patch,
        }
    }

    /// Reads `1.32`, `1.32.1` or `v1.32.1`.
    ///
    /// # Errors
    /// `None` if the text is anything else, or a release before 1.0.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('v').unwrap_or(text);
        let mut parts = text.split('.').map(|part| {
            let digits = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse::<u16>().ok()).flatten()
        });
        let major = parts.next()??;
        let minor = parts.next()??;
        let patch = match parts.next() {
            Some(patch) => patch?,
            None => 0,
        };
        let valid = major >= 1 && parts.next().is_none();
        valid.then_some(Self::new(major, minor, patch))
    }

    /// Its minor release: 32 of 1.32.1.
    pub(crate) const fn minor(self) -> u16 {
        self.minor
    }

    /// Whether this release has the capability.
    #[must_use]
    pub fn has(self, capability: Capability) -> bool {
        SINCE
            .iter()
            .any(|&(listed, since)| listed == capability && self >= since)
    }

    /// As people write it, without a patch release of 0: `1.30`, `1.14.4`.
    #[must_use]
    pub fn short(self) -> String {
        let full = self.to_string();
        full.strip_suffix(".0").map_or(full.clone(), str::to_owned)
    }

    /// How this release's configuration files are laid out.
    #[must_use]
    pub fn layout(self) -> Layout {
        if self.has(Capability::UpsertApi) {
            Layout::OwnCluster
        } else {
            Layout::AllClusters
        }
    }

    /// The row of [`RANGES`] that this release belongs to.
    #[must_use]
    pub fn range(self) -> &'static ReleaseRange {
        RANGES
            .iter()
            .find(|range| self >= range.first)
            .unwrap_or(&RANGES[RANGES.len() - 1])
    }
}

impl fmt::Display for ServerVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> ServerVersion {
        ServerVersion::parse(text).expect("a version")
    }

    #[test]
    fn layouts_are_called_as_in_the_guide() {
        let names = Layout::ALL.map(|layout| (layout.label(), layout.releases()));
        assert_eq!(
            names,
            [
                ("Prior to v1.14", "Temporal prior to 1.14"),
                ("v1.14 and later", "Temporal 1.14 and later")
            ]
        );
    }

    #[test]
    fn reads_versions() {
        for (text, expected) in [
            ("1.32", Some((1, 32, 0))),
            (" v1.14.3 ", Some((1, 14, 3))),
            ("1.13.0", Some((1, 13, 0))),
            ("1", None),
            ("0.9", None),
            ("1.x", None),
            ("1.14.0.1", None),
            ("", None),
            ("1..2", None),
            ("1.+4", None),
            ("1.99999", None),
        ] {
            let parsed = ServerVersion::parse(text).map(|v| (v.major, v.minor, v.patch));
            assert_eq!(parsed, expected, "{text:?}");
        }
    }

    #[test]
    fn releases_measured_on_real_servers() {
        use Capability::*;
        for (release, has, has_not) in [
            ("1.13.0", &[][..], &[UpsertApi, OperatorApi][..]),
            (
                "1.14.1",
                &[UpsertApi],
                &[
                    RefreshesConnections,
                    ListsClusters,
                    EnablesGlobalNamespacesLater,
                    ShrinksNamespaces,
                    ForwardsAllApis,
                    IgnoresOtherClustersInFile,
                    DiesOfBadAddress,
                ],
            ),
            (
                "1.31.2",
                &[AcceptsMultipleShardCounts, BoundsIncrement, OperatorApi],
                &[GuardsRemoval, NamesWrongCluster],
            ),
            (
                "1.32.1",
                &[
                    GuardsRemoval,
                    NamesWrongCluster,
                    DiesOfBadAddress,
                    ShrinksNamespaces,
                    ForwardsAllApis,
                ],
                &[],
            ),
        ] {
            for capability in has {
                assert!(
                    version(release).has(*capability),
                    "{release} {capability:?}"
                );
            }
            for capability in has_not {
                assert!(
                    !version(release).has(*capability),
                    "{release} {capability:?}"
                );
            }
        }
    }

    #[test]
    fn within_a_range_all_releases_behave_alike() {
        for (capability, since) in SINCE {
            assert!(
                RANGES.iter().any(|range| range.first == *since),
                "{capability:?} begins inside of a range"
            );
        }
    }

    #[test]
    fn a_capability_is_there_since_its_first_release_and_not_before() {
        for (capability, since) in SINCE {
            assert_eq!(capability.since(), *since);
            assert!(since.has(*capability));
        }
        assert_eq!(Capability::RefreshesConnections.since().short(), "1.14.4");
        assert_eq!(Capability::OperatorApi.since().short(), "1.18");
    }

    #[test]
    fn the_table_can_be_read() {
        let texts: Vec<CapabilityText> = capability_texts().collect();
        assert!(texts.is_sorted_by_key(|row| row.since));
        assert_eq!(texts[0].code, "upsert-api");
        for row in texts {
            assert!(
                row.text.ends_with('.') && !row.text.contains("  "),
                "{row:?}"
            );
            assert!(!row.source.is_empty(), "{row:?}");
        }
    }

    #[test]
    fn ranges_are_found_by_their_own_value() {
        for range in RANGES {
            assert_eq!(version(range.value).range(), range);
        }
        assert_eq!(version("1.27.2").range().value, "1.24");
        assert_eq!(version("2.0").range().value, "1.32");
        assert_eq!(version("1.2.3").layout(), Layout::AllClusters);
    }
}
