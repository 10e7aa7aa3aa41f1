//! What is beside the page for those who check it: a list of what is inside, and checksums of all files.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use super::packages::{self, Package};
use crate::project::Project;
use crate::setup::wasm;

/// The list of what is inside: CycloneDX 1.6, as JSON.
const LIST: &str = "sbom.cdx.json";

/// As `sha256sum -c` reads it.
pub(crate) const CHECKSUMS: &str = "SHA256SUMS";

/// What begins and ends the list. No time and no number of its own: the same page has the same list.
const BEGIN: &str = r#"{
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {
    "component": {
      "type": "application",
      "bom-ref": "page",
      "name": "Temporal multi-cluster replication",
      "licenses": [{"expression": "MIT OR Apache-2.0"}]
    }
  },
  "components": [
"#;
const END: &str = "\n  ]\n}\n";

/// Writes the list of what is in the programs of the page.
pub(crate) fn write_list(project: &Project, folder: &Path) -> Result<()> {
    let checksums = packages::checksums(project)?;
    let mut components = vec![standard_library(&wasm::ensure(project)?.version(project)?)];
    for package in packages::of_page(project)? {
        let key = (package.name.clone(), package.version.clone());
        components.push(component(&package, checksums.get(&key)));
    }
    let list = format!("{BEGIN}{}{END}", components.join(",\n"));
    fs::write(folder.join(LIST), list).with_context(|| format!("cannot write {LIST}"))
}

/// Says how many crates are in the page.
pub(crate) fn report(project: &Project) -> Result<()> {
    let packages = packages::of_page(project)?;
    let checksums = packages::checksums(project)?;
    let is_ours = |it: &&Package| !checksums.contains_key(&(it.name.clone(), it.version.clone()));
    let ours = packages.iter().filter(is_ours).count();
    println!(
        "{} crates in the page, {ours} of them ours: {LIST}",
        packages.len()
    );
    Ok(())
}

fn standard_library(version: &str) -> String {
    let package = Package {
        name: "std".to_owned(),
        version: version.to_owned(),
        license: "MIT OR Apache-2.0".to_owned(),
        repository: "https://github.com/rust-lang/rust".to_owned(),
    };
    written(&package, "pkg:generic/rust-std", None)
}

fn component(package: &Package, checksum: Option<&String>) -> String {
    // Only what was published has an address among packages, and a checksum.
    let kind = if checksum.is_some() {
        "pkg:cargo"
    } else {
        "pkg:generic"
    };
    written(package, &format!("{kind}/{}", package.name), checksum)
}

fn written(package: &Package, address: &str, checksum: Option<&String>) -> String {
    let Package {
        name,
        version,
        license,
        repository,
    } = package;
    let address = format!("{address}@{version}");
    let mut text = format!(
        "    {{\"type\": \"library\", \"bom-ref\": {}",
        quoted(&address)
    );
    for (key, value) in [("name", name), ("version", version), ("purl", &address)] {
        // Writing to a String cannot fail.
        let _ = write!(text, ", \"{key}\": {}", quoted(value));
    }
    let _ = write!(
        text,
        ", \"licenses\": [{{\"expression\": {}}}]",
        quoted(license)
    );
    if let Some(checksum) = checksum {
        let checksum = quoted(checksum);
        let _ = write!(
            text,
            ", \"hashes\": [{{\"alg\": \"SHA-256\", \"content\": {checksum}}}]"
        );
    }
    if !repository.is_empty() {
        let url = quoted(repository);
        let _ = write!(
            text,
            ", \"externalReferences\": [{{\"type\": \"vcs\", \"url\": {url}}}]"
        );
    }
    text + "}"
}

/// A JSON string. What manifests say has neither quotes nor control characters in it, or they are dropped.
fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '\\'))
        .collect();
    format!("\"{plain}\"")
}

/// Writes the checksums of all files of a folder, by name.
pub(crate) fn write_checksums(folder: &Path) -> Result<()> {
    let mut names = Vec::new();
    collect(folder, "", &mut names)?;
    names.retain(|name| name != CHECKSUMS);
    names.sort();
    let mut text = String::new();
    for name in names {
        let bytes = fs::read(folder.join(&name)).with_context(|| format!("cannot read {name}"))?;
        for byte in Sha256::digest(bytes) {
            let _ = write!(text, "{byte:02x}");
        }
        let _ = writeln!(text, "  {name}");
    }
    fs::write(folder.join(CHECKSUMS), text).with_context(|| format!("cannot write {CHECKSUMS}"))
}

/// The paths of all files below a folder, with `/`.
fn collect(folder: &Path, before: &str, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok();
        let name = name.context("a file name in the built page is not UTF-8")?;
        let path = format!("{before}{name}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{path}/"), names)?;
        } else {
            names.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_are_json() {
        let package = Package {
            name: "fnv".to_owned(),
            version: "1.0.7".to_owned(),
            license: "MIT".to_owned(),
            repository: "https://git.example".to_owned(),
        };
        let checksum = "00ff".to_owned();
        assert_eq!(
            component(&package, Some(&checksum)).trim(),
            r#"{"type": "library", "bom-ref": "pkg:cargo/fnv@1.0.7", "name": "fnv", "version": "1.0.7", "purl": "pkg:cargo/fnv@1.0.7", "licenses": [{"expression": "MIT"}], "hashes": [{"alg": "SHA-256", "content": "00ff"}], "externalReferences": [{"type": "vcs", "url": "https://git.example"}]}"#
        );
        assert_eq!(quoted("a\"\\\nb"), "\"ab\"");
        assert!(!component(&package, None).contains("pkg:cargo"));
    }

    #[test]
    fn checksums_are_sorted_and_whole() {
        let folder = std::env::temp_dir().join(format!("checksums-{}", std::process::id()));
        fs::create_dir_all(folder.join("b")).expect("a folder");
        for (name, text) in [("c", ""), ("b/d", "abc"), (CHECKSUMS, "old")] {
            fs::write(folder.join(name), text).expect("a file");
        }
        write_checksums(&folder).expect("all can be read");
        let written = fs::read_to_string(folder.join(CHECKSUMS)).expect("it was written");
        fs::remove_dir_all(&folder).expect("it is ours");
        // printf abc | sha256sum; printf '' | sha256sum
        assert_eq!(
            written,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/d\n\
             e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  c\n"
        );
    }
}
