//! What must hold for every draft, for every edit of it, and for every way from one draft to another.

use multicluster_core::change::{self, FileState};
use multicluster_core::failover::Failovers;
use multicluster_core::picture::Picture;
use multicluster_core::render::extra::{Flavour, render_extra};
use multicluster_core::{
    Artifact, ArtifactId, ClusterId, Diagnostic, Draft, Edit, Plan, Resolution, Severity, link,
    resolve,
};
use multicluster_import::{Import, Source, import, topology};

/// More of them take longer, and show nothing else.
pub(crate) const MOST_CLUSTERS: usize = 20;

/// What holds for every draft, and for every file of it.
pub(crate) fn hold(draft: &Draft) {
    come_back(draft);
    if draft.clusters.len() > MOST_CLUSTERS {
        return;
    }
    let resolution = resolve(draft);
    let errors = resolution.count(Severity::Error);
    assert_eq!(resolution.plan().is_some(), errors == 0);
    assert_eq!(resolution.zip().is_some(), errors == 0);
    problems(draft, &resolution);
    files(&resolution);
    if let Some(plan) = resolution.plan() {
        other_formats(&resolution, plan);
    }
    pictures(draft, &resolution);
    failovers(draft, &resolution);
}

/// A draft that was written as a link or as a topology file is read again.
pub(crate) fn come_back(draft: &Draft) {
    let link = link::encode(draft);
    let again = link::decode(&link).expect("our own link is read");
    assert_eq!(link::encode(&again), link, "a link comes back");
    if draft.clusters.len() > MOST_CLUSTERS {
        return;
    }
    if let Ok(same) = topology::read("t", &topology::write(draft)) {
        assert_eq!(topology::write(&same), topology::write(draft));
    }
}

/// What is said can be shown, and what is offered helps.
fn problems(draft: &Draft, resolution: &Resolution) {
    for found in resolution.diagnostics() {
        let label = found.fix.as_ref().map(|fix| &fix.label);
        for text in [Some(&found.message), Some(&found.help), label]
            .into_iter()
            .flatten()
        {
            assert!(!text.contains(is_unseen), "{text:?}");
        }
        if let Some(fix) = found.fix.as_ref().filter(|_| draft.clusters.len() < 6) {
            let after = resolve(&draft.with(&fix.edits));
            let same = |other: &&Diagnostic| other.code == found.code && other.path == found.path;
            let kept = after.diagnostics().iter().find(same);
            assert_eq!(kept, None, "{:?} does not help", fix.edits);
        }
    }
}

fn files(resolution: &Resolution) {
    for output in resolution.outputs() {
        let file = resolution.render(output.id);
        assert_eq!(file.is_some(), output.is_ready(), "{:?}", output.id);
        if let Some(file) = file {
            let text = file.text();
            let is_template = matches!(output.id, ArtifactId::Config(_)) && text.contains("{{");
            assert!(!is_template, "{:?} opens a template", output.id);
            assert!(!text.contains(['\0', '\r']), "{:?}", output.id);
            explained(&file, |line| resolution.explain_in(&file, line).is_some());
        }
    }
}

/// Whether every line that is not blank is explained.
fn explained(file: &Artifact, is_explained: impl Fn(usize) -> bool) {
    for (at, line) in file.text().lines().enumerate() {
        let is_known = line.is_empty() || is_explained(at);
        assert!(is_known, "{}: {line:?}", file.name());
    }
}

fn other_formats(resolution: &Resolution, plan: &Plan) {
    for flavour in Flavour::ALL {
        let files = render_extra(plan, flavour);
        assert_eq!(files.is_empty(), flavour.hindrance(plan).is_some());
        for file in files {
            assert!(!file.text().contains(['\0', '\r']), "{:?}", file.id());
            explained(&file, |line| resolution.explain_in(&file, line).is_some());
        }
    }
}

fn pictures(draft: &Draft, resolution: &Resolution) {
    let active = draft.clusters.last().map(|cluster| cluster.id);
    let picture = Picture::of(draft, resolution, active);
    let svg = picture.drawing().svg();
    let clusters = draft.clusters.len();
    assert_eq!(svg.matches("data-cluster=").count(), clusters);
    assert!(!svg.contains(|c: char| c != '\n' && is_unseen(c)), "{svg}");
    assert!(!picture.mermaid().is_empty() && !picture.words().is_empty());
    assert!(picture.blocked_directions() <= picture.directions());
}

fn failovers(draft: &Draft, resolution: &Resolution) {
    let Ok(failovers) = Failovers::of(draft) else {
        return;
    };
    let ids: Vec<ClusterId> = draft.clusters.iter().map(|cluster| cluster.id).collect();
    let there_and_back: Vec<ClusterId> = ids.iter().chain(ids.iter().rev()).copied().collect();
    for step in failovers.steps(&there_and_back) {
        assert!(step.to >= step.from, "{step:?}");
        let owner = failovers.read(&step.to.get().to_string()).owner;
        assert!(resolution.plan().is_none() || owner == Some(step.cluster));
    }
}

/// Carries out an edit: no other cluster gets another number, and what runs goes on as it runs.
pub(crate) fn edit(draft: &mut Draft, edit: &Edit) {
    let before = draft.clone();
    draft.apply(edit);
    for cluster in &before.clusters {
        let Some(after) = draft.cluster(cluster.id) else {
            continue;
        };
        let is_of = |id: &ClusterId| *id == cluster.id;
        let (mut numbers, mut runs) = (false, false);
        match edit {
            Edit::SetField(id, ..) | Edit::AssignInitialVersion(id) => numbers = is_of(id),
            Edit::MarkRunning(id) | Edit::SetRunning(id, _) => runs = is_of(id),
            _ => {}
        }
        let same = after.initial_version == cluster.initial_version;
        assert!(numbers || same, "{edit:?} renumbers {cluster:?}");
        assert!(runs || after.running == cluster.running, "{edit:?}");
    }
}

/// What is read of the files of a draft without an error.
pub(crate) fn deployed(draft: &Draft) -> Option<Import> {
    let resolution = resolve(draft);
    let plan = resolution.plan()?;
    let files = resolution.render_configs();
    let sources = files.map(|file| Source::new(file.name(), file.text()));
    let sources: Vec<Source> = sources.collect();
    let read = import(&sources);
    let change = change::between(plan, &read.observed.merge());
    for file in change.files() {
        assert_eq!(file.state, FileState::Unchanged, "{}", file.cluster);
    }
    Some(read)
}

/// The way from what was read to a draft.
pub(crate) fn way(read: &Import, draft: &Draft) {
    let resolution = resolve(draft);
    let Some(plan) = resolution.plan() else {
        return;
    };
    let change = change::between(plan, &read.observed.merge());
    for file in change.artifacts() {
        assert!(!file.text().contains(['\0', '\r']), "{:?}", file.id());
        explained(&file, |line| change.explain_in(&file, line).is_some());
    }
}

fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{FEFF}')
}
