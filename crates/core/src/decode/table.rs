//! The table: every message with its cause, the way out, and where it belongs.
//!
//! Sources: what was measured on real servers for each message, see `server_messages`.

use crate::edit::ClusterField::{self, HistoryShards, InitialFailoverVersion, Name, RpcAddress};
use crate::release::Capability;
use crate::server_messages as says;

/// A message, and what to make of it. In all texts, `{words}` are those of the message.
pub(super) struct Entry {
    pub(super) message: &'static str,
    /// What may follow in the same line, with more words.
    pub(super) details: Option<&'static str>,
    pub(super) releases: Releases,
    pub(super) cause: &'static str,
    /// What is added to the cause where the details follow.
    pub(super) with_details: &'static str,
    pub(super) way_out: &'static str,
    pub(super) field: Field,
    /// The rules that predict it.
    pub(super) rules: &'static [&'static str],
}

/// Which releases say a message.
#[derive(Clone, Copy)]
pub(super) enum Releases {
    Every,
    Since(Capability),
    Before(Capability),
    /// What is known of releases that differ in nothing else.
    Known(&'static str),
    /// The tool says it, not the server.
    Tool(&'static str),
}

impl Releases {
    /// Within a sentence: `1.32 and later`.
    pub(super) fn words(self) -> String {
        match self {
            Self::Every => "every release".to_owned(),
            Self::Since(capability) => format!("{} and later", capability.since().short()),
            Self::Before(capability) => format!("prior to {}", capability.since().short()),
            Self::Known(words) => words.to_owned(),
            Self::Tool(name) => format!("the tool {name}"),
        }
    }
}

/// Where a message belongs.
#[derive(Clone, Copy)]
pub(super) enum Field {
    None,
    ServerVersion,
    Tool,
    Increment,
    Redirection,
    /// This field of the clusters that the message names.
    Of(ClusterField),
    /// The field whose key the message names.
    OfKey,
}

const fn entry(
    message: &'static str,
    releases: Releases,
    cause: &'static str,
    way_out: &'static str,
) -> Entry {
    Entry {
        message,
        details: None,
        releases,
        cause,
        with_details: "",
        way_out,
        field: Field::None,
        rules: &[],
    }
}

impl Entry {
    const fn at(mut self, field: Field) -> Self {
        self.field = field;
        self
    }

    const fn of(self, field: ClusterField) -> Self {
        self.at(Field::Of(field))
    }

    const fn rules(mut self, codes: &'static [&'static str]) -> Self {
        self.rules = codes;
        self
    }

    const fn with(mut self, details: &'static str, cause: &'static str) -> Self {
        self.details = Some(details);
        self.with_details = cause;
        self
    }
}

use Capability::{
    AcceptsMultipleShardCounts, BoundsIncrement, DiesOfBadAddress, GuardsRemoval, HttpAddress,
    ListsClusters, NamesWrongCluster, OperatorApi, ShrinksNamespaces, UpsertApi,
};
use Releases::{Before, Every, Known, Since, Tool};

/// What a first start with wrong numbers leaves behind.
const POISONED: &str = "Correct the file. If this was the first start on an empty database with 1.14 or later, the \
    wrong value is in the database already, and a right file does not heal it: drop that database, make \
    it anew, and start again.";
const OWN_MASTER: &str = "From 1.14 on, each file lists its own cluster only: set masterClusterName to that cluster's \
    own name. Prior to 1.14, every file lists all clusters, with the same master in each.";
const OWN_NAME: &str = "Set currentClusterName to the name of this cluster, letter by letter as it is in \
    clusterInformation. If the database was first started under another name, put that name back.";
const EMPTY_KEY: &str = "Give each cluster in clusterInformation a name.";
const NUMBERS_OF_THEIR_OWN: &str = "Give each cluster a number of its own; only one that was never started can change. After a \
    rename, put the old name back, or use an empty database; since 1.15 the new name was saved too, so that \
    the old name alone does not heal the database.";
const ADD_ADDRESS: &str = "Set rpcAddress of this cluster to host:port. Look for a misspelt key too: servers ignore keys that \
    they do not know.";
const ONLY_ITSELF: &str = "List only its own cluster in each file, and connect the others with the commands of connect.sh.";
const HOST_AND_PORT: &str = "Give the address as host:port, without a scheme, with an IPv6 address in brackets. If the server \
    ended, start it again; nothing was saved.";
const WAIT_AND_LIST: &str = "Connect the cluster if it is not, wait a minute, as servers read their connections once a minute, \
    and try again. Servers 1.14.0 to 1.14.3 must be restarted after every change of a connection.";
const LOOK_UP: &str = "Check how the name is spelt, and look it up from the machine or container that dials: the tool, or the server \
    that it asked.";
const NOT_ANSWERED: &str = "Check that the address is that of the frontend's gRPC port, 7233 unless configured otherwise, and whether \
    it wants TLS: one side with TLS and one without wait for each other. tctl waits longer with --context_timeout 30, \
    in seconds.";
const EQUALS_SIGN: &str = "Write --{flag}=true or --{flag}=false, with an equals sign.";
const SPELL_THE_FLAG: &str =
    "Use the commands of this page: they have the flags of the tool that is chosen.";

/// Every message, each once, in the order of a set-up: the file, connecting, removing, namespaces,
/// tools.
pub(super) const TABLE: &[Entry] = &[
    entry(
        says::MASTER_NAME_EMPTY,
        Every,
        "The configuration file has no masterClusterName, so the server does not start.",
        OWN_MASTER,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::CURRENT_NAME_EMPTY,
        Before(NamesWrongCluster),
        "The configuration file has no currentClusterName, so the server does not start.",
        OWN_NAME,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::MASTER_NOT_LISTED,
        Every,
        "masterClusterName is the name of a cluster that is not in clusterInformation of the same file, so the server \
         does not start.",
        OWN_MASTER,
    ),
    entry(
        says::CURRENT_NOT_LISTED_OLD,
        Known("1.13 and 1.14"),
        "currentClusterName is not in clusterInformation of the same file, or the database belongs to a cluster with \
         another name.",
        OWN_NAME,
    )
    .of(Name)
    .rules(&["running-renamed"]),
    entry(
        says::CURRENT_NOT_LISTED,
        Known("1.31 and later"),
        "currentClusterName is missing or is not in clusterInformation of the same file, so the server does not start.",
        OWN_NAME,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::CURRENT_SETTING_MISSING,
        Known("1.31 and later"),
        "currentClusterName is missing or is not in clusterInformation of the same file, so the server does not start.",
        OWN_NAME,
    )
    .of(Name)
    .with("\"cluster-name\":\"{cluster}\"", " The name in the file is {cluster}."),
    entry(
        says::UNABLE_TO_START,
        Every,
        "The server did not start. On 1.14 it says no more than this when currentClusterName is another one than at its \
         first start.",
        "Read the lines around this one for the reason. If the cluster was renamed, put the old name back: a cluster \
         that was started can never be renamed.",
    )
    .of(Name)
    .rules(&["running-renamed"]),
    entry(
        says::NO_CLUSTERS,
        Known("1.13 and 1.14"),
        "clusterInformation in the configuration file is empty, so the server does not start.",
        "Put the cluster into clusterInformation.",
    )
    .rules(&["clusters-missing"]),
    entry(
        says::NAME_EMPTY_113,
        Known("1.13"),
        "A cluster in clusterInformation has an empty name.",
        EMPTY_KEY,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::NAME_EMPTY_114,
        Known("1.14"),
        "A cluster in clusterInformation has an empty name.",
        EMPTY_KEY,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::NAME_EMPTY,
        Since(NamesWrongCluster),
        "A cluster in clusterInformation has an empty name.",
        EMPTY_KEY,
    )
    .of(Name)
    .rules(&["name-missing"]),
    entry(
        says::NIL_POINTER,
        Every,
        "At a start: the configuration file has no clusterMetadata at all. On a running server prior to 1.14: a global \
         namespace came to a cluster with enableGlobalNamespace: false.",
        "Check that the exported file is read, and that enableGlobalNamespace is true in the files of all clusters. \
         Anything else that prints this is a fault of the server.",
    ),
    entry(
        says::INCREMENT_ZERO,
        Before(BoundsIncrement),
        "failoverVersionIncrement is 0 or missing.",
        POISONED,
    )
    .at(Field::Increment)
    .rules(&["increment-out-of-range"]),
    entry(
        says::INCREMENT_OUT_OF_RANGE,
        Since(BoundsIncrement),
        "failoverVersionIncrement is 0, missing, or larger than 2147483647.",
        POISONED,
    )
    .at(Field::Increment)
    .rules(&["increment-out-of-range"]),
    entry(
        says::INITIAL_VERSION_OUT_OF_RANGE,
        Before(NamesWrongCluster),
        "An initialFailoverVersion is not in the range from 1 to one less than the increment, {increment}. It may be 0 or \
         missing, although the message says that it is too large.",
        POISONED,
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-out-of-range", "initial-version-missing"]),
    entry(
        says::INITIAL_VERSION_TOO_SMALL,
        Since(NamesWrongCluster),
        "initialFailoverVersion of {cluster} is {version}, or missing. 0 is the version of local namespaces, so it must be \
         1 or more.",
        POISONED,
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-out-of-range", "initial-version-missing"]),
    entry(
        says::INITIAL_VERSION_TOO_LARGE,
        Since(NamesWrongCluster),
        "initialFailoverVersion of {cluster} is {version}, and must be smaller than the increment, {increment}: the \
         remainder by the increment tells the clusters apart.",
        POISONED,
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-out-of-range"]),
    entry(
        says::INITIAL_VERSIONS_DUPLICATE_OLD,
        Before(NamesWrongCluster),
        "Two clusters have the same initialFailoverVersion: in one file, or one in the file and one in the database. \
         Then the database is often that of a renamed cluster.",
        NUMBERS_OF_THEIR_OWN,
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-duplicate", "running-renamed"]),
    entry(
        says::INITIAL_VERSIONS_DUPLICATE,
        Since(NamesWrongCluster),
        "{cluster} and {other} both have the initialFailoverVersion {version}: in one file, or one in the file and one in the database. Then {cluster} in the file was {other} at the first start: a renamed cluster.",
        NUMBERS_OF_THEIR_OWN,
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-duplicate", "running-renamed"]),
    entry(
        says::RPC_ADDRESS_EMPTY_OLD,
        Before(NamesWrongCluster),
        "{cluster} is enabled and has no rpcAddress.",
        ADD_ADDRESS,
    )
    .of(RpcAddress)
    .rules(&["address-missing"]),
    entry(
        says::RPC_ADDRESS_EMPTY,
        Since(NamesWrongCluster),
        "{cluster} is enabled and has no rpcAddress.",
        ADD_ADDRESS,
    )
    .of(RpcAddress)
    .rules(&["address-missing"]),
    entry(
        says::UNKNOWN_REDIRECTION_POLICY,
        Every,
        "dcRedirectionPolicy.policy is {policy}, which is none of the policies, so the server does not start.",
        "Set it to noop, selected-apis-forwarding or, from 1.15 on, all-apis-forwarding, or leave it out.",
    )
    .at(Field::Redirection)
    .rules(&["redirection-unknown"]),
    entry(
        says::DATABASE_WINS,
        Since(UpsertApi),
        "The file has another value than the database, and the database wins: the value was fixed when the cluster was first started.",
        "Put the old value back into the file. To have another one, build a new cluster with it and move the namespaces there.",
    )
    .at(Field::OfKey)
    .with(says::DATABASE_WINS_DETAILS, " The file says {ignored} for {key}, and {value} stays.")
    .rules(&["running-increment-changed", "running-shards-changed", "running-renumbered"]),
    entry(
        says::OTHERS_SKIPPED,
        Known("1.15 to 1.21"),
        "The file lists other clusters, as was right prior to 1.14. This server skips them: nothing is connected.",
        ONLY_ITSELF,
    )
    .at(Field::ServerVersion),
    entry(
        says::OTHERS_IGNORED,
        Known("1.22 and later"),
        "The file lists other clusters, as was right prior to 1.14. This server ignores them: nothing is connected. It still checks them, and ends if one is wrong.",
        ONLY_ITSELF,
    )
    .at(Field::ServerVersion),
    entry(
        says::YAML_KEY_TWICE,
        Since(UpsertApi),
        "{cluster} is in the file twice: here and at line {line}.",
        "Remove one of the two, or give it its own name.",
    )
    .of(Name)
    .rules(&["name-duplicate"]),
    entry(
        says::YAML_QUOTED_NUMBER,
        Every,
        "{value} stands in quotation marks where a number must be.",
        "Remove the quotation marks: numbers are never quoted, names always.",
    ),
    entry(
        says::YAML_QUOTED_BOOL,
        Every,
        "{value} stands in quotation marks where true or false must be.",
        "Remove the quotation marks.",
    ),
    entry(
        says::YAML_TAB,
        Every,
        "The file is indented with a tab, which YAML does not allow.",
        "Indent with spaces.",
    ),
    entry(
        says::UPSERT_INITIAL_VERSION_CONFLICT,
        Since(UpsertApi),
        "Another cluster that is connected already has the same initialFailoverVersion as the new one.",
        "Give each cluster a number of its own before its first start. One that was started can never be renumbered: build it anew with another number.",
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-duplicate"]),
    entry(
        says::UPSERT_SELF,
        Since(UpsertApi),
        "The cluster at that address has the same name as the one that was asked: the address leads back to itself, or two clusters have one name.",
        "Check the address as the server sees it: 127.0.0.1 is the server's own machine or container. If there are two clusters of one name, one has to be built anew with another name.",
    )
    .of(RpcAddress)
    .rules(&["name-duplicate", "address-duplicate"]),
    entry(
        says::UPSERT_INCREMENT_DIFFERS,
        Since(UpsertApi),
        "The two clusters have different failoverVersionIncrements.",
        "All connected clusters need the same one, and it can never change after the first start: the cluster with the wrong one has to be built anew.",
    )
    .at(Field::Increment)
    .rules(&["running-increment-changed"]),
    entry(
        says::UPSERT_SHARDS_NOT_EQUAL,
        Before(AcceptsMultipleShardCounts),
        "The two clusters have different numbers of history shards, which these releases refuse.",
        "The number can never change: build the new cluster with the same numHistoryShards, or upgrade both to 1.20 or later, where multiples are accepted.",
    )
    .of(HistoryShards)
    .rules(&["shards-not-equal"]),
    entry(
        says::UPSERT_SHARDS_NOT_MULTIPLES,
        Since(AcceptsMultipleShardCounts),
        "The number of history shards of one cluster is no multiple of that of the other.",
        "The number can never change: build the new cluster with a number that is a multiple. Powers of two always are.",
    )
    .of(HistoryShards)
    .rules(&["shards-not-multiples"]),
    entry(
        says::UPSERT_NO_SHARDS,
        Known("1.32"),
        "The cluster at that address says nothing of its number of history shards.",
        "Check that a Temporal frontend answers there, and that it has started.",
    )
    .of(RpcAddress),
    entry(
        says::UPSERT_NOT_GLOBAL,
        Since(UpsertApi),
        "The cluster at that address has enableGlobalNamespace: false.",
        "Set enableGlobalNamespace to true in its file and start it again; on 1.14, where the first start decides, it has to be built anew. Old editions of the guide show false.",
    ),
    entry(
        says::UPSERT_REMOTE_WRONG,
        Known("1.32"),
        "The values of the cluster at that address are wrong: {text}",
        "Correct the configuration of that cluster.",
    ),
    entry(
        says::UPSERT_IMMUTABLE,
        Since(UpsertApi),
        "This cluster is known already, with another identity: it was made anew with a new database, or its name, number, increment or number of shards is another one.",
        "Remove it first, where it is known, and then connect it again.",
    ),
    entry(
        says::UPSERT_NOT_SAVED,
        Since(OperatorApi),
        "This cluster is known already, with another identity: it was made anew with a new database, or its name, number, increment or number of shards is another one.",
        "Remove it first, where it is known, and then connect it again.",
    ),
    entry(
        says::UNREACHABLE,
        Since(OperatorApi),
        "The server could not reach {address}: {text}",
        "Both clusters must run, also to disable a connection. Check the address, firewalls and TLS from the machine of the server, not from yours.",
    )
    .of(RpcAddress),
    entry(
        says::CONNECTION_REFUSED,
        Every,
        "Nothing listens at {address}.",
        "Start that cluster, or correct the port: other clusters and the tools talk to its frontend, 7233 unless configured otherwise.",
    )
    .of(RpcAddress),
    entry(
        says::DIAL_TIMEOUT,
        Every,
        "Nobody takes connections at {address}: packets are lost on the way, or the machine is down.",
        "Check the address, and firewalls and routes from the machine that dials: the tool, or the server that it asked.",
    )
    .of(RpcAddress),
    entry(
        says::NO_SUCH_HOST,
        Every,
        "The host of the address is not known to the server.",
        "Check the name as the machine or container of the server resolves it.",
    )
    .of(RpcAddress),
    entry(
        says::LOOKUP_FAILED,
        Every,
        "The name {host} is not known to {resolver}, which the one that dials asks for names.",
        LOOK_UP,
    )
    .of(RpcAddress),
    entry(
        says::LOOKUP_FAILED_UNTOLD,
        Every,
        "The name {word} is not known to the machine that dials.",
        LOOK_UP,
    )
    .of(RpcAddress),
    entry(
        says::NEVER_READY,
        Tool("temporal"),
        "The address takes connections, or loses them, and no Temporal frontend answers there in time.",
        NOT_ANSWERED,
    )
    .of(RpcAddress),
    entry(
        says::DEADLINE,
        Every,
        "No answer came in time, which is 5 seconds for tctl: no Temporal frontend is at that address, or it is busy.",
        NOT_ANSWERED,
    )
    .of(RpcAddress),
    entry(
        says::INVALID_RPC_ADDRESS,
        Since(DiesOfBadAddress),
        "The server was told an address that is not host:port, and ended over it.",
        HOST_AND_PORT,
    )
    .of(RpcAddress)
    .rules(&["address-port-missing", "address-scheme", "address-ipv6-brackets", "address-not-splittable"])
    .with(says::NOT_SPLITTABLE, " The address is {address}: {reason}."),
    entry(
        says::NOT_SPLITTABLE,
        Every,
        "{address} is not host:port: {reason}.",
        HOST_AND_PORT,
    )
    .of(RpcAddress)
    .rules(&["address-port-missing", "address-scheme", "address-ipv6-brackets", "address-not-splittable"]),
    entry(
        says::SERVER_ENDED,
        Every,
        "The server ended while it answered. From 1.16 on, it does so when it is told an address that is not host:port.",
        "Look into its log for the last line, and start it again. Give addresses as host:port, without a scheme.",
    )
    .of(RpcAddress)
    .rules(&["address-port-missing", "address-scheme", "address-ipv6-brackets", "address-not-splittable"]),
    entry(
        says::NO_UPSERT_API,
        Before(UpsertApi),
        "These servers cannot be connected at run time.",
        "List all clusters in every file instead: choose the release of the servers, and export the files again.",
    )
    .at(Field::ServerVersion)
    .rules(&["connections-from-file"]),
    entry(
        says::NO_LIST_API,
        Before(ListsClusters),
        "These servers do not list what they are connected to.",
        "Ask for one cluster at a time: tctl admin cluster describe --cluster NAME.",
    )
    .at(Field::ServerVersion),
    entry(
        says::NO_OPERATOR_API,
        Before(OperatorApi),
        "These servers do not know the service that the temporal tool talks to.",
        "Use tctl.",
    )
    .at(Field::Tool)
    .rules(&["tool-too-new-for-server"]),
    entry(
        says::REFRESH_REJECTED,
        Since(NamesWrongCluster),
        "{cluster} and {other} were connected within a minute of each other, with the same initialFailoverVersion {version}. Servers do not notice this in time, and neither ever becomes usable.",
        "Remove one of the two. Build it anew with another number, and connect it again.",
    )
    .of(InitialFailoverVersion)
    .rules(&["initial-version-duplicate"]),
    entry(
        says::UNKNOWN_CLUSTER_ID,
        Known("1.32"),
        "The cluster with the initialFailoverVersion {initial} is connected to this one, and this one is not connected to it.",
        "Connect the other direction too: each cluster must be told of every other. Workflows that were started before can stay missing.",
    )
    .of(RpcAddress),
    entry(
        says::NO_REPLICATION_TASKS,
        Known("1.13"),
        "Another cluster does not answer. It is down, or ended when a global namespace came to it while its enableGlobalNamespace is false.",
        "Look into the log of the other cluster, and set enableGlobalNamespace to true in every file.",
    ),
    entry(
        says::REMOVE_SELF,
        Since(UpsertApi),
        "The cluster was asked to remove itself.",
        "Send the command to the other clusters, or name another one.",
    ),
    entry(
        says::REMOVE_UNKNOWN,
        Since(OperatorApi),
        "No cluster of that name is connected here, or it was connected less than a minute ago.",
        "Check the name with the list of clusters, letter by letter, and try again in a minute.",
    ),
    entry(
        says::REMOVE_IN_USE,
        Since(GuardsRemoval),
        "{namespace} is still replicated to {cluster}.",
        "Fail it over to a cluster that stays, take {cluster} out of its clusters while both are still connected, and then remove.",
    )
    .of(Name),
    entry(
        says::INVALID_CLUSTER_NAME,
        Every,
        "This server knows no connected cluster {cluster}: it is not connected, is disabled, or was connected less than a minute ago. Names with a comma or a space in them are often two names given as one.",
        WAIT_AND_LIST,
    )
    .of(Name)
    .rules(&["connections-need-restart"]),
    entry(
        says::NOT_MASTER,
        Every,
        "Global namespaces are registered on the master only, and this cluster names another one as its master.",
        "Send the command to the master. From 1.14 on, each cluster is best its own master: set masterClusterName to its own name.",
    ),
    entry(
        says::ACTIVE_NOT_LISTED,
        Every,
        "The active cluster is not one of the namespace's clusters.",
        "Name all clusters, with the active one. tctl takes them behind one flag, --clusters clusterA clusterB; temporal takes the flag once for each, --cluster clusterA --cluster clusterB.",
    ),
    entry(
        says::FAILOVER_NOT_ALONE,
        Every,
        "A failover was asked together with other changes.",
        "Send two commands: first the changes, then the failover alone.",
    ),
    entry(
        says::GLOBAL_NOT_ENABLED,
        Every,
        "This cluster has enableGlobalNamespace: false.",
        "Set it to true in the file and start the server again; on 1.14, where the first start decides, the cluster has to be built anew.",
    ),
    entry(
        says::LOCAL_WITH_CLUSTERS,
        Every,
        "Several clusters were given for a namespace that is not global.",
        "Add --global.",
    ),
    entry(
        says::NAMESPACE_CANNOT_SHRINK,
        Before(ShrinksNamespaces),
        "These servers cannot take a cluster out of a namespace.",
        "Upgrade to 1.15 or later first.",
    )
    .at(Field::ServerVersion),
    entry(
        says::NAMESPACE_NOT_ACTIVE,
        Every,
        "{namespace} is active in {active}, and {cluster} takes no writes for it.",
        "Send the call to {active}, fail the namespace over, or let servers forward calls with dcRedirectionPolicy. If no cluster says that it is active, the numbers of the clusters differ between their files.",
    )
    .of(InitialFailoverVersion),
    entry(
        says::NAMESPACE_NOT_FOUND,
        Every,
        "The namespace {namespace} is not in this cluster. If it is global, this cluster was never told of it.",
        "Connect both directions, and wait a few seconds. Check that the namespace lists this cluster.",
    ),
    entry(
        says::NAMESPACE_NOT_FOUND_113,
        Known("1.13"),
        "The namespace {namespace} is not in this cluster. If it is global, the file of this cluster does not list the others.",
        "List all clusters in every file, and restart.",
    ),
    entry(
        says::NO_HTTP_ADDRESS,
        Since(HttpAddress),
        "Nexus callbacks to {cluster} need its httpAddress.",
        "Set httpAddress of {cluster} in its file to host:port of its HTTP frontend, 7243 unless configured otherwise.",
    )
    .of(ClusterField::HttpAddress),
    entry(
        says::UNKNOWN_COMMAND,
        Tool("temporal"),
        "The word {word} stands behind --enable-connection, and this tool takes it for a command.",
        "Write --enable-connection={word}, with an equals sign.",
    )
    .at(Field::Tool),
    entry(
        says::FLAGS_REQUIRED,
        Tool("temporal"),
        "The flag --{flag} is missing, and the tool asked no server.",
        "Write --{flag} with its value behind the command.",
    )
    .at(Field::Tool),
    entry(
        says::FLAG_EMPTY,
        Tool("temporal"),
        "Nothing stands behind --{flag}; in a script, the variable behind it is often empty.",
        "Write the value behind --{flag}.",
    )
    .at(Field::Tool),
    entry(
        says::FLAG_EMPTY_TCTL,
        Tool("tctl"),
        "Nothing stands behind --{flag}; in a script, the variable behind it is often empty.",
        "Write the value behind --{flag}.",
    )
    .at(Field::Tool),
    entry(
        says::NOT_BOOL,
        Tool("temporal"),
        "{value} is neither true nor false, and the tool asked no server.",
        EQUALS_SIGN,
    )
    .at(Field::Tool),
    entry(
        says::NOT_BOOL_TCTL,
        Tool("tctl"),
        "{value} is neither true nor false, and the tool asked no server.",
        EQUALS_SIGN,
    )
    .at(Field::Tool),
    entry(
        says::UNKNOWN_FLAG,
        Tool("temporal"),
        "This release of the tool has no flag --{flag}. Its flags have hyphens, those of tctl underscores; --enable-replication came with 1.6.",
        SPELL_THE_FLAG,
    )
    .at(Field::Tool),
    entry(
        says::FLAG_NOT_DEFINED,
        Tool("tctl"),
        "tctl has no flag -{flag} at this place. Its flags have underscores, those of temporal hyphens, and --address stands before the command.",
        SPELL_THE_FLAG,
    )
    .at(Field::Tool),
    entry(
        says::UNKNOWN_SHORTHAND,
        Tool("temporal"),
        "The flag -{flag} has one dash, and this tool needs two.",
        "Write --{flag}.",
    )
    .at(Field::Tool),
    entry(
        says::FAD_MISSING,
        Tool("tctl"),
        "The flag --frontend_address (--fad) is missing, or was not seen: behind --enable_connection false, tctl reads no more flags.",
        "Write --frontend_address with the address. If it is there, write --enable_connection=false, with an equals sign: without it, the connection stays enabled and nothing says so.",
    )
    .at(Field::Tool),
    entry(
        says::FLAG_MISSING,
        Tool("tctl"),
        "The flag --{flag} is missing, or stands behind a word that is no flag: tctl reads no flags behind that.",
        "Write --{flag} with its value, in front of all other words.",
    )
    .at(Field::Tool),
    entry(
        says::ADDRESS_MISSING,
        Tool("tctl"),
        "The address behind --frontend_address is empty.",
        "Set the address of the cluster that is to be connected.",
    )
    .of(RpcAddress)
    .rules(&["address-missing"]),
    entry(
        says::NO_SUCH_COMMAND,
        Tool("tctl"),
        "This tctl has no command {word}: it is older than the servers.",
        "Use tctl 1.15 or later; upsert-remote-cluster came with 1.14, list with 1.15.",
    )
    .at(Field::Tool),
];
