//! Programs of their own that boot.js loads when they are wanted, so that they cost nothing at first.
//!
//! Built by hand, as Trunk builds one program per page; finished like every other file (finish.rs).

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::setup::wasm::{self, TARGET};
use crate::setup::{self, cargo_tool, npm_tool};

/// A program that is loaded when it is wanted.
pub(crate) struct Program {
    /// How the names of its files begin: `import.js`, `import_bg.wasm`, `import.css`.
    pub(crate) name: &'static str,
    /// Its JavaScript, which names its other files.
    pub(crate) script: &'static str,
    /// The folder of its crate.
    folder: &'static str,
}

/// All of them.
pub(crate) const PROGRAMS: [Program; 2] = [
    Program {
        name: "import",
        script: "import.js",
        folder: "web-import",
    },
    Program {
        name: "more",
        script: "more.js",
        folder: "web-more",
    },
];

/// What index.html asks of Trunk for the page, with `-Oz`.
const WASM_OPT: &str = "--enable-bulk-memory --enable-bulk-memory-opt --enable-nontrapping-float-to-int \
    --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue --strip-producers \
    --strip-target-features --converge --low-memory-unused --one-caller-inline-max-function-size=0";

/// Builds all of them into the folder of the built page.
pub(crate) fn build(project: &Project, folder: &Path) -> Result<()> {
    let compiled = compile(project)?;
    for program in &PROGRAMS {
        program.assemble(project, &compiled, folder)?;
    }
    Ok(())
}

/// Compiles them as Trunk compiles the page; the folder where they are.
fn compile(project: &Project) -> Result<PathBuf> {
    let toolchain = wasm::ensure(project)?;
    let mut cargo = project.command("cargo");
    cargo.args(["build", "--locked", "--profile", "web", "--target", TARGET]);
    for program in &PROGRAMS {
        cargo.args(["--package", &program.package()]);
    }
    toolchain.apply(project, &mut cargo, Vec::new())?;
    project::run(&mut cargo)?;
    Ok(toolchain.target(project).join(TARGET).join("web"))
}

impl Program {
    /// The name of its crate.
    pub(crate) fn package(&self) -> String {
        format!("multicluster-{}", self.folder)
    }

    /// Makes its files of what was compiled.
    fn assemble(&self, project: &Project, compiled: &Path, folder: &Path) -> Result<()> {
        let program = compiled.join(format!("{}.wasm", self.package().replace('-', "_")));
        let parts = project.target().join(format!("{}-built", self.name));
        setup::remove_folder(&parts)?;
        bind(project, &program, &parts)?;
        let smaller = folder.join(format!("{}_bg.wasm", self.name));
        optimise(project, &parts.join("bindings_bg.wasm"), &smaller)?;
        let source = project.path("crates").join(self.folder);
        copy(&source.join("load.js"), &parts.join("load.js"))?;
        bundle(project, &parts.join("load.js"), &folder.join(self.script))?;
        copy(
            &source.join("style.css"),
            &folder.join(format!("{}.css", self.name)),
        )
    }
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

fn copy(source: &Path, place: &Path) -> Result<()> {
    fs::copy(source, place).with_context(|| format!("cannot copy {}", source.display()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_programs_are_optimised_alike() {
        let page = include_str!("../../../index.html");
        assert!(page.contains(&format!("data-wasm-opt-params=\"{WASM_OPT}\"")));
    }
}
