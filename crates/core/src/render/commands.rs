//! Every command of the command line tools, each in one place, for both tools.
//!
//! Where a flag is spelled in a way that looks odd, it is because the obvious way does something
//! else. All of them were run against real servers.

use crate::model::{FilePath, HostName, Tool};
use crate::plan::{Plan, ToolTls};

use super::artifact::{Kind, Line};
use super::shell::Argument;
use super::topic::{CommandTopic, Topic};

/// The commands of one tool, each as tagged pieces of one line.
pub(crate) struct Commands {
    tool: Tool,
    /// What is called: the tool, or a function that calls it.
    program: &'static str,
    /// The TLS flags of every call.
    flags: Vec<(&'static str, String)>,
}

impl Commands {
    /// Commands for people to run.
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            flags: tls_flags(plan.tool, &plan.tool_tls),
            ..Self::in_script(plan.tool, plan.tool.program())
        }
    }

    /// The same with another tool than the one that was chosen.
    pub(crate) fn with(tool: Tool, plan: &Plan) -> Self {
        Self {
            flags: tls_flags(tool, &plan.tool_tls),
            ..Self::in_script(tool, tool.program())
        }
    }

    /// Commands within a script that calls the tool by a function.
    pub(crate) const fn in_script(tool: Tool, program: &'static str) -> Self {
        Self {
            tool,
            program,
            flags: Vec::new(),
        }
    }

    /// Asks a frontend whether it serves.
    pub(crate) fn health(&self, address: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self.tctl(address).plain(" cluster health"),
            Tool::Temporal => self.temporal("operator cluster health", address),
        };
        line.about(Topic::Command(CommandTopic::Health))
    }

    /// Tells the cluster at `address` of the cluster at `remote`, or updates what it knows.
    ///
    /// Without the flag `tctl` turns the connection on and `temporal` turns it off. With a space in
    /// place of the equals sign (`--enable_connection false`) `tctl` silently leaves it on, and
    /// `temporal` stops with an error.
    pub(crate) fn upsert(&self, address: Argument, remote: Argument, enable: bool) -> Line {
        let line = match self.tool {
            Tool::Tctl => {
                let line = self
                    .tctl(address)
                    .plain(" admin cluster upsert-remote-cluster")
                    .flag("--frontend_address", remote);
                if enable {
                    line
                } else {
                    line.plain(" ")
                        .push(Kind::Flag, "--enable_connection=false")
                }
            }
            Tool::Temporal => {
                let flag = if enable {
                    "--enable-connection"
                } else {
                    "--enable-connection=false"
                };
                self.temporal("operator cluster upsert", address)
                    .flag("--frontend-address", remote)
                    .plain(" ")
                    .push(Kind::Flag, flag)
            }
        };
        line.about(Topic::Command(if enable {
            CommandTopic::Connect
        } else {
            CommandTopic::Disable
        }))
    }

    /// Makes the cluster at `address` forget the cluster of this name.
    pub(crate) fn remove(&self, address: Argument, name: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self
                .tctl(address)
                .plain(" admin cluster remove-remote-cluster")
                .flag("--cluster", name),
            Tool::Temporal => self
                .temporal("operator cluster remove", address)
                .flag("--name", name),
        };
        line.about(Topic::Command(CommandTopic::Remove))
    }

    /// Lists the clusters that the cluster at `address` knows; both tools answer in JSON.
    pub(crate) fn list(&self, address: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self.tctl(address).plain(" admin cluster list"),
            Tool::Temporal => self.temporal("operator cluster list", address).json(),
        };
        line.about(Topic::Command(CommandTopic::List))
    }

    /// Describes the cluster at `address`; both tools answer in JSON.
    pub(crate) fn describe(&self, address: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self.tctl(address).plain(" admin cluster describe"),
            Tool::Temporal => self.temporal("operator cluster describe", address).json(),
        };
        line.about(Topic::Command(CommandTopic::Describe))
    }

    /// Describes what the cluster at `address` has stored of another one. Only `tctl` can.
    pub(crate) fn describe_other(&self, address: Argument, name: Argument) -> Line {
        self.tctl(address)
            .plain(" admin cluster describe")
            .flag("--cluster", name)
            .about(Topic::Command(CommandTopic::DescribeOther))
    }

    /// Lists the namespaces of the cluster at `address`.
    pub(crate) fn list_namespaces(&self, address: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self.tctl(address).plain(" namespace list"),
            Tool::Temporal => self.temporal("operator namespace list", address).json(),
        };
        line.about(Topic::Command(CommandTopic::ListNamespaces))
    }

    /// Registers a global namespace in all of these clusters.
    ///
    /// `tctl` wants the clusters behind one flag, `temporal` wants the flag repeated; each
    /// silently does something else with the other's form.
    pub(crate) fn create_namespace<'t>(
        &self,
        address: Argument,
        namespace: Argument,
        active: Argument,
        clusters: impl Iterator<Item = Argument<'t>>,
    ) -> Line {
        let line = match self.tool {
            Tool::Tctl => self
                .tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace register")
                .flag("--global_namespace", Argument::Shell("true"))
                .flag("--active_cluster", active)
                .flags_in_one("--clusters", clusters),
            Tool::Temporal => self
                .temporal("operator namespace create", address)
                .flag("--namespace", namespace)
                .plain(" ")
                .push(Kind::Flag, "--global")
                .flag("--active-cluster", active)
                .flag_each("--cluster", clusters),
        };
        line.about(Topic::Command(CommandTopic::CreateNamespace))
    }

    /// Makes another cluster the active one of a namespace.
    pub(crate) fn fail_over(&self, address: Argument, namespace: Argument, to: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self
                .tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace update")
                .flag("--active_cluster", to),
            Tool::Temporal => self
                .temporal("operator namespace update", address)
                .flag("--namespace", namespace)
                .flag("--active-cluster", to),
        };
        line.about(Topic::Command(CommandTopic::FailOver))
    }

    /// Sets the clusters that a namespace is in.
    pub(crate) fn set_namespace_clusters<'t>(
        &self,
        address: Argument,
        namespace: Argument,
        clusters: impl Iterator<Item = Argument<'t>>,
    ) -> Line {
        let line = match self.tool {
            Tool::Tctl => self
                .tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace update")
                .flags_in_one("--clusters", clusters),
            Tool::Temporal => self
                .temporal("operator namespace update", address)
                .flag("--namespace", namespace)
                .flag_each("--cluster", clusters),
        };
        line.about(Topic::Command(CommandTopic::SetNamespaceClusters))
    }

    /// Makes a namespace of one cluster global, and nothing else: both tools silently drop whatever
    /// else the same command asks for.
    pub(crate) fn promote(&self, address: Argument, namespace: Argument) -> Line {
        let (line, flag) = match self.tool {
            Tool::Tctl => (
                self.tctl(address)
                    .flag("--namespace", namespace)
                    .plain(" namespace update"),
                "--promote_namespace",
            ),
            Tool::Temporal => (
                self.temporal("operator namespace update", address)
                    .flag("--namespace", namespace),
                "--promote-global",
            ),
        };
        line.plain(" ")
            .push(Kind::Flag, flag)
            .about(Topic::Command(CommandTopic::Promote))
    }

    /// Runs one of the server's own workflows with this id and input, and waits for its end.
    ///
    /// Without a time limit: a handover that one ends half-way leaves its namespace closed.
    pub(crate) fn run(
        &self,
        address: Argument,
        workflow: SystemWorkflow,
        id: Argument,
        input: Argument,
    ) -> Line {
        let (line, queue, kind, id_flag) = match self.tool {
            Tool::Tctl => (
                self.tctl(address).system_namespace().plain(" workflow run"),
                "--taskqueue",
                "--workflow_type",
                "--workflow_id",
            ),
            Tool::Temporal => (
                self.temporal("workflow execute", address)
                    .system_namespace(),
                "--task-queue",
                "--type",
                "--workflow-id",
            ),
        };
        line.flag(queue, Argument::Shell("default-worker-tq"))
            .flag(kind, Argument::Shell(workflow.name()))
            .flag(id_flag, id)
            .flag("--input", input)
            .about(Topic::Command(workflow.topic()))
    }

    /// Calls off one of the server's own workflows; it leaves everything in order.
    pub(crate) fn cancel(&self, address: Argument, id: Argument) -> Line {
        let line = match self.tool {
            Tool::Tctl => self
                .tctl(address)
                .system_namespace()
                .plain(" workflow cancel")
                .flag("--workflow_id", id),
            Tool::Temporal => self
                .temporal("workflow cancel", address)
                .system_namespace()
                .flag("--workflow-id", id),
        };
        line.about(Topic::Command(CommandTopic::Cancel))
    }

    /// The global flags of `tctl` stand before the command: behind it they are refused.
    fn tctl(&self, address: Argument) -> Line {
        Line::default()
            .push(Kind::Command, self.program)
            .flag("--address", address)
            .flags(&self.flags)
    }

    fn temporal(&self, command: &'static str, address: Argument) -> Line {
        Line::default()
            .push(Kind::Command, self.program)
            .plain(" ")
            .plain(command)
            .flag("--address", address)
            .flags(&self.flags)
    }
}

/// The flags of a tool for the certificate authority, the certificate, its key, and the name of the server.
#[must_use]
pub const fn tls_flag_names(tool: Tool) -> [&'static str; 4] {
    match tool {
        Tool::Tctl => [
            "--tls_ca_path",
            "--tls_cert_path",
            "--tls_key_path",
            "--tls_server_name",
        ],
        Tool::Temporal => [
            "--tls-ca-path",
            "--tls-cert-path",
            "--tls-key-path",
            "--tls-server-name",
        ],
    }
}

/// The flags with which a tool is let in by servers that speak TLS.
pub(super) fn tls_flags(tool: Tool, tls: &ToolTls) -> Vec<(&'static str, String)> {
    let pair = tls.files.pair.as_ref();
    let values = [
        tls.files.ca.as_ref().map(FilePath::as_str),
        pair.map(|(certificate, _)| certificate.as_str()),
        pair.map(|(_, key)| key.as_str()),
        tls.server_name.as_ref().map(HostName::as_str),
    ];
    let flags = tls_flag_names(tool).into_iter().zip(values);
    let stated = flags.filter_map(|(name, value)| Some((name, value?.to_owned())));
    stated.collect()
}

/// A workflow that every server brings along.
#[derive(Clone, Copy)]
pub(crate) enum SystemWorkflow {
    /// Makes another cluster the active one of a namespace, without losing anything.
    Handover,
    /// Sends the workflows of a namespace to another cluster.
    BackFill,
}

impl SystemWorkflow {
    /// Its type; `service/worker/migration` of the server.
    const fn name(self) -> &'static str {
        match self {
            Self::Handover => "namespace-handover",
            Self::BackFill => "force-replication",
        }
    }

    const fn topic(self) -> CommandTopic {
        match self {
            Self::Handover => CommandTopic::HandOver,
            Self::BackFill => CommandTopic::BackFill,
        }
    }
}

impl Line {
    fn system_namespace(self) -> Self {
        self.flag("--namespace", Argument::Shell("temporal-system"))
    }

    fn json(self) -> Self {
        self.flag("--output", Argument::Shell("json"))
    }

    fn flags(self, flags: &[(&'static str, String)]) -> Self {
        let flags = flags.iter();
        flags.fold(self, |line, (flag, value)| {
            line.flag(flag, Argument::Value(value))
        })
    }

    fn flag(self, flag: &'static str, value: Argument) -> Self {
        self.plain(" ").push(Kind::Flag, flag).argument(value)
    }

    fn argument(self, value: Argument) -> Self {
        let kind = match value {
            Argument::Value(_) => Kind::Text,
            Argument::Shell(_) => Kind::Variable,
        };
        self.plain(" ").push(kind, value.to_word())
    }

    fn flags_in_one<'t>(
        self,
        flag: &'static str,
        values: impl Iterator<Item = Argument<'t>>,
    ) -> Self {
        let line = self.plain(" ").push(Kind::Flag, flag);
        values.fold(line, Self::argument)
    }

    fn flag_each<'t>(self, flag: &'static str, values: impl Iterator<Item = Argument<'t>>) -> Self {
        values.fold(self, |line, value| line.flag(flag, value))
    }
}
