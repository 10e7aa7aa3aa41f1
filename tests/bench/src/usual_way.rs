//! The same configuration files, written as one usually does: structures, derived serialization, a library for YAML.

use std::collections::BTreeMap;

use multicluster_core::ConfigFile;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Server {
    cluster_metadata: Metadata,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    enable_global_namespace: bool,
    failover_version_increment: u32,
    master_cluster_name: String,
    current_cluster_name: String,
    cluster_information: BTreeMap<String, Cluster>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cluster {
    enabled: bool,
    initial_failover_version: u32,
    rpc_address: String,
}

/// The structures of a file.
pub(crate) fn of(file: &ConfigFile) -> Server {
    let members = file.members().iter().map(|member| {
        let cluster = Cluster {
            enabled: true,
            initial_failover_version: member.initial_version().get(),
            rpc_address: member.rpc_address().as_str().to_owned(),
        };
        (member.name().as_str().to_owned(), cluster)
    });
    Server {
        cluster_metadata: Metadata {
            enable_global_namespace: true,
            failover_version_increment: file.increment().get(),
            master_cluster_name: file.master().name().as_str().to_owned(),
            current_cluster_name: file.current().name().as_str().to_owned(),
            cluster_information: members.collect(),
        },
    }
}

/// Writes all of them.
pub(crate) fn write_all(files: &[Server]) -> usize {
    let texts = files
        .iter()
        .map(|file| yaml_serde::to_string(file).map_or(0, |text| text.len()));
    texts.sum()
}
