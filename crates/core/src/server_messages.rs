//! What servers print, word for word, by release. One place for every message that a rule repeats.
//!
//! Measured on 1.13.0, 1.14.1 and 1.32.1 unless a function says otherwise. While the release is not
//! known, the newest message is given. `…` stands where the middle of a long line is left out.

use crate::model::split_host_port;
use crate::release::{Capability, ServerVersion};

/// On connecting to a cluster whose initial version another cluster has (every release).
pub(crate) const UPSERT_INITIAL_VERSION_CONFLICT: &str =
    "Cannot add remote cluster due to initial failover version conflict";

/// On connecting to a cluster with the server's own name: another of that name, or itself (every
/// release).
pub(crate) const UPSERT_SELF: &str = "Cannot update current cluster metadata from rpc calls";

/// On connecting to a cluster with another shard count (before 1.20).
pub(crate) const UPSERT_SHARDS_NOT_EQUAL: &str =
    "Cannot add remote cluster due to history shard number mismatch";

/// On connecting to a cluster whose shard count is no multiple (since 1.20).
pub(crate) const UPSERT_SHARDS_NOT_MULTIPLES: &str =
    "Remote cluster shard number and local cluster shard number are not multiples.";

/// On connecting at run time to a server that cannot (before 1.14).
pub(crate) const NO_UPSERT_API: &str = "unknown method AddOrUpdateRemoteCluster";

/// On any cluster command of the `temporal` tool (before 1.18).
pub(crate) const NO_OPERATOR_API: &str =
    "unknown service temporal.api.operatorservice.v1.OperatorService";

/// At boot, of a file without `masterClusterName` (every release).
pub(crate) const MASTER_NAME_EMPTY: &str = "Master cluster name is empty";

/// At boot, of a file with a master but without `currentClusterName` (before 1.32).
pub(crate) const CURRENT_NAME_EMPTY: &str = "Current cluster name is empty";

/// On connecting to a cluster with another increment (every release).
pub(crate) const UPSERT_INCREMENT_DIFFERS: &str =
    "Cannot add remote cluster due to failover version increment mismatch";

/// In the log at boot, of a value that is another one in the database, which stays.
pub(crate) const DATABASE_WINS: &str = "Supplied configuration key/value mismatches persisted cluster \
    metadata. Continuing with the persisted value as this value cannot be changed once initialized.";

fn has(release: Option<ServerVersion>, capability: Capability) -> bool {
    release.is_none_or(|release| release.has(capability))
}

/// At boot, of an increment outside of 1 … 2147483647; `None` if the release takes it silently.
/// `(name, initial version)` are those of a cluster in the file.
pub(crate) fn increment_out_of_range(
    release: Option<ServerVersion>,
    increment: i64,
    (cluster, initial): (&str, i64),
) -> Option<String> {
    if has(release, Capability::BoundsIncrement) && increment >= 0 {
        return Some("Version increment <= 0 or > 2147483647".to_owned());
    }
    match increment {
        0 => Some("Version increment is 0".to_owned()),
        1.. => None,
        _ => Some(initial_version_out_of_range(
            release, cluster, initial, increment,
        )),
    }
}

/// At boot, of an initial version that is not in 1 … increment − 1. From 1.14 to 1.31 the server
/// prints all of `clusterInformation` where it means the number.
pub(crate) fn initial_version_out_of_range(
    release: Option<ServerVersion>,
    cluster: &str,
    initial: i64,
    increment: i64,
) -> String {
    if has(release, Capability::NamesWrongCluster) {
        let cluster = go_quoted(cluster);
        return if initial <= 0 {
            format!("cluster {cluster}: InitialFailoverVersion must be > 0, got {initial}")
        } else {
            format!(
                "cluster {cluster}: InitialFailoverVersion ({initial}) must be < \
                 FailoverVersionIncrement ({increment})"
            )
        };
    }
    let initial = if has(release, Capability::UpsertApi) {
        "map[…]".to_owned()
    } else {
        initial.to_string()
    };
    format!("Version increment {increment} is smaller than initial version: {initial}.")
}

/// At boot, of two clusters with one initial version in one file.
pub(crate) fn initial_versions_duplicate(
    release: Option<ServerVersion>,
    version: &str,
    (first, later): (&str, &str),
) -> String {
    if has(release, Capability::NamesWrongCluster) {
        let (first, later) = (go_quoted(first), go_quoted(later));
        format!("duplicate InitialFailoverVersion {version} for clusters {first} and {later}")
    } else {
        "Cluster info initial versions have duplicates".to_owned()
    }
}

/// At boot, of a file with another `currentClusterName` than the database; from 1.15 to 1.31 by the
/// source of 1.29.1.
pub(crate) fn renamed(
    release: Option<ServerVersion>,
    version: &str,
    (new, old): (&str, &str),
) -> String {
    if has(release, Capability::KeepsNumberSilently) {
        initial_versions_duplicate(release, version, (new, old))
    } else if has(release, Capability::UpsertApi) {
        "Unable to start server".to_owned()
    } else {
        "Current cluster is not specified in cluster info".to_owned()
    }
}

/// At boot, of another `initialFailoverVersion` than in the database; `None` if the release says
/// nothing.
pub(crate) fn renumbered(release: Option<ServerVersion>) -> Option<&'static str> {
    let says =
        has(release, Capability::UpsertApi) && !has(release, Capability::KeepsNumberSilently);
    says.then_some(DATABASE_WINS)
}

/// At boot, of another `failoverVersionIncrement` than in the database; `None` if the release takes
/// it (before 1.14).
pub(crate) fn increment_changed(release: Option<ServerVersion>) -> Option<&'static str> {
    has(release, Capability::UpsertApi).then_some(DATABASE_WINS)
}

/// At boot, of a cluster without `rpcAddress`.
pub(crate) fn rpc_address_empty(release: Option<ServerVersion>, cluster: &str) -> String {
    if has(release, Capability::NamesWrongCluster) {
        let cluster = go_quoted(cluster);
        format!("cluster {cluster}: RPCAddress must not be empty when Enabled=true")
    } else {
        format!("Cluster {cluster}: RPCAddress is empty")
    }
}

/// On connecting to an address that Go's `net.SplitHostPort` refuses; `None` if it does not. Before
/// 1.14 in the log, again and again.
pub(crate) fn bad_address(release: Option<ServerVersion>, address: &str) -> Option<String> {
    let reason = split_host_port(address).err()?;
    if has(release, Capability::DiesOfBadAddress) {
        return Some(format!(
            "Invalid rpcAddress for remote cluster … address {address}: {reason}"
        ));
    }
    // The address goes to gRPC as it is, and these are its own.
    let is_resolved = ["dns:///", "passthrough:///"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    (!is_resolved).then(|| format!("address {address}: {reason}"))
}

/// On a namespace for a cluster that is not connected, or not connected yet (every release).
pub(crate) fn invalid_cluster_name(cluster: &str) -> String {
    format!("Invalid cluster name: {cluster}")
}

/// A text as Go's `%q` prints it.
///
/// Go escapes what its Unicode tables do not call printable. Without these tables, what nobody can
/// see is escaped: white space but the plain space, control, invisible and private characters.
fn go_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\x07' => quoted.push_str("\\a"),
            '\x08' => quoted.push_str("\\b"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\x0B' => quoted.push_str("\\v"),
            '\x0C' => quoted.push_str("\\f"),
            '\r' => quoted.push_str("\\r"),
            c if is_printable(c) => quoted.push(c),
            c => quoted.push_str(&escaped(c)),
        }
    }
    quoted.push('"');
    quoted
}

fn is_printable(c: char) -> bool {
    let is_private = matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..);
    // Letters, marks and symbols to Go: Hangul fillers, variation selectors, replacements.
    let go_prints_unseen = matches!(c,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{FFFC}' | '\u{FFFD}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}');
    c == ' '
        || go_prints_unseen
        || !(c.is_whitespace() || is_private || crate::model::is_unusable(c))
}

fn escaped(c: char) -> String {
    match c as u32 {
        code @ 0..0x80 => format!("\\x{code:02x}"),
        code @ 0x80..0x1_0000 => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_as_go_does() {
        for (text, quoted) in [
            ("clusterA", r#""clusterA""#),
            ("my cluster.1", r#""my cluster.1""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("\x07\x08\t\n\x0B\x0C\r", r#""\a\b\t\n\v\f\r""#),
            ("\0\x1B\x7F", r#""\x00\x1b\x7f""#),
            ("été 日本", r#""été 日本""#),
            ("\u{85}\u{A0}\u{200B}", r#""\u0085\u00a0\u200b""#),
            ("\u{FEFF}\u{E000}", r#""\ufeff\ue000""#),
            ("\u{1FFFE}", r#""\U0001fffe""#),
        ] {
            assert_eq!(go_quoted(text), quoted);
        }
    }

    #[test]
    fn initial_versions_by_release() {
        for (release, initial, says) in [
            (
                "1.13",
                0,
                "Version increment 100 is smaller than initial version: 0.",
            ),
            (
                "1.14.0",
                0,
                "Version increment 100 is smaller than initial version: map[…].",
            ),
            (
                "1.31.2",
                100,
                "Version increment 100 is smaller than initial version: map[…].",
            ),
            (
                "1.32",
                -1,
                r#"cluster "a": InitialFailoverVersion must be > 0, got -1"#,
            ),
            (
                "1.32",
                100,
                r#"cluster "a": InitialFailoverVersion (100) must be < FailoverVersionIncrement (100)"#,
            ),
        ] {
            let version = ServerVersion::parse(release);
            let said = initial_version_out_of_range(version, "a", initial, 100);
            assert_eq!(said, says, "{release}");
        }
    }
}
