//! Finishes what Trunk wrote: names made of the final content, and integrity values wherever a file is named.
//!
//! With such names a file never changes under its name, so that every cache is right for ever; with integrity values the
//! browser refuses files that were altered or are incomplete. Files are handled from the leaves to the root: the programs,
//! their JavaScript, boot.js, index.html. What the first sight needs at once is written into index.html itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use crate::html;
use crate::on_demand;
use crate::project;
use crate::reference;
use crate::setup::{self, npm_tool};
use crate::short_names;

/// The page itself.
pub(crate) const INDEX: &str = "index.html";

/// Keeps all other files for when there is no network.
const SERVICE_WORKER: &str = "sw.js";

/// In this order; whatever is not listed comes first, because it names no other file.
const LAST: [&str; 7] = [
    on_demand::PROGRAMS[0].script,
    on_demand::PROGRAMS[1].script,
    "multicluster-web.js",
    "boot.js",
    reference::PAGE,
    INDEX,
    SERVICE_WORKER,
];

/// A file with its final content.
pub(crate) struct Named {
    /// File name that changes with the content.
    pub(crate) name: String,
    /// Value of an `integrity` attribute.
    pub(crate) integrity: String,
    pub(crate) content: Vec<u8>,
}

/// Writes the finished files of the folder `built` into a new folder.
pub(crate) fn finish(built: &Path, finished: &Path) -> Result<()> {
    short_names::apply(built)?;
    setup::remove_folder(finished)?;
    fs::create_dir_all(finished)?;
    // What is written into the page is no file.
    let within = html::inlined(&fs::read_to_string(built.join(INDEX))?);
    let mut named = BTreeMap::new();
    for name in in_order(built)? {
        let path = built.join(&name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let bytes =
            link(&name, minify(&path, bytes)?, &named).with_context(|| format!("in {name}"))?;
        let file = name_by_content(&name, bytes);
        if !within.contains(&name) {
            fs::write(finished.join(&file.name), &file.content)?;
        }
        if name == INDEX {
            named.retain(|name, _| !within.contains(name));
        }
        named.insert(name, file);
    }
    Ok(())
}

/// All files, those that are named by others first.
fn in_order(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().into_string();
        names.push(
            name.ok()
                .context("a file name in the built page is not UTF-8")?,
        );
    }
    for wanted in LAST {
        if !names.iter().any(|name| name == wanted) {
            bail!("{wanted} was not built");
        }
    }
    names.sort_by_key(|name| {
        (
            LAST.iter()
                .position(|last| last == name)
                .map_or(0, |place| place + 1),
            name.clone(),
        )
    });
    Ok(names)
}

/// Scripts and style sheets without comments and needless space, and with short names inside.
pub(crate) fn minify(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if !path
        .extension()
        .is_some_and(|extension| extension == "js" || extension == "css")
    {
        return Ok(bytes);
    }
    let mut command = Command::new(npm_tool::ESBUILD.ensure()?);
    command
        .args(["--minify", "--target=es2022", "--log-level=warning"])
        .arg(path);
    let smaller = project::output(&mut command)
        .with_context(|| format!("cannot minify {}", path.display()))?;
    Ok(smaller.into_bytes())
}

/// Puts final names and integrity values where a file names others.
fn link(name: &str, bytes: Vec<u8>, named: &BTreeMap<String, Named>) -> Result<Vec<u8>> {
    if is_page(name) {
        return Ok(html::link(&text(bytes)?, named)?.into_bytes());
    }
    if name == SERVICE_WORKER {
        return Ok(list_all(&text(bytes)?, named)?.into_bytes());
    }
    if name.ends_with(".js") || name.ends_with(".webmanifest") {
        return Ok(link_script(text(bytes)?, named).into_bytes());
    }
    Ok(bytes)
}

/// In a script: `integrity:NAME` becomes the integrity value of a file, and its name the final name.
fn link_script(mut script: String, named: &BTreeMap<String, Named>) -> String {
    for (name, file) in named {
        script = script.replace(&format!("integrity:{name}"), &file.integrity);
        for before in ['/', '\'', '"', '`'] {
            script = script.replace(
                &format!("{before}{name}"),
                &format!("{before}{}", file.name),
            );
        }
    }
    script
}

/// In the service worker: all files with their integrity values, and a value for them together. `named` without what is
/// written into the page.
fn list_all(script: &str, named: &BTreeMap<String, Named>) -> Result<String> {
    let files = named.values().map(|file| {
        // Servers may redirect from the name of the page to its folder.
        let name = file.name.strip_prefix(INDEX).unwrap_or(&file.name);
        format!("\"./{name}\":\"{}\"", file.integrity)
    });
    let files = files.collect::<Vec<_>>().join(",");
    let release = short_hash(&Sha384::digest(&files));
    let script = replace_once(script, "\"checksums:all\"", &format!("{{{files}}}"))?;
    replace_once(&script, "checksum:all", &release)
}

fn replace_once(text: &str, place: &str, by: &str) -> Result<String> {
    ensure!(
        text.matches(place).count() == 1,
        "{place} is not there once"
    );
    Ok(text.replace(place, by))
}

fn short_hash(hash: &[u8]) -> String {
    hash.iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("is not UTF-8")
}

/// Whether people come to it.
fn is_page(name: &str) -> bool {
    name == INDEX || name == reference::PAGE
}

/// What people and browsers come back to by its name.
fn keeps_name(name: &str) -> bool {
    is_page(name) || name == SERVICE_WORKER
}

/// `app.js` becomes `app-0123456789abcdef.js`.
fn name_by_content(name: &str, content: Vec<u8>) -> Named {
    let hash = Sha384::digest(&content);
    let integrity = format!("sha384-{}", STANDARD.encode(hash));
    let short = short_hash(&hash);
    let name = match name.rsplit_once('.') {
        Some((stem, extension)) if !keeps_name(name) => format!("{stem}-{short}.{extension}"),
        _ => name.to_owned(),
    };
    Named {
        name,
        integrity,
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_content() {
        let file = name_by_content("app.js", b"one".to_vec());
        assert_eq!(file.name.len(), "app-0123456789abcdef.js".len());
        assert!(file.name.starts_with("app-") && file.name.ends_with(".js"));
        assert_ne!(file.name, name_by_content("app.js", b"two".to_vec()).name);
        for page in [INDEX, reference::PAGE, SERVICE_WORKER] {
            assert_eq!(name_by_content(page, b"one".to_vec()).name, page);
        }
    }

    #[test]
    fn integrity_is_what_browsers_expect() {
        // printf '' | openssl dgst -sha384 -binary | base64
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(name_by_content("empty.js", Vec::new()).integrity, expected);
    }

    #[test]
    fn scripts_name_final_files() {
        let file = Named {
            name: "a-1.wasm".into(),
            integrity: "sha384-x".into(),
            content: Vec::new(),
        };
        let named = BTreeMap::from([("a.wasm".to_owned(), file)]);
        let script =
            "fetch('./a.wasm', { integrity: 'integrity:a.wasm' }); new URL(\"a.wasm\"); aa.wasm";
        let expected =
            "fetch('./a-1.wasm', { integrity: 'sha384-x' }); new URL(\"a-1.wasm\"); aa.wasm";
        assert_eq!(link_script(script.to_owned(), &named), expected);
    }
}
