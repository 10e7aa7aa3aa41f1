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
    // A fact about several clusters is told once.
    let mut facts: Vec<(String, &Assumption, Vec<String>)> = Vec::new();
    for assumption in &change.assumptions {
        let fact = assumption_words(change, assumption, "");
        let owner = cluster_of(assumption).map(name);
        match facts.iter_mut().find(|(known, ..)| *known == fact) {
            Some((.., owners)) => owners.extend(owner),
            None => facts.push((fact, assumption, owner.into_iter().collect())),
        }
    }
    for (_, assumption, owners) in facts {
        document.point(assumption_words(change, assumption, &owners.join(", ")));
    }
}

fn cluster_of(assumption: &Assumption) -> Option<&ClusterName> {
    match assumption {
        Assumption::ListCut(_) => None,
        Assumption::IsNew(of)
        | Assumption::RunsUnread(of)
        | Assumption::MayRun(of)
        | Assumption::ConnectionsUnread { of, .. }
        | Assumption::IsPriorTo114(of)
        | Assumption::KeepsHttpAddress(of, _)
        | Assumption::KeepsRedirection(of, _)
        | Assumption::DialsAsPlanned(of)
        | Assumption::HttpAsPlanned(of)
        | Assumption::RedirectionAsPlanned(of)
        | Assumption::GlobalAsPlanned(of)
        | Assumption::IncrementAsPlanned(of) => Some(of),
    }
}

/// An assumption about one cluster or several, whose names are given.
fn assumption_words(change: &Change, assumption: &Assumption, of: &str) -> String {
    match assumption {
        Assumption::IsNew(_) => {
            format!("Nothing was read of {of}: taken for new, with an empty database.")
        }
        Assumption::RunsUnread(_) => format!(
            "Nothing was read of {of}, which runs according to the plan: what is wrong there is not known. {}, and plan \
             again. If it does not run, say so in the plan.",
            to_read(change)
        ),
        Assumption::MayRun(_) => format!(
            "Nothing was read of {of}, and a list in which it may stand was not read whole: it is not taken for a new \
             cluster. Read that list whole, and plan again."
        ),
        Assumption::ListCut(at) => format!(
            "The list at {} was not read whole: a cluster that is missing in it may be connected all the same, so nothing \
             is concluded from that. Print it again, whole, and plan again.",
            code_span(&at.to_string())
        ),
        Assumption::ConnectionsUnread { lists, .. } => {
            let why = if *lists {
                "read the list of clusters there for a shorter way"
            } else {
                "the release that runs there has no list of them"
            };
            format!("Not every connection of {of} was read: {why}.")
        }
        Assumption::IsPriorTo114(_) => format!(
            "The file of {of} lists other clusters, and no release was read: taken for one prior to 1.14. Later ones ignore \
             the others in the file: where one of them runs, leave out the step with 1.14."
        ),
        Assumption::KeepsHttpAddress(_, address) => format!(
            "The file of {of} has `httpAddress` {}, which the exported one has not: keep that line.",
            code_span(address)
        ),
        Assumption::KeepsRedirection(_, policy) => format!(
            "The file of {of} has `dcRedirectionPolicy` {}, which the exported one has not: keep that section.",
            code_span(policy)
        ),
        Assumption::DialsAsPlanned(_) => unread(of, "global.tls.remoteClusters", ""),
        Assumption::HttpAsPlanned(_) => unread(of, "httpAddress", ", and then connect again"),
        Assumption::RedirectionAsPlanned(_) => unread(of, "dcRedirectionPolicy", ""),
        Assumption::GlobalAsPlanned(_) => format!(
            "Whether `enableGlobalNamespace` is `true` in {of} was not read, and is taken for granted. Look into its file before \
             anything is connected: without it no cluster can be connected to it. {}",
            if change
                .wanted
                .release
                .has(Capability::EnablesGlobalNamespacesLater)
            {
                "Where it is not, replace the file, and restart its servers. There is no way back."
            } else {
                "Where it is not, stop: in this release it can never be enabled later."
            }
        ),
        Assumption::IncrementAsPlanned(_) => format!(
            "The failover version increment of {of} was not read: it is taken to be {}. Look into its file before another \
             cluster is started for the first time: clusters of two increments can never be connected.",
            change.wanted.increment
        ),
    }
}

fn unread(of: &str, key: &str, then: &str) -> String {
    format!(
        "The file of {of} was not read: `{key}` is taken to be there as planned. Compare it, and where it changes, restart the \
         servers{then}."
    )
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
