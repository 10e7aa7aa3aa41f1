//! How a script calls the tool: itself, or through a program that runs it elsewhere.
//!
//! Those programs hand every argument on as it is, without another shell: `tests/oracle` and
//! `tests/servers` hold them to it.

use std::borrow::Cow;

use crate::model::Tool;
use crate::plan::{Cluster, Plan};

use super::super::artifact::{Kind, Line};
use super::super::shell::{Argument, quote};
use super::super::topic::{ScriptTopic, Topic};
use super::{FIRST, Part, comment};

/// Who calls the tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in super::super) enum Caller {
    /// The person who runs the script: the tool is on their machine.
    Person,
    /// `kubectl exec`: the tool is in a pod of each cluster.
    Kubectl,
    /// `docker exec`: the tool is in a container of each cluster.
    Docker,
}

/// A variable that says where the tool of a cluster runs, and what it is unless it is set.
struct Variable {
    name: &'static str,
    default: &'static str,
}

/// The names that the chart gives its tools when it is installed as `temporal`.
const KUBECTL: &[Variable] = &[
    Variable {
        name: "CONTEXT",
        default: "",
    },
    Variable {
        name: "NAMESPACE",
        default: "temporal",
    },
    Variable {
        name: "DEPLOYMENT",
        default: "temporal-admintools",
    },
];

/// The name that Temporal's own samples give the container with the tools.
const DOCKER: &[Variable] = &[Variable {
    name: "CONTAINER",
    default: "temporal-admin-tools",
}];

impl Caller {
    /// The function that calls the tool.
    pub(super) const fn ask(self, tool: Tool) -> Part {
        let text = match (self, tool) {
            (Self::Person, Tool::Tctl) => include_str!("ask_tctl.sh"),
            (Self::Person, Tool::Temporal) => include_str!("ask_temporal.sh"),
            (Self::Kubectl, Tool::Tctl) => concat!(
                include_str!("place_kubectl.sh"),
                include_str!("ask_kubectl_tctl.sh")
            ),
            (Self::Kubectl, Tool::Temporal) => concat!(
                include_str!("place_kubectl.sh"),
                include_str!("ask_kubectl_temporal.sh")
            ),
            (Self::Docker, Tool::Tctl) => concat!(
                include_str!("place_docker.sh"),
                include_str!("ask_docker_tctl.sh")
            ),
            (Self::Docker, Tool::Temporal) => concat!(
                include_str!("place_docker.sh"),
                include_str!("ask_docker_temporal.sh")
            ),
        };
        Part(ScriptTopic::Ask, text, &[])
    }

    /// Where the functions that call the tool reach the cluster.
    pub(super) const fn address(self) -> Argument<'static> {
        match self {
            Self::Person => FIRST,
            Self::Kubectl | Self::Docker => Argument::Shell("\"$address\""),
        }
    }

    /// What they do before they call it.
    pub(super) const fn before_asking(self) -> &'static str {
        match self {
            Self::Person => "",
            Self::Kubectl | Self::Docker => "at \"$1\"; ",
        }
    }

    /// From where the script can be run.
    pub(super) const fn run_again(self) -> &'static str {
        match self {
            Self::Person => {
                "Can be run again at any time, from where all addresses below can be reached."
            }
            Self::Kubectl => {
                "Can be run again at any time, from where kubectl reaches all pods below."
            }
            Self::Docker => {
                "Can be run again at any time, from where docker reaches all containers below."
            }
        }
    }

    /// How the tool is called, behind its name.
    pub(super) const fn through(self) -> &'static str {
        match self {
            Self::Person => "",
            Self::Kubectl => " called through kubectl exec",
            Self::Docker => " called through docker exec",
        }
    }

    /// What stands in a row of the table of clusters.
    pub(super) fn columns(self) -> impl Iterator<Item = &'static str> {
        match self {
            Self::Person => [
                "The clusters: name, initial failover version, history shards (- if not stated), address for",
                "this script, address for the other clusters.",
            ],
            Self::Kubectl | Self::Docker => [
                "The clusters: name, initial failover version, history shards (- if not stated), where its",
                "tool runs and what that calls, address for the other clusters.",
            ],
        }
        .into_iter()
    }

    /// Where the tool of each cluster runs, as variables; nothing where it is on the same machine.
    pub(super) fn places(self, plan: &Plan) -> Vec<Line> {
        let about: &[&str] = match self {
            Self::Person => return Vec::new(),
            Self::Kubectl => &[
                "Where the tool of each cluster runs: change these lines, or set the variables. An empty context",
                "is the current one; the address is where the pod reaches the frontend of its cluster.",
            ],
            Self::Docker => &[
                "Where the tool of each cluster runs: change these lines, or set the variables. The address is",
                "where the container reaches the frontend of its cluster.",
            ],
        };
        let topic = ScriptTopic::Place;
        let mut lines: Vec<Line> = about.iter().map(|text| comment(topic, text)).collect();
        for cluster in &plan.clusters {
            let number = cluster.member.index + 1;
            for Variable { name, default } in self.variables() {
                lines.push(variable(name, number, default));
            }
            lines.push(variable("ADDRESS", number, cluster.rpc_address().as_str()));
        }
        lines.push(Line::default());
        lines
    }

    /// Where a cluster is reached, as a word of the script.
    pub(super) fn place(self, cluster: &Cluster) -> Cow<'static, str> {
        let number = cluster.member.index + 1;
        Cow::Owned(match self {
            Self::Person => quote(cluster.admin_address().as_str()),
            Self::Kubectl => format!(
                "\"${{CONTEXT_{number}:+$CONTEXT_{number}/}}$NAMESPACE_{number}/$DEPLOYMENT_{number}/$ADDRESS_{number}\""
            ),
            Self::Docker => format!("\"$CONTAINER_{number}/$ADDRESS_{number}\""),
        })
    }

    const fn variables(self) -> &'static [Variable] {
        match self {
            Self::Person => &[],
            Self::Kubectl => KUBECTL,
            Self::Docker => DOCKER,
        }
    }
}

/// `NAME_1=${NAME_1-"default"}`: what it is set to wins.
fn variable(name: &str, number: usize, default: &str) -> Line {
    let variable = format!("{name}_{number}");
    let default = if default.is_empty() {
        String::new()
    } else {
        quote(default)
    };
    Line::default()
        .plain(format!("{variable}="))
        .push(Kind::Variable, format!("${{{variable}-{default}}}"))
        .about(Topic::Script(ScriptTopic::Place))
}
