//! How a command ends.

use std::fmt;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// What a command that could do its work found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing that is wrong.
    Fine,
    /// Something that is wrong: exit status 1.
    Wrong,
}

impl Verdict {
    pub(crate) const fn wrong_if(is_wrong: bool) -> Self {
        if is_wrong { Self::Wrong } else { Self::Fine }
    }

    pub(crate) fn exit_code(self) -> ExitCode {
        match self {
            Self::Fine => ExitCode::SUCCESS,
            Self::Wrong => ExitCode::from(1),
        }
    }
}

/// Why a command could not do its work: exit status 2, as of a wrong command line.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// That of clap for a wrong command line.
    pub(crate) fn exit_code() -> ExitCode {
        ExitCode::from(2)
    }

    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Something about a file that the system refused.
    pub(crate) fn of_file(what: &str, path: &Path, error: &io::Error) -> Self {
        Self(format!("cannot {what} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
