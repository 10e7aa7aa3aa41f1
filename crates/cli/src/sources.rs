//! Files, as import takes them.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use multicluster_import::Source;

use crate::failure::Failure;

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
