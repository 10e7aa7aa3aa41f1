//! The command line tools that connect clusters.

/// The command line tool that the exported scripts call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tool {
    /// `tctl`, the older tool. No longer supported by its makers, and still working against
    /// servers up to 1.32 at least.
    #[default]
    Tctl,
    /// `temporal`, the current tool; its connection commands need a server of 1.18 or later.
    Temporal,
}

impl Tool {
    /// Every tool, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Tctl, Self::Temporal];

    /// The program's name, as it is typed.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::Tctl => "tctl",
            Self::Temporal => "temporal",
        }
    }

    /// A variable of its environment: the file with the certificate authority of the servers.
    #[must_use]
    pub const fn tls_variable(self) -> &'static str {
        match self {
            Self::Tctl => "TEMPORAL_CLI_TLS_CA",
            Self::Temporal => "TEMPORAL_TLS_CA",
        }
    }

    /// The tool with this program name.
    #[must_use]
    pub fn from_program(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.program() == name)
    }
}
