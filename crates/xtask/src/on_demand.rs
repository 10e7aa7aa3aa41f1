//! The dialogs: a program of its own that boot.js loads when one is wanted, so that they cost nothing at first.
//!
//! Built by hand, as Trunk builds one program per page; finished like every other file (finish.rs).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::setup::wasm::{self, TARGET};
use crate::setup::{self, cargo_tool, npm_tool};

/// How the names of its files begin: `import.js`, `import_bg.wasm`, `import.css`.
pub(crate) const NAME: &str = "import";

/// Its JavaScript, which names its other files.
pub(crate) const SCRIPT: &str = "import.js";

const PACKAGE: &str = "multicluster-web-import";

/// What index.html asks of Trunk for the page, with `-Oz`.
const WASM_OPT: &str = "--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue --strip-producers \
    --strip-target-features --converge --low-memory-unused --one-caller-inline-max-function-size=0";

/// Builds it into the folder of the built page.
pub(crate) fn build(project: &Project, folder: &Path) -> Result<()> {
    let program = compile(project)?;
    let parts = project.target().join("import-built");
    setup::remove_folder(&parts)?;
    bind(project, &program, &parts)?;
    optimise(
        project,
        &parts.join("bindings_bg.wasm"),
        &folder.join("import_bg.wasm"),
    )?;
    copy(project, "load.js", &parts.join("load.js"))?;
    bundle(project, &parts.join("load.js"), &folder.join(SCRIPT))?;
    copy(project, "style.css", &folder.join("import.css"))
}

/// Compiles it as Trunk compiles the page; where the program is.
fn compile(project: &Project) -> Result<PathBuf> {
    let toolchain = wasm::ensure(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["build", "--locked", "--profile", "web", "--target", TARGET]);
    cargo.args(["--package", PACKAGE]);
    toolchain.apply(project, &mut cargo, Vec::new())?;
    project::run(&mut cargo)?;
    let compiled = toolchain.target(project).join(TARGET).join("web");
    Ok(compiled.join(format!("{}.wasm", PACKAGE.replace('-', "_"))))
}

/// Writes `bindings.js` and `bindings_bg.wasm` into a folder.
fn bind(project: &Project, program: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = project.command(&cargo_tool::WASM_BINDGEN.ensure()?.to_string_lossy());
    bindgen.args(["--target", "web", "--no-typescript"]);
    bindgen.args(["--out-name", "bindings", "--out-dir"]);
    project::run(bindgen.arg(folder).arg(program))
}

fn optimise(project: &Project, program: &Path, smaller: &Path) -> Result<()> {
    let mut optimise = project.command(&npm_tool::WASM_OPT.ensure()?.to_string_lossy());
    optimise.arg("-Oz").args(WASM_OPT.split_whitespace());
    project::run(optimise.arg(program).arg("-o").arg(smaller))
}

/// Makes one script of a script and what it imports: one file to check.
fn bundle(project: &Project, script: &Path, whole: &Path) -> Result<()> {
    let mut esbuild = project.command(&npm_tool::ESBUILD.ensure()?.to_string_lossy());
    esbuild.args(["--bundle", "--format=esm", "--target=es2022"]);
    esbuild.arg("--log-level=warning").arg(script);
    project::run(esbuild.arg(format!("--outfile={}", whole.display())))
}

fn copy(project: &Project, name: &str, place: &Path) -> Result<()> {
    let source = project.path("crates/web-import").join(name);
    fs::copy(&source, place).with_context(|| format!("cannot copy {}", source.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_programs_are_optimised_alike() {
        let page = include_str!("../../../index.html");
        assert!(page.contains(&format!("data-wasm-opt-params=\"{WASM_OPT}\"")));
    }
}
