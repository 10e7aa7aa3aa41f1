//! `multicluster check`: what is wrong with files, for people, editors and CI.

use multicluster_core::observed::{Location, Observed, View};
use multicluster_core::{Draft, Edit, Severity, resolve};
use multicluster_import::{Import, KeptDraft, Source, import, topology};

use crate::arguments::{Check, Format};
use crate::failure::{Failure, Verdict};
use crate::places::Places;
use crate::problem::{Lines, Problem};
use crate::terminal::{self, Style};
use crate::{report, sources};

pub(crate) fn run(wanted: &Check) -> Result<Verdict, Failure> {
    let sources = sources::read_all(&wanted.files)?;
    let problems = problems(&sources, wanted.server_version.as_deref());
    let is_shown = |problem: &&Problem| problem.severity <= wanted.min_severity.into();
    let shown: Vec<Problem> = problems.iter().filter(is_shown).cloned().collect();
    let text = match wanted.format {
        Format::Human => {
            let list = report::human::list(&shown, Style::of_output());
            list + &report::human::summary(&problems, sources.len())
        }
        Format::Json => report::json::problems(&shown),
        Format::Sarif => report::sarif::problems(&shown),
    };
    terminal::write(text.as_bytes())?;
    let least = if wanted.warnings_as_errors {
        Severity::Warning
    } else {
        Severity::Error
    };
    let is_wrong = problems.iter().any(|problem| problem.severity <= least);
    Ok(Verdict::wrong_if(is_wrong))
}

/// Everything that is wrong or worth knowing, in the order of the files. A file with a whole set-up
/// stands for itself; all others together tell of one set-up.
fn problems(sources: &[Source], server_version: Option<&str>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut others = Vec::new();
    for source in sources {
        let read = import(std::slice::from_ref(source));
        if is_set_up(&read) {
            problems.extend(read.findings.iter().map(Problem::of_finding));
            for kept in &read.drafts {
                problems.extend(of_set_up(source, kept));
            }
            let beside = Import {
                drafts: Vec::new(),
                ..read
            };
            problems.extend(of_observed(
                &beside,
                std::slice::from_ref(source),
                server_version,
            ));
        } else {
            others.push(source.clone());
        }
    }
    let together = import(&others);
    problems.extend(together.findings.iter().map(Problem::of_finding));
    problems.extend(of_observed(&together, &others, server_version));
    problems.sort_by_key(|problem| (order(sources, &problem.at), problem.severity));
    problems
}

fn is_set_up(read: &Import) -> bool {
    let is_wrong_one = |code: &str| code == "topology-invalid";
    !read.drafts.is_empty() || read.findings.iter().any(|found| is_wrong_one(found.code()))
}

/// What the rules find in a whole set-up.
fn of_set_up(source: &Source, kept: &KeptDraft) -> Vec<Problem> {
    let places = Places::SetUp {
        file: topology::Places::of(source),
        begin: &kept.at,
    };
    of_draft(&kept.draft, &places, std::slice::from_ref(source))
}

/// What the rules find in what files and servers say.
fn of_observed(import: &Import, sources: &[Source], server_version: Option<&str>) -> Vec<Problem> {
    if import.is_empty() {
        return Vec::new();
    }
    let mut base = Draft::empty();
    if let Some(version) = server_version {
        base.apply(&Edit::SetServerVersion(version.to_owned()));
    }
    let (mut draft, _) = import.to_draft(&base);
    plan_unseen(&mut draft, &import.observed);
    let places = Places::Observed {
        import,
        merged: &import.observed.merge(),
        draft: &draft,
    };
    of_draft(&draft, &places, sources)
}

/// Files are checked before a server is started on them: what no server told does not run yet, and
/// can still be corrected.
fn plan_unseen(draft: &mut Draft, observed: &Observed) {
    let live = || observed.views.iter().filter(|view| view.kind.is_live());
    let is_seen = |name: &str| {
        let says_so = |view: &View| view.of.as_ref().is_some_and(|own| own.value == name);
        live().any(|view| says_so(view) || view.entry(name).is_some())
    };
    let unseen = draft.clusters.iter().filter(|it| !is_seen(&it.name));
    let edits: Vec<Edit> = unseen.map(|it| Edit::SetRunning(it.id, None)).collect();
    *draft = draft.with(&edits);
}

/// What core's rules find, at their places.
pub(crate) fn of_draft(draft: &Draft, places: &Places, sources: &[Source]) -> Vec<Problem> {
    let lines = Lines::of(sources);
    resolve(draft)
        .diagnostics()
        .iter()
        .filter_map(|found| Problem::of_diagnostic(found, places, &lines))
        .collect()
}

/// The place of a file among the files, then that in the file.
fn order(sources: &[Source], at: &Location) -> (usize, u32, u32) {
    let is_of = |source: &Source| {
        let rest = at.source.strip_prefix(&*source.name);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let file = sources.iter().position(is_of).unwrap_or(sources.len());
    (file, at.line, at.column)
}
