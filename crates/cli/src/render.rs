//! `multicluster render`: the files of a topology, the same bytes as the page's.

use std::path::Path;

use multicluster_core::Resolution;
use multicluster_core::render::ZIP_NAME;

use crate::arguments::Render;
use crate::directory::{Directory, OutputFile, Standing};
use crate::failure::{Failure, Verdict};
use crate::report::human::counted;
use crate::{set_up, terminal};

pub(crate) fn run(wanted: &Render) -> Result<Verdict, Failure> {
    let Some(resolution) = set_up::resolved(&wanted.topology)? else {
        return Ok(Verdict::Wrong);
    };
    let files = files(&resolution);
    match (&wanted.to.output, &wanted.to.stdout) {
        (Some(path), _) if wanted.check => compare(path, &files),
        (Some(path), _) => write(path, &files, wanted.force),
        (None, Some(name)) => print(name, &files),
        (None, None) => list(&files),
    }
}

/// All files, the archive of them last.
fn files(resolution: &Resolution) -> Vec<OutputFile> {
    let artifacts = resolution.render_all();
    let archive = resolution.zip().map(|bytes| OutputFile {
        name: ZIP_NAME.to_owned(),
        bytes,
        is_executable: false,
    });
    artifacts
        .iter()
        .map(OutputFile::of)
        .chain(archive)
        .collect()
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
