//! The lines of a configuration file.

use super::text::{Text, text};
use crate::release::{Capability, Layout, ServerVersion};
use crate::render::ConfigTopic;

/// What is said of a line in the file of a cluster of this release; `own` where it is about that
/// cluster itself.
pub(super) fn explain(topic: ConfigTopic, release: ServerVersion, own: bool) -> Text {
    match topic {
        ConfigTopic::Title => title(),
        ConfigTopic::Section => section(),
        ConfigTopic::GlobalNamespace => global_namespace(release),
        ConfigTopic::Increment => increment(release),
        ConfigTopic::Master => master(release),
        ConfigTopic::CurrentCluster => current_cluster(release),
        ConfigTopic::Information => information(release),
        ConfigTopic::Member => member(own),
        ConfigTopic::Enabled => enabled(own),
        ConfigTopic::InitialVersion => initial_version(release),
        ConfigTopic::RpcAddress => rpc_address(release, own),
        ConfigTopic::HttpAddress => http_address(),
        ConfigTopic::Redirection => redirection(),
        ConfigTopic::RedirectionPolicy => redirection_policy(release),
        ConfigTopic::RemoteTls => remote_tls(),
        ConfigTopic::RemoteHost => remote_host(),
        ConfigTopic::RemoteServerName => remote_server_name(),
        ConfigTopic::RemoteTrust => remote_trust(),
        ConfigTopic::RemoteIdentity => remote_identity(),
    }
}

fn connects_by_file(release: ServerVersion) -> bool {
    release.layout() == Layout::AllClusters
}

const fn title() -> Text {
    text(
        "Which file it is",
        "For people: the cluster that the file belongs to, and the releases that it is laid out for. Servers pass over \
         comments.",
        "As you like. Only the word `enable-template` must never stand in a comment at the top: newer servers then read \
         the whole file as a template.",
    )
}

const fn section() -> Text {
    text(
        "clusterMetadata",
        "The section about multi-cluster replication. Every server of the cluster (frontend, history, matching, worker) \
         reads it when it starts, and panics without it.",
        "Servers notice a changed file at their next start.",
    )
}

fn global_namespace(release: ServerVersion) -> Text {
    let (what, change, guide) = if connects_by_file(release) {
        (
            "Lets the cluster have namespaces that are in several clusters. A server where it is `false` ends with a panic \
             as soon as such a namespace arrives.",
            "Each start follows the file. From the first global namespace on it must stay `true`.",
            "Some editions of the guide show `false` under their own rule that it must be `true`.",
        )
    } else {
        (
            "Lets the cluster have namespaces that are in several clusters. Where it is `false`, no other cluster can be \
             connected to this one.",
            if release.has(Capability::EnablesGlobalNamespacesLater) {
                "Once, from `false` to `true`, together with the increment and the number of that start. Never back: the \
                 server warns and goes on with `true`."
            } else {
                "Never: what the first start saved stays, `false` too."
            },
            "Some editions of the guide show `false` under their own rule that it must be `true`. Every connection is then \
             refused: `Cannot add remote cluster as global namespace is not supported`.",
        )
    };
    text("enableGlobalNamespace", what, change).guide(guide)
}

fn increment(release: ServerVersion) -> Text {
    let (what, change) = if connects_by_file(release) {
        (
            "The distance between two failover versions of one cluster: a version divided by it leaves the number of the \
             cluster that was active. It must be the same in all files; nothing compares them.",
            "Never. A server follows the file at each start, and would then take versions that exist for those of other \
             clusters.",
        )
    } else {
        (
            "The distance between two failover versions of one cluster: a version divided by it leaves the number of the \
             cluster that was active. Clusters where it differs refuse each other.",
            if release.has(Capability::EnablesGlobalNamespacesLater) {
                "Never, once the server has started with `enableGlobalNamespace: true`: the database keeps the value of that \
                 start, and the server warns and passes over another one."
            } else {
                "Never: the first start saves it, and the server warns and passes over another one."
            },
        )
    };
    text("failoverVersionIncrement", what, change)
}

fn master(release: ServerVersion) -> Text {
    if connects_by_file(release) {
        text(
            "masterClusterName",
            "The one cluster where global namespaces are registered, the same in every file. All others answer `Cluster is \
             not master cluster, cannot do namespace registration or namespace update.`",
            "Yes: in all files at once, with a restart of all servers.",
        )
    } else {
        text(
            "masterClusterName",
            "The cluster where global namespaces are registered. It must stand in the list below, so in this layout each \
             cluster is its own master, and each can register them.",
            "There is nothing to choose: any other name makes the server panic, or refuse to register namespaces.",
        )
        .guide(
            "Temporal's own Helm sample names one master for all clusters. The others then panic: `Master cluster is not \
             specified in cluster info`.",
        )
    }
}

fn current_cluster(release: ServerVersion) -> Text {
    text(
        "currentClusterName",
        "The name of the cluster that this file is for; it must stand in the list below, in the same upper and lower case. \
         Namespaces and the other clusters know it by this name.",
        if release.has(Capability::SavesNewName) {
            "Never. Under a new name the server panics, has saved that name by then, and panics with the old file too."
        } else if release.has(Capability::UpsertApi) {
            "Never. Under a new name the server does not start; with the old file it does again."
        } else {
            "Never. Under a new name the server panics."
        },
    )
}

fn information(release: ServerVersion) -> Text {
    let (what, change) = if connects_by_file(release) {
        (
            "All clusters, this one among them: the only place where servers of this release learn of each other.",
            "Yes: in all files at once, with a restart of all servers. A cluster stays in the list as long as any namespace \
             is in it.",
        )
    } else if release.has(Capability::IgnoresOtherClustersInFile) {
        (
            "The list of clusters, in this layout only the file's own. Servers of this release ignore others here, with a \
             warning, and still panic over a wrong one.",
            "Nothing is added here: other clusters come and go by `connect.sh` and `remove.sh`.",
        )
    } else {
        (
            "The list of clusters, in this layout only the file's own. Others in it would be stored at the first start, and \
             what is changed later would be ignored.",
            "Nothing is added here: other clusters come and go by `connect.sh` and `remove.sh`.",
        )
    };
    text("clusterInformation", what, change)
}

const fn member(own: bool) -> Text {
    let text = if own {
        text(
            "The cluster itself",
            "The entry of the cluster that this file is for: exactly its `currentClusterName`. In quotation marks, so that \
             no name is taken for a number or a boolean.",
            "Never, like the name itself.",
        )
    } else {
        text(
            "Another cluster",
            "The entry of another cluster, under the name that it has in its own file.",
            "Never, like the name itself. Only whole entries are added.",
        )
    };
    text.guide("Temporal's own sample files have `rpcName` in each entry: no server that was looked at knows that key.")
}

const fn enabled(own: bool) -> Text {
    if own {
        text(
            "enabled",
            "Says that this entry is in use; its address must then be filled in.",
            "It stays `true`: nothing is gained by turning a cluster's own entry off.",
        )
    } else {
        text(
            "enabled",
            "Whether this cluster exchanges namespaces and workflows with the other one.",
            "Yes: in the files of both, with a restart of their servers.",
        )
    }
}

const fn http_address() -> Text {
    text(
        "httpAddress",
        "Where the other clusters reach the cluster's HTTP API, as host and port: callbacks (Nexus) that belong to it are \
         sent there. They ask for it when they are connected, and keep it.",
        "Yes: with a restart of the cluster's servers, and then the other clusters must be connected to it anew, with \
         `connect.sh`.",
    )
}

const fn redirection() -> Text {
    text(
        "dcRedirectionPolicy",
        "What the cluster does with requests for a namespace that is active in another one. Servers without this section \
         refuse them.",
        "Yes, in each cluster by itself, with a restart of its servers.",
    )
}

fn redirection_policy(release: ServerVersion) -> Text {
    text(
        "policy",
        if release.has(Capability::ForwardsAllApis) {
            "`noop` refuses such requests with `NamespaceNotActive`, as servers do by default. `selected-apis-forwarding` sends \
             starts, signals, cancellations, terminations and queries on to the active cluster. `all-apis-forwarding` sends on \
             everything, reading too: what a standby shows is then what the active cluster has."
        } else {
            "`noop` refuses such requests with `NamespaceNotActive`, as servers do by default. `selected-apis-forwarding` sends \
             starts, signals, cancellations, terminations and queries on to the active cluster. Any other text is a panic at \
             every start; `all-apis-forwarding` came with 1.15."
        },
        "Yes, in each cluster by itself, with a restart of its servers.",
    )
    .guide(
        "Older editions of the guide say that Temporal forwards starts, signals and queries by itself. By default it does \
         not.",
    )
}

const TLS_CHANGE: &str = "Yes, with a restart of the cluster's servers.";

const fn remote_tls() -> Text {
    text(
        "global.tls.remoteClusters",
        "How the cluster dials others with TLS. It says nothing of how its own frontend is dialled: that is \
         `global.tls.frontend`, which stands in your own configuration.",
        TLS_CHANGE,
    )
}

const fn remote_host() -> Text {
    text(
        "A host that is dialled",
        "Servers look up how to dial another cluster by the host of its address, without the port: not by its name. A host \
         that is spelled otherwise in `connect.sh` is dialled without TLS.",
        TLS_CHANGE,
    )
}

const fn remote_server_name() -> Text {
    text(
        "serverName",
        "The name that the certificate of the other cluster's frontend must have. Without it, the host that is dialled.",
        TLS_CHANGE,
    )
}

const fn remote_trust() -> Text {
    text(
        "Whom the cluster trusts",
        "`rootCaFiles` are files on the machines of this cluster's servers. Without any, `forceTLS` makes them trust what \
         their machines trust: with neither, they dial without TLS.",
        TLS_CHANGE,
    )
}

const fn remote_identity() -> Text {
    text(
        "What the cluster shows",
        "The certificate with which its servers dial, and the key, as files on their machines. It is shown only with \
         `requireClientAuth`, which here is about this side and asks nothing of the other one.",
        TLS_CHANGE,
    )
}

fn initial_version(release: ServerVersion) -> Text {
    let change = if release.has(Capability::KeepsNumberSilently) {
        "Never, once the server has started with `enableGlobalNamespace: true`: the database keeps the number of that start, \
         and another one in the file is passed over without a word. After the cluster is gone, no other one may get it."
    } else if release.has(Capability::UpsertApi) {
        "Never: the first start saves it, and of another number in the file the log only says that it mismatches. After \
         the cluster is gone, no other one may get it."
    } else {
        "Never. A server follows the file at each start, and a cluster with another number refuses what it was active for."
    };
    text(
        "initialFailoverVersion",
        "The number of this cluster, from 1 to the increment − 1, and different in every cluster. Its failover versions are \
         this number plus multiples of the increment, so each version tells which cluster was active.",
        change,
    )
    .guide(if release.has(Capability::UpsertApi) {
        "The example of the official configuration reference has 0. The server panics at its first start and has saved the \
         0 by then: the database is lost, even with the right file."
    } else {
        "The example of the official configuration reference has 0. The server panics at its start."
    })
}

fn rpc_address(release: ServerVersion, own: bool) -> Text {
    let (what, change) = match (connects_by_file(release), own) {
        (true, true) => (
            "Where this cluster's frontend is reached. It must be filled in; the other clusters go by the address in their \
             own files.",
            "Yes: in all files at once, with a restart of all servers.",
        ),
        (true, false) => (
            "Where this cluster reaches the frontend of the other one, as `host:port`.",
            "Yes: in all files at once, with a restart of all servers.",
        ),
        (false, _) => (
            "Where the other clusters reach this cluster's frontend, as `host:port`. The server itself neither dials nor \
             checks it: the others learn it from `connect.sh`.",
            "Yes: put it in the file, which the next start reads, and run `connect.sh` again, which tells the others.",
        ),
    };
    text("rpcAddress", what, change).guide(if release.has(Capability::DiesOfBadAddress) {
        "The official configuration reference advises to write `dns:///` before it. As the address of another cluster, that \
         ends the server that is told it: `Invalid rpcAddress for remote cluster`."
    } else {
        "The official configuration reference advises to write `dns:///` before it. Only `host:port` works in every \
         release: from 1.16 on, a server that is told anything else for another cluster ends."
    })
}
