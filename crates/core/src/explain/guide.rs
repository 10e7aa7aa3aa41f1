//! The chapters of the runbook and of a change.

use super::text::{Text, text};
use crate::release::{Capability, Layout, ServerVersion};
use crate::render::GuideTopic;

/// Of chapters that only tell.
const TELLS: &str = "It follows the plan: change that, and export the file again.";

/// What is said of a chapter for servers of this release.
pub(super) fn explain(topic: GuideTopic, release: ServerVersion) -> Text {
    match topic {
        GuideTopic::Introduction => introduction(),
        GuideTopic::Clusters => clusters(),
        GuideTopic::HowToRead => how_to_read(),
        GuideTopic::Before => before(),
        GuideTopic::PutFiles => put_files(),
        GuideTopic::Start => start(release),
        GuideTopic::Connect => connect(release),
        GuideTopic::NothingToConnect => nothing_to_connect(),
        GuideTopic::LookAtRunning => look_at_running(),
        GuideTopic::FilesOfRunning => files_of_running(release),
        GuideTopic::StartBeside => start_beside(release),
        GuideTopic::ConnectRunning => connect_running(),
        GuideTopic::BackToBefore => back_to_before(),
        GuideTopic::CreateNamespace => create_namespace(release),
        GuideTopic::TakeIn => take_in(release),
        GuideTopic::TakeInByRegistering => take_in_by_registering(),
        GuideTopic::Workers => workers(),
        GuideTopic::RequestsAtStandby => requests_at_standby(),
        GuideTopic::HandOver => hand_over(),
        GuideTopic::FailOverByHand => fail_over_by_hand(),
        GuideTopic::FailOver => fail_over(),
        GuideTopic::BackFill => back_fill(),
        GuideTopic::AddCluster => add_cluster(),
        GuideTopic::TakeOutOne => take_out_one(),
        GuideTopic::TakeApart => take_apart(release),
        GuideTopic::ChangeFiles => change_files(),
        GuideTopic::NeverChanges => never_changes(),
        GuideTopic::NotReplicated => not_replicated(),
        GuideTopic::UnlikeTheGuide => unlike_the_guide(),
        GuideTopic::Change => change(),
        GuideTopic::NothingToChange => nothing_to_change(),
        GuideTopic::Impossible => impossible(),
        GuideTopic::Files => files(),
        GuideTopic::FileDiff => file_diff(),
        GuideTopic::Connections => connections(),
        GuideTopic::Assumptions => assumptions(),
        GuideTopic::BeforeChange => before_change(),
        GuideTopic::PlaceFiles => place_files(release),
        GuideTopic::Upgrade => upgrade(),
        GuideTopic::StartChanged => start_changed(),
        GuideTopic::ChangeByFile => change_by_file(),
        GuideTopic::ConnectChanged => connect_changed(),
        GuideTopic::RestartChanged => restart_changed(),
        GuideTopic::LetNamespacesLeave => let_namespaces_leave(release),
        GuideTopic::TakeOut => take_out(),
        GuideTopic::LookAtResult => look_at_result(),
    }
}

const fn introduction() -> Text {
    text(
        "What this runbook is for",
        "The set-up that it describes, the releases and the tool. Commands and waits in it are those of these releases.",
        TELLS,
    )
}

const fn clusters() -> Text {
    text(
        "A cluster of this set-up",
        "Its file, its number and its addresses at a glance, to compare with what runs.",
        "The addresses, at any time. Name, number and shards only while the cluster has never been started.",
    )
}

const fn how_to_read() -> Text {
    text(
        "How to use what follows",
        "What is expected stands below each command. A step that does not end so is put right first: later ones rely on it.",
        TELLS,
    )
}

const fn before() -> Text {
    text(
        "Before the first start",
        "What cannot be put right later: a wrong first start, shards that do not go together, a network that cuts long streams.",
        "Shards, names and numbers never; the network, at any time.",
    )
}

const fn put_files() -> Text {
    text(
        "Give each server its file",
        "Servers merge `base.yaml` and the file of their `--env`, and of two `clusterMetadata` sections they would mix the keys: so only \
         one file may have it.",
        "Until the first start, freely. Afterwards the database keeps names, numbers and the increment.",
    )
}

fn start(release: ServerVersion) -> Text {
    text(
        "Start, and look whether they serve",
        if release.has(Capability::UpsertApi) {
            "The first start is the one that counts: it saves the values of the file in the database before it checks them."
        } else {
            "Servers of this release follow the file at every start, and keep only the name and the number of shards."
        },
        if release.has(Capability::UpsertApi) {
            "What the first start saved cannot be changed. A new cluster with wrong values needs a new, empty database."
        } else {
            "At any restart, but for the name and the number of shards."
        },
    )
}

fn connect(release: ServerVersion) -> Text {
    let text = text(
        "Make the clusters know each other",
        "Each direction is stored in the cluster that was told of the other one. `verify.sh` shows all of them, at any time.",
        "Yes: `disable.sh` and `remove.sh` are the way back.",
    );
    text.guide(if release.has(Capability::RefreshesConnections) {
        "The guide has the bare commands for two clusters. It neither waits, nor checks which cluster an address leads to."
    } else {
        "The guide has the bare commands for two clusters. It mentions neither the restart, nor that an address can lead to another \
         cluster."
    })
}

const fn nothing_to_connect() -> Text {
    text(
        "Files are all there is",
        "There are no commands for connections in these releases; `tctl` answers with an error.",
        "From 1.14 on, clusters are connected by command, while they run.",
    )
}

const fn look_at_running() -> Text {
    text(
        "What runs, before anything is touched",
        "The plan holds what somebody said of a cluster that runs. Its servers say what is so, and only they know their connections.",
        "It changes nothing, and can be asked at any time.",
    )
}

fn files_of_running(release: ServerVersion) -> Text {
    if release.layout() == Layout::AllClusters {
        text(
            "Files of clusters that run",
            "Servers of this release know other clusters from their file only: a new one is in none of the files that they run on.",
            "Addresses and clusters, at each restart; what is in the database, never.",
        )
    } else {
        text(
            "Whether a running cluster needs its file",
            "Others are not in the file, so one that joins changes nothing in it. Only what the cluster says of itself can be missing.",
            "With a restart, but for what its first start has saved.",
        )
    }
}

fn start_beside(release: ServerVersion) -> Text {
    if release.layout() == Layout::AllClusters {
        text(
            "All servers on the new files",
            "Clusters take each other in when they start, in no order: until the last one has, they differ in what they know.",
            "At any time, by another restart on other files.",
        )
    } else {
        text(
            "New servers beside those that run",
            "What runs is connected while it runs. A restart is for what servers read from their file only.",
            "The values that a new cluster was first started with, never.",
        )
    }
}

const fn connect_running() -> Text {
    text(
        "Connect what is new with what runs",
        "Both sides are told of each other, while they run. Namespaces, workflows and all that goes through other connections stay as they are.",
        "Yes, as the next step says, while no namespace is in the new clusters.",
    )
}

const fn back_to_before() -> Text {
    text(
        "As it was before",
        "Only what was added is taken away again: the scripts for all connections would take those along that were there.",
        "Yes: connect again, a minute later.",
    )
}

fn create_namespace(release: ServerVersion) -> Text {
    text(
        "A namespace in all clusters",
        if release.layout() == Layout::AllClusters {
            "The master registers it, and the others receive it. The first failover version is the number of the cluster where it is \
             active."
        } else {
            "Any cluster can register it, and the others receive it. The first failover version is the number of the cluster where it \
             is active."
        },
        "Which cluster is active, at any time. Deleted, it must be in every cluster by itself.",
    )
}

fn take_in(release: ServerVersion) -> Text {
    text(
        "A namespace that one cluster has",
        "First it becomes global, then it gets its clusters: two commands, as one silently drops the second half.",
        if release.has(Capability::ShrinksNamespaces) {
            "Its clusters can be changed at any time. Global it stays."
        } else {
            "Never back: in this release neither the clusters nor the global state can be taken away."
        },
    )
}

const fn take_in_by_registering() -> Text {
    text(
        "Namespaces that were there before",
        "Servers of these releases cannot make a namespace global that is not: it takes a new one, and whoever uses the old one must \
         move.",
        "From 1.14 on, a namespace can be made global.",
    )
}

const fn workers() -> Text {
    text(
        "Workers on every side",
        "Activities and workflow tasks are given out by the active cluster only, and workers are not moved by a fail-over. They must wait \
         where they will be needed.",
        "At any time: workers belong to you, not to the servers.",
    )
    .guide(
        "Older editions of the guide say that Temporal forwards starts, signals and queries to the active cluster. By default \
         (`dcRedirectionPolicy` is `noop`) it refuses them.",
    )
}

const fn requests_at_standby() -> Text {
    text(
        "Requests at a cluster that is not active",
        "Programs that start or signal workflows may be connected to any cluster. What one does with their requests where the namespace is \
         not active was chosen here, for all of them.",
        "Yes, in each cluster by itself, with a restart of its servers.",
    )
}

const fn hand_over() -> Text {
    text(
        "Planned, and nothing is lost",
        "For maintenance and exercises: it waits for the other side first. For a cluster that is lost it is of no use, as it never ends.",
        "Yes: hand it over in the other direction, at any time.",
    )
}

const fn fail_over_by_hand() -> Text {
    text(
        "Planned, by hand",
        "Servers of this release have no hand-over that can be relied on, so writing stops first, and then the other side is looked at.",
        "From 1.30 on, the servers do it themselves.",
    )
}

const fn fail_over() -> Text {
    text(
        "Unplanned, at once",
        "For a cluster that is lost: ordered at the one that takes over. What was not yet sent is missing there until the other one is \
         back, and activities can run twice.",
        "Yes: fail over again. The version only grows, so the latest order wins.",
    )
}

const fn back_fill() -> Text {
    text(
        "What is missing on the other side",
        "Replication sends what happens, not what was there. Workflows that were there before are sent by this, once.",
        "It only adds. Run again, it sends again.",
    )
}

const fn add_cluster() -> Text {
    text(
        "One more",
        "A new cluster gets the lowest free number, and the others keep theirs: no file of a running cluster changes.",
        "Yes: take it out again, in the order of the chapter below.",
    )
}

const fn take_out_one() -> Text {
    text(
        "One less",
        "Namespaces leave first, while the connections are on, as only then the other side hears of it. Then each forgets the other.",
        "Yes: add it again, with its own number. That number must never go to another cluster.",
    )
    .guide("The guide turns connections off before, after which what is active on the other side can no longer be changed.")
}

fn take_apart(release: ServerVersion) -> Text {
    if release.has(Capability::ShrinksNamespaces) {
        text(
            "Back to single clusters",
            "Each namespace gets one cluster to stay in, and only then the connections are removed. The order is what matters.",
            "Yes: run `connect.sh`, and give the namespaces their clusters again.",
        )
        .guide("The guide turns off and removes at once. Namespaces that were in both are then stuck, or the removal is refused.")
    } else {
        text(
            "Back to single clusters",
            "In this release namespaces stay in their clusters, so connections can only be turned off while there are any.",
            "Yes: run `connect.sh`, and restart all servers where this release needs it.",
        )
        .guide("The guide removes the connections at once, and what namespaces had is broken without a word.")
    }
}

const fn change_files() -> Text {
    text(
        "Change the files of all",
        "Nothing compares the files of different clusters. While they differ, events are lost, so all change together.",
        "Yes: in the same way, back to the files of before.",
    )
}

const fn never_changes() -> Text {
    text(
        "What is fixed for ever",
        "Namespaces, workflows and versions carry these values. The only way to other ones is a new cluster beside the old one.",
        "Never, in any release.",
    )
}

const fn not_replicated() -> Text {
    text(
        "What each cluster has for itself",
        "What looks the same everywhere until the day of a fail-over. Each of these is done in every cluster.",
        "At any time, in each cluster by itself.",
    )
}

const fn unlike_the_guide() -> Text {
    text(
        "Why it is not as in the guide",
        "Where a command or a value here is another than in the official guide, this is why. Each was tried on real servers.",
        TELLS,
    )
}

const fn change() -> Text {
    text(
        "What this change is for",
        "From what was read to what is planned, and nothing else. What is as planned already is left alone.",
        "Read the clusters again, and the change is made anew.",
    )
}

const fn nothing_to_change() -> Text {
    text(
        "All is as planned",
        "What was read and what is planned agree, as far as it was read.",
        "With the plan, or with the clusters.",
    )
}

const fn impossible() -> Text {
    text(
        "Wishes that no server grants",
        "Servers would refuse these, pass over them, or end over them. Nothing else is begun before the plan is another one.",
        "With the plan: each of them names a way that works.",
    )
}

const fn files() -> Text {
    text(
        "What becomes of each file",
        "Which files are new, which change and which stay. Servers see a changed one at their next start.",
        "With the plan: export it again.",
    )
}

const fn file_diff() -> Text {
    text(
        "How a file changes",
        "`-` stands before what the server has now, and `+` before what it gets. Both are in the layout of the export, so that only \
         values differ.",
        "Until the server is started on it, by the previous file.",
    )
}

const fn connections() -> Text {
    text(
        "What becomes of each connection",
        "Each direction by itself: what is missing or wrong is made first, and what is removed comes last.",
        "With the plan: export it again.",
    )
}

const fn assumptions() -> Text {
    text(
        "What was not read",
        "Where nothing was read, the harmless case is taken. If one of these is wrong, import more and look again.",
        "Import what is missing, and it is no longer a guess.",
    )
}

const fn before_change() -> Text {
    text(
        "Before the change is begun",
        "A backup is the only way back from a wrong start, and a change fits only the clusters that it was made for.",
        "If anything has changed since, import again.",
    )
}

fn place_files(release: ServerVersion) -> Text {
    text(
        "Put changed files in place",
        "Only new and changed files. Nothing happens yet: servers read them when they start.",
        if release.has(Capability::UpsertApi) {
            "Until the servers start. Afterwards names, numbers and the increment are those of the database."
        } else {
            "At any restart, by the previous file."
        },
    )
}

const fn upgrade() -> Text {
    text(
        "To the new release",
        "Servers support one step to the next minor release. Which file they start on matters at 1.14, which stores the clusters of \
         the file that it first starts on.",
        "Never back without a backup: newer servers change the databases.",
    )
}

const fn start_changed() -> Text {
    text(
        "Start what is new or changed",
        "Only these clusters: the others run on as they are.",
        "A start saves the numbers of a new cluster for ever.",
    )
}

const fn change_by_file() -> Text {
    text(
        "Connected by files only",
        "While any cluster runs a release prior to 1.14, no command connects it to another one.",
        "When all run 1.14 or later.",
    )
}

const fn connect_changed() -> Text {
    text(
        "Make what is missing",
        "Connections that are missing, off or lead elsewhere are put right; what works is left alone.",
        "Yes: a change to the plan of before takes them back.",
    )
}

const fn restart_changed() -> Text {
    text(
        "Restart for the connections",
        "The frontend and the history servers of this release read connections only when they start.",
        "From 1.14.4 on, no restart is needed.",
    )
}

fn let_namespaces_leave(release: ServerVersion) -> Text {
    text(
        "Namespaces first",
        if release.has(Capability::ShrinksNamespaces) {
            "While the connections are on, every namespace leaves the cluster, which hears of it only over these connections."
        } else {
            "In this release no namespace can leave a cluster, so the connections can only be turned off."
        },
        if release.has(Capability::ShrinksNamespaces) {
            "Yes: give a namespace its clusters again."
        } else {
            "Yes: connect again, with a restart where this release needs it."
        },
    )
}

const fn take_out() -> Text {
    text(
        "Forget each other",
        "Both sides forget each other. A cluster that is forgotten by one side only keeps trying to replicate, and nobody notices.",
        "Yes: put it in the plan again, with its own number, before anything else has changed.",
    )
}

const fn look_at_result() -> Text {
    text(
        "Whether all is as planned",
        "What a server has stored and what it uses are two things. `verify.sh` asks for both.",
        "It changes nothing, and can be run at any time.",
    )
}
