//! `connect.sh`, `disable.sh` and `remove.sh`.
//!
//! Each is a table of the clusters, a few short functions, and the calls that walk the table: the
//! script grows with the number of clusters, not with the number of pairs, and a person reads what
//! is done once. POSIX `sh` only. `"$@" …` in the table calls whatever the walk was asked to do.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::edit::ClusterField;
use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::Capability;

use super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::commands::Commands;
use super::shell::{Argument, quote};

/// The parameters of the functions that get one cluster.
const NAME: &str = "\"$1\"";
const ADMIN_ADDRESS: Argument = Argument::Shell("\"$2\"");
/// The parameters of the functions that get a cluster and another one.
const OTHER_NAME: &str = "\"$4\"";
const OTHER_RPC_ADDRESS: &str = "\"$6\"";

/// Writes `connect.sh`.
pub(super) fn connect(plan: &Plan, name: Rc<str>) -> Artifact {
    let commands = Commands(plan.tool);
    let mut lines = head(plan, "Connects", &[]);
    lines.extend(check(&commands));
    lines.extend(pair_function(
        "connect",
        &["Tells one cluster where another one is, and turns the connection on."],
        printf(
            "Connecting %s to %s at %s",
            &[NAME, OTHER_NAME, OTHER_RPC_ADDRESS],
        ),
        commands.upsert(ADMIN_ADDRESS, Argument::Shell(OTHER_RPC_ADDRESS), true),
    ));
    lines.extend(walk("connect"));
    lines.push(say(if plan.release.has(Capability::RefreshesConnections) {
        "Connected. It takes up to a minute until namespaces can use the connections."
    } else {
        "Connected. Now restart all servers of all clusters: this release reads connections at its start only."
    }));
    artifact(ArtifactId::Connect, name, lines)
}

/// Writes `disable.sh`.
pub(super) fn disable(plan: &Plan, name: Rc<str>) -> Artifact {
    let commands = Commands(plan.tool);
    let cost = [
        "What happens while the connections are off is not replicated later by itself, not even after",
        "connect.sh has turned them on again.",
    ];
    let mut lines = head(plan, "Turns off the connections between", &cost);
    lines.extend(check(&commands));
    lines.extend(pair_function(
        "disable",
        &[
            "Keeps what one cluster knows of another one, and turns the connection off.",
            match plan.tool {
                Tool::Tctl => {
                    "The equals sign is needed: with a space, as in the guide, the connection stays on."
                }
                Tool::Temporal => {
                    "The equals sign is needed: with a space, as in its own help, the tool stops with an error."
                }
            },
        ],
        printf("Disabling the connection of %s to %s", &[NAME, OTHER_NAME]),
        commands.upsert(ADMIN_ADDRESS, Argument::Shell(OTHER_RPC_ADDRESS), false),
    ));
    lines.extend(walk("disable"));
    lines.push(say(if plan.release.has(Capability::RefreshesConnections) {
        "Disabled. It takes up to a minute until replication stops."
    } else {
        "Disabled. Now restart all servers of all clusters: this release reads connections at its start only."
    }));
    artifact(ArtifactId::Disable, name, lines)
}

/// Writes `remove.sh`.
pub(super) fn remove(plan: &Plan, name: Rc<str>) -> Artifact {
    let commands = Commands(plan.tool);
    let order = [
        "First fail over and shrink every namespace that is in more than one cluster: RUNBOOK.md",
        if plan.release.has(Capability::GuardsRemoval) {
            "has the commands. The servers refuse while a namespace still uses a connection."
        } else {
            "has the commands. This release does not check that, and would leave the namespace broken."
        },
    ];
    let mut lines = head(plan, "Removes the connections between", &order);
    lines.extend(check(&commands));
    let mut removal = commands.remove(ADMIN_ADDRESS, Argument::Shell(OTHER_NAME));
    if plan.tool == Tool::Temporal {
        lines.extend(gone(&commands));
        removal = removal.plain(" || gone").arguments(&["\"$2\"", OTHER_NAME]);
    }
    lines.extend(pair_function(
        "remove",
        &["Makes one cluster forget another one."],
        printf("Removing %s from %s", &[OTHER_NAME, NAME]),
        removal,
    ));
    lines.extend(walk("remove"));
    lines.push(say("Removed."));
    artifact(ArtifactId::Remove, name, lines)
}

/// `temporal` calls it an error to remove a cluster that is not there, so that the script could not
/// be run twice. Just after an upsert it says the same of a cluster that is there: so the list decides.
fn gone(commands: &Commands) -> Vec<Line> {
    let list = commands.list_json(Argument::Shell("\"$1\""));
    let mut case = Line::default()
        .plain("  ")
        .push(Kind::Keyword, "case")
        .plain(" $(");
    case.segments.extend(list.segments);
    vec![
        comment(
            "Removing twice is no error: succeeds if cluster $2 is not in the list of the one at $1.",
        ),
        function("gone"),
        Line::default().plain(r#"  json_name=$(printf '%s' "$2" | sed 's/["\\]/\\&/g')"#),
        case.plain(") ").push(Kind::Keyword, "in"),
        Line::default().plain(r#"    *"\"clusterName\": \"$json_name\""*) return 1 ;;"#),
        Line::default().plain("    *clusterName*) echo \"It was removed before.\" ;;"),
        Line::default().plain("    *) return 1 ;;"),
        Line::default().plain("  ").push(Kind::Keyword, "esac"),
        end(),
        Line::default(),
    ]
}

const fn artifact(id: ArtifactId, name: Rc<str>, lines: Vec<Line>) -> Artifact {
    Artifact { id, name, lines }
}

/// The first line, what the script does to which clusters, and the table of the clusters.
fn head(plan: &Plan, verb: &str, remarks: &[&str]) -> Vec<Line> {
    let (clusters, tool) = (subject(plan), plan.tool.program());
    let release = plan.release.range().label;
    let mut lines = vec![
        Line::default().push(Kind::Comment, "#!/bin/sh"),
        comment(format!("{verb} {clusters}, in both directions.")),
    ];
    lines.extend(remarks.iter().map(|remark| comment(*remark)));
    lines.extend([
        comment(format!(
            "For Temporal {release}, with {tool}. Run it where every address below can be reached;"
        )),
        comment("it can be run again at any time."),
        Line::default().push(Kind::Keyword, "set").plain(" -eu"),
        Line::default(),
        comment("The clusters: name, address for this script, address for the other clusters."),
        function("each_cluster"),
    ]);
    lines.extend(plan.clusters.iter().map(row));
    lines.extend([end(), Line::default()]);
    lines
}

/// What a script is about: the names of two clusters, or how many there are.
pub(super) fn subject(plan: &Plan) -> String {
    match &*plan.clusters {
        [one] => one.name().to_string(),
        [one, other] => format!("{} and {}", one.name(), other.name()),
        many => format!("{} clusters, every one with every other", many.len()),
    }
}

fn row(cluster: &Cluster) -> Line {
    let member = &cluster.member;
    let values = [
        cluster.name().as_str(),
        cluster.admin_address().as_str(),
        cluster.rpc_address().as_str(),
    ];
    let line = Line::default()
        .plain("  ")
        .push(Kind::Variable, "\"$@\"")
        .from(Path::Cluster(member.index, member.id, ClusterField::Name));
    values.into_iter().fold(line, |line, value| {
        line.plain(" ").push(Kind::Text, quote(value))
    })
}

/// The function that stops the script while nothing is changed yet.
fn check(commands: &Commands) -> Vec<Line> {
    vec![
        comment("Every cluster must answer before anything is changed."),
        function("check"),
        indented(1, printf("Checking %s at %s", &[NAME, "\"$2\""])),
        indented(1, commands.health(ADMIN_ADDRESS)).plain(" || {"),
        indented(
            2,
            printf(
                "%s does not answer at %s. Nothing was changed.",
                &[NAME, "\"$2\""],
            ),
        )
        .plain(" >&2"),
        Line::default()
            .plain("    ")
            .push(Kind::Keyword, "exit")
            .plain(" 1"),
        Line::default().plain("  }"),
        end(),
        Line::default(),
    ]
}

/// A function that does `command` to a cluster, `$1` to `$3`, with another one, `$4` to `$6`.
fn pair_function(
    name: &'static str,
    what: &[&'static str],
    announcement: Line,
    command: Line,
) -> Vec<Line> {
    let mut lines: Vec<Line> = what.iter().map(|text| comment(*text)).collect();
    lines.extend([
        function(name),
        Line::default()
            .plain("  ")
            .push(Kind::Keyword, "if")
            .plain(" [ ")
            .push(Kind::Variable, NAME)
            .plain(" != ")
            .push(Kind::Variable, OTHER_NAME)
            .plain(" ]; ")
            .push(Kind::Keyword, "then"),
        indented(2, announcement),
        indented(2, command),
        Line::default().plain("  ").push(Kind::Keyword, "fi"),
        end(),
        Line::default()
            .push(Kind::Command, format!("{name}_with_others"))
            .plain("() { ")
            .push(Kind::Command, "each_cluster")
            .plain(format!(" {name} "))
            .push(Kind::Variable, "\"$@\"")
            .plain("; }"),
        Line::default(),
    ]);
    lines
}

/// The calls that check every cluster and then do something to every pair.
fn walk(name: &str) -> [Line; 2] {
    let each = |argument: String| {
        Line::default()
            .push(Kind::Command, "each_cluster")
            .plain(format!(" {argument}"))
    };
    [
        each("check".to_owned()),
        each(format!("{name}_with_others")),
    ]
}

fn comment(text: impl Into<String>) -> Line {
    Line::default().push(Kind::Comment, format!("# {}", text.into()))
}

fn function(name: &'static str) -> Line {
    Line::default().push(Kind::Command, name).plain("() {")
}

fn end() -> Line {
    Line::default().plain("}")
}

fn indented(depth: usize, line: Line) -> Line {
    let mut indented = Line::default().plain(if depth == 1 { "  " } else { "    " });
    indented.segments.extend(line.segments);
    indented
}

/// Prints a line.
fn printf(format: &'static str, values: &[&'static str]) -> Line {
    Line::default()
        .push(Kind::Keyword, "printf")
        .plain(" ")
        .push(Kind::Text, format!("'{format}\\n'"))
        .arguments(values)
}

fn say(text: &'static str) -> Line {
    Line::default()
        .push(Kind::Keyword, "echo")
        .plain(" ")
        .push(Kind::Text, quote(text))
}

impl Line {
    fn arguments(self, values: &[&'static str]) -> Self {
        let add = |line: Self, value: &&'static str| line.plain(" ").push(Kind::Variable, *value);
        values.iter().fold(self, add)
    }
}
