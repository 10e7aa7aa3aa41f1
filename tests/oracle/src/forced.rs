//! Configuration files that core refuses to write, written all the same: forced past its checks.
//!
//! Nothing here is taken from core's writer. Texts stand in ASCII with escapes, and numbers stand as they
//! were typed, so that what the server makes of a file is what it makes of the values.

use std::fmt::Write as _;

use multicluster_core::{ClusterDraft, ClusterField, Draft};

use crate::judge::Release;

/// The file of one cluster, in the layout of the release.
pub fn file(release: Release, draft: &Draft, at: usize) -> String {
    let own = &draft.clusters[at];
    let (master, listed) = match release {
        Release::V1_13_0 => (
            &draft.clusters[draft.master_position()],
            draft.clusters.as_slice(),
        ),
        Release::V1_14_1 | Release::V1_32_1 => (own, &draft.clusters[at..=at]),
    };
    let mut text = format!(
        "clusterMetadata:\n  currentClusterName: {}\n  masterClusterName: {}\n  \
         failoverVersionIncrement: {}\n  enableGlobalNamespace: true\n  clusterInformation:\n",
        quoted(&own.name),
        quoted(&master.name),
        draft.increment,
    );
    for cluster in listed {
        text += &entry(cluster, own);
    }
    if let Some(policy) = draft.redirection {
        let _ = writeln!(
            text,
            "dcRedirectionPolicy: {{policy: {}}}",
            quoted(policy.name())
        );
    }
    text
}

fn entry(cluster: &ClusterDraft, by: &ClusterDraft) -> String {
    let seen = cluster.field(ClusterField::AddressFrom(by.id));
    let address = match seen {
        "" => &cluster.rpc_address,
        seen => seen,
    };
    let mut text = format!(
        "    ? {}\n    : rpcAddress: {}\n      initialFailoverVersion: {}\n      enabled: true\n",
        quoted(&cluster.name),
        quoted(address),
        cluster.initial_version,
    );
    if !cluster.http_address.is_empty() {
        let _ = writeln!(text, "      httpAddress: {}", quoted(&cluster.http_address));
    }
    text
}

/// Every character that is not a plain one as its code.
fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || " -_.:/".contains(c) {
            quoted.push(c);
        } else {
            // Writing into a String cannot fail.
            let _ = write!(quoted, "\\U{:08x}", c as u32);
        }
    }
    quoted + "\""
}
