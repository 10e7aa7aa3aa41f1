//! `multicluster render`: the files of a topology, the same bytes as the page's.

use std::path::Path;

use multicluster_core::render::ZIP_NAME;
use multicluster_core::{Resolution, Severity, resolve};

use crate::arguments::Render;
use crate::check;
use crate::directory::{Directory, OutputFile, Standing};
use crate::failure::{Failure, Verdict};
use crate::places::Places;
use crate::problem::Problem;
use crate::report::human::{self, counted};
use crate::sources::{self, NoSetUp, SetUp};
use crate::terminal::{self, Style};

pub(crate) fn run(wanted: &Render) -> Result<Verdict, Failure> {
    let set_up = match sources::read_set_up(&wanted.topology) {
        Ok(set_up) => set_up,
        Err(NoSetUp::Failure(failure)) => return Err(failure),
        Err(NoSetUp::Wrong(problems)) => return Ok(refuse(&problems)),
    };
    let resolution = resolve(&set_up.draft);
    let problems = problems(&set_up);
    let Some(files) = files(&resolution) else {
        return Ok(refuse(&problems));
    };
    terminal::say(&human::list(&problems, Style::of_messages()));
    match (&wanted.to.output, &wanted.to.stdout) {
        (Some(path), _) if wanted.check => compare(path, &files),
        (Some(path), _) => write(path, &files, wanted.force),
        (None, Some(name)) => print(name, &files),
        (None, None) => list(&files),
    }
}

/// What is worth a look before the files are used.
fn problems(set_up: &SetUp) -> Vec<Problem> {
    let places = Places::SetUp {
        source: &set_up.source,
        begin: &set_up.at,
    };
    let sources = std::slice::from_ref(&set_up.source);
    let mut problems = check::of_draft(&set_up.draft, &places, sources);
    problems.retain(|problem| problem.severity <= Severity::Warning);
    problems
}

fn refuse(problems: &[Problem]) -> Verdict {
    terminal::say(&human::list(problems, Style::of_messages()));
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    terminal::say(&format!(
        "Nothing was written: {}.\n",
        counted(errors, "error")
    ));
    Verdict::Wrong
}

/// All files, the archive of them last; `None` while there is an error.
fn files(resolution: &Resolution) -> Option<Vec<OutputFile>> {
    let archive = OutputFile {
        name: ZIP_NAME.to_owned(),
        bytes: resolution.zip()?,
        is_executable: false,
    };
    let artifacts = resolution.render_all();
    let files = artifacts.iter().map(|artifact| OutputFile {
        name: artifact.name().to_owned(),
        bytes: artifact.text().into_bytes(),
        is_executable: artifact.id().is_executable(),
    });
    Some(files.chain([archive]).collect())
}

fn write(path: &Path, files: &[OutputFile], force: bool) -> Result<Verdict, Failure> {
    let directory = Directory::open(path)?;
    let left_over = directory.left_over(files);
    let changed = directory.write(files, force)?;
    terminal::say(&format!(
        "{}: {}, {changed} new or changed.\n",
        path.display(),
        counted(files.len(), "file"),
    ));
    if !left_over.is_empty() {
        terminal::say(&format!(
            "Left over from before, and not deleted: {}.\n",
            left_over.join(", ")
        ));
    }
    Ok(Verdict::Fine)
}

fn compare(path: &Path, files: &[OutputFile]) -> Result<Verdict, Failure> {
    let directory = Directory::open(path)?;
    let mut differences = Vec::new();
    for file in files {
        let what = match directory.standing(file)? {
            Standing::Same => continue,
            Standing::Absent => "is missing",
            Standing::Ours | Standing::Foreign => "differs",
        };
        differences.push(format!("{} {what}\n", file.name));
    }
    for name in directory.left_over(files) {
        differences.push(format!("{name} is left over from before\n"));
    }
    terminal::write(differences.concat().as_bytes())?;
    Ok(Verdict::wrong_if(!differences.is_empty()))
}

fn print(name: &str, files: &[OutputFile]) -> Result<Verdict, Failure> {
    let Some(file) = files.iter().find(|file| file.name == name) else {
        return Err(Failure::new(format!(
            "there is no file {name}. There are {}",
            names(files).join(", ")
        )));
    };
    terminal::write(&file.bytes)?;
    Ok(Verdict::Fine)
}

fn list(files: &[OutputFile]) -> Result<Verdict, Failure> {
    let names: String = names(files)
        .iter()
        .map(|name| format!("{name}\n"))
        .collect();
    terminal::write(names.as_bytes())?;
    Ok(Verdict::Fine)
}

fn names(files: &[OutputFile]) -> Vec<&str> {
    files.iter().map(|file| &*file.name).collect()
}
