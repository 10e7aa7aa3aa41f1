//! `commands.txt`: the bare commands, one for every connection, as the guide prints them.
//!
//! They are pasted into whatever shell a person has in front of them. Where it takes no comments (`zsh`),
//! a comment is run as a command that does not exist; so the words of comments have nothing that means
//! anything to a shell. What takes connections away is a comment too, for whoever pastes everything: whole
//! commands, quoted as all others, which are one command `#` there.

use std::rc::Rc;

use crate::edit::ClusterField;
use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::Capability;

use super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::commands::Commands;
use super::shell::Argument;
use super::topic::{CommandTopic, Topic};

/// The number of lines grows with the number of pairs, and nobody pastes thousands: with more clusters
/// there are the scripts only.
pub(super) const MOST_CLUSTERS: usize = 12;

/// Writes `commands.txt`.
pub(super) fn plain_commands(plan: &Plan, name: Rc<str>) -> Artifact {
    let commands = Commands::of(plan);
    let mut lines = vec![
        comment(
            CommandTopic::ListIntroduction,
            "The bare commands, to paste line by line. The scripts beside this file do the same,",
        ),
        comment(
            CommandTopic::ListIntroduction,
            "look whether every cluster is the one that was planned, and wait where it is needed.",
        ),
    ];
    let upsert = |enable| {
        let commands = &commands;
        move |at: &Cluster, other: &Cluster| {
            let command =
                commands.upsert(admin(at), value(other.address_from(at).as_str()), enable);
            command.from(other.member.path(ClusterField::RpcAddress))
        }
    };
    let remove = |at: &Cluster, other: &Cluster| {
        let command = commands.remove(admin(at), value(other.name().as_str()));
        command.from(other.member.path(ClusterField::Name))
    };
    let look = plan.clusters.iter().map(|cluster| {
        let command = if plan.release.has(Capability::ListsClusters) {
            commands.list(admin(cluster))
        } else {
            commands.describe(admin(cluster))
        };
        command.from(cluster.admin_path())
    });

    section(
        &mut lines,
        &[(CommandTopic::ListHealth, "Ask whether each one serves.")],
    );
    let health = plan.clusters.iter();
    lines.extend(health.map(|cluster| {
        let command = commands.health(admin(cluster));
        command.from(cluster.admin_path())
    }));
    section(
        &mut lines,
        &[
            (
                CommandTopic::ListConnect,
                "Connect, each one with every other one.",
            ),
            (CommandTopic::ListAfterConnecting, after_a_change(plan)),
        ],
    );
    lines.extend(pairs(plan, upsert(true)));
    section(
        &mut lines,
        &[(CommandTopic::ListLook, "Look at what each one knows.")],
    );
    lines.extend(look);
    section(
        &mut lines,
        &[
            (CommandTopic::ListDisable, disable_words(plan.tool)),
            (CommandTopic::ListDisable, COMMENTED),
        ],
    );
    lines.extend(pairs(plan, upsert(false)).map(commented));
    section(
        &mut lines,
        &[
            (
                CommandTopic::ListRemove,
                "Remove. Before, let every namespace be in one cluster only: see the runbook.",
            ),
            (CommandTopic::ListRemove, COMMENTED),
        ],
    );
    lines.extend(pairs(plan, remove).map(commented));
    Artifact {
        id: ArtifactId::PlainCommands,
        name,
        lines,
    }
}

/// The command itself is in a comment below.
const COMMENTED: &str = "Comments, so that whoever pastes everything takes nothing apart. To run one, paste it without its first sign.";

/// What a space does in place of the equals sign differs between the tools.
const fn disable_words(tool: Tool) -> &'static str {
    match tool {
        Tool::Tctl => {
            "Disable. With an equals sign: with a space, as in the guide, the connection stays on."
        }
        Tool::Temporal => {
            "Disable. With an equals sign: with a space, the tool stops with an error."
        }
    }
}

/// A command that is there to be read, and run only by who wants it.
fn commented(command: Line) -> Line {
    let mut line = Line {
        segments: Vec::new(),
        ..command
    };
    line = line.push(Kind::Comment, "# ");
    line.segments.extend(command.segments);
    line
}

fn after_a_change(plan: &Plan) -> &'static str {
    if plan.release.has(Capability::RefreshesConnections) {
        "It works within a minute: until then, namespace commands answer Invalid cluster name."
    } else {
        "Then restart all servers of all clusters: before, nothing works."
    }
}

fn section(lines: &mut Vec<Line>, about: &[(CommandTopic, &str)]) {
    lines.push(Line::default());
    lines.extend(about.iter().map(|&(topic, text)| comment(topic, text)));
}

fn comment(topic: CommandTopic, text: &str) -> Line {
    Line::default()
        .push(Kind::Comment, format!("# {text}"))
        .about(Topic::Command(topic))
}

/// A command for every cluster and every other one.
fn pairs<'p>(
    plan: &'p Plan,
    command: impl Fn(&Cluster, &Cluster) -> Line + 'p,
) -> impl Iterator<Item = Line> + 'p {
    let all = plan.clusters.iter().enumerate();
    let pairs = all.flat_map(|(place, at)| {
        let others = plan.clusters.iter().enumerate();
        others.filter_map(move |(other, to)| (other != place).then_some((at, to)))
    });
    pairs.map(move |(at, to)| command(at, to))
}

fn admin(cluster: &Cluster) -> Argument<'_> {
    value(cluster.admin_address().as_str())
}

const fn value(text: &str) -> Argument<'_> {
    Argument::Value(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Edit, resolve};

    fn text_of(clusters: usize) -> Option<String> {
        let mut draft = Draft::empty();
        (0..clusters).for_each(|_| draft.apply(&Edit::AddCluster));
        let files = resolve(&draft).render_all();
        let file = files
            .iter()
            .find(|file| file.id() == ArtifactId::PlainCommands);
        file.map(Artifact::text)
    }

    #[test]
    fn comments_mean_nothing_to_any_shell() {
        let text = text_of(3).expect("the file");
        let comments = text.lines().filter_map(|line| line.strip_prefix("# "));
        for line in comments.filter(|line| !is_command(line)) {
            let strange = |c: char| !(c.is_ascii_alphanumeric() || " ,.:".contains(c));
            assert!(!line.contains(strange), "{line}");
        }
    }

    fn is_command(line: &str) -> bool {
        Tool::ALL.iter().any(|tool| {
            line.strip_prefix(tool.program())
                .is_some_and(|rest| rest.starts_with(' '))
        })
    }

    #[test]
    fn what_takes_connections_away_is_not_run_by_whoever_pastes_everything() {
        let text = text_of(3).expect("the file");
        let takes_away = |line: &&str| line.contains("=false") || line.contains(" remove");
        let lines: Vec<&str> = text.lines().filter(takes_away).collect();
        assert_eq!(lines.len(), 2 * 3 * 2, "{text}");
        for line in lines {
            let command = line.strip_prefix("# ").expect("a comment");
            assert!(is_command(command), "{line}");
        }
    }

    #[test]
    fn every_pair_has_a_line_up_to_the_most_clusters() {
        let most = text_of(MOST_CLUSTERS).expect("the file");
        let connecting = most
            .lines()
            .filter(|line| line.contains("upsert") && !line.contains("=false"));
        assert_eq!(connecting.count(), MOST_CLUSTERS * (MOST_CLUSTERS - 1));
        assert_eq!(text_of(MOST_CLUSTERS + 1), None);
    }
}
