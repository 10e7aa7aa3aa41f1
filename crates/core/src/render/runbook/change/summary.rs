//! What changes, what cannot be had, and what was taken for granted.

use crate::change::{
    Assumption, Change, ConnectionAction, ConnectionChange, FileChange, FileState,
};
use crate::model::ClusterName;
use crate::release::Capability;

use super::super::super::artifact::Line;
use super::super::super::markdown::{Document, code_span};
use super::super::super::topic::{GuideTopic, Topic};

/// Nobody reads more lines; the script has all of them.
const MOST_CONNECTIONS: usize = 40;

pub(super) fn impossible(document: &mut Document, change: &Change) {
    document.heading(GuideTopic::Impossible, 2, "What cannot be had");
    document
        .paragraph("Nothing is to be done, and there is no script, until the plan is another one.");
    for wish in &change.impossible {
        let (message, way) = (wish.message_with(code_span), wish.way_with(code_span));
        document.point(format!("{message} {way}"));
    }
}

pub(super) fn files(document: &mut Document, change: &Change) {
    document.heading(GuideTopic::Files, 2, "Files");
    change
        .files
        .iter()
        .for_each(|file| document.point(file_words(file)));
    for file in &change.files {
        let FileState::Changed { diff: Some(diff) } = &file.state else {
            continue;
        };
        document.paragraph(format!(
            "What changes in the file of {}, in the layout in which it is exported:",
            code_span(&file.cluster)
        ));
        let lines = diff.iter().map(|line| {
            let topic = Topic::Guide(GuideTopic::FileDiff);
            Line::default().plain(line.text()).about(topic)
        });
        document.block("diff", lines.collect());
    }
}

fn file_words(file: &FileChange) -> String {
    let name = code_span(&file.file_name);
    match &file.state {
        FileState::New => format!("{name} is new."),
        FileState::Unread => format!(
            "Whether {name} must change is not known: nothing was read of {}.",
            code_span(&file.cluster)
        ),
        FileState::Changed { .. } => format!("{name} changes."),
        FileState::Unchanged => format!("{name} stays as it is."),
        FileState::Leaving => format!(
            "The file of {} is no longer needed.",
            code_span(&file.cluster)
        ),
    }
}

pub(super) fn connections(document: &mut Document, change: &Change) {
    let all = &change.connections;
    if all.is_empty() {
        return;
    }
    document.heading(GuideTopic::Connections, 2, "Connections");
    let shown = all.iter().take(MOST_CONNECTIONS);
    shown.for_each(|change| document.point(connection_words(change)));
    if all.len() > MOST_CONNECTIONS {
        document.point(format!("And {} more.", all.len() - MOST_CONNECTIONS));
    }
}

fn connection_words(change: &ConnectionChange) -> String {
    let (from, to) = (name(&change.from), name(&change.to));
    match &change.action {
        ConnectionAction::Add => format!("{from} is connected to {to}."),
        ConnectionAction::Complete => format!(
            "{from} is connected to {to}, which knows it already: a connection in one direction only, which no \
             server notices."
        ),
        ConnectionAction::Enable => {
            format!("The connection of {from} to {to} is off: it is turned on.")
        }
        ConnectionAction::Redirect { stored } => format!(
            "{from} reaches {to} at {}: the connection gets the address of the plan.",
            code_span(stored)
        ),
        ConnectionAction::Ensure => format!(
            "Whether {from} is connected to {to} was not read: it is connected, which changes nothing where it \
             already is."
        ),
        ConnectionAction::Remove => format!("{from} forgets {to}."),
    }
}

pub(super) fn assumptions(document: &mut Document, change: &Change) {
    if change.assumptions.is_empty() {
        return;
    }
    document.heading(GuideTopic::Assumptions, 2, "What was taken for granted");
    for assumption in &change.assumptions {
        document.point(assumption_words(change, assumption));
    }
}

fn assumption_words(change: &Change, assumption: &Assumption) -> String {
    match assumption {
        Assumption::IsNew(of) => format!(
            "Nothing was read of {}: it is new, with an empty database.",
            name(of)
        ),
        Assumption::RunsUnread(of) => format!(
            "Nothing was read of {0}, which runs according to the plan: what is wrong there is not known. {1}, and plan \
             again. If it does not run, say so in the plan.",
            name(of),
            to_read(change)
        ),
        Assumption::MayRun(of) => format!(
            "Nothing was read of {0}, and a list in which it may stand was not read whole: it is not taken for a new \
             cluster. Read that list whole, and plan again.",
            name(of)
        ),
        Assumption::ListCut(at) => format!(
            "The list at {} was not read whole: a cluster that is missing in it may be connected all the same, so nothing \
             is concluded from that. Print it again, whole, and plan again.",
            code_span(&at.to_string())
        ),
        Assumption::ConnectionsUnread(of) => {
            let why = if change.wanted.release.has(Capability::ListsClusters) {
                "read its list of clusters for a shorter way"
            } else {
                "servers of this release do not list it"
            };
            format!(
                "Not everything was read that {} is connected to: {why}.",
                name(of)
            )
        }
        Assumption::IsPriorTo114(of) => format!(
            "The file of {} lists other clusters, and its release was not read: it runs one prior to 1.14. Later ones \
             ignore the others in the file: if it runs one, leave out the step with 1.14.",
            name(of)
        ),
        Assumption::KeepsHttpAddress(of, address) => format!(
            "The file of {} has `httpAddress` {}, which the exported one has not: keep that line.",
            name(of),
            code_span(address)
        ),
        Assumption::DialsAsPlanned(of) => format!(
            "The file of {} was not read: it dials the others with TLS as planned. Compare `global.tls.remoteClusters` in \
             it, and restart its servers if it changes.",
            name(of)
        ),
    }
}

/// What tells most of a cluster.
fn to_read(change: &Change) -> &'static str {
    if change.wanted.release.has(Capability::ListsClusters) {
        "Read what `cluster describe` and `cluster list` print there"
    } else {
        "Read its configuration file"
    }
}

fn name(of: &ClusterName) -> String {
    code_span(of.as_str())
}
