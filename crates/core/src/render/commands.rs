//! Every command of the command line tools, each in one place, for both tools.
//!
//! Where a flag is spelled in a way that looks odd, it is because the obvious way does something
//! else. All of them were run against real servers.

use crate::model::Tool;

use super::artifact::{Kind, Line};
use super::shell::Argument;

/// A command of `tctl` or `temporal` as tagged pieces of one line.
pub(crate) struct Commands(pub(crate) Tool);

impl Commands {
    /// Asks a frontend whether it serves.
    pub(crate) fn health(&self, address: Argument) -> Line {
        match self.0 {
            Tool::Tctl => tctl(address).plain(" cluster health"),
            Tool::Temporal => temporal("operator cluster health", address),
        }
    }

    /// Tells the cluster at `address` of the cluster at `remote`, or updates what it knows.
    ///
    /// Without the flag `tctl` turns the connection on and `temporal` turns it off. With a space in
    /// place of the equals sign (`--enable_connection false`) `tctl` silently leaves it on, and
    /// `temporal` stops with an error.
    pub(crate) fn upsert(&self, address: Argument, remote: Argument, enable: bool) -> Line {
        match self.0 {
            Tool::Tctl => {
                let line = tctl(address)
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
                temporal("operator cluster upsert", address)
                    .flag("--frontend-address", remote)
                    .plain(" ")
                    .push(Kind::Flag, flag)
            }
        }
    }

    /// Makes the cluster at `address` forget the cluster of this name.
    pub(crate) fn remove(&self, address: Argument, name: Argument) -> Line {
        match self.0 {
            Tool::Tctl => tctl(address)
                .plain(" admin cluster remove-remote-cluster")
                .flag("--cluster", name),
            Tool::Temporal => temporal("operator cluster remove", address).flag("--name", name),
        }
    }

    /// Lists the clusters that the cluster at `address` knows.
    pub(crate) fn list(&self, address: Argument) -> Line {
        match self.0 {
            Tool::Tctl => tctl(address).plain(" admin cluster list"),
            Tool::Temporal => temporal("operator cluster list", address),
        }
    }

    /// The same for a script to read. `tctl` always answers in JSON.
    pub(crate) fn list_json(&self, address: Argument) -> Line {
        match self.0 {
            Tool::Tctl => self.list(address),
            Tool::Temporal => self.list(address).flag("--output", Argument::Shell("json")),
        }
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
        match self.0 {
            Tool::Tctl => tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace register")
                .flag("--global_namespace", Argument::Shell("true"))
                .flag("--active_cluster", active)
                .flags_in_one("--clusters", clusters),
            Tool::Temporal => temporal("operator namespace create", address)
                .flag("--namespace", namespace)
                .plain(" ")
                .push(Kind::Flag, "--global")
                .flag("--active-cluster", active)
                .flag_each("--cluster", clusters),
        }
    }

    /// Makes another cluster the active one of a namespace.
    pub(crate) fn fail_over(&self, address: Argument, namespace: Argument, to: Argument) -> Line {
        match self.0 {
            Tool::Tctl => tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace update")
                .flag("--active_cluster", to),
            Tool::Temporal => temporal("operator namespace update", address)
                .flag("--namespace", namespace)
                .flag("--active-cluster", to),
        }
    }

    /// Sets the clusters that a namespace is in.
    pub(crate) fn set_namespace_clusters<'t>(
        &self,
        address: Argument,
        namespace: Argument,
        clusters: impl Iterator<Item = Argument<'t>>,
    ) -> Line {
        match self.0 {
            Tool::Tctl => tctl(address)
                .flag("--namespace", namespace)
                .plain(" namespace update")
                .flags_in_one("--clusters", clusters),
            Tool::Temporal => temporal("operator namespace update", address)
                .flag("--namespace", namespace)
                .flag_each("--cluster", clusters),
        }
    }
}

/// The global flags of `tctl` stand before the command: behind it they are refused.
fn tctl(address: Argument) -> Line {
    Line::default()
        .push(Kind::Command, Tool::Tctl.program())
        .flag("--address", address)
}

fn temporal(command: &'static str, address: Argument) -> Line {
    Line::default()
        .push(Kind::Command, Tool::Temporal.program())
        .plain(" ")
        .plain(command)
        .flag("--address", address)
}

impl Line {
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
