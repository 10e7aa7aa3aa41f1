//! What servers and tools print, word for word, by release. One place for every message that a rule
//! repeats or [`crate::decode`] knows.
//!
//! Measured on 1.13.0, 1.14.1 and 1.32.1 unless something else is said. While the release is not
//! known, the newest message is given. `…` stands where the middle of a long line is left out, and
//! `{words}` where every message has others.

use crate::model::split_host_port;
use crate::release::{Capability, ServerVersion};

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $text;)*
        /// Every message, with the name of its constant.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

// At boot, of the file.
messages! {
    /// A file without `masterClusterName` (every release).
    MASTER_NAME_EMPTY = "Master cluster name is empty";
    /// A file with a master but without `currentClusterName` (before 1.32).
    CURRENT_NAME_EMPTY = "Current cluster name is empty";
    /// A master that is not in `clusterInformation` (every release).
    MASTER_NOT_LISTED = "Master cluster is not specified in cluster info";
    /// A current cluster that is not in `clusterInformation` (1.13 and 1.14); on 1.13 also a renamed
    /// one.
    CURRENT_NOT_LISTED_OLD = "Current cluster is not specified in cluster info";
    /// The same since 1.31, by then also for no `currentClusterName`, and for an empty
    /// `clusterInformation`.
    CURRENT_NOT_LISTED = "missing current cluster metadata under clusterMetadata.ClusterInformation";
    /// In the log beside [`CURRENT_NOT_LISTED`].
    CURRENT_SETTING_MISSING = "Current cluster setting is missing under clusterMetadata.ClusterInformation";
    /// A current cluster that the database knows by another name (1.14). Also of other problems.
    UNABLE_TO_START = "Unable to start server";
    /// An empty `clusterInformation` (1.13 and 1.14).
    NO_CLUSTERS = "Empty cluster information";
    /// An empty key in `clusterInformation` (1.13, by its source).
    NAME_EMPTY_113 = "Cluster name in all cluster names is empty";
    /// The same (1.14, by its source).
    NAME_EMPTY_114 = "Cluster name needs to be defined in Cluster Information";
    /// The same (1.32, by its source).
    NAME_EMPTY = "cluster name must not be empty";
    /// No `clusterMetadata` at all (every release); before 1.14 also a global namespace that comes to a
    /// cluster with `enableGlobalNamespace: false`.
    NIL_POINTER = "runtime error: invalid memory address or nil pointer dereference";
    /// An increment of 0 (before 1.30).
    INCREMENT_ZERO = "Version increment is 0";
    /// An increment outside of 1 … 2147483647, unless it is negative.
    INCREMENT_OUT_OF_RANGE = "Version increment <= 0 or > 2147483647";
    /// An initial version that is not in 1 … increment − 1 (before 1.32).
    INITIAL_VERSION_OUT_OF_RANGE = "Version increment {increment} is smaller than initial version: {versions}.";
    /// An initial version below 1 (since 1.32).
    INITIAL_VERSION_TOO_SMALL = "cluster {cluster}: InitialFailoverVersion must be > 0, got {version}";
    /// An initial version that is not below the increment (since 1.32).
    INITIAL_VERSION_TOO_LARGE = "cluster {cluster}: InitialFailoverVersion ({version}) must be < \
        FailoverVersionIncrement ({increment})";
    /// Two clusters with one initial version in one file (before 1.32); also a renamed one.
    INITIAL_VERSIONS_DUPLICATE_OLD = "Cluster info initial versions have duplicates";
    /// The same since 1.32; also whenever such connections are read again.
    INITIAL_VERSIONS_DUPLICATE = "duplicate InitialFailoverVersion {version} for clusters {cluster} and {other}";
    /// A cluster without `rpcAddress` (before 1.32).
    RPC_ADDRESS_EMPTY_OLD = "Cluster {cluster}: RPCAddress is empty";
    /// The same since 1.32.
    RPC_ADDRESS_EMPTY = "cluster {cluster}: RPCAddress must not be empty when Enabled=true";
    /// Another `dcRedirectionPolicy` than there are (every release, by its source).
    UNKNOWN_REDIRECTION_POLICY = "Unknown DC redirection policy {policy}";
    /// In the log, of a value that is another one in the database, which stays.
    DATABASE_WINS = "Supplied configuration key/value mismatches persisted cluster \
        metadata. Continuing with the persisted value as this value cannot be changed once initialized.";
    /// What follows in the same line of the log, in 1.32.
    DATABASE_WINS_DETAILS = "\"key\":\"{key}\",\"ignored-value\":{ignored},\"value\":{value},";
    /// In the log, of other clusters in the file (1.15 to 1.21).
    OTHERS_SKIPPED = "ClusterInformation in ClusterMetadata config is deprecated. Please use TCTL admin \
        tool to configure remote cluster connections";
    /// The same since 1.22.
    OTHERS_IGNORED = "All remote cluster settings under ClusterMetadata.ClusterInformation config will \
        be ignored. Please use TCTL admin tool to configure remote cluster settings";
    /// A cluster that is twice in one file (since 1.14).
    YAML_KEY_TWICE = "mapping key {cluster} already defined at line {line}";
    /// A number in quotation marks (every release).
    YAML_QUOTED_NUMBER = "cannot unmarshal !!str {value} into int64";
    /// A truth value in quotation marks (every release).
    YAML_QUOTED_BOOL = "cannot unmarshal !!str {value} into bool";
    /// A tab where spaces must be (every release).
    YAML_TAB = "found character that cannot start any token";

    // On connecting.

    /// To a cluster whose initial version another cluster has (every release).
    UPSERT_INITIAL_VERSION_CONFLICT = "Cannot add remote cluster due to initial failover version conflict";
    /// To a cluster with the server's own name: another of that name, or itself (every release).
    UPSERT_SELF = "Cannot update current cluster metadata from rpc calls";
    /// To a cluster with another increment (every release).
    UPSERT_INCREMENT_DIFFERS = "Cannot add remote cluster due to failover version increment mismatch";
    /// To a cluster with another shard count (before 1.20).
    UPSERT_SHARDS_NOT_EQUAL = "Cannot add remote cluster due to history shard number mismatch";
    /// To a cluster whose shard count is no multiple (since 1.20).
    UPSERT_SHARDS_NOT_MULTIPLES = "Remote cluster shard number and local cluster shard number are not multiples.";
    /// To a cluster that says nothing of its shards (1.32, by its source).
    UPSERT_NO_SHARDS = "Remote cluster HistoryShardCount must be positive";
    /// To a cluster with `enableGlobalNamespace: false` (every release).
    UPSERT_NOT_GLOBAL = "Cannot add remote cluster as global namespace is not supported";
    /// To a cluster whose own values are wrong (1.32, by its source).
    UPSERT_REMOTE_WRONG = "invalid remote cluster metadata: {text}";
    /// To a cluster that was made anew, or has another number, increment or shard count than before
    /// (every release).
    UPSERT_IMMUTABLE = "Cannot update remote cluster due to update immutable fields";
    /// The same through the operator service.
    UPSERT_NOT_SAVED = "Unable to persist cluster info with error: <nil>";
    /// To an address where nobody answers, through the operator service.
    UNREACHABLE = "Unable connect to remote cluster {address} with error: {text}";
    /// The same, from the network.
    CONNECTION_REFUSED = "dial tcp {address}: connect: connection refused";
    /// To an address that takes no connection in time, from the network (`tctl --context_timeout 50`).
    DIAL_TIMEOUT = "dial tcp {address}: i/o timeout";
    /// To a host that is not known.
    NO_SUCH_HOST = "no children to pick from";
    /// The same, as older gRPC says it (tctl 1.18 and earlier).
    LOOKUP_FAILED = "dial tcp: lookup {host} on {resolver}: no such host";
    /// The same where the system looks names up, by the source of Go.
    LOOKUP_FAILED_UNTOLD = "dial tcp: lookup {word}: no such host";
    /// To an address where nobody answers in time (`temporal`).
    NEVER_READY = "context deadline exceeded while waiting for connections to become ready";
    /// The same (`tctl`), and of any call for which the time was too short.
    DEADLINE = "code = DeadlineExceeded desc = context deadline exceeded";
    /// To an address that is not `host:port` (since 1.16): the server's last words.
    INVALID_RPC_ADDRESS = "Invalid rpcAddress for remote cluster";
    /// What Go says of such an address.
    NOT_SPLITTABLE = "address {address}: {reason} in address";
    /// What a tool says when the server ended while it answered.
    SERVER_ENDED = "error reading from server: EOF";
    /// A server that cannot be connected at run time (before 1.14).
    NO_UPSERT_API = "unknown method AddOrUpdateRemoteCluster";
    /// A server that does not list what it is connected to (before 1.15).
    NO_LIST_API = "unknown method ListClusters";
    /// Any cluster command of the `temporal` tool (before 1.18).
    NO_OPERATOR_API = "unknown service temporal.api.operatorservice.v1.OperatorService";
    /// In the log when connections are read again (since 1.32).
    REFRESH_REJECTED = "rejecting cluster metadata refresh: duplicate InitialFailoverVersion {version} \
        for clusters {cluster} and {other}";
    /// In the log of a cluster that is told nothing of another one (1.32).
    UNKNOWN_CLUSTER_ID = "unknown cluster ID: {initial}";
    /// In the log, of another cluster that does not answer (1.13).
    NO_REPLICATION_TASKS = "Failed to get replication tasks";

    // On removing.

    /// The server's own name (every release).
    REMOVE_SELF = "Cannot delete current cluster metadata";
    /// A name that is not connected, or not known yet.
    REMOVE_UNKNOWN = "The cluster to be deleted cannot be found in clusters cache.";
    /// A cluster that a namespace uses (since 1.32).
    REMOVE_IN_USE = "cannot remove cluster \"{cluster}\": still referenced by namespace \"{namespace}\"";

    // Of namespaces.

    /// For a cluster that is not connected, or not connected yet (every release).
    INVALID_CLUSTER_NAME = "Invalid cluster name: {cluster}";
    /// On a cluster that is not its own master (every release).
    NOT_MASTER = "Cluster is not master cluster, cannot do namespace registration or namespace update.";
    /// An active cluster that is not among the namespace's clusters (every release).
    ACTIVE_NOT_LISTED = "Active cluster is not contained in all clusters.";
    /// A failover together with other changes (every release).
    FAILOVER_NOT_ALONE = "Cannot set active cluster to current cluster when other parameters are set.";
    /// On a cluster with `enableGlobalNamespace: false` (every release).
    GLOBAL_NOT_ENABLED = "Cannot register global namespace when not enabled";
    /// Several clusters for a namespace that is not global (every release).
    LOCAL_WITH_CLUSTERS = "Invalid local namespace clusters";
    /// A cluster that is taken out of a namespace (before 1.15).
    NAMESPACE_CANNOT_SHRINK = "Cannot remove existing replicated clusters from a namespace.";
    /// A write to a cluster that is not active (every release).
    NAMESPACE_NOT_ACTIVE = "Namespace: {namespace} is active in cluster: {active}, while current cluster \
        {cluster} is a standby cluster.";
    /// A namespace that is not here.
    NAMESPACE_NOT_FOUND = "Namespace {namespace} is not found.";
    /// The same (1.13).
    NAMESPACE_NOT_FOUND_113 = "Namespace {namespace} does not exist.";
    /// A Nexus call to a cluster without `httpAddress` (by the source of 1.31).
    NO_HTTP_ADDRESS = "HTTPAddress not configured for cluster: {cluster}";

    // Of the tools themselves.

    /// `--enable-connection false` (`temporal`).
    UNKNOWN_COMMAND = "unknown command \"{word}\" for \"temporal operator cluster upsert\"";
    /// A flag that must be there (`temporal`).
    FLAGS_REQUIRED = "required flag(s) \"{flag}\" not set";
    /// A flag with nothing behind it (`temporal`).
    FLAG_EMPTY = "flag needs an argument: --{flag}";
    /// The same (`tctl`).
    FLAG_EMPTY_TCTL = "flag needs an argument: -{flag}";
    /// A switch that is neither true nor false (`temporal`).
    NOT_BOOL = "invalid argument \"{value}\" for \"--{flag}\" flag: strconv.ParseBool: parsing";
    /// The same (`tctl`, 1.14 and 1.18).
    NOT_BOOL_TCTL = "invalid boolean value \"{value}\" for -{flag}: parse error";
    /// A flag of the other tool, or of a newer one (`temporal`).
    UNKNOWN_FLAG = "unknown flag: --{flag}";
    /// A flag of the other tool, or at the wrong place (`tctl`).
    FLAG_NOT_DEFINED = "flag provided but not defined: -{flag}";
    /// One dash where two must be (`temporal`).
    UNKNOWN_SHORTHAND = "unknown shorthand flag: '{letter}' in -{flag}";
    /// An address that must be there, or that another flag hid (`tctl`).
    FAD_MISSING = "Required flag \"fad\" not set";
    /// Any other flag that must be there (`tctl`).
    FLAG_MISSING = "Required flag \"{flag}\" not set";
    /// An address that must be there (`tctl`).
    ADDRESS_MISSING = "Option frontend_address is required";
    /// A command that the tool does not have (`tctl`).
    NO_SUCH_COMMAND = "No help topic for '{word}'";
}

/// A message with words in its places. A place without a word gets `…`.
pub(crate) fn fill(template: &str, words: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut parts = template.split('{');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (place, rest) = part.split_once('}').unwrap_or(("", part));
        let word = words.iter().find(|(name, _)| *name == place);
        text.push_str(word.map_or("…", |(_, word)| word));
        text.push_str(rest);
    }
    text
}

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
        return Some(INCREMENT_OUT_OF_RANGE.to_owned());
    }
    match increment {
        0 => Some(INCREMENT_ZERO.to_owned()),
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
    let version = &initial.to_string();
    let increment = &increment.to_string();
    if has(release, Capability::NamesWrongCluster) {
        let cluster = &go_quoted(cluster);
        let template = if initial <= 0 {
            INITIAL_VERSION_TOO_SMALL
        } else {
            INITIAL_VERSION_TOO_LARGE
        };
        let words = [
            ("cluster", cluster.as_str()),
            ("version", version),
            ("increment", increment),
        ];
        return fill(template, &words);
    }
    let versions = if has(release, Capability::UpsertApi) {
        "map[…]"
    } else {
        version
    };
    let words = [("increment", increment.as_str()), ("versions", versions)];
    fill(INITIAL_VERSION_OUT_OF_RANGE, &words)
}

/// At boot, of two clusters with one initial version in one file.
pub(crate) fn initial_versions_duplicate(
    release: Option<ServerVersion>,
    version: &str,
    (first, later): (&str, &str),
) -> String {
    if has(release, Capability::NamesWrongCluster) {
        let (first, later) = (go_quoted(first), go_quoted(later));
        let words = [("version", version), ("cluster", &first), ("other", &later)];
        fill(INITIAL_VERSIONS_DUPLICATE, &words)
    } else {
        INITIAL_VERSIONS_DUPLICATE_OLD.to_owned()
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
        UNABLE_TO_START.to_owned()
    } else {
        CURRENT_NOT_LISTED_OLD.to_owned()
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
        fill(RPC_ADDRESS_EMPTY, &[("cluster", &go_quoted(cluster))])
    } else {
        fill(RPC_ADDRESS_EMPTY_OLD, &[("cluster", cluster)])
    }
}

/// On connecting to an address that Go's `net.SplitHostPort` refuses; `None` if it does not. Before
/// 1.14 in the log, again and again.
pub(crate) fn bad_address(release: Option<ServerVersion>, address: &str) -> Option<String> {
    let reason = split_host_port(address).err()?;
    let reason = reason.trim_end_matches(" in address");
    let refused = fill(NOT_SPLITTABLE, &[("address", address), ("reason", reason)]);
    if has(release, Capability::DiesOfBadAddress) {
        return Some(format!("{INVALID_RPC_ADDRESS} … {refused}"));
    }
    // The address goes to gRPC as it is, and these are its own.
    let is_resolved = ["dns:///", "passthrough:///"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    (!is_resolved).then_some(refused)
}

/// On a namespace for a cluster that is not connected, or not connected yet (every release).
pub(crate) fn invalid_cluster_name(cluster: &str) -> String {
    fill(INVALID_CLUSTER_NAME, &[("cluster", cluster)])
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
