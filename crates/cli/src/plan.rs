//! `multicluster plan`: only what must change between what runs and a topology.

use std::path::Path;

use multicluster_core::change::{self, Change};
use multicluster_core::observed::Merged;
use multicluster_core::render::ZIP_NAME;
use multicluster_core::{Artifact, ArtifactId};
use multicluster_import::{Finding, import};

use crate::arguments::Plan;
use crate::directory::{Directory, OutputFile};
use crate::failure::{Failure, Verdict};
use crate::problem::Problem;
use crate::report::human::{self, counted};
use crate::terminal::{self, Style};
use crate::{set_up, sources};

pub(crate) fn run(wanted: &Plan) -> Result<Verdict, Failure> {
    let Some(resolution) = set_up::resolved(&wanted.to)? else {
        return Ok(Verdict::Wrong);
    };
    let Some(plan) = resolution.plan() else {
        return Ok(Verdict::Wrong);
    };
    let (observed, is_read_wrong) = observed(wanted)?;
    let change = change::between(plan, &observed);
    let artifacts = change.artifacts();
    match &wanted.output {
        Some(path) => write(path, &artifacts, wanted.force)?,
        None => print(&artifacts)?,
    }
    Ok(Verdict::wrong_if(
        is_read_wrong || is_refused(&change, wanted.check),
    ))
}

fn is_refused(change: &Change, must_be_nothing: bool) -> bool {
    !change.impossible().is_empty() || must_be_nothing && !change.is_nothing()
}

/// What the files say that runs, and whether anything in them is wrong.
fn observed(wanted: &Plan) -> Result<(Merged, bool), Failure> {
    let read = import(&sources::read_all(&wanted.from)?);
    let problems: Vec<_> = read.findings.iter().map(Problem::of_finding).collect();
    terminal::say(&human::list(&problems, Style::of_messages()));
    if let Some(kept) = read.drafts.first() {
        return Err(Failure::new(format!(
            "{} holds what is wanted, and not what runs. Give the output of `cluster describe` and \
             `cluster list` of every cluster, or its configuration file",
            kept.at.source
        )));
    }
    if read.is_empty() {
        return Err(Failure::new(
            "nothing was read that runs. For clusters that do not run yet, `multicluster render` \
             writes everything",
        ));
    }
    let is_wrong = read.findings.iter().any(Finding::is_error);
    Ok((read.observed.merge(), is_wrong))
}

/// The guide: it holds everything that is to be done, with the commands.
fn print(artifacts: &[Artifact]) -> Result<(), Failure> {
    let guide = artifacts
        .iter()
        .find(|artifact| artifact.id() == ArtifactId::ChangeRunbook);
    terminal::write(guide.map(Artifact::text).unwrap_or_default().as_bytes())
}

fn write(path: &Path, artifacts: &[Artifact], force: bool) -> Result<(), Failure> {
    let files: Vec<OutputFile> = artifacts.iter().map(OutputFile::of).collect();
    let script = ArtifactId::Change.fixed_name();
    let is_written = files.iter().any(|file| file.name == script);
    if !is_written && path.join(script).exists() {
        return Err(Failure::new(format!(
            "nothing was written: in {} there is a {script} of another change, and this one needs \
             none. Remove it, so that nobody runs it",
            path.display()
        )));
    }
    Directory::open(path, ZIP_NAME)?.write(&files, force)?;
    terminal::say(&format!(
        "{}: {}.\n",
        path.display(),
        counted(files.len(), "file")
    ));
    Ok(())
}
