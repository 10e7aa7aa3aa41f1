//! Tools that are compiled by `cargo install`.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Tool;
use crate::project;

/// Builds the page: calls cargo, wasm-bindgen and wasm-opt, collects the files.
///
/// Without the features that need the network: it must not look for updates, nor fetch tools on its own.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    executable: "bin/trunk",
    takes: "2 minutes",
    install: |tool, folder| {
        cargo_install(
            tool,
            "trunk",
            &["--locked", "--no-default-features"],
            folder,
        )
    },
};

/// Writes the JavaScript between the browser and the program. The same version as the crate `wasm-bindgen` in
/// crates/web/Cargo.toml, exactly.
///
/// Without `--locked`: the lock file in this release names a crate version that is not available everywhere.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    version: "0.2.130",
    executable: "bin/wasm-bindgen",
    takes: "1 minute",
    install: |tool, folder| cargo_install(tool, "wasm-bindgen-cli", &[], folder),
};

/// Holds all crates to `deny.toml`: licences, sources, bans.
pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
    executable: "bin/cargo-deny",
    takes: "2 minutes",
    install: |tool, folder| cargo_install(tool, "cargo-deny", &["--locked"], folder),
};

/// Changes the code in small ways, and runs the tests on each change.
pub(crate) const MUTANTS: Tool = Tool {
    name: "cargo-mutants",
    version: "27.1.0",
    executable: "bin/cargo-mutants",
    takes: "2 minutes",
    install: |tool, folder| cargo_install(tool, "cargo-mutants", &["--locked"], folder),
};

/// Compiles without optimisation, a third of the time: the tools run briefly.
fn cargo_install(tool: &Tool, package: &str, options: &[&str], folder: &Path) -> Result<()> {
    let build = folder.join("build");
    let mut command = Command::new("cargo");
    command.args(["install", package, "--version", tool.version, "--debug"]);
    command.args(options).arg("--root").arg(folder);
    command.arg("--target-dir").arg(&build);
    // Half the writing.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    // cargo would otherwise advise to extend PATH; the tools are called by their full names.
    command.env("PATH", project::path_with(&[folder.join("bin")])?);
    project::run(&mut command)?;
    super::remove_folder(&build)
}

#[cfg(test)]
mod tests {
    use super::WASM_BINDGEN;

    #[test]
    fn wasm_bindgen_is_the_version_of_the_crate() {
        let manifest = include_str!("../../../web/Cargo.toml");
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version)));
    }
}
