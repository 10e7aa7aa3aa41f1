//! The same set-up in other formats: for the Helm chart, as whole server configurations, as a lab of
//! containers, and as scripts that call the tool where it is. They are written on demand, and are in
//! no list of the first sight nor in `multicluster.zip`.

mod helm;
mod lab;
mod ports;
mod scripts;
mod server;
mod yaml;

use std::fmt;

use crate::draft::ClusterId;
use crate::model::Tool;
use crate::plan::Plan;
use crate::release::Layout;

use super::artifact::{Artifact, Group};
pub use lab::MOST_CLUSTERS as MOST_CLUSTERS_IN_LAB;

/// A format. Its files have names that begin with its own, so that no two formats share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flavour {
    /// Values for Temporal's Helm chart.
    Helm,
    /// Whole server configurations.
    Config,
    /// A lab of containers for Docker Compose.
    Compose,
    /// The scripts, with the tool called through `kubectl exec`.
    Kubectl,
    /// The scripts, with the tool called through `docker exec`.
    Docker,
}

impl Flavour {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Helm,
        Self::Config,
        Self::Compose,
        Self::Kubectl,
        Self::Docker,
    ];

    /// Its name on the command line, and the folder of its files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Helm => "helm",
            Self::Config => "config",
            Self::Compose => "compose",
            Self::Kubectl => "kubectl",
            Self::Docker => "docker",
        }
    }

    /// Its name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Helm => "Helm values",
            Self::Config => "Whole server configuration",
            Self::Compose => "Docker Compose lab",
            Self::Kubectl => "Scripts for kubectl exec",
            Self::Docker => "Scripts for docker exec",
        }
    }

    /// One sentence for the person who chooses it.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Helm => {
                "For each cluster the values that Temporal's Helm chart (1.0 and later) needs beside your own."
            }
            Self::Config => {
                "For each cluster one file with everything a server reads, on PostgreSQL, to mount in a container. \
                 The database is yours to fill in."
            }
            Self::Compose => {
                "All clusters on one machine, each with its own database. They connect themselves. To try things \
                 out, not for production."
            }
            Self::Kubectl => {
                "The same scripts, with the tool called in a pod of each cluster: `temporal`, where an image has no `tctl`. \
                 Nothing but kubectl is needed here."
            }
            Self::Docker => {
                "The same scripts, with the tool called in a container of each cluster: `temporal`, where an image has no \
                 `tctl`. Nothing but docker is needed here."
            }
        }
    }

    /// The name of the archive with all its files.
    #[must_use]
    pub const fn zip_name(self) -> &'static str {
        match self {
            Self::Helm => "multicluster-helm.zip",
            Self::Config => "multicluster-config.zip",
            Self::Compose => "multicluster-compose.zip",
            Self::Kubectl => "multicluster-kubectl.zip",
            Self::Docker => "multicluster-docker.zip",
        }
    }

    /// The format with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavour| flavour.name() == name)
    }

    /// Why a set-up cannot be written in this format; `None` where it can.
    #[must_use]
    pub fn hindrance(self, plan: &Plan) -> Option<Hindrance> {
        match self {
            Self::Helm | Self::Config => None,
            Self::Compose => lab::hindrance(plan),
            Self::Kubectl | Self::Docker => commands_hindrance(plan),
        }
    }
}

/// Why a set-up cannot be written in a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// The files of the servers connect the clusters: there is nothing to run.
    NothingToRun,
    /// One cluster is connected to nothing.
    OneCluster,
    /// More clusters than one machine runs.
    TooManyForLab,
    /// A release of which no container images are known that can be used here.
    NoImages,
}

impl fmt::Display for Hindrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingToRun => f.write_str(
                "Before 1.14 the files of the servers connect the clusters, and there are no commands to run.",
            ),
            Self::OneCluster => {
                f.write_str("One cluster has nothing to be connected to. Add another one.")
            }
            Self::TooManyForLab => write!(
                f,
                "A lab on one machine has at most {MOST_CLUSTERS_IN_LAB} clusters. Remove some to try things out."
            ),
            Self::NoImages => f.write_str(
                "A lab needs servers of 1.24 or later: the images of earlier releases are made differently. \
                 Choose a later release to try things out.",
            ),
        }
    }
}

/// What can only be done with connections at run time, between two clusters.
fn commands_hindrance(plan: &Plan) -> Option<Hindrance> {
    if plan.release.layout() == Layout::AllClusters {
        Some(Hindrance::NothingToRun)
    } else if plan.clusters.len() < 2 {
        Some(Hindrance::OneCluster)
    } else {
        None
    }
}

/// Which file of another format it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExtraId {
    /// The values of one cluster for the Helm chart.
    HelmValues(ClusterId),
    /// The whole configuration of one cluster's servers.
    ServerConfig(ClusterId),
    /// The dynamic configuration beside it.
    ServerSettings,
    /// A file of the lab.
    Lab(LabFile),
    /// A script that calls the tool through `kubectl exec`.
    Kubectl(Script),
    /// A script that calls the tool through `docker exec`.
    Docker(Script),
}

/// A file of the lab of containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LabFile {
    /// `compose.yaml`.
    Compose,
    /// The whole configuration of one cluster's server.
    Config(ClusterId),
    /// The dynamic configuration of all servers.
    Settings,
    /// What makes the tables of a cluster.
    Schema,
    /// What waits for the servers and calls the next one.
    Start,
    /// `connect.sh` between the containers.
    Connect,
    /// `verify.sh` between the containers.
    Verify,
}

/// A script that is there for every way to call the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Script {
    /// `connect.sh`.
    Connect,
    /// `verify.sh`.
    Verify,
    /// `disable.sh`.
    Disable,
    /// `remove.sh`.
    Remove,
}

impl ExtraId {
    /// The format it belongs to.
    #[must_use]
    pub const fn flavour(self) -> Flavour {
        match self {
            Self::HelmValues(_) => Flavour::Helm,
            Self::ServerConfig(_) | Self::ServerSettings => Flavour::Config,
            Self::Lab(_) => Flavour::Compose,
            Self::Kubectl(_) => Flavour::Kubectl,
            Self::Docker(_) => Flavour::Docker,
        }
    }

    pub(super) const fn group(self) -> Group {
        match self {
            Self::Kubectl(_)
            | Self::Docker(_)
            | Self::Lab(LabFile::Schema | LabFile::Start | LabFile::Connect | LabFile::Verify) => {
                Group::Commands
            }
            _ => Group::Configuration,
        }
    }

    pub(super) const fn summary(self) -> &'static str {
        self.flavour().summary()
    }

    /// Scripts are programs.
    pub(super) const fn is_executable(self) -> bool {
        matches!(self.group(), Group::Commands)
    }
}

/// The tool that the scripts of a format call.
pub(crate) fn tool_in(plan: &Plan, flavour: Flavour) -> Tool {
    match flavour {
        Flavour::Helm | Flavour::Config => plan.tool,
        Flavour::Compose => Tool::Temporal,
        Flavour::Kubectl | Flavour::Docker => scripts::tool_of_images(plan),
    }
}

/// All files of a set-up in a format, always the same for the same plan; none where there is a
/// [hindrance](Flavour::hindrance).
#[must_use]
pub fn render_extra(plan: &Plan, flavour: Flavour) -> Vec<Artifact> {
    if flavour.hindrance(plan).is_some() {
        return Vec::new();
    }
    match flavour {
        Flavour::Helm => helm::files(plan),
        Flavour::Config => server::files(plan),
        Flavour::Compose => lab::files(plan),
        Flavour::Kubectl => scripts::through_kubectl(plan),
        Flavour::Docker => scripts::through_docker(plan),
    }
}

/// The archive of files of one format: [`Flavour::zip_name`].
#[must_use]
pub fn zip_of(files: &[Artifact]) -> Vec<u8> {
    super::zip(files)
}
