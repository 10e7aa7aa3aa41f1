//! The steps, in the order in which they are done.

use crate::change::{Boot, BootFile, Change, ConnectionAction, FileState, RestartReason, Upgrade};
use crate::model::{ClusterName, Tool};
use crate::plan::Cluster;
use crate::release::{Capability, Layout};

use super::super::super::artifact::{ArtifactId, Line};
use super::super::super::commands::Commands;
use super::super::super::markdown::{Document, code_span};
use super::super::super::shell::Argument;
use super::super::super::topic::GuideTopic;
use super::super::{
    admin, changes, code, leaving, leaving_list, list, namespaces, run, running, set_up, value,
};

pub(super) fn chapter(document: &mut Document, change: &Change) {
    before(document);
    place_files(document, change);
    upgrade(document, change);
    start(document, change);
    if change.wanted.release.layout() == Layout::AllClusters {
        return changes_by_file(document, change);
    }
    if change.to_connect().next().is_some() {
        connect(document, change);
        restart_after_connecting(document, change);
        spread(document, change);
    }
    if !change.leaving.is_empty() {
        take_out(document, change);
    }
    verify(document, change);
}

fn before(document: &mut Document) {
    document.step(GuideTopic::BeforeChange, "Before you begin");
    document.point("Back up the databases of every cluster that holds data.");
    document.point("What follows is for the clusters as they were read. If anything has changed since, read them again.");
}

fn upgrade(document: &mut Document, change: &Change) {
    if change.upgrades.is_empty() {
        return;
    }
    document.step(GuideTopic::Upgrade, "Upgrade");
    move_away(document, change);
    document.paragraph(
        "One minor release after the other, the schema of the databases always first, and a cluster where nothing is active \
         before the one where it is. Releases and files of the starts:",
    );
    for upgrade in &change.upgrades {
        document.point(boots_words(change, upgrade));
    }
    document.paragraph(
        "Later releases of a planned range follow in the same way. After each start, ask:",
    );
    let commands = Commands::of(&change.wanted);
    let upgraded = change.upgrades.iter();
    let upgraded = upgraded.filter_map(|upgrade| planned(change, &upgrade.cluster));
    document.commands(
        upgraded
            .map(|cluster| commands.health(admin(cluster)))
            .collect(),
    );
    document.paragraph("Expect `SERVING`, before the next release.");
    let moving: Vec<&Upgrade> = change
        .upgrades
        .iter()
        .filter(|upgrade| upgrade.keeps_file)
        .collect();
    if !moving.is_empty() {
        move_layout(document, change, &moving);
    }
    document
        .paragraph("To go back, restore the databases: older servers do not go with newer ones.");
}

/// A cluster where nothing is active can be without servers for a while.
fn move_away(document: &mut Document, change: &Change) {
    if change.old_clusters().nth(1).is_none() {
        return;
    }
    let hands_over = |upgrade: &Upgrade| {
        let from = upgrade.from;
        from.is_some_and(|from| from.has(Capability::HandsOver))
    };
    let how = if change.upgrades.iter().all(hands_over) {
        "\"Hand a namespace over, planned\" of `RUNBOOK.md`"
    } else {
        "stop what starts workflows, and the workers there, wait until the workflows that changed last look the same in the other \
         cluster, and then go on as in \"Fail over, forced\" of `RUNBOOK.md`"
    };
    document.paragraph(format!(
        "Before the servers of a cluster stop, move every namespace away that is active there: {how}."
    ));
}

/// More are not told by name.
const MOST_RELEASES: usize = 4;

fn boots_words(change: &Change, upgrade: &Upgrade) -> String {
    let on_one_file = upgrade.boots.chunk_by(|one, next| one.file == next.file);
    let starts = on_one_file.map(|boots| {
        let file = match boots[0].file {
            BootFile::AsItIs => "the file that it runs on now".to_owned(),
            BootFile::Planned => code_span(file_name(change, &upgrade.cluster)),
        };
        let each = if boots.len() > 1 { "each " } else { "" };
        format!("{}, {each}on {file}", releases_words(boots))
    });
    let from = match upgrade.from {
        Some(from) => format!("runs {from}; "),
        None => String::new(),
    };
    let starts: Vec<String> = starts.collect();
    let (name, starts) = (name(&upgrade.cluster), starts.join("; then with "));
    format!("{name}: {from}starts with {starts}.")
}

/// Many minor releases in a row are told by the first and the last; a range of patch releases stands by itself.
fn releases_words(boots: &[Boot]) -> String {
    let is_minor = |boot: &Boot| !boot.release.contains(' ');
    let rows = boots.chunk_by(|one, next| is_minor(one) && is_minor(next));
    let rows = rows.map(|row| match row {
        [first, .., last] if row.len() > MOST_RELEASES => {
            format!(
                "each minor release from {} to {}",
                first.release, last.release
            )
        }
        _ => {
            let releases: Vec<&str> = row.iter().map(|boot| &*boot.release).collect();
            releases.join(", then ")
        }
    });
    rows.collect::<Vec<_>>().join(", then ")
}

fn file_name<'c>(change: &'c Change, of: &ClusterName) -> &'c str {
    let mut files = change.files.iter();
    let file = files.find(|file| file.cluster == of.as_str());
    file.map_or("", |file| &file.file_name)
}

/// The one boot on which the clusters of a file come into the database.
fn move_layout(document: &mut Document, change: &Change, moving: &[&Upgrade]) {
    let why = "At its first start, 1.14 stores the clusters of the file in the database. Earlier releases have stored nothing, and \
         later ones ignore them: without a start of 1.14 on the file that lists all clusters, and with the new file at that \
         start too, every connection is lost, and what happens until they are made again is not replicated.";
    let commands = Commands::with(Tool::Tctl, &change.wanted);
    let is_moving = |cluster: &&Cluster| {
        moving
            .iter()
            .any(|upgrade| upgrade.cluster == *cluster.name())
    };
    let clusters: Vec<&Cluster> = change.wanted.clusters.iter().filter(is_moving).collect();
    let mut lines = Vec::new();
    for at in &clusters {
        let others = clusters.iter().filter(|other| other.name() != at.name());
        lines.extend(others.map(|other| commands.describe_other(admin(at), value(other))));
    }
    if lines.is_empty() {
        return document.paragraph(format!(
            "{why} Put the new file in place while it runs 1.14, before anything newer starts."
        ));
    }
    document.paragraph(format!(
        "{why} While all clusters run 1.14, ask what each has stored:"
    ));
    document.commands(lines);
    document.paragraph(
        "Expect the other cluster from each. Only then put the new file in place, before anything newer than 1.14 starts.",
    );
}

fn place_files(document: &mut Document, change: &Change) {
    let to_place = |state: &FileState| matches!(state, FileState::New | FileState::Changed { .. });
    let files: Vec<_> = change
        .files
        .iter()
        .filter(|file| to_place(&file.state))
        .collect();
    if files.is_empty() {
        return;
    }
    document.step(GuideTopic::PlaceFiles, "Put the files in place");
    for file in &files {
        let (file_name, cluster) = (code_span(&file.file_name), code_span(&file.cluster));
        document.point(format!("{file_name} belongs to every server of {cluster}."));
    }
    set_up::put_in_place(document, &change.wanted);
    if change.upgrades.iter().any(|upgrade| upgrade.keeps_file) {
        document.paragraph(
            "Of clusters that are upgraded by way of 1.14, not before the next step says so.",
        );
    }
    let waits = |state: &FileState| matches!(state, FileState::Changed { .. });
    let by_command = change.wanted.release.layout() == Layout::OwnCluster;
    if by_command && files.iter().any(|file| waits(&file.state)) {
        document.paragraph(running::READ_AT_START);
    }
    document.paragraph("To go back, restore the previous file before the servers are started.");
}

fn start(document: &mut Document, change: &Change) {
    use RestartReason::{DialsOtherwise, EnablesGlobalNamespaces, FileConnects};
    let new: Vec<&Cluster> = change.new_clusters().collect();
    let reasons = [EnablesGlobalNamespaces, DialsOtherwise, FileConnects];
    let restarted: Vec<&Cluster> = restarted(change, &reasons);
    if new.is_empty() && restarted.is_empty() {
        return;
    }
    document.step(GuideTopic::StartChanged, "Start the servers");
    if !new.is_empty() {
        document.paragraph(format!("Start all servers of {}.", list(&new)));
    }
    if !restarted.is_empty() {
        document.paragraph(format!("Restart all servers of {}.", list(&restarted)));
    }
    if change
        .restarts
        .iter()
        .any(|restart| restart.reason == EnablesGlobalNamespaces)
    {
        document.paragraph(running::ENABLED_FOR_THE_FIRST_TIME);
    }
    document.paragraph("Then ask each of them:");
    let commands = Commands::of(&change.wanted);
    let asked = new.iter().chain(&restarted);
    document.commands(
        asked
            .map(|cluster| commands.health(admin(cluster)))
            .collect(),
    );
    document.paragraph("Expect `SERVING` from each.");
}

fn restarted<'c>(change: &'c Change, reasons: &[RestartReason]) -> Vec<&'c Cluster> {
    let is_restarted = |cluster: &&Cluster| {
        let mut restarts = change.restarts.iter();
        restarts
            .any(|restart| restart.cluster == *cluster.name() && reasons.contains(&restart.reason))
    };
    change.wanted.clusters.iter().filter(is_restarted).collect()
}

fn changes_by_file(document: &mut Document, change: &Change) {
    document.step(GuideTopic::ChangeByFile, "Nothing to connect");
    let is_mixed = change
        .wanted
        .clusters
        .iter()
        .any(|cluster| cluster.release.layout() == Layout::OwnCluster);
    document.paragraph(if is_mixed {
        "Prior to 1.14 a cluster knows others from its file only, and later ones do not read them there: connections are \
         changed when all clusters run 1.14 or later."
    } else {
        "Prior to 1.14 the files are the only place where clusters know each other."
    });
    if !change.leaving.is_empty() {
        document.paragraph(format!(
            "A namespace cannot leave a cluster in these releases: keep {} in the files as long as any namespace is in it.",
            leaving_list(&change.leaving)
        ));
    }
}

fn connect(document: &mut Document, change: &Change) {
    document.step(GuideTopic::ConnectChanged, "Connect");
    let takes_out = !change.leaving.is_empty();
    let script = run(ArtifactId::Change);
    document.commands(vec![if takes_out {
        script.plain(" --connect-only")
    } else {
        script
    }]);
    document.paragraph(
        "Expect a line for each cluster that is compared with the plan, before anything is changed, then one for each \
         direction, and exit status 0. Where it stops, it says what hinders it: mend that, and run it again, which it can \
         be at any time.",
    );
    if takes_out {
        document.paragraph(format!(
            "Called like this it takes nothing out: {} may still have namespaces.",
            leaving_list(&change.leaving)
        ));
    }
    if change.wanted.release.has(Capability::RefreshesConnections) {
        document.paragraph(
            "It waits until every connection works: servers read connections once a minute.",
        );
    }
}

fn restart_after_connecting(document: &mut Document, change: &Change) {
    let restarted = restarted(change, &[RestartReason::ReadsConnections]);
    if restarted.is_empty() {
        return;
    }
    document.step(GuideTopic::RestartChanged, "Restart");
    document.paragraph(format!(
        "Restart all servers of {}. Without a restart this release never uses a connection that has changed.",
        list(&restarted)
    ));
}

/// Namespaces for new clusters, and what was not replicated before a repair.
fn spread(document: &mut Document, change: &Change) {
    let plan = &change.wanted;
    let new = change.new_clusters().next();
    if let (Some(home), Some(_)) = (home(change), new) {
        namespaces::take_in(document, plan, home, &change.leaving);
    }
    if !plan.release.has(Capability::HandsOver) {
        return;
    }
    let ends = match (home(change), new) {
        (Some(home), Some(new)) => Some([home, new]),
        _ => repaired(change),
    };
    if let Some(ends) = ends {
        namespaces::back_fill(document, plan, ends);
    }
}

/// The first direction that was not there or off while the other one was used.
fn repaired(change: &Change) -> Option<[&Cluster; 2]> {
    use ConnectionAction::{Complete, Enable};
    let mut repairs = change.to_connect();
    let repair = repairs.find(|change| matches!(change.action, Complete | Enable))?;
    // What happened in the cluster that is not known here was not sent to here.
    Some([planned(change, &repair.to)?, planned(change, &repair.from)?])
}

fn planned<'c>(change: &'c Change, name: &ClusterName) -> Option<&'c Cluster> {
    let mut clusters = change.wanted.clusters.iter();
    clusters.find(|cluster| cluster.name() == name)
}

/// A cluster that stays, and ran before.
fn home(change: &Change) -> Option<&Cluster> {
    change.old_clusters().next()
}

fn take_out(document: &mut Document, change: &Change) {
    if change.wanted.release.has(Capability::ShrinksNamespaces) {
        let stays = home(change).unwrap_or(&change.wanted.clusters[0]);
        if change.wanted.release.has(Capability::HandsOver) {
            send_what_leaves(document, change, stays);
            hand_over_what_leaves(document, change, stays);
        } else {
            wait_for_what_leaves(document, change, stays);
        }
        let_namespaces_leave(document, change, stays);
    } else {
        pause(document, change);
    }
    let leaving = leaving_list(&change.leaving);
    document.step(GuideTopic::TakeOut, "Take out");
    document.commands(vec![run(ArtifactId::Change)]);
    document.paragraph(format!(
        "It asks, and stops with exit status 1, before anything is removed, while a namespace is still there. Expect that the others forget {leaving}, and that it forgets \
         them, if it still answers. {}",
        leaving::STOP
    ));
    if !change.wanted.release.has(Capability::RefreshesConnections) {
        document.paragraph("Then restart all servers of all clusters that stay.");
    }
    let numbers = change
        .leaving
        .iter()
        .filter_map(|leaves| leaves.initial_version);
    for number in numbers {
        document.paragraph(leaving::never_again(number));
    }
    document.paragraph("To go back, before anything else has changed, put it in the plan again.");
}

/// What the others have never got is lost with the cluster that has it.
const ONLY_THERE: &str = "workflows that started before the namespace came to a second cluster, or while connections were off";

/// One line for each cluster that leaves and of which an address is known.
fn at_what_leaves(change: &Change, line: impl Fn(&Commands, Argument) -> Line) -> Vec<Line> {
    let commands = Commands::of(&change.wanted);
    let at = change
        .leaving
        .iter()
        .filter_map(|leaves| leaves.admin_address.as_ref());
    at.map(|at| line(&commands, Argument::Value(at.as_str())))
        .collect()
}

fn send_what_leaves(document: &mut Document, change: &Change, stays: &Cluster) {
    let leaving = leaving_list(&change.leaving);
    document.step(GuideTopic::BackFill, "Back-fill from what leaves");
    document.paragraph(format!(
        "What only {leaving} has goes with it: {ONLY_THERE}. While the connections are on, send it for each namespace that is \
         there, from {leaving} to a cluster that stays, here to {}:",
        code(stays)
    ));
    document.commands(at_what_leaves(change, |commands, at| {
        namespaces::back_fill_to(commands, at, stays.name())
    }));
    document.paragraph(format!(
        "Expect `COMPLETED`, and soon after the same workflows in the lists of both clusters: compare them, and do not go on before. \
         It changes nothing else and can be run again. A namespace that is in {leaving} only is given a cluster that stays before, as \
         in \"Take in a namespace that exists\" of `RUNBOOK.md`."
    ));
}

fn hand_over_what_leaves(document: &mut Document, change: &Change, stays: &Cluster) {
    let leaving = leaving_list(&change.leaving);
    document.step(GuideTopic::HandOver, "Hand over from what leaves");
    document.paragraph(format!(
        "Only a namespace that is active in {leaving}, to a cluster that stays, here to {}. At the cluster that leaves:",
        code(stays)
    ));
    document.commands(at_what_leaves(change, |commands, at| {
        namespaces::hand_over_to(commands, at, stays.name())
    }));
    document.paragraph(format!(
        "Expect `COMPLETED`, when nothing is left to send, and the new active cluster in every cluster within seconds. To go back, hand \
         it over in the other direction. Only where {leaving} is lost, fail over as `RUNBOOK.md` says under \"Fail over, forced\": what \
         it has not sent stays there."
    ));
}

/// Servers of these releases have nothing that sends what is missing.
fn wait_for_what_leaves(document: &mut Document, change: &Change, stays: &Cluster) {
    let (leaving, stays) = (leaving_list(&change.leaving), code(stays));
    document.step(
        GuideTopic::FailOverByHand,
        "Wait for what only the leaving cluster has",
    );
    document.paragraph(format!(
        "What only {leaving} has goes with it: {ONLY_THERE}. In these releases they follow only when something happens to them. For \
         each namespace, compare the lists of open workflows of {leaving} and {stays}, and wait until those that are in {leaving} only \
         have closed. Closed ones that never came to {stays} stay behind."
    ));
    document.paragraph(format!(
        "Where {leaving} is the active cluster, stop what starts workflows, and the workers there, and wait until the workflows that \
         changed last look the same in {stays}."
    ));
}

fn let_namespaces_leave(document: &mut Document, change: &Change, home: &Cluster) {
    let plan = &change.wanted;
    let leaving = leaving_list(&change.leaving);
    let stay: Vec<&Cluster> = plan.clusters.iter().collect();
    let commands = Commands::of(plan);
    document.step(GuideTopic::LetNamespacesLeave, "Let the namespaces leave");
    if plan.release.has(Capability::HandsOver) {
        document.paragraph(format!(
            "While the connections are on, every namespace leaves {leaving}. At a cluster that stays, for each namespace, and with the \
             clusters that it is to be in:"
        ));
        document.commands(vec![namespaces::stay_in(&commands, home, &stay)]);
    } else {
        document.paragraph(format!(
            "While the connections are on, every namespace leaves {leaving}. Only where that is the active cluster, the first \
             command makes another one active before. Both at a cluster that stays, for each namespace, and with the clusters \
             that it is to be in:"
        ));
        document.commands(vec![
            namespaces::make_active(&commands, home),
            namespaces::stay_in(&commands, home, &stay),
        ]);
    }
    document.paragraph(
        "To go back, give it its clusters again. Expect the namespace without what leaves, in every cluster:",
    );
    document.commands(changes::look_at_namespaces(&commands, &stay));
}

/// Where no namespace can leave, the connections can be turned off.
fn pause(document: &mut Document, change: &Change) {
    document.step(GuideTopic::LetNamespacesLeave, "Let the namespaces leave");
    document.paragraph(
        "In this release a namespace cannot leave a cluster: it answers `Cannot remove existing replicated clusters from a \
         namespace`. From 1.15 on it can: upgrade first. Until then the connections can be turned off:",
    );
    let commands = Commands::of(&change.wanted);
    let mut lines = Vec::new();
    for leaves in &change.leaving {
        let (Some(at), Some(usual)) = (&leaves.admin_address, &leaves.rpc_address) else {
            continue;
        };
        for stays in &change.wanted.clusters {
            // An address that is registered with another one is replaced by it.
            let dialled = leaves.dialled_at.get(stays.name()).unwrap_or(usual);
            let stays_at = leaves.dials.get(stays.name());
            let stays_at = stays_at.unwrap_or_else(|| stays.rpc_address());
            let [at, dialled, stays_at] =
                [at, dialled, stays_at].map(|address| Argument::Value(address.as_str()));
            lines.push(commands.upsert(admin(stays), dialled, false));
            lines.push(commands.upsert(at, stays_at, false));
        }
    }
    document.commands(lines);
    if !change.wanted.release.has(Capability::RefreshesConnections) {
        document.paragraph("Then restart all servers of all clusters.");
    }
    document.paragraph("What happens from then on is not replicated later by itself.");
}

fn verify(document: &mut Document, change: &Change) {
    if change.wanted.clusters.len() < 2 {
        return;
    }
    document.step(GuideTopic::LookAtResult, "Look at the result");
    document.commands(vec![run(ArtifactId::Verify)]);
    document.paragraph("Expect `works` in every row.");
}

fn name(of: &ClusterName) -> String {
    code_span(of.as_str())
}
