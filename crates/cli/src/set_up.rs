//! A whole set-up that people keep in one file: a topology file, or a link of the page.

use std::path::Path;

use multicluster_core::observed::Location;
use multicluster_core::{Draft, Resolution, Severity, resolve};
use multicluster_import::{Finding, Import, Source, import, topology};

use crate::failure::Failure;
use crate::places::Places;
use crate::problem::{Problem, count};
use crate::report::human::{self, counted};
use crate::terminal::{self, Style};
use crate::{check, sources};

/// A whole set-up out of one file: a topology file, or a file with one link of ours.
pub(crate) struct SetUp {
    pub(crate) source: Source,
    /// Where it begins.
    pub(crate) at: Location,
    pub(crate) draft: Draft,
}

/// Why a file is not one whole set-up.
pub(crate) enum NoSetUp {
    /// It should be one, and this is wrong with it.
    Wrong(Vec<Problem>),
    /// It is something else, or cannot be read.
    Failure(Failure),
}

/// Reads a file that must hold one whole set-up.
pub(crate) fn read(path: &Path) -> Result<SetUp, NoSetUp> {
    let source = sources::read(path).map_err(NoSetUp::Failure)?;
    let Import {
        mut drafts,
        findings,
        ..
    } = import(std::slice::from_ref(&source));
    match (drafts.pop(), drafts.is_empty()) {
        (Some(kept), true) if !findings.iter().any(Finding::is_error) => Ok(SetUp {
            source,
            at: kept.at,
            draft: kept.draft,
        }),
        (None, _)
            if findings
                .iter()
                .all(|found| found.code() != "topology-invalid") =>
        {
            Err(NoSetUp::Failure(no_topology(path, &source)))
        }
        (Some(_), false) => Err(NoSetUp::Failure(Failure::new(format!(
            "{} holds several set-ups: give one of them",
            source.name
        )))),
        _ => Err(NoSetUp::Wrong(
            findings.iter().map(Problem::of_finding).collect(),
        )),
    }
}

fn no_topology(path: &Path, source: &Source) -> Failure {
    let name = path.display();
    Failure::new(if source.bytes.iter().all(u8::is_ascii_whitespace) {
        format!(
            "{name} is empty. A shell that writes into the file that is read empties it first: \
             write into another one"
        )
    } else {
        format!(
            "{name} is no topology file: its first key would be `multicluster: 1`. \
             `multicluster import {name} > topology.yaml` makes one of it"
        )
    })
}

/// The set-up in a file, if no rule found an error. What is worth a look, or wrong, is told.
pub(crate) fn resolved(path: &Path) -> Result<Option<Resolution>, Failure> {
    let set_up = match read(path) {
        Ok(set_up) => set_up,
        Err(NoSetUp::Failure(failure)) => return Err(failure),
        Err(NoSetUp::Wrong(problems)) => {
            tell_errors(path, &problems);
            return Ok(None);
        }
    };
    let problems = problems(&set_up);
    let resolution = resolve(&set_up.draft);
    if resolution.plan().is_some() {
        terminal::say(&human::list(&problems, Style::of_messages()));
        return Ok(Some(resolution));
    }
    tell_errors(path, &problems);
    Ok(None)
}

/// What is worth a look before anything is made of it.
fn problems(set_up: &SetUp) -> Vec<Problem> {
    let places = Places::SetUp {
        file: topology::Places::of(&set_up.source),
        begin: &set_up.at,
    };
    let sources = std::slice::from_ref(&set_up.source);
    let mut problems = check::of_draft(&set_up.draft, &places, sources);
    problems.retain(|problem| problem.severity <= Severity::Warning);
    problems
}

/// What is wrong with a file, of which nothing can be made.
pub(crate) fn tell_errors(path: &Path, problems: &[Problem]) {
    let errors = counted(count(problems, Severity::Error), "error");
    terminal::say(&human::list(problems, Style::of_messages()));
    terminal::say(&format!(
        "{}: {errors}, so nothing is made of it.\n",
        path.display()
    ));
}
