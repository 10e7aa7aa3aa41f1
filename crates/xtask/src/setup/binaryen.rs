//! wasm-opt, from the npm package `binaryen`: the same version everywhere, and it runs on Node.

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
    install,
};

fn install(tool: &Tool, folder: &Path) -> Result<()> {
    // A folder of its own: npm would otherwise look for a package above it.
    fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let package = format!("binaryen@{}.0.0", tool.version);
    project::run(
        node::npm()?
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                &package,
            ])
            .current_dir(folder),
    )
}
