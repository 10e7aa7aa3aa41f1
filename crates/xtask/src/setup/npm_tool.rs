//! Tools that come as npm packages and run on Node: the same version everywhere, and nothing to compile.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::{Tool, node};
use crate::project;

/// Makes the program smaller.
pub(crate) const WASM_OPT: Tool = Tool {
    name: "wasm-opt",
    version: "132",
    executable: "node_modules/.bin/wasm-opt",
    takes: "20 seconds",
    install: |tool, folder| npm_install(&format!("binaryen@{}.0.0", tool.version), folder),
};

/// Makes scripts and style sheets smaller.
pub(crate) const ESBUILD: Tool = Tool {
    name: "esbuild",
    version: "0.28.2",
    executable: "node_modules/.bin/esbuild",
    takes: "10 seconds",
    install: |tool, folder| npm_install(&format!("esbuild@{}", tool.version), folder),
};

fn npm_install(package: &str, folder: &Path) -> Result<()> {
    // A folder of its own: npm would otherwise look for a package above it.
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let mut command = node::npm()?;
    command.args([
        "install",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        package,
    ]);
    project::run(command.current_dir(folder))
}
