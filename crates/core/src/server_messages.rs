//! What servers print, word for word, by release. One place for every message that a rule repeats.
//!
//! Measured on 1.13.0, 1.14.1 and 1.32.1 unless a function says otherwise. While the release is not
//! known, the newest message is given.

use crate::release::{Capability, ServerVersion};

/// On connecting to a cluster whose initial version another cluster has (every release).
pub(crate) const UPSERT_INITIAL_VERSION_CONFLICT: &str =
    "Cannot add remote cluster due to initial failover version conflict";

fn has(release: Option<ServerVersion>, capability: Capability) -> bool {
    release.is_none_or(|release| release.has(capability))
}

/// At boot, of an increment outside of 1 … 2147483647; `None` if the release takes it silently.
pub(crate) fn increment_out_of_range(
    release: Option<ServerVersion>,
    increment: i64,
) -> Option<String> {
    if has(release, Capability::BoundsIncrement) && increment >= 0 {
        return Some("Version increment <= 0 or > 2147483647".to_owned());
    }
    match increment {
        0 => Some("Version increment is 0".to_owned()),
        1.. => None,
        _ => Some(initial_version_too_large(release, "clusterA", 1, increment)),
    }
}

/// At boot, of an initial version that is not below the increment.
pub(crate) fn initial_version_too_large(
    release: Option<ServerVersion>,
    cluster: &str,
    initial: i64,
    increment: i64,
) -> String {
    if has(release, Capability::NamesWrongCluster) {
        format!(
            "cluster {cluster:?}: InitialFailoverVersion ({initial}) must be < \
             FailoverVersionIncrement ({increment})"
        )
    } else {
        format!("Version increment {increment} is smaller than initial version: {initial}.")
    }
}

/// At boot, of two clusters with one initial version in one file.
pub(crate) fn initial_versions_duplicate(
    release: Option<ServerVersion>,
    version: &str,
    (first, later): (&str, &str),
) -> String {
    if has(release, Capability::NamesWrongCluster) {
        format!("duplicate InitialFailoverVersion {version} for clusters {first:?} and {later:?}")
    } else {
        "Cluster info initial versions have duplicates".to_owned()
    }
}

/// On connecting to an address that Go's `net.SplitHostPort` refuses for this reason.
pub(crate) fn bad_address(release: Option<ServerVersion>, address: &str, reason: &str) -> String {
    if has(release, Capability::DiesOfBadAddress) {
        format!("Invalid rpcAddress for remote cluster … address {address}: {reason}")
    } else {
        format!("address {address}: {reason}")
    }
}
