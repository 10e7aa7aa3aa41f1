//! `multicluster render`: the files of a topology, the same bytes as the page's.

use std::path::Path;

use multicluster_core::render::ZIP_NAME;
use multicluster_core::render::extra::{Flavour, render_extra, zip_of};
use multicluster_core::{Artifact, Plan, Resolution};

use crate::arguments::{OtherFormat, Render};
use crate::directory::{Directory, OutputFile, Standing};
use crate::failure::{Failure, Verdict};
use crate::report::human::counted;
use crate::{set_up, terminal};

pub(crate) fn run(wanted: &Render) -> Result<Verdict, Failure> {
    let Some(resolution) = set_up::resolved(&wanted.topology)? else {
        return Ok(Verdict::Wrong);
    };
    let bundle = match (wanted.format, resolution.plan()) {
        (Some(OtherFormat(flavour)), Some(plan)) => in_format(plan, flavour)?,
        _ => as_on_the_page(&resolution),
    };
    match (&wanted.to.output, &wanted.to.stdout) {
        (Some(path), _) if wanted.check => compare(path, &bundle),
        (Some(path), _) => write(path, &bundle, wanted.force),
        (None, Some(name)) => print(name, &bundle.files),
        (None, None) => list(&bundle.files),
    }
}

/// Files that belong together, the archive of them last.
struct Bundle {
    files: Vec<OutputFile>,
    archive: &'static str,
}

impl Bundle {
    fn of(artifacts: &[Artifact], archive: &'static str, bytes: Option<Vec<u8>>) -> Self {
        let mut files: Vec<OutputFile> = artifacts.iter().map(OutputFile::of).collect();
        files.extend(bytes.map(|bytes| OutputFile {
            name: archive.to_owned(),
            bytes,
            is_executable: false,
        }));
        Self { files, archive }
    }
}

fn as_on_the_page(resolution: &Resolution) -> Bundle {
    Bundle::of(&resolution.render_all(), ZIP_NAME, resolution.zip())
}

fn in_format(plan: &Plan, flavour: Flavour) -> Result<Bundle, Failure> {
    if let Some(hindrance) = flavour.hindrance(plan) {
        return Err(Failure::new(format!(
            "it cannot be written as {}. {hindrance}",
            flavour.name()
        )));
    }
    let files = render_extra(plan, flavour);
    let bytes = zip_of(&files);
    Ok(Bundle::of(&files, flavour.zip_name(), Some(bytes)))
}

fn write(path: &Path, bundle: &Bundle, force: bool) -> Result<Verdict, Failure> {
    let directory = Directory::open(path, bundle.archive)?;
    let files = &bundle.files;
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

fn compare(path: &Path, bundle: &Bundle) -> Result<Verdict, Failure> {
    let directory = Directory::open(path, bundle.archive)?;
    let files = &bundle.files;
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
