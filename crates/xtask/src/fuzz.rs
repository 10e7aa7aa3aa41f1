//! Searches for inputs that nobody thought of: libFuzzer, over the targets of `tests/fuzz`.
//!
//! Works with the compiler in use: what makes coverage visible are passes of LLVM, which every compiler has.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};

/// The targets: folders of `tests/fuzz/corpus`, and names in `tests/fuzz/src/lib.rs`.
pub(crate) const TARGETS: [&str; 5] = ["import", "link", "resolve", "decode", "edits"];

/// Counters for every edge, and a look at what is compared: what cargo-fuzz asks of the compiler.
const COVERAGE: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// Fuzzes a target for so many seconds. What it learns stays in the target folder, and the next run goes on from there.
pub(crate) fn run(project: &Project, target: &str, seconds: u32) -> Result<()> {
    let fuzzer = build(project)?;
    let folder = project.target().join("fuzz");
    let learned = folder.join("learned").join(target);
    fs::create_dir_all(&learned)?;
    let mut command = project.command(&fuzzer.to_string_lossy());
    command.env("FUZZ_TARGET", target);
    // An input that takes ten seconds is one that hangs the page.
    command.args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=8192"]);
    command.args(["-print_final_stats=1", "-reload=0"]);
    command.arg(format!("-max_total_time={seconds}"));
    let found = folder.join(format!("{target}-"));
    command.arg(format!("-artifact_prefix={}", found.display()));
    command.arg(&learned);
    command.arg(project.path("tests/fuzz/corpus").join(target));
    if target == "import" {
        command.arg(project.path("crates/import/tests/samples"));
    }
    if project::run(&mut command).is_err() {
        bail!(
            "an input was found: {}…\nmake it small with `{} -minimize_crash=1 FILE`, put it into tests/fuzz/corpus/{target}, \
             and write the test that should have caught it",
            found.display(),
            fuzzer.display()
        );
    }
    Ok(())
}

/// Builds the fuzzer with coverage in everything but build scripts and macros.
fn build(project: &Project) -> Result<PathBuf> {
    let host = project::output(project.command("rustc").args(["--print", "host-tuple"]));
    let host = host.context("rustc does not say what this machine is")?;
    let folder = project.target().join("fuzz/build");
    let mut cargo = project.cargo();
    cargo.args(["build", "--locked", "--profile", "fuzz"]);
    cargo.args(["--package", "multicluster-fuzz", "--features", "libfuzzer"]);
    cargo.args(["--target", &host]);
    cargo.env("CARGO_TARGET_DIR", &folder);
    cargo.env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}"));
    project::run(&mut cargo)?;
    Ok(folder.join(host).join("fuzz/fuzz"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_targets_are_those_of_the_fuzzer() {
        let source = include_str!("../../../tests/fuzz/src/lib.rs");
        for target in TARGETS {
            assert!(source.contains(&format!("name: \"{target}\"")), "{target}");
        }
        assert!(source.contains(&format!("TARGETS: [Target; {}]", TARGETS.len())));
    }
}
