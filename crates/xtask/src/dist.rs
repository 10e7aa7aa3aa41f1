//! Builds the static site: `dist/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::setup::{self, cargo_tool, node, npm_tool, wasm};
use crate::{finish, first_sight, on_demand, reference, single_file, sizes, supply};

/// Builds the site and replaces `dist/` by it.
pub(crate) fn build(project: &Project) -> Result<()> {
    prepare(project)?;
    fs::create_dir_all(project.target())?;
    let _lock = setup::Lock::at(&project.target().join("page.lock"))?;
    let built = trunk(project)?;
    on_demand::build(project, &built)?;
    reference::build(project, &built)?;
    first_sight::add(project, &built)?;
    let finished = project.target().join("page-finished");
    finish::finish(&built, &finished)?;
    single_file::write(project, &built, &finished)?;
    supply::write_list(project, &finished)?;
    // Last of all: it names every other file.
    supply::write_checksums(&finished)?;
    replace(&finished, &project.dist())
}

/// The same, once for everybody who asks in this process: tests that run beside others read the files while they do.
pub(crate) fn build_once(project: &Project) -> Result<()> {
    static IS_BUILT: Mutex<Option<bool>> = Mutex::new(None);
    let mut is_built = IS_BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    match *is_built {
        Some(true) => Ok(()),
        Some(false) => bail!("the page could not be built, see above"),
        None => {
            let built = build(project);
            *is_built = Some(built.is_ok());
            built
        }
    }
}

/// Shows what the site is made of and its size next to its budget, and fails if it is too big.
pub(crate) fn report_sizes(project: &Project) -> Result<()> {
    supply::report(project)?;
    sizes::report(&project.dist())
}

/// Sets up everything that [`build`] needs.
pub(crate) fn prepare(project: &Project) -> Result<()> {
    node::ensure()?;
    wasm::ensure(project)?;
    for tool in [
        cargo_tool::TRUNK,
        cargo_tool::WASM_BINDGEN,
        npm_tool::WASM_OPT,
        npm_tool::ESBUILD,
    ] {
        tool.ensure()?;
    }
    Ok(())
}

/// Runs Trunk and returns the folder it wrote.
fn trunk(project: &Project) -> Result<PathBuf> {
    let toolchain = wasm::ensure(project)?;
    let trunk = cargo_tool::TRUNK.ensure()?;
    let tools = [
        cargo_tool::WASM_BINDGEN.ensure()?,
        npm_tool::WASM_OPT.ensure()?,
    ];
    let tools = tools
        .iter()
        .filter_map(|tool| Some(tool.parent()?.to_owned()))
        .collect();
    let folder = project.target().join("page-built");
    fs::create_dir_all(&folder)?;
    eprintln!("building the page with {}", toolchain.describe());
    let mut command = project.command(&trunk.to_string_lossy());
    command.args(["build", "--dist"]).arg(&folder);
    toolchain.apply(project, &mut command, tools)?;
    project::run(&mut command)?;
    Ok(folder)
}

/// Puts a complete folder in the place of another one, so that no half-written site is ever served.
fn replace(new: &Path, place: &Path) -> Result<()> {
    let incoming = place.with_extension("incoming");
    let outgoing = place.with_extension("outgoing");
    setup::remove_folder(&incoming)?;
    setup::remove_folder(&outgoing)?;
    copy_folder(new, &incoming)?;
    if place.exists() {
        fs::rename(place, &outgoing)
            .with_context(|| format!("cannot replace {}", place.display()))?;
    }
    fs::rename(&incoming, place)?;
    setup::remove_folder(&outgoing)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
