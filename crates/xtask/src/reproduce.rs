//! Whether the page is the same, byte for byte, wherever it is built.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::dist;
use crate::project::{self, Project};
use crate::setup;
use crate::supply::CHECKSUMS;

/// Builds `dist/` as ever, and again from scratch in a folder of another name and depth, and compares.
pub(crate) fn run(project: &Project) -> Result<()> {
    let begin = Instant::now();
    dist::build(project)?;
    let second = Instant::now();
    let folder = env::temp_dir().join(format!("multicluster {}", process::id()));
    let elsewhere = folder.join("a second/page");
    let built = copy(project, &elsewhere).and_then(|()| build(project, &elsewhere));
    let compared = built.and_then(|()| compare(&project.dist(), &elsewhere.join("dist")));
    setup::remove_folder(&folder)?;
    let files = compared?;
    println!(
        "{files} files are the same, byte for byte ({} s here, {} s from scratch elsewhere)",
        (second - begin).as_secs(),
        second.elapsed().as_secs()
    );
    Ok(())
}

/// Copies the files under version control, as they are now.
fn copy(project: &Project, place: &Path) -> Result<()> {
    let files = project::output(project.command("git").args(["ls-files", "-z"]));
    let files = files.context("`git ls-files` failed: which files belong to the project?")?;
    for name in files.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (project.path(name), place.join(name));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        // One that was removed and not yet committed is not there.
        if from.exists() {
            fs::copy(&from, to).with_context(|| format!("cannot copy {name}"))?;
        }
    }
    Ok(())
}

/// Builds there, with nothing of what was built here.
fn build(project: &Project, place: &Path) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.current_dir(place);
    cargo.env("CARGO_TARGET_DIR", place.join("output"));
    project::run(cargo.args(["run", "--locked", "--quiet", "--package", "xtask", "dist"]))
}

/// The number of files, all of which are the same.
fn compare(here: &Path, there: &Path) -> Result<usize> {
    let (here, there) = (read(here)?, read(there)?);
    let wrong = differences(&here, &there);
    if !wrong.is_empty() {
        bail!("built elsewhere, the page differs:\n{}", wrong.join("\n"));
    }
    Ok(here.len())
}

fn read(dist: &Path) -> Result<BTreeMap<String, String>> {
    let path = dist.join(CHECKSUMS);
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(sums(&text))
}

/// Checksums by file.
fn sums(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect()
}

/// Every file that one of both has otherwise, or not at all.
fn differences(here: &BTreeMap<String, String>, there: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |(name, sum): &(&String, &String)| there.get(*name) != Some(*sum);
    let of_here = here.iter().filter(differs).map(|(name, _)| name.clone());
    let only_there = there.keys().filter(|name| !here.contains_key(*name));
    of_here.chain(only_there.cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_told() {
        let here = sums("01  a\n02  b\n03  c\n");
        assert!(differences(&here, &here).is_empty());
        assert_eq!(
            differences(&here, &sums("01  a\n12  b\n04  d\n")),
            ["b", "c", "d"]
        );
    }
}
