//! The scripts: `connect.sh`, `verify.sh`, `disable.sh` and `remove.sh`; `change.sh` is in a file of its own.
//!
//! A tool that is not on this machine is called through another program: `caller.rs`.
//!
//! Each is a table of the clusters, the commands of the chosen tool as functions of one line, and
//! parts: the `.sh` files in this folder, which the scripts share. So a script grows with the number
//! of clusters, not with the number of pairs, and what is done to each of them is read once. POSIX `sh`
//! only.

mod caller;
mod change;
mod highlight;
mod table;

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, ServerVersion};

use super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::commands::{Commands, tls_flags};
use super::shell::{Argument, quote};
use super::topic::{CommandTopic, ScriptTopic, Topic};
pub(super) use caller::Caller;
pub(super) use change::change;
use highlight::{shell_line, shell_lines};

/// A piece of a script: what it is about, its text, and the commands that it calls.
#[derive(Clone, Copy)]
struct Part(ScriptTopic, &'static str, &'static [Call]);

/// A command of the tool as a function of the script.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Call {
    Health,
    Describe,
    DescribeOther,
    List,
    Probe,
    Enable,
    Disable,
    Forget,
    Namespaces,
}

const FAIL: Part = Part(ScriptTopic::Fail, include_str!("fail.sh"), &[]);
const PAIRS: Part = Part(ScriptTopic::Pairs, include_str!("pairs.sh"), &[]);
const PAIRS_SEEN: Part = Part(ScriptTopic::Pairs, include_str!("pairs_seen.sh"), &[]);
const AS_SEEN: Part = Part(ScriptTopic::AsSeen, include_str!("as_seen.sh"), &[]);
const CHECK: Part = Part(
    ScriptTopic::Check,
    include_str!("check.sh"),
    &[Call::Health, Call::Describe, Call::Probe],
);
const NO_ANSWER: Part = Part(ScriptTopic::NoAnswer, include_str!("no_answer.sh"), &[]);
const SHARDS_EQUAL: Part = Part(ScriptTopic::Shards, include_str!("shards_equal.sh"), &[]);
const SHARDS_MULTIPLES: Part = Part(
    ScriptTopic::Shards,
    include_str!("shards_multiples.sh"),
    &[],
);
const CHECK_ALL: Part = Part(ScriptTopic::CheckAll, include_str!("check_all.sh"), &[]);
const CONFIRM: Part = Part(ScriptTopic::Confirm, include_str!("confirm.sh"), &[]);
const USABLE: Part = Part(
    ScriptTopic::Usable,
    include_str!("usable.sh"),
    &[Call::Probe],
);
const WAIT: Part = Part(ScriptTopic::Wait, include_str!("wait.sh"), &[]);
const STORED: Part = Part(
    ScriptTopic::Stored,
    include_str!("stored.sh"),
    &[Call::List],
);
const KNOWN_LISTED: Part = Part(ScriptTopic::Known, include_str!("known_listed.sh"), &[]);
const KNOWN_UNLISTED: Part = Part(
    ScriptTopic::Known,
    include_str!("known_unlisted.sh"),
    &[Call::DescribeOther],
);
const STATE_LISTED: Part = Part(ScriptTopic::State, include_str!("state_listed.sh"), &[]);
const STATE_UNLISTED: Part = Part(ScriptTopic::State, include_str!("state_unlisted.sh"), &[]);
const CONNECT: Part = Part(
    ScriptTopic::Connect,
    include_str!("connect.sh"),
    &[Call::Enable],
);
const CHECK_NOW: Part = Part(ScriptTopic::CheckNow, include_str!("check_now.sh"), &[]);
const CONNECT_ALL: Part = Part(ScriptTopic::ConnectAll, include_str!("connect_all.sh"), &[]);
const CONNECT_WAIT: Part = Part(
    ScriptTopic::WaitForAll,
    include_str!("connect_wait.sh"),
    &[],
);
const VERIFY: Part = Part(ScriptTopic::Verify, include_str!("verify.sh"), &[]);
const UNPLANNED: Part = Part(ScriptTopic::Unplanned, include_str!("unplanned.sh"), &[]);
const VERDICT: Part = Part(ScriptTopic::Verdict, include_str!("verdict.sh"), &[]);
const DISABLE: Part = Part(
    ScriptTopic::Disable,
    include_str!("disable.sh"),
    &[Call::Disable],
);
const DISABLE_READ_BACK: Part = Part(
    ScriptTopic::DisableReadBack,
    include_str!("disable_read_back.sh"),
    &[],
);
const LOOK_FOR_NAMESPACES: Part = Part(
    ScriptTopic::LookForNamespaces,
    include_str!("look_for_namespaces.sh"),
    &[],
);
const REMOVE: Part = Part(
    ScriptTopic::Remove,
    include_str!("remove.sh"),
    &[Call::Forget],
);
const REMOVE_ALL: Part = Part(ScriptTopic::RemoveAll, include_str!("remove_all.sh"), &[]);
const RESTART: Part = Part(ScriptTopic::Restart, include_str!("restart.sh"), &[]);
const WITHIN_A_MINUTE: Part = Part(
    ScriptTopic::WithinAMinute,
    include_str!("within_a_minute.sh"),
    &[],
);
const NOT_AT_ONCE: Part = Part(ScriptTopic::NotAtOnce, include_str!("not_at_once.sh"), &[]);

/// The parameters of the functions that call the tool; the first is where the cluster is reached.
const FIRST: Argument = Argument::Shell("\"$1\"");
const SECOND: Argument = Argument::Shell("\"$2\"");
const THIRD: Argument = Argument::Shell("\"$3\"");
/// The namespace that is asked for and never created: see `usable.sh`.
const PROBE: Argument = Argument::Shell("multicluster-probe");

/// What a script becomes.
pub(super) struct File {
    pub(super) id: ArtifactId,
    pub(super) name: Rc<str>,
    /// How it calls the tool.
    pub(super) caller: Caller,
}

/// Writes `connect.sh`.
pub(super) fn connect(plan: &Plan, as_file: File) -> Artifact {
    let title = format!("Connects {}, in both directions.", subject(plan));
    let remarks = ["Changes nothing unless every cluster answers and is the one that was planned."];
    let mut parts = check_parts(plan, NO_ANSWER);
    parts.push(CHECK_ALL);
    if refreshes(plan) {
        parts.extend([USABLE, WAIT, CONNECT, CHECK_NOW, CONNECT_ALL, CONNECT_WAIT]);
    } else {
        parts.extend([CONNECT, CHECK_NOW, CONNECT_ALL, RESTART]);
    }
    script(plan, as_file, &title, &remarks, &parts)
}

/// Writes `verify.sh`.
pub(super) fn verify(plan: &Plan, as_file: File) -> Artifact {
    let title = format!("Compares {} with the plan. Changes nothing.", subject(plan));
    let remarks = ["The exit status is 0 if everything is as planned, and 1 if not."];
    let mut parts = check_parts(plan, NO_ANSWER);
    parts.push(USABLE);
    parts.extend(knowledge(plan));
    if lists(plan) {
        parts.extend([STATE_LISTED, VERIFY, UNPLANNED]);
    } else {
        parts.extend([STATE_UNLISTED, VERIFY]);
    }
    parts.push(VERDICT);
    script(plan, as_file, &title, &remarks, &parts)
}

/// Writes `disable.sh`.
pub(super) fn disable(plan: &Plan, as_file: File) -> Artifact {
    let title = format!("Turns off the connections between {}.", subject(plan));
    let remarks = [
        "They stay known: connect.sh turns them on again. Asks first; -y goes on without.",
        "All clusters must answer: even to turn a connection off, a server first asks the other one.",
    ];
    let mut parts = check_parts(plan, lost(plan));
    parts.extend([CHECK_ALL, CONFIRM]);
    if lists(plan) {
        parts.extend([keys(plan.tool), STORED, DISABLE, DISABLE_READ_BACK]);
    } else {
        parts.push(DISABLE);
    }
    parts.push(when_read(plan));
    script(plan, as_file, &title, &remarks, &parts)
}

/// Writes `remove.sh`.
pub(super) fn remove(plan: &Plan, as_file: File) -> Artifact {
    let title = format!("Removes the connections between {}.", subject(plan));
    let remarks =
        ["Refuses while a namespace is in more than one cluster. Asks first; -y goes on without."];
    let mut parts = check_parts(plan, lost(plan));
    parts.extend([CHECK_ALL, CONFIRM]);
    parts.extend(removal(plan));
    parts.extend([LOOK_FOR_NAMESPACES, REMOVE, REMOVE_ALL, when_read(plan)]);
    if refreshes(plan) {
        parts.push(NOT_AT_ONCE);
    }
    script(plan, as_file, &title, &remarks, &parts)
}

/// What every script begins with: nothing is changed, and nothing believed, before every cluster
/// was looked at.
fn check_parts(plan: &Plan, no_answer: Part) -> Vec<Part> {
    let mut parts = vec![FAIL];
    if sees_otherwise(plan) {
        parts.extend([PAIRS_SEEN, AS_SEEN]);
    } else {
        parts.push(PAIRS);
    }
    parts.extend([json(plan.tool), shards(plan), no_answer, CHECK]);
    parts
}

/// What is said where a cluster that is lost hinders, and starting it is no way out.
fn lost(plan: &Plan) -> Part {
    let text = match plan.tool {
        _ if !plan.release.has(Capability::ShrinksNamespaces) => include_str!("lost_and_kept.sh"),
        Tool::Tctl => include_str!("lost_tctl.sh"),
        Tool::Temporal => include_str!("lost_temporal.sh"),
    };
    Part(ScriptTopic::NoAnswer, text, &[])
}

/// Whether any cluster reaches another one elsewhere than at its RPC address.
fn sees_otherwise(plan: &Plan) -> bool {
    let mut clusters = plan.clusters.iter();
    clusters.any(|cluster| !cluster.member.seen_from.is_empty())
}

/// Which numbers of shards go together.
fn shards(plan: &Plan) -> Part {
    if plan.release.has(Capability::AcceptsMultipleShardCounts) {
        SHARDS_MULTIPLES
    } else {
        SHARDS_EQUAL
    }
}

/// Whether servers read changed connections without a restart.
fn refreshes(plan: &Plan) -> bool {
    plan.release.has(Capability::RefreshesConnections)
}

/// Whether servers list what they have stored.
fn lists(plan: &Plan) -> bool {
    plan.release.has(Capability::ListsClusters)
}

fn when_read(plan: &Plan) -> Part {
    if refreshes(plan) {
        WITHIN_A_MINUTE
    } else {
        RESTART
    }
}

/// What tells whether and how one cluster knows another one.
fn knowledge(plan: &Plan) -> Vec<Part> {
    if lists(plan) {
        vec![keys(plan.tool), STORED]
    } else {
        vec![KNOWN_UNLISTED]
    }
}

/// What tells whether a connection is there to be removed, and which namespaces use it.
fn removal(plan: &Plan) -> Vec<Part> {
    let mut parts = knowledge(plan);
    if lists(plan) {
        parts.push(KNOWN_LISTED);
    }
    parts.push(shared_namespaces(plan.tool));
    parts
}

const fn json(tool: Tool) -> Part {
    match tool {
        Tool::Tctl => Part(ScriptTopic::Json, include_str!("json_tctl.sh"), &[]),
        Tool::Temporal => Part(ScriptTopic::Json, include_str!("json_temporal.sh"), &[]),
    }
}

const fn keys(tool: Tool) -> Part {
    match tool {
        Tool::Tctl => Part(ScriptTopic::Keys, include_str!("keys_tctl.sh"), &[]),
        Tool::Temporal => Part(ScriptTopic::Keys, include_str!("keys_temporal.sh"), &[]),
    }
}

const fn shared_namespaces(tool: Tool) -> Part {
    match tool {
        Tool::Tctl => Part(
            ScriptTopic::SharedNamespaces,
            include_str!("shared_namespaces_tctl.sh"),
            &[Call::Namespaces],
        ),
        Tool::Temporal => Part(
            ScriptTopic::SharedNamespaces,
            include_str!("shared_namespaces_temporal.sh"),
            &[Call::Namespaces],
        ),
    }
}

impl Call {
    /// Every call, in the order in which the functions stand in a script.
    const ALL: [Self; 9] = [
        Self::Health,
        Self::Describe,
        Self::DescribeOther,
        Self::List,
        Self::Probe,
        Self::Enable,
        Self::Disable,
        Self::Forget,
        Self::Namespaces,
    ];

    /// The function's name.
    const fn name(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Describe => "describe",
            Self::DescribeOther => "describe_other",
            Self::List => "list",
            Self::Probe => "probe",
            Self::Enable | Self::Disable => "upsert",
            Self::Forget => "forget",
            Self::Namespaces => "namespaces",
        }
    }

    fn command(self, tool: Tool, caller: Caller) -> Line {
        let commands = Commands::in_script(tool, "ask");
        let there = caller.address();
        match self {
            Self::Health => commands.health(there),
            Self::Describe => commands.describe(there),
            Self::DescribeOther => commands.describe_other(there, SECOND),
            Self::List => commands.list(there),
            Self::Probe => commands.create_namespace(there, PROBE, SECOND, std::iter::once(THIRD)),
            Self::Enable => commands.upsert(there, SECOND, true),
            Self::Disable => commands.upsert(there, SECOND, false),
            Self::Forget => commands.remove(there, SECOND),
            Self::Namespaces => commands.list_namespaces(there),
        }
    }
}

/// A script that is the same for everybody.
pub(super) fn shell_text(text: &'static str) -> Vec<Line> {
    text.lines().map(shell_line).collect()
}

fn script(
    plan: &Plan,
    File { id, name, caller }: File,
    title: &str,
    remarks: &[&str],
    parts: &[Part],
) -> Artifact {
    let mut lines = head(plan, caller, title, remarks, parts);
    lines.extend(caller.places(plan));
    lines.extend(table::clusters(plan, caller, plan.clusters.iter()));
    lines.extend(table::seen(plan));
    lines.extend(body(plan, caller, parts));
    Artifact { id, name, lines }
}

/// Whether any part calls a command.
fn calls(parts: &[Part], call: Call) -> bool {
    parts.iter().any(|part| part.2.contains(&call))
}

/// The functions that call the tool, and the parts that call them.
fn body(plan: &Plan, caller: Caller, parts: &[Part]) -> Vec<Line> {
    let tool = plan.tool;
    let mut lines = ask_with_files(plan, caller);
    if lines.is_empty() {
        lines.extend(shell_lines(caller.ask(tool)));
    }
    for call in Call::ALL.into_iter().filter(|call| calls(parts, *call)) {
        lines.push(function(call, tool, caller));
    }
    lines.push(Line::default());
    lines.extend(parts.iter().flat_map(|part| shell_lines(*part)));
    lines
}

/// The function that calls the tool with the TLS files of the person who runs the script; nothing where
/// none are stated, or the tool runs elsewhere.
fn ask_with_files(plan: &Plan, caller: Caller) -> Vec<Line> {
    let flags = tls_flags(plan.tool, &plan.tool_tls);
    if caller != Caller::Person || flags.is_empty() {
        return Vec::new();
    }
    let program = plan.tool.program();
    let call = Line::default().plain("  ").push(Kind::Command, program);
    let with_files = |line: Line| {
        let flags = flags.iter();
        flags.fold(line, |line, (flag, value)| {
            line.plain(" ")
                .push(Kind::Flag, *flag)
                .plain(" ")
                .push(Kind::Text, quote(value))
        })
    };
    let own = |line: Line| line.plain(" ${MULTICLUSTER_FLAGS-}");
    let given = |line: Line| line.plain(" \"$@\"");
    let call = match plan.tool {
        Tool::Tctl => given(own(with_files(call))),
        Tool::Temporal => own(with_files(given(call))),
    };
    let topic = ScriptTopic::Ask;
    let about = Topic::Script(topic);
    vec![
        comment(
            topic,
            &format!(
                "Calls {program} with the TLS files that are stated, and the flags of the environment."
            ),
        ),
        Line::default()
            .push(Kind::Command, "ask")
            .plain("() {")
            .about(about),
        Line::default()
            .push(
                Kind::Comment,
                "  # shellcheck disable=SC2086 # split into words on purpose",
            )
            .about(about),
        call.about(about),
        Line::default().plain("}").about(about),
    ]
}

/// The first line, and what the script does, for which release and with which tool.
/// What looks like a change to who reads the commands, and is none.
const ASKS: &str =
    "To learn what a server knows, it asks for a namespace that every server refuses to register.";

fn head(plan: &Plan, caller: Caller, title: &str, remarks: &[&str], parts: &[Part]) -> Vec<Line> {
    let (release, tool) = (plan.release.range().label, plan.tool.program());
    let mut lines = vec![
        Line::default()
            .push(Kind::Comment, "#!/bin/sh")
            .about(Topic::Script(ScriptTopic::Interpreter)),
        comment(ScriptTopic::Title, title).from(Path::Clusters),
    ];
    let remark = |remark: &&str| comment(ScriptTopic::Remark, remark);
    let asks = calls(parts, Call::Probe).then_some(&ASKS);
    lines.extend(remarks.iter().chain(asks).map(remark));
    lines.push(comment(ScriptTopic::RunAgain, caller.run_again()));
    let made_for = format!("For Temporal {release}, with {tool}{}.", caller.through());
    lines.push(comment(ScriptTopic::MadeFor, &made_for).from(Path::ServerVersion));
    let releases = releases(plan);
    if releases != release {
        let mixed =
            format!("The clusters run {releases}: what the oldest of them can do, they all can.");
        lines.push(comment(ScriptTopic::MadeFor, &mixed).from(Path::ServerVersion));
    }
    lines.extend(credentials(plan.tool).map(|line| line.from(Path::Tool)));
    lines.extend([
        Line::default()
            .push(Kind::Keyword, "set")
            .plain(" -eu")
            .about(Topic::Script(ScriptTopic::Options)),
        Line::default(),
    ]);
    lines
}

/// How the tool, wherever it runs, is told what it needs to be let in.
fn credentials(tool: Tool) -> [Line; 3] {
    let (program, variable) = (tool.program(), tool.tls_variable());
    let topic = ScriptTopic::Credentials;
    [
        Line::default()
            .push(Kind::Comment, "#")
            .about(Topic::Script(topic)),
        comment(
            topic,
            &format!(
                "TLS and credentials: in the environment of {program}, such as {variable}, or as flags"
            ),
        ),
        comment(
            topic,
            "for every call in MULTICLUSTER_FLAGS, separated by spaces.",
        ),
    ]
}

/// What a script is about: the names of two clusters, or how many there are.
pub(super) fn subject(plan: &Plan) -> String {
    match &*plan.clusters {
        [one] => one.name().to_string(),
        [one, other] => format!("{} and {}", one.name(), other.name()),
        many => format!("{} clusters", many.len()),
    }
}

/// The releases of all clusters, the oldest first.
pub(super) fn releases(plan: &Plan) -> String {
    let mut releases: Vec<ServerVersion> = plan.clusters.iter().map(Cluster::release).collect();
    releases.sort_unstable();
    let mut labels: Vec<&str> = releases.iter().map(|it| it.range().label).collect();
    labels.dedup();
    labels.join(" and ")
}

fn comment(topic: ScriptTopic, text: &str) -> Line {
    Line::default()
        .push(Kind::Comment, format!("# {text}"))
        .about(Topic::Script(topic))
}

fn function(call: Call, tool: Tool, caller: Caller) -> Line {
    let mut line = Line::default()
        .push(Kind::Command, call.name())
        .plain("() { ")
        .plain(caller.before_asking());
    let command = call.command(tool, caller);
    line.segments.extend(command.segments);
    line.plain("; }").about(match call {
        Call::Probe => Topic::Command(CommandTopic::Probe),
        _ => command.topic,
    })
}
