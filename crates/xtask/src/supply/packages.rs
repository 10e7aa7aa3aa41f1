//! What cargo resolved: the crates of the project, and those of the page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};

use crate::on_demand;
use crate::project::{self, Project};
use crate::setup::wasm::TARGET;

/// A crate of one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    /// An SPDX expression.
    pub(crate) license: String,
    /// Where its source is kept; empty if it does not say so.
    pub(crate) repository: String,
}

/// What is in the programs of the page. Macros and build scripts are not: they run in the compiler.
pub(crate) fn of_page(project: &Project) -> Result<BTreeSet<Package>> {
    let mut arguments = vec![
        "--edges=normal,no-proc-macro".to_owned(),
        format!("--target={TARGET}"),
        "--package=multicluster-web".to_owned(),
    ];
    for program in &on_demand::PROGRAMS {
        arguments.push(format!("--package={}", program.package()));
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    tree(project, &arguments)
}

/// A crate with all that it needs in a program.
#[cfg(test)]
pub(crate) fn of(project: &Project, package: &str) -> Result<BTreeSet<Package>> {
    tree(project, &["--edges=normal", "--package", package])
}

fn tree(project: &Project, arguments: &[&str]) -> Result<BTreeSet<Package>> {
    let mut cargo = project.cargo();
    cargo.args(["tree", "--locked", "--prefix=none"]);
    cargo.args(["--format", "{p}\t{l}\t{r}"]).args(arguments);
    let lines =
        project::output(&mut cargo).with_context(|| format!("{} failed", project::line(&cargo)))?;
    let lines = lines.lines().filter(|line| !line.is_empty());
    lines.map(package).collect()
}

/// `name v1.2.3 (folder)`, licence, repository. What was shown before ends in `(*)`.
fn package(line: &str) -> Result<Package> {
    let mut parts = line.trim_end_matches(" (*)").split('\t');
    let mut part = || {
        parts
            .next()
            .with_context(|| format!("not a crate: {line:?}"))
    };
    let (crate_, license) = (part()?, part()?);
    let repository = parts.next().unwrap_or_default();
    let mut words = crate_.split(' ');
    let name = words.next().unwrap_or_default();
    let version = words.next().and_then(|word| word.strip_prefix('v'));
    Ok(Package {
        name: name.to_owned(),
        version: version
            .with_context(|| format!("no version: {line:?}"))?
            .to_owned(),
        // So it was written before SPDX.
        license: license.replace(" / ", " OR ").replace('/', " OR "),
        repository: repository.to_owned(),
    })
}

/// The checksums of what was published, by name and version: SHA-256 in hexadecimal digits. Our own crates have none.
pub(crate) fn checksums(project: &Project) -> Result<BTreeMap<(String, String), String>> {
    let text = fs::read_to_string(project.path("Cargo.lock")).context("cannot read Cargo.lock")?;
    Ok(read_lock(&text))
}

fn read_lock(text: &str) -> BTreeMap<(String, String), String> {
    let entries = text.split("[[package]]\n").skip(1);
    let checksum = |entry: &str| {
        let value = |key: &str| {
            let value = entry.lines().find_map(|line| line.strip_prefix(key))?;
            Some(value.strip_prefix(" = \"")?.strip_suffix('"')?.to_owned())
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    };
    entries.filter_map(checksum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_cargo_tree() {
        let read = |line: &str| package(line).map_err(|error| error.to_string());
        let fnv = Package {
            name: "fnv".to_owned(),
            version: "1.0.7".to_owned(),
            license: "Apache-2.0 OR MIT".to_owned(),
            repository: "https://git.example/fnv".to_owned(),
        };
        let line = "fnv v1.0.7\tApache-2.0 / MIT\thttps://git.example/fnv";
        assert_eq!(read(line), Ok(fnv.clone()));
        assert_eq!(read(&format!("{line} (*)")), Ok(fnv));
        let ours = package("core v0.1.0 (/home/me/core)\tMIT/Apache-2.0\t").expect("is a crate");
        assert_eq!(
            (&*ours.license, &*ours.repository),
            ("MIT OR Apache-2.0", "")
        );
        assert!(read("fnv").is_err());
    }

    #[test]
    fn entries_of_the_lock_file() {
        let text = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+x\"\n\
                    checksum = \"00\"\ndependencies = [\n \"b\",\n]\n\n[[package]]\nname = \"b\"\nversion = \"0.1.0\"\n";
        let a = ("a".to_owned(), "1.0.0".to_owned());
        assert_eq!(read_lock(text), BTreeMap::from([(a, "00".to_owned())]));
    }
}
