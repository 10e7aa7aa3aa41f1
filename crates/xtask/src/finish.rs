//! Finishes what Trunk wrote: names made of the final content, and integrity values wherever a file is named.
//!
//! With such names a file never changes under its name, so that every cache is right for ever; with integrity values the
//! browser refuses files that were altered or are incomplete. Files are handled from the leaves to the root: the programs,
//! their JavaScript, boot.js, index.html.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
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

/// In this order; whatever is not listed comes first, because it names no other file.
const LAST: [&str; 6] = [
    on_demand::PROGRAMS[0].script,
    on_demand::PROGRAMS[1].script,
    "multicluster-web.js",
    "boot.js",
    reference::PAGE,
    INDEX,
];

/// A file with its final content.
pub(crate) struct Named {
    /// File name that changes with the content.
    pub(crate) name: String,
    /// Value of an `integrity` attribute.
    pub(crate) integrity: String,
}

/// Writes the finished files of the folder `built` into a new folder.
pub(crate) fn finish(built: &Path, finished: &Path) -> Result<()> {
    short_names::apply(built)?;
    setup::remove_folder(finished)?;
    fs::create_dir_all(finished)?;
    let mut named = BTreeMap::new();
    for name in in_order(built)? {
        let path = built.join(&name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let bytes =
            link(&name, minify(&path, bytes)?, &named).with_context(|| format!("in {name}"))?;
        let file = name_by_content(&name, &bytes);
        fs::write(finished.join(&file.name), &bytes)?;
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
fn minify(path: &Path, bytes: Vec<u8>) -> Result<Vec<u8>> {
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
        return Ok(html::link(&text(bytes)?, named).into_bytes());
    }
    if name.ends_with(".js") {
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

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).context("is not UTF-8")
}

/// Whether people come to it by its name, which it therefore keeps.
fn is_page(name: &str) -> bool {
    name == INDEX || name == reference::PAGE
}

/// `app.js` becomes `app-0123456789abcdef.js`.
fn name_by_content(name: &str, bytes: &[u8]) -> Named {
    let hash = Sha384::digest(bytes);
    let integrity = format!("sha384-{}", STANDARD.encode(hash));
    let short: String = hash
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let name = match name.rsplit_once('.') {
        Some((stem, extension)) if !is_page(name) => format!("{stem}-{short}.{extension}"),
        _ => name.to_owned(),
    };
    Named { name, integrity }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_content() {
        let file = name_by_content("app.js", b"one");
        assert_eq!(file.name.len(), "app-0123456789abcdef.js".len());
        assert!(file.name.starts_with("app-") && file.name.ends_with(".js"));
        assert_ne!(file.name, name_by_content("app.js", b"two").name);
        for page in [INDEX, reference::PAGE] {
            assert_eq!(name_by_content(page, b"one").name, page);
        }
    }

    #[test]
    fn integrity_is_what_browsers_expect() {
        // printf '' | openssl dgst -sha384 -binary | base64
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(name_by_content("empty.js", b"").integrity, expected);
    }

    #[test]
    fn scripts_name_final_files() {
        let file = Named {
            name: "a-1.wasm".into(),
            integrity: "sha384-x".into(),
        };
        let named = BTreeMap::from([("a.wasm".to_owned(), file)]);
        let script =
            "fetch('./a.wasm', { integrity: 'integrity:a.wasm' }); new URL(\"a.wasm\"); aa.wasm";
        let expected =
            "fetch('./a-1.wasm', { integrity: 'sha384-x' }); new URL(\"a-1.wasm\"); aa.wasm";
        assert_eq!(link_script(script.to_owned(), &named), expected);
    }
}
