//! Which values that were read must not take the place of what is there. What a server or a file says is
//! true of it; but an address that it has for itself is of no use to others, and what no server can run
//! with is not what runs.

use multicluster_core::ClusterField;
use multicluster_core::model::HostPort;
use multicluster_core::release::ServerVersion;

/// Why a value stays although another one was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worse {
    /// Others cannot dial the address that was read: every machine finds itself there.
    OwnMachine,
    /// What was read is no address.
    NoAddress,
    /// What was read is no number that a server can run with.
    NoNumber,
    /// What was read is no release.
    NoRelease,
}

impl Worse {
    /// The reason, behind what was read: `127.0.0.1:7233 was read, where every machine finds itself`.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::OwnMachine => "where every machine finds itself",
            Self::NoAddress => "which is no address",
            Self::NoNumber => "with which no server runs",
            Self::NoRelease => "which is no release",
        }
    }

    /// Why `read` must not replace `known` in this field, if so.
    pub(crate) fn of(field: ClusterField, read: &str, known: &str) -> Option<Self> {
        match field {
            ClusterField::RpcAddress
            | ClusterField::AdminAddress
            | ClusterField::HttpAddress
            | ClusterField::AddressFrom(_) => Self::of_address(read, known),
            ClusterField::InitialFailoverVersion | ClusterField::HistoryShards => {
                let is_number = |text: &str| text.parse::<i64>().is_ok_and(|number| number > 0);
                (is_number(known) && !is_number(read)).then_some(Self::NoNumber)
            }
            ClusterField::ServerVersion => Self::of_release(read, known),
            ClusterField::Name | ClusterField::TlsServerName => None,
        }
    }

    /// Why a release must not take the place of this one.
    pub(crate) fn of_release(read: &str, known: &str) -> Option<Self> {
        let is_release = |text: &str| ServerVersion::parse(text).is_some();
        (is_release(known) && !is_release(read)).then_some(Self::NoRelease)
    }

    fn of_address(read: &str, known: &str) -> Option<Self> {
        let known = HostPort::parse(known).ok()?;
        match HostPort::parse(read) {
            Err(_) => Some(Self::NoAddress),
            Ok(read) => (known.is_dialable() && !read.is_dialable()).then_some(Self::OwnMachine),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_of_less_use_stays_out() {
        use ClusterField::{HistoryShards, HttpAddress, Name, RpcAddress, ServerVersion};
        use Worse::{NoAddress, NoNumber, NoRelease, OwnMachine};
        for (field, read, known, expected) in [
            (
                RpcAddress,
                "127.0.0.1:7233",
                "east.example:7233",
                Some(OwnMachine),
            ),
            (
                RpcAddress,
                "127.9.9.9:7233",
                "10.0.0.1:7233",
                Some(OwnMachine),
            ),
            (RpcAddress, "[::1]:7233", "10.0.0.1:7233", Some(OwnMachine)),
            (
                RpcAddress,
                "localhost:7233",
                "10.0.0.1:7233",
                Some(OwnMachine),
            ),
            (
                RpcAddress,
                "0.0.0.0:7233",
                "10.0.0.1:7233",
                Some(OwnMachine),
            ),
            (HttpAddress, "[::]:7243", "10.0.0.1:7243", Some(OwnMachine)),
            (RpcAddress, "127.0.0.1:7233", "127.0.0.1:8233", None),
            (RpcAddress, "127.0.0.1:7233", "", None),
            (RpcAddress, "127.0.0.1:7233", "nonsense", None),
            (RpcAddress, "10.0.0.2:7233", "10.0.0.1:7233", None),
            (RpcAddress, "10.0.0.2:7233", "127.0.0.1:7233", None),
            (
                RpcAddress,
                "http://10.0.0.2:7233",
                "127.0.0.1:7233",
                Some(NoAddress),
            ),
            (HistoryShards, "0", "512", Some(NoNumber)),
            (HistoryShards, "x", "512", Some(NoNumber)),
            (HistoryShards, "4", "512", None),
            (HistoryShards, "0", "", None),
            (ServerVersion, "latest", "1.32", Some(NoRelease)),
            (ServerVersion, "1.31", "1.32", None),
            (ServerVersion, "latest", "", None),
            (Name, "a", "b", None),
        ] {
            assert_eq!(
                Worse::of(field, read, known),
                expected,
                "{read} over {known}"
            );
        }
    }
}
