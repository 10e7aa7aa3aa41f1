//! Files, as import takes them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use multicluster_core::Draft;
use multicluster_core::observed::Location;
use multicluster_import::{Import, Source, import};

use crate::failure::Failure;
use crate::problem::Problem;

/// The name of standard input on the command line.
const STANDARD_INPUT: &str = "-";
/// More than import reads, so that it says so, and little enough for any machine.
const MOST_BYTES: u64 = 64 << 20;

/// Reads all of them; `-` is standard input.
pub(crate) fn read_all(paths: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    let is_input = |path: &&PathBuf| path.as_os_str() == STANDARD_INPUT;
    if paths.iter().filter(is_input).count() > 1 {
        return Err(Failure::new(
            "standard input (`-`) can be read once: name it once",
        ));
    }
    paths.iter().map(|path| read(path)).collect()
}

/// Reads one file; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    if path.as_os_str() == STANDARD_INPUT {
        let read = io::stdin().lock().take(MOST_BYTES).read_to_end(&mut bytes);
        read.map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
        return Ok(Source::new("stdin", bytes));
    }
    if path.is_dir() {
        return Err(Failure::new(format!(
            "{path} is a folder: name the files in it, such as {path}/*.yaml",
            path = path.display()
        )));
    }
    let file = File::open(path).map_err(|error| Failure::of_file("read", path, &error))?;
    let read = file.take(MOST_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| Failure::of_file("read", path, &error))?;
    Ok(Source::new(name(path), bytes))
}

/// How findings call a file: as it was named, with slashes everywhere, as SARIF wants it.
fn name(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = name.strip_prefix("./").unwrap_or(&name);
    if std::path::MAIN_SEPARATOR == '\\' {
        name.replace('\\', "/")
    } else {
        name.to_owned()
    }
}

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
pub(crate) fn read_set_up(path: &Path) -> Result<SetUp, NoSetUp> {
    let source = read(path).map_err(NoSetUp::Failure)?;
    let Import {
        mut drafts,
        findings,
        ..
    } = import(std::slice::from_ref(&source));
    match (drafts.pop(), drafts.is_empty()) {
        (Some(kept), true) if !findings.iter().any(multicluster_import::Finding::is_error) => {
            Ok(SetUp {
                source,
                at: kept.at,
                draft: kept.draft,
            })
        }
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
