//! The first sight, rendered natively: it can be read while the program is still on its way.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::finish::INDEX;
use crate::project::{self, Project};

/// Where the program puts the page.
const PLACE: &str = "<div id=\"app\"></div>";

/// Puts it into the page in a folder.
pub(crate) fn add(project: &Project, folder: &Path) -> Result<()> {
    let path = folder.join(INDEX);
    let page = fs::read_to_string(&path).context("cannot read the built page")?;
    ensure!(page.contains(PLACE), "{INDEX} has no {PLACE}");
    let place = PLACE.replace("><", &format!(">{}<", render(project)?));
    fs::write(&path, page.replace(PLACE, &place))?;
    Ok(())
}

/// What the native build of the page shows first.
fn render(project: &Project) -> Result<String> {
    let mut cargo = project.cargo();
    cargo.args(["run", "--quiet", "--locked"]);
    cargo.args(["--package", "multicluster-web", "--example", "first-sight"]);
    cargo.stderr(Stdio::inherit());
    let output = cargo.output().context("cannot start cargo")?;
    ensure!(
        output.status.success(),
        "{} failed ({})",
        project::line(&cargo),
        output.status
    );
    let page = String::from_utf8(output.stdout).context("the first sight is not UTF-8")?;
    Ok(page.trim_end().to_owned())
}
