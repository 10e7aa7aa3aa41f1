//! `multicluster.html`: the whole page in one file that opens from disk. Browsers load nothing beside such a file, so that
//! everything is in it: all programs, packed, and one script and one style of all of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::finish::{self, INDEX, Named};
use crate::html;
use crate::on_demand;
use crate::project::{self, Project};
use crate::setup::{node, npm_tool};

/// The file.
const NAME: &str = "multicluster.html";

/// Its script, made of all scripts.
const SCRIPT: &str = "whole.js";

/// Nothing may be loaded, not even from where the file is.
const POLICY: &str = "default-src 'none'; script-src 'wasm-unsafe-eval' 'hash:early.js' 'hash:whole.js'; \
    style-src 'hash:style.css' 'hash:import.css' 'hash:more.css'; img-src data:; connect-src 'none'; base-uri 'none'; \
    form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// What the page loads beside itself.
const LOADED: [&str; 4] = [
    "rel=\"modulepreload\"",
    "rel=\"preload\"",
    "rel=\"manifest\"",
    "rel=\"icon\"",
];

/// Writes it, of the folder `built`, whose names are short already, into the finished folder.
pub(crate) fn write(project: &Project, built: &Path, finished: &Path) -> Result<()> {
    let mut named = BTreeMap::new();
    let mut programs = vec!["multicluster-web".to_owned()];
    programs.extend(on_demand::PROGRAMS.iter().map(|of| of.name.to_owned()));
    let styles = on_demand::PROGRAMS
        .iter()
        .map(|of| format!("{}.css", of.name));
    let styles: Vec<String> = styles.collect();
    for name in ["early.js", "style.css"]
        .into_iter()
        .chain(styles.iter().map(String::as_str))
    {
        let path = built.join(name);
        let content = finish::minify(&path, fs::read(&path)?)?;
        named.insert(name.to_owned(), inlined(content));
    }
    named.insert(SCRIPT.to_owned(), inlined(bundle(project, built)?));
    let page = fs::read_to_string(built.join(INDEX))?;
    let icon = STANDARD.encode(fs::read(built.join("icon.svg"))?);
    let page = html::link(&source(&page, &styles, &icon)?, &named)?;
    let mut packed = String::new();
    for program in &programs {
        let name = format!("{program}_bg.wasm");
        let text = pack(&built.join(&name))?;
        packed.push_str(&format!(
            "<script type=\"application/gzip\" id=\"{name}\">{text}</script>\n"
        ));
    }
    let (before, after) = page.rsplit_once("</body>").context("the page has no end")?;
    fs::write(
        finished.join(NAME),
        format!("{before}{packed}</body>{after}"),
    )?;
    Ok(())
}

fn inlined(content: Vec<u8>) -> Named {
    Named {
        name: String::new(),
        integrity: String::new(),
        content,
    }
}

/// The page before its files are written into it.
fn source(page: &str, styles: &[String], icon: &str) -> Result<String> {
    let mut whole = String::with_capacity(page.len());
    let mut replaced = 0;
    for line in page.lines() {
        if LOADED.iter().any(|loaded| line.contains(loaded)) {
            continue;
        }
        if line.contains("content=\"default-src") {
            replaced += 1;
            whole.push_str(&format!("      content=\"{POLICY}\"\n"));
        } else if line.contains("src=\"boot.js\"") {
            replaced += 1;
            whole.push_str(&format!(
                "    <link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">\n"
            ));
        } else {
            if line.contains("</body>") {
                // Behind what says so when the file is cut in here.
                replaced += 1;
                whole.push_str(&format!(
                    "    <script data-inline type=\"module\" src=\"{SCRIPT}\"></script>\n"
                ));
            }
            whole.push_str(line);
            whole.push('\n');
        }
        if line.contains("href=\"style.css\"") {
            replaced += 1;
            for style in styles {
                whole.push_str(&format!(
                    "    <link data-inline rel=\"stylesheet\" href=\"{style}\">\n"
                ));
            }
        }
    }
    ensure!(
        replaced == 4,
        "{INDEX} has no policy, script, style or end on a line of its own"
    );
    Ok(whole)
}

/// One script of all scripts, which `whole.js` names.
fn bundle(project: &Project, built: &Path) -> Result<Vec<u8>> {
    let source = project.path("crates/web").join(SCRIPT);
    let mut esbuild = Command::new(npm_tool::ESBUILD.ensure()?);
    esbuild.args(["--bundle", "--format=esm", "--minify", "--target=es2022"]);
    esbuild.arg("--log-level=error").current_dir(built);
    let source =
        fs::File::open(&source).with_context(|| format!("cannot read {}", source.display()))?;
    let output = esbuild.stdin(source).stderr(Stdio::inherit()).output()?;
    ensure!(
        output.status.success(),
        "{} failed",
        project::line(&esbuild)
    );
    Ok(output.stdout)
}

/// A file, compressed, as text.
fn pack(file: &Path) -> Result<String> {
    const PACK: &str = "
        const packed = require('node:zlib').gzipSync(require('node:fs').readFileSync(process.argv[1]), { level: 9 });
        console.log(packed.toString('base64'));";
    let mut node = Command::new(node::ensure()?);
    node.args(["-e", PACK]).arg(file);
    project::output(&mut node).with_context(|| format!("cannot pack {}", file.display()))
}
