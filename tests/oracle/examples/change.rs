//! The way from what was read to what a link describes, for tests outside of Rust.
//!
//! `change LINK FOLDER FILE…` reads the files, whatever they hold, writes `change.sh` and `CHANGE.md` into the
//! folder, and prints their names.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use multicluster_core::{change, link, resolve};
use multicluster_import::{Source, import};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let resolution = resolve(&link::decode(&arguments.next().unwrap_or_default())?);
    let plan = resolution.plan().ok_or("there is an error in the plan")?;
    let folder = PathBuf::from(arguments.next().ok_or("no folder")?);
    let read = |path: String| fs::read(&path).map(|bytes| Source::new(path, bytes));
    let sources: Vec<Source> = arguments.map(read).collect::<Result<_, _>>()?;
    let observed = import(&sources).observed.merge();
    for artifact in change::between(plan, &observed).artifacts() {
        fs::write(folder.join(artifact.name()), artifact.text())?;
        println!("{}", artifact.name());
    }
    Ok(())
}
