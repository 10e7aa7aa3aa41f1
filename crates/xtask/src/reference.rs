//! `reference.html`: what every code means, written by a program of this project.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};

/// It keeps its name: its sections are what other texts link to.
pub(crate) const PAGE: &str = "reference.html";

/// Its own style sheet, beside that of the page.
const STYLE: &str = "reference.css";

/// Writes it into the folder of the built page.
pub(crate) fn build(project: &Project, folder: &Path) -> Result<()> {
    let source = project.path("crates/reference");
    fs::copy(source.join("style.css"), folder.join(STYLE)).context("cannot copy its style")?;
    fs::write(folder.join(PAGE), text(project)?).with_context(|| format!("cannot write {PAGE}"))
}

fn text(project: &Project) -> Result<Vec<u8>> {
    let mut cargo = project.cargo();
    cargo.args(["run", "--locked", "--quiet"]);
    cargo.args(["--package", "multicluster-reference"]);
    let output = cargo.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("cannot start {}", project::line(&cargo)))?;
    if !output.status.success() {
        bail!("{} failed ({})", project::line(&cargo), output.status);
    }
    Ok(output.stdout)
}
