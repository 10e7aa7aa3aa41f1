//! Commands of the tools, calls of our scripts, and the comments between bare commands.

use super::text::{Text, text};
use crate::model::Tool;
use crate::release::{Capability, ServerVersion};
use crate::render::CommandTopic;

/// Of what only asks.
const READS: &str = "It changes nothing, and can be run at any time.";
/// Of what follows the plan.
const FOLLOWS: &str = "It follows the plan: change that, and export the file again.";

/// What is said of a command of this tool, for servers of this release.
pub(super) fn explain(topic: CommandTopic, release: ServerVersion, tool: Tool) -> Text {
    match topic {
        CommandTopic::Health => health(tool),
        CommandTopic::Connect => connect(release, tool),
        CommandTopic::Disable => disable(tool),
        CommandTopic::Remove => remove(release, tool),
        CommandTopic::List => list(tool),
        CommandTopic::Describe => describe(),
        CommandTopic::DescribeOther => describe_other(release),
        CommandTopic::ListNamespaces => list_namespaces(),
        CommandTopic::Probe => probe(),
        CommandTopic::CreateNamespace => create_namespace(release, tool),
        CommandTopic::FailOver => fail_over(),
        CommandTopic::SetNamespaceClusters => set_namespace_clusters(release, tool),
        CommandTopic::Promote => promote(),
        CommandTopic::HandOver => hand_over(),
        CommandTopic::BackFill => back_fill(),
        CommandTopic::Cancel => cancel(),
        CommandTopic::RunConnect => run_connect(release),
        CommandTopic::RunVerify => run_verify(),
        CommandTopic::RunDisable => run_disable(),
        CommandTopic::RunRemove => run_remove(release),
        CommandTopic::RunChange => run_change(),
        CommandTopic::ListIntroduction => list_introduction(),
        CommandTopic::ListHealth => list_health(),
        CommandTopic::ListConnect => list_connect(),
        CommandTopic::ListAfterConnecting => list_after_connecting(release),
        CommandTopic::ListLook => list_look(release),
        CommandTopic::ListDisable => list_disable(),
        CommandTopic::ListRemove => list_remove(release),
    }
}

const fn health(tool: Tool) -> Text {
    text(
        "Ask whether it serves",
        match tool {
            Tool::Tctl => {
                "Asks the frontend at `--address` whether it serves; `SERVING` is the good answer. `--address` stands before the \
                 command: behind it, `tctl` does not know it."
            }
            Tool::Temporal => {
                "Asks the frontend at `--address` whether it serves; `SERVING` is the good answer. With two dashes: of `-address` \
                 this tool reads the letter `a` only, and stops."
            }
        },
        READS,
    )
}

fn connect(release: ServerVersion, tool: Tool) -> Text {
    let what = if release.has(Capability::DiesOfBadAddress) {
        "Tells the cluster at `--address` where another one is. Its server dials that at once, compares increment, numbers and \
         shards, and stores it, turned on; anything but `host:port` would end it. One direction only: the other needs its own."
    } else {
        "Tells the cluster at `--address` where another one is. Its server dials that at once, compares increment, numbers and \
         shards, and stores it, turned on. One direction only: the other needs its own command."
    };
    let text = text(
        "Connect a cluster to another one",
        what,
        "Yes: run it again with another address. Only a cluster with a new database must be removed first.",
    );
    match tool {
        Tool::Tctl => text.guide(
            "One edition of the guide connects the second cluster to itself: `Cannot update current cluster metadata from \
             rpc calls`.",
        ),
        Tool::Temporal => text.guide(
            "The guide writes `--frontend_address`, which this tool does not know. Without `--enable-connection` the connection is \
             stored turned off; `--enable-connection true`, as some write it, is an error; and Temporal's own sample files have \
             these flags inside of the address's quotation marks, where they are part of the address.",
        ),
    }
}

const fn disable(tool: Tool) -> Text {
    let text = text(
        "Turn a connection off",
        "Keeps what the cluster at `--address` knows of the other one, and stops using it. Its server dials the other one even \
         now, so both must run.",
        "Yes: connecting turns it on again. What happens meanwhile is not replicated later by itself.",
    );
    match tool {
        Tool::Tctl => text.guide(
            "The guide writes `--enable_connection false`. With a space, `tctl` reads no value, ends with exit status 0 and leaves \
             the connection on: only `=false` turns it off.",
        ),
        Tool::Temporal => text.guide(
            "The guide and the tool's own help write `--enable-connection false`. With a space, the tool stops: `unknown command \
             \"false\"`. Only `=false` turns it off.",
        ),
    }
}

fn remove(release: ServerVersion, tool: Tool) -> Text {
    let what = match (release.has(Capability::GuardsRemoval), tool) {
        (true, Tool::Tctl) => {
            "Makes the cluster at `--address` forget the one of this name. It refuses while a namespace is in both; of a name that \
             it does not know, `tctl` says nothing."
        }
        (true, Tool::Temporal) => {
            "Makes the cluster at `--address` forget the one of this name. It refuses while a namespace is in both, and a name \
             that it does not know."
        }
        (false, Tool::Tctl) => {
            "Makes the cluster at `--address` forget the one of this name. Servers of this release do not look whether a namespace \
             is in both; of a name that they do not know, `tctl` says nothing."
        }
        (false, Tool::Temporal) => {
            "Makes the cluster at `--address` forget the one of this name. Servers of this release do not look whether a namespace \
             is in both; a name that they do not know is refused."
        }
    };
    text(
        "Remove a connection",
        what,
        if release.has(Capability::RefreshesConnections) {
            "Yes: connect it again, but not within the next minute."
        } else {
            "Yes: connect it again."
        },
    )
    .guide(
        "The guide turns the connection off before. That is not needed, and a namespace that is active on the other side can \
         then no longer be changed.",
    )
}

const fn list(tool: Tool) -> Text {
    text(
        "List the clusters that it knows",
        match tool {
            Tool::Tctl => {
                "Shows what the cluster at `--address` has stored: every cluster with its address, and whether the connection is \
                 on. What is off has no `is_connection_enabled` at all."
            }
            Tool::Temporal => {
                "Shows what the cluster at `--address` has stored: every cluster with its address, and whether the connection is \
                 on. As JSON, in which names are whole."
            }
        },
        READS,
    )
}

const fn describe() -> Text {
    text(
        "Describe the cluster",
        "Asks the cluster at `--address` for its name and its number of history shards, and, where the release tells them, its \
         increment and initial failover version.",
        READS,
    )
}

fn describe_other(release: ServerVersion) -> Text {
    text(
        "Describe another cluster, as stored here",
        if release.has(Capability::ListsClusters) {
            "Shows what the cluster at `--address` has stored of the other one, and fails where it has stored nothing."
        } else {
            "Shows what the cluster at `--address` has stored of the other one, and fails where it has stored nothing. Servers of \
             this release have no list to ask for."
        },
        READS,
    )
}

const fn list_namespaces() -> Text {
    text(
        "List the namespaces",
        "Reads all namespaces of the cluster, to find those that are in more than one.",
        READS,
    )
}

const fn probe() -> Text {
    text(
        "Ask for a namespace that must be refused",
        "Its active cluster is not among its clusters, so no server ever creates it. The reason of the refusal tells whether the \
         connection can be used: `Active cluster is not contained in all clusters`, or still `Invalid cluster name`.",
        "Nothing is created, however often it is asked.",
    )
}

fn create_namespace(release: ServerVersion, tool: Tool) -> Text {
    let what = match tool {
        Tool::Tctl => {
            "Registers a namespace that is in all of these clusters and active in one. All clusters stand behind one `--clusters`: \
             of a repeated flag, `tctl` keeps only the last."
        }
        Tool::Temporal => {
            "Registers a namespace that is in all of these clusters and active in one. `--cluster` is repeated for each of them: \
             a list with commas behind one flag is refused."
        }
    };
    text(
        "Create a global namespace",
        what,
        if release.has(Capability::ShrinksNamespaces) {
            "Its clusters and the active one, at any time. Global it stays for ever."
        } else {
            "The active cluster, at any time, and clusters can be added. None can leave, and global it stays for ever."
        },
    )
}

const fn fail_over() -> Text {
    text(
        "Make another cluster the active one",
        "Gives the namespace the next failover version of that cluster, which then accepts and runs its workflows. The command \
         asks for nothing else, as the tools drop in silence what the same command asks for besides.",
        "Yes: fail over to any other of its clusters in the same way. Versions only grow.",
    )
}

fn set_namespace_clusters(release: ServerVersion, tool: Tool) -> Text {
    let (what, change) = match (release.has(Capability::ShrinksNamespaces), tool) {
        (true, Tool::Tctl) => (
            "Sets the whole list of clusters that the namespace is in: what is not named leaves it. All of them stand behind one \
             `--clusters`.",
            "Yes: set another list. A cluster that comes back needs a back-fill for what it missed.",
        ),
        (true, Tool::Temporal) => (
            "Sets the whole list of clusters that the namespace is in: what is not named leaves it. `--cluster` is repeated for \
             each of them.",
            "Yes: set another list. A cluster that comes back needs a back-fill for what it missed.",
        ),
        (false, _) => (
            "Sets the list of clusters that the namespace is in: it can only grow in this release.",
            "Never back: the answer is `Cannot remove existing replicated clusters from a namespace`.",
        ),
    };
    text("Set the clusters of a namespace", what, change)
}

const fn promote() -> Text {
    text(
        "Make a namespace global",
        "Makes it one that can be in several clusters, and does nothing else. Its clusters are set by a command of their own: \
         where both are asked for in one, the tools silently drop the clusters.",
        "Never back: a global namespace stays global, also with one cluster only.",
    )
}

const fn hand_over() -> Text {
    text(
        "Hand a namespace over",
        "Runs a workflow of the server itself: it waits until the other cluster has caught up, closes the namespace for some \
         seconds and makes the other cluster the active one. Without a time limit, as a limit could leave it closed.",
        "Yes: hand it over in the other direction, or call it off before it ends.",
    )
}

const fn back_fill() -> Text {
    text(
        "Send what the other cluster has not got",
        "Runs a workflow of the server itself that sends the workflows the query finds. Without it, they follow only when \
         something happens to them.",
        "It only adds what is missing, and can be run again.",
    )
}

const fn cancel() -> Text {
    text(
        "Call a hand-over off",
        "Cancels the workflow that hands the namespace over: it stays where it was, and open.",
        "Yes: start the hand-over again.",
    )
}

fn run_connect(release: ServerVersion) -> Text {
    text(
        "Run connect.sh",
        if release.has(Capability::RefreshesConnections) {
            "Checks all clusters, connects each with every other one, and waits until every connection can be used."
        } else {
            "Checks all clusters and connects each with every other one. In this release the servers must then be restarted."
        },
        "Yes: `disable.sh` turns the connections off, `remove.sh` removes them. Run twice, it changes nothing more.",
    )
}

const fn run_verify() -> Text {
    text(
        "Run verify.sh",
        "Compares every cluster and every connection with the plan, one row for each. Its exit status is 0 if all of it is as \
         planned, and 1 if not.",
        READS,
    )
}

const fn run_disable() -> Text {
    text(
        "Run disable.sh",
        "Turns all connections off, in both directions, after it has asked.",
        "Yes: `connect.sh` turns them on again. What happens meanwhile is not replicated later by itself.",
    )
}

fn run_remove(release: ServerVersion) -> Text {
    text(
        "Run remove.sh",
        "Removes all connections, after it has asked. It refuses while a namespace is in more than one cluster.",
        if release.has(Capability::RefreshesConnections) {
            "Yes: `connect.sh` makes them again, but not within the next minute."
        } else {
            "Yes: `connect.sh` makes them again."
        },
    )
}

const fn run_change() -> Text {
    text(
        "Run change.sh",
        "Makes, repairs and removes only the connections that are not as planned, after it has looked at all of them.",
        "Run twice, it changes nothing more. The way back is a change to the plan of before.",
    )
}

const fn list_introduction() -> Text {
    text(
        "The bare commands",
        "Says what this file is for: to read, and to paste line by line. Each command stands on one line.",
        FOLLOWS,
    )
    .guide(
        "Nothing checks bare commands, and the guide has nothing else. Where official examples break a command into lines, a \
         `\\` is missing in some, and the rest runs as a command of its own.",
    )
}

const fn list_health() -> Text {
    text(
        "First, whether they serve",
        "Below are the commands that ask each cluster whether it serves. Go on when all do.",
        FOLLOWS,
    )
}

const fn list_connect() -> Text {
    text(
        "Then connect them",
        "Below is one command for each direction of each pair. A direction that is missing is not noticed by any server.",
        FOLLOWS,
    )
}

fn list_after_connecting(release: ServerVersion) -> Text {
    if release.has(Capability::RefreshesConnections) {
        text(
            "When connections work",
            "Each server process reads its connections once a minute; until then it does not know the other cluster's name.",
            "It cannot be hurried on from here: the minute is a setting of the servers.",
        )
        .guide("The guide goes on at once, and is refused for up to a minute.")
    } else {
        text(
            "When connections work",
            "In this release the frontend and the history servers read their connections only when they start.",
            "From 1.14.4 on, servers read them once a minute.",
        )
        .guide("The guide does not mention the restart. Without it, nothing works.")
    }
}

fn list_look(release: ServerVersion) -> Text {
    text(
        "Look at what is connected",
        if release.has(Capability::ListsClusters) {
            "Below, every cluster lists the ones it knows. Look at each: no server compares its list with another's."
        } else {
            "Below, every cluster describes itself: in this release none lists the ones it knows. `verify.sh` asks for each by name."
        },
        FOLLOWS,
    )
}

const fn list_disable() -> Text {
    text(
        "Turn connections off, when that is wanted",
        "Below is one command for each direction of each pair, in comments: not a step on the way, only for a pause of replication.",
        FOLLOWS,
    )
    .guide("The guide has a space in place of the equals sign, and such commands turn nothing off.")
}

fn list_remove(release: ServerVersion) -> Text {
    text(
        "Remove connections, at the very end",
        if release.has(Capability::GuardsRemoval) {
            "Below is one command for each direction of each pair, in comments. They are refused while a namespace is in both clusters."
        } else {
            "Below is one command for each direction of each pair, in comments. They are not refused while a namespace is in both clusters: \
             look before."
        },
        FOLLOWS,
    )
    .guide("The guide does not mention the namespaces, which must leave while the connections are on.")
}
