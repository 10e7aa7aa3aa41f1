//! The pieces of scripts that are no commands.

use super::text::{Text, text};
use crate::model::Tool;
use crate::release::{Capability, ServerVersion};
use crate::render::ScriptTopic;

/// Of what every script for a release and a tool has.
const SAME: &str =
    "It is the same in every script for this release and this tool, and changes nothing itself.";
/// Of what follows the plan.
const FOLLOWS: &str = "It follows the plan: change that, and export the script again.";
/// Of what the script prints at its end.
const PRINTS: &str = "It only prints a line.";

/// What is said of a piece of a script for servers of this release and this tool.
pub(super) fn explain(topic: ScriptTopic, release: ServerVersion, tool: Tool) -> Text {
    match topic {
        ScriptTopic::Interpreter => interpreter(),
        ScriptTopic::Title => title(),
        ScriptTopic::Remark => remark(),
        ScriptTopic::RunAgain => run_again(),
        ScriptTopic::MadeFor => made_for(),
        ScriptTopic::Credentials => credentials(tool),
        ScriptTopic::Options => options(),
        ScriptTopic::Increment => increment(),
        ScriptTopic::Clusters => clusters(),
        ScriptTopic::Cluster => cluster(),
        ScriptTopic::Place => place(),
        ScriptTopic::ShellCheck => shell_check(),
        ScriptTopic::Seen => seen(),
        ScriptTopic::AsSeen => as_seen(),
        ScriptTopic::Leaving => leaving(),
        ScriptTopic::LeavingCluster => leaving_cluster(),
        ScriptTopic::Connections => connections(),
        ScriptTopic::Connection => connection(),
        ScriptTopic::Ask => ask(tool),
        ScriptTopic::Fail => fail(),
        ScriptTopic::Pairs => pairs(),
        ScriptTopic::EachOf => each_of(),
        ScriptTopic::EachLeavingPair => each_leaving_pair(),
        ScriptTopic::Json => json(tool),
        ScriptTopic::Keys => keys(tool),
        ScriptTopic::Shards => shards(release),
        ScriptTopic::NoAnswer => no_answer(),
        ScriptTopic::Check => check(),
        ScriptTopic::CheckAll => check_all(),
        ScriptTopic::CheckNow => check_now(),
        ScriptTopic::CheckLeaving => check_leaving(),
        ScriptTopic::CallOptions => call_options(),
        ScriptTopic::Confirm => confirm(),
        ScriptTopic::Usable => usable(),
        ScriptTopic::Wait => wait(),
        ScriptTopic::Stored => stored(),
        ScriptTopic::Known => known(release),
        ScriptTopic::State => state(release),
        ScriptTopic::Connect => connect(),
        ScriptTopic::ConnectAll => connect_all(),
        ScriptTopic::ConnectListed => connect_listed(),
        ScriptTopic::WaitForAll => wait_for_all(),
        ScriptTopic::Verify => verify(),
        ScriptTopic::Unplanned => unplanned(),
        ScriptTopic::Verdict => verdict(),
        ScriptTopic::Disable => disable(),
        ScriptTopic::DisableReadBack => disable_read_back(tool),
        ScriptTopic::SharedNamespaces => shared_namespaces(),
        ScriptTopic::LookForNamespaces => look_for_namespaces(),
        ScriptTopic::LookForUsers => look_for_users(),
        ScriptTopic::OwnNamespaces => own_namespaces(),
        ScriptTopic::Keep => keep(release),
        ScriptTopic::LookForOwn => look_for_own(),
        ScriptTopic::Remove => remove(release),
        ScriptTopic::RemoveThere => remove_there(),
        ScriptTopic::RemoveAll => remove_all(release),
        ScriptTopic::TakeOutConfirm => take_out_confirm(),
        ScriptTopic::TakeOut => take_out(),
        ScriptTopic::Restart => restart(),
        ScriptTopic::WithinAMinute => within_a_minute(),
        ScriptTopic::NotAtOnce => not_at_once(),
    }
}

const fn interpreter() -> Text {
    text(
        "For any POSIX shell",
        "Lets the system run the script with `sh`. It needs nothing of bash, and beside the tool only `sed`, `awk` and `sleep`.",
        "It never needs to.",
    )
}

const fn title() -> Text {
    text(
        "What the script does",
        "One sentence for whoever finds this file later: what it does, and to which clusters.",
        FOLLOWS,
    )
}

const fn remark() -> Text {
    text(
        "When it refuses, and what it asks",
        "What must be so before the script changes anything, and what its exit status tells.",
        SAME,
    )
}

const fn run_again() -> Text {
    text(
        "Safe to run again",
        "Whatever was done already is found done. Run it from where everything below can be reached.",
        "For another place, fill in the admin address of each cluster, or choose the scripts that call the tool in a container.",
    )
}

const fn made_for() -> Text {
    text(
        "For which release",
        "Commands and answers differ between releases. Of several, this is the oldest of all clusters: what it can do, they \
         all can.",
        "After an upgrade, choose the new release and export the script again.",
    )
}

const fn credentials(tool: Tool) -> Text {
    text(
        "Certificates and passwords",
        match tool {
            Tool::Tctl => {
                "None of them stands in this file. `tctl` takes them from its environment, and the script hands what is in \
                 `MULTICLUSTER_FLAGS` to every call, before the command."
            }
            Tool::Temporal => {
                "None of them stands in this file. `temporal` takes them from its environment, and the script hands what is in \
                 `MULTICLUSTER_FLAGS` to every call, behind the command."
            }
        },
        "At every run: they are read anew.",
    )
}

const fn options() -> Text {
    text(
        "Stop at the first mistake",
        "Ends the script at the first command that fails (`-e`) and at a variable that is not set (`-u`), so that nothing is done \
         on top of a mistake.",
        "Keep it: without it the script would go on after a failure.",
    )
}

const fn increment() -> Text {
    text(
        "The increment of the plan",
        "What each cluster says of its increment is compared with it, before anything is changed.",
        FOLLOWS,
    )
}

const fn clusters() -> Text {
    text(
        "The table of the clusters",
        "A function that calls what it is given once for each cluster, with its five values. The script grows by one row for each \
         cluster, not by one for each pair.",
        FOLLOWS,
    )
}

const fn cluster() -> Text {
    text(
        "A cluster of the plan",
        "Its name, initial failover version, history shards, the address for this script and the address for the other clusters.",
        "The addresses, at any time. The other values only while the cluster has never been started.",
    )
}

const fn place() -> Text {
    text(
        "Where the tool of a cluster runs",
        "In which container or pod the tool is called for this cluster, and the address at which it reaches the frontend from there.",
        "At any time: here, or by a variable of this name, which wins.",
    )
}

const fn shell_check() -> Text {
    text(
        "For ShellCheck",
        "Tells the program that checks scripts that a name below is meant as it stands. Shells pass over it.",
        FOLLOWS,
    )
}

const fn seen() -> Text {
    text(
        "Addresses as others see them",
        "A cluster that dials another one elsewhere than at the address above: through a gateway, or out of a container.",
        FOLLOWS,
    )
}

const fn as_seen() -> Text {
    text(
        "The address as it is seen",
        "Looks up in the table where the first cluster reaches the second one. What is not there is as above.",
        "Never.",
    )
}

const fn leaving() -> Text {
    text(
        "The table of what leaves",
        "The clusters that were read and are not in the plan: a function that calls what it is given once for each.",
        FOLLOWS,
    )
}

const fn leaving_cluster() -> Text {
    text(
        "A cluster that leaves",
        "Its name and number as they were read, and where it was reached. `-` stands for what was not read: there nobody answers.",
        "To keep the cluster, add it to the plan and export the script again.",
    )
}

const fn connections() -> Text {
    text(
        "The table of connections to make",
        "Only those that are missing, turned off, not as planned, or were not read: a function that calls what it is given once \
         for each.",
        FOLLOWS,
    )
}

const fn connection() -> Text {
    text(
        "A connection to make",
        "The cluster that is told, and the one that it is told of. Each direction is a row of its own.",
        FOLLOWS,
    )
}

const fn ask(tool: Tool) -> Text {
    text(
        "The call of the tool",
        match tool {
            Tool::Tctl => {
                "Every call of `tctl` in this script goes through here. The flags of the environment stand before the command: behind \
                 it, `tctl` does not know them."
            }
            Tool::Temporal => {
                "Every call of `temporal` in this script goes through here, with the flags of the environment behind it."
            }
        },
        "Where the tool has another name or must be run elsewhere, this is the one place to change.",
    )
}

const fn fail() -> Text {
    text(
        "The end over an error",
        "Prints why the script cannot go on, and ends it with exit status 1.",
        SAME,
    )
}

const fn pairs() -> Text {
    text(
        "Every cluster with every other one",
        "Runs through the table twice, so that both directions of each pair are met: a connection in one direction only is noticed \
         by no server.",
        SAME,
    )
}

const fn each_of() -> Text {
    text(
        "Every connection of the table",
        "Looks up both clusters of each row, and hands their values on.",
        SAME,
    )
}

const fn each_leaving_pair() -> Text {
    text(
        "What stays with what leaves",
        "Runs through both tables, in both directions: those that stay forget those that leave, and the other way round.",
        SAME,
    )
}

const fn json(tool: Tool) -> Text {
    text(
        "A name as the tool prints it",
        match tool {
            Tool::Tctl => {
                "Escapes a name as `tctl` does in its JSON, with `&`, `<` and `>` among what is escaped, so that it is found there."
            }
            Tool::Temporal => {
                "Escapes a name as `temporal` does in its JSON, so that it is found there."
            }
        },
        SAME,
    )
}

const fn keys(tool: Tool) -> Text {
    text(
        "The keys in the list of clusters",
        match tool {
            Tool::Tctl => {
                "What `tctl` calls the name, the address and the state of a connection, in its own spelling."
            }
            Tool::Temporal => {
                "What `temporal` calls the name, the address and the state of a connection, in its own spelling."
            }
        },
        SAME,
    )
}

fn shards(release: ServerVersion) -> Text {
    text(
        "Which numbers of shards go together",
        if release.has(Capability::AcceptsMultipleShardCounts) {
            "Of any two clusters, one number of history shards must be a multiple of the other: servers of this release refuse \
             other connections."
        } else {
            "All numbers of history shards must be equal: servers of this release refuse other connections. From 1.20 on, \
             multiples will do."
        },
        "Never: the number of shards of a cluster is fixed at its first start.",
    )
}

const fn no_answer() -> Text {
    text(
        "A cluster that does not answer",
        "Says where it was asked and what came back. Where connections are turned off or removed, it also says what is done about a \
         cluster that is lost.",
        SAME,
    )
}

const fn check() -> Text {
    text(
        "Compare a cluster with the plan",
        "Asks a cluster for what it is, and compares name, numbers, shards and `enableGlobalNamespace` with the plan, all of them, so \
         that every problem is told at once. A wrong address often reaches a cluster that works, and is another one.",
        SAME,
    )
    .guide("The guide checks nothing: its commands believe that each address leads to the cluster that was meant.")
}

const fn check_all() -> Text {
    text(
        "All clusters, or nothing",
        "Compares every cluster, and ends the script if there was any problem. So nothing is ever done by half.",
        SAME,
    )
}

const fn check_now() -> Text {
    text(
        "From here on it is looked",
        "Runs the comparison of all clusters. Only below this line is anything changed.",
        SAME,
    )
}

const fn check_leaving() -> Text {
    text(
        "Whether what leaves still answers",
        "A cluster that is lost can be taken out too. If one answers, it must be the one that was read; if not, only the others \
         forget it.",
        SAME,
    )
}

const fn call_options() -> Text {
    text(
        "What it is called with",
        "Reads the options: `-y` goes on without the question, `--connect-only` stops before anything is taken out, and \
         `--give-up-namespaces` lets namespaces end with what leaves. At any other word the script ends, and has changed nothing.",
        SAME,
    )
}

const fn confirm() -> Text {
    text(
        "Ask before going on",
        "Waits for `y` on the terminal. Where there is none, it stops: nothing is removed because nobody was there to ask.",
        "Call the script with `-y` to go on without the question.",
    )
}

const fn usable() -> Text {
    text(
        "Whether a connection can be used",
        "What a list of clusters shows is what is stored, not what the servers use yet. So each is asked for a namespace that it must \
         refuse, and why it refuses tells.",
        SAME,
    )
}

const fn wait() -> Text {
    text(
        "Wait until it can be used",
        "Servers read their connections once a minute. Asks every two seconds, for two minutes at most, and then says what hinders it.",
        SAME,
    )
    .guide("The guide goes on at once, and its next command is refused: `Invalid cluster name`.")
}

const fn stored() -> Text {
    text(
        "What one has stored of another",
        "Reads the address and the state of one connection out of the list of clusters. A state that is not printed means that the \
         connection is off.",
        SAME,
    )
}

fn known(release: ServerVersion) -> Text {
    text(
        "Whether one knows another",
        if release.has(Capability::ListsClusters) {
            "Whether the list of clusters has the other one's name in it."
        } else {
            "Servers of this release do not list what they know, so the other one is asked for by its name."
        },
        SAME,
    )
}

fn state(release: ServerVersion) -> Text {
    text(
        "The state of a connection in words",
        if release.has(Capability::ListsClusters) {
            "Tells the first thing that keeps the connection from being used, and what to do: not there, turned off, another address \
             than planned, or not read by the servers yet."
        } else {
            "Tells what keeps the connection from being used, as far as servers of this release say: neither the address nor whether \
             it is on."
        },
        SAME,
    )
}

const fn connect() -> Text {
    text(
        "Make one connection",
        "Calls the tool for one direction. If the server refuses, the script ends there, with what the tool printed above it.",
        "Yes: run with another address, it puts that in the place of the old one.",
    )
}

const fn connect_all() -> Text {
    text(
        "Make all connections",
        "Connects every cluster to every other one. What was connected already is only told again.",
        "Yes: `disable.sh` turns the connections off, and `remove.sh` removes them.",
    )
    .guide("The guide connects two clusters; with more, each pair needs both directions.")
}

const fn connect_listed() -> Text {
    text(
        "Make the connections of the table",
        "Connects what is in the table, and leaves every other connection alone.",
        "Yes: a change to the plan of before takes them back.",
    )
}

const fn wait_for_all() -> Text {
    text(
        "Wait for all of them",
        "Waits for one connection after the other. When this line is printed, namespaces can be created.",
        "It changes nothing: the connections are made by then, whether it is waited for or not.",
    )
}

const fn verify() -> Text {
    text(
        "Compare every connection",
        "Prints a row for each direction: from, to, the address of the plan, and `works` or what keeps it from working.",
        "It changes nothing, and can be run at any time.",
    )
}

const fn unplanned() -> Text {
    text(
        "Connections that nobody planned",
        "Looks for clusters that are stored somewhere and are not in the plan. They count as a problem.",
        "It changes nothing. To remove them, import what the clusters list, and follow the change.",
    )
}

const fn verdict() -> Text {
    text(
        "The result",
        "Ends with exit status 1 if anything was not as planned, so that other programs can rely on it.",
        SAME,
    )
}

const fn disable() -> Text {
    text(
        "Turn the connections off",
        "Asks, checks all clusters, and then turns off each direction. Servers dial the other cluster even for this, so all must run.",
        "Yes: `connect.sh` turns them on again. What happens meanwhile is not replicated later by itself.",
    )
}

const fn disable_read_back(tool: Tool) -> Text {
    text(
        "Read back that they are off",
        match tool {
            Tool::Tctl => {
                "Reads what is stored now. An exit status of 0 alone tells nothing: misspelt, the flag leaves a connection on, and \
                 `tctl` is content."
            }
            Tool::Temporal => {
                "Reads what is stored now, as an exit status of 0 alone tells nothing."
            }
        },
        SAME,
    )
}

const fn shared_namespaces() -> Text {
    text(
        "Namespaces in several clusters",
        "Finds the namespaces of a cluster that are in more than one, in what the tool lists.",
        SAME,
    )
}

const fn look_for_namespaces() -> Text {
    text(
        "Refuse while namespaces need it",
        "Ends the script, with their names, while any namespace is in more than one cluster: without the connections it could no \
         longer be changed.",
        "Let each namespace be in one cluster only; then it goes on.",
    )
    .guide("The guide removes connections without a word about namespaces.")
}

const fn look_for_users() -> Text {
    text(
        "Refuse while namespaces are in what leaves",
        "Ends the script, with their names, while any namespace is in a cluster that leaves and in another one.",
        "Let each of them leave that cluster; then it goes on.",
    )
}

const fn own_namespaces() -> Text {
    text(
        "Namespaces that nobody else has",
        "Finds the namespaces of a cluster that are active in none that stays, in what the tool lists. No other cluster may know them.",
        SAME,
    )
}

fn keep(release: ServerVersion) -> Text {
    text(
        "How a namespace is kept",
        if release.has(Capability::ShrinksNamespaces) {
            "Says what must be done before the cluster leaves: the namespace becomes global, is given a cluster that stays, with its \
             workflows, and is made active there."
        } else {
            "Says that the cluster must stay: in this release no namespace can leave it."
        },
        "It only prints what stands there.",
    )
}

const fn look_for_own() -> Text {
    text(
        "Refuse while anything would end with it",
        "Asks each cluster that leaves for the namespaces that nobody else goes on with, and ends the script, with their names, while \
         there are any. One that does not answer cannot be asked, which is said.",
        "Move them, delete them, or call the script with `--give-up-namespaces`.",
    )
}

fn remove(release: ServerVersion) -> Text {
    text(
        "Remove one connection",
        if release.has(Capability::GuardsRemoval) {
            "Makes one cluster forget the other, if it knows it. The server refuses while a namespace uses it, by what it saw some \
             seconds ago, so the script asks a few times before it takes a refusal for real."
        } else {
            "Makes one cluster forget the other, if it knows it, and asks a few times before it takes a refusal for real."
        },
        if release.has(Capability::RefreshesConnections) {
            "Yes: connect it again, but not within the next minute."
        } else {
            "Yes: connect it again."
        },
    )
}

const fn remove_there() -> Text {
    text(
        "Remove one in a cluster that leaves",
        "Makes a cluster that leaves forget another one, if it still answers: a lost one has nothing to forget.",
        "Yes: add the cluster to the plan again, and connect it.",
    )
}

fn remove_all(release: ServerVersion) -> Text {
    text(
        "Remove all connections",
        "Asks, checks all clusters, looks for namespaces that use the connections, and removes both directions of each pair.",
        if release.has(Capability::RefreshesConnections) {
            "Yes: `connect.sh` makes them again, but not within the next minute."
        } else {
            "Yes: `connect.sh` makes them again."
        },
    )
}

const fn take_out_confirm() -> Text {
    text(
        "Ask before anything is removed",
        "Says what is about to be removed, waits for an answer, and looks at the clusters that leave.",
        "Call the script with `-y` to go on without the question.",
    )
}

const fn take_out() -> Text {
    text(
        "Take the clusters out",
        "Not with `--connect-only`. First looks for namespaces that are in them, in every cluster that stays and in those that leave. Then \
         the ones forget the others.",
        "Yes: add them to the plan again, before anything else has changed.",
    )
}

const fn restart() -> Text {
    text(
        "Restart the servers",
        "Servers of this release read their connections when they start, and not again: until then nothing has changed for them.",
        "From 1.14.4 on, servers read them once a minute.",
    )
    .guide("The guide does not mention the restart.")
}

const fn within_a_minute() -> Text {
    text(
        "When the servers know",
        "Each server process reads its connections once a minute, so that for up to a minute some still use the old ones.",
        PRINTS,
    )
}

const fn not_at_once() -> Text {
    text(
        "Not again at once",
        "A server that has not seen the removal yet takes a connection that is made anew for an older one, and never uses it. A \
         minute later it is as if there had been none.",
        PRINTS,
    )
}
