//! What only other formats have: values for the chart, whole server configurations, the lab.

use super::text::{Text, text};
use crate::release::{Capability, ServerVersion};
use crate::render::ExtraTopic;

/// Of what is yours to choose.
const YOURS: &str = "At any time, with a restart of the server.";
/// Of what the lab is made of.
const LAB: &str =
    "It follows the plan. To begin anew, end the lab with its volumes, and export it again.";

/// What is said of a section for servers of this release, beside others of which `oldest` is the oldest.
pub(super) fn explain(topic: ExtraTopic, release: ServerVersion, oldest: ServerVersion) -> Text {
    match topic {
        ExtraTopic::HelmUse => helm_use(),
        ExtraTopic::HelmPath => helm_path(),
        ExtraTopic::Shards => shards(oldest),
        ExtraTopic::HowToStart => how_to_start(),
        ExtraTopic::Log => log(),
        ExtraTopic::Persistence => persistence(release),
        ExtraTopic::Membership => membership(),
        ExtraTopic::Services => services(),
        ExtraTopic::PublicClient => public_client(),
        ExtraTopic::DynamicConfig => dynamic_config(),
        ExtraTopic::NoSettings => no_settings(),
        ExtraTopic::Lab => lab(),
        ExtraTopic::LabAddress => lab_address(),
        ExtraTopic::LabServices => lab_services(),
        ExtraTopic::LabDatabase => lab_database(),
        ExtraTopic::LabSchema => lab_schema(),
        ExtraTopic::LabServer => lab_server(),
        ExtraTopic::LabConnect => lab_connect(),
        ExtraTopic::SchemaScript => schema_script(),
        ExtraTopic::StartScript => start_script(),
        ExtraTopic::LabRefresh => lab_refresh(),
    }
}

const fn helm_use() -> Text {
    text(
        "How the chart gets these values",
        "`helm` takes several files of values, and the last one wins: this file has only what makes the cluster one of several.",
        "With every `helm upgrade`, but for what the first start has saved.",
    )
}

const fn helm_path() -> Text {
    text(
        "The servers' configuration in the chart",
        "What stands below `server.config`, the chart writes into the configuration file of its servers.",
        "It never needs to: the chart reads these keys and no others.",
    )
}

fn shards(oldest: ServerVersion) -> Text {
    let what = if oldest.has(Capability::AcceptsMultipleShardCounts) {
        "Into how many parts the cluster divides its workflows. Of any two clusters, one number must be a multiple of the other."
    } else {
        "Into how many parts the cluster divides its workflows. All clusters must have the same number."
    };
    text(
        "numHistoryShards",
        what,
        "Never: the first start saves it, and the server warns and passes over another one.",
    )
}

const fn how_to_start() -> Text {
    text(
        "How a server is started on it",
        "Servers read `base.yaml` and the file named by `--env`, below the folders `--root` and `--config`. This file has all of it.",
        "As you like: servers pass over comments.",
    )
}

const fn log() -> Text {
    text(
        "The log",
        "The server writes what it does to its standard output, from `info` on. What keeps it from starting stands there too.",
        YOURS,
    )
}

fn persistence(release: ServerVersion) -> Text {
    text(
        "The databases of this cluster",
        if release.has(Capability::NamesPostgres12) {
            "Where the server keeps its data, and what is searched. Each cluster has its own two; servers of this release call the \
             plug-in for PostgreSQL `postgres12`."
        } else {
            "Where the server keeps its data, and what is searched. Each cluster has its own two; servers of this release call the \
             plug-in for PostgreSQL `postgres`."
        },
        "Address, user and password, with a restart. The data in it is the cluster: it must come along.",
    )
}

const fn membership() -> Text {
    text(
        "How the servers of one cluster find each other",
        "Each server tells the others of its own cluster the address in here. It has nothing to do with other clusters: those are \
         reached at their `rpcAddress`.",
        YOURS,
    )
}

const fn services() -> Text {
    text(
        "The ports of the four services",
        "Where each service listens. Only the frontend's `grpcPort` is for others: the port of the RPC address leads to it.",
        "With a restart. If it is the frontend's, change the RPC address too, and connect again.",
    )
}

const fn public_client() -> Text {
    text(
        "publicClient",
        "Where the server's own workflows reach the frontend of their cluster. Older releases do not start without it.",
        YOURS,
    )
}

const fn dynamic_config() -> Text {
    text(
        "dynamicConfigClient",
        "The file with settings that can change while the server runs, and how often it is looked at.",
        "Where the file is, with a restart. What stands in it, at any time.",
    )
}

const fn no_settings() -> Text {
    text(
        "Settings while the server runs",
        "Nothing is set, so that everything is as the server has it by default. The file must be there all the same.",
        "At any time: servers read it again by themselves.",
    )
}

const fn lab() -> Text {
    text(
        "What the lab is",
        "All clusters on one machine, to try the whole way: create a namespace, fail over, take a cluster out.",
        LAB,
    )
}

const fn lab_address() -> Text {
    text(
        "Where a cluster of the lab is reached",
        "Containers reach each other by the names of their services; from outside there is a port for each. Where these are others \
         than those that were typed, only the lab has them.",
        LAB,
    )
}

const fn lab_services() -> Text {
    text(
        "The name and the containers of the lab",
        "Docker Compose calls everything that it makes for this lab by this name.",
        LAB,
    )
}

const fn lab_database() -> Text {
    text(
        "The database server of the lab",
        "One PostgreSQL for all, with two databases for each cluster. The password is known to everybody, and no port leads to it from \
         outside.",
        LAB,
    )
}

const fn lab_schema() -> Text {
    text(
        "The tables of a cluster",
        "Runs once before the server of this cluster, makes its two databases and their tables, and ends.",
        LAB,
    )
}

const fn lab_server() -> Text {
    text(
        "A cluster of the lab",
        "One container with all four services. It starts when its tables are there, and counts as healthy when its frontend listens.",
        LAB,
    )
}

const fn lab_connect() -> Text {
    text(
        "What connects the clusters",
        "Starts when all clusters are healthy, runs the same `connect.sh` as everywhere, and ends.",
        LAB,
    )
}

const fn schema_script() -> Text {
    text(
        "Make or update tables",
        "Calls Temporal's own tool for SQL databases: the database, then the table of versions, then each version of the tables. Run \
         twice, it changes nothing more.",
        "It is the same in every lab.",
    )
}

const fn start_script() -> Text {
    text(
        "Wait, then connect",
        "A port that is open does not mean that a cluster serves: each is asked until it does, for five minutes at most. Then \
         `connect.sh` takes over.",
        LAB,
    )
}

const fn lab_refresh() -> Text {
    text(
        "How soon a connection works in the lab",
        "Servers read their connections every minute unless this says otherwise. In a lab nobody wants to wait that long.",
        "At any time: servers read this file again while they run.",
    )
}
