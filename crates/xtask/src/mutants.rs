//! Changes core in small ways, one at a time: does a test notice?

use anyhow::{Result, bail};

use crate::project::{self, Project};
use crate::setup::cargo_tool;

/// Tries the mutants of `crates/core`, of some files or of a shard of all.
///
/// What nobody notices is in `target/mutants.out/missed.txt`. A mutant that makes tests run for ever is in `timeout.txt`, and is
/// not counted as noticed: a machine that does much else has time-outs of its own.
pub(crate) fn run(project: &Project, files: &[String], shard: Option<&str>) -> Result<()> {
    let mut command = project.command(&cargo_tool::MUTANTS.ensure()?.to_string_lossy());
    command.args(["mutants", "--package", "multicluster-core", "--no-shuffle"]);
    // The tests take seconds; a loop that does not end takes for ever.
    command.args(["--minimum-test-timeout", "120"]);
    command.arg("--output").arg(project.target());
    for file in files {
        command.args(["--file", file]);
    }
    if let Some(shard) = shard {
        command.args(["--shard", shard]);
    }
    // Each mutant has a copy of the project and builds there.
    command.env_remove("CARGO_TARGET_DIR");
    if project::run(&mut command).is_err() {
        let list = project.target().join("mutants.out");
        bail!(
            "some mutants were not noticed, or took too long: see missed.txt and timeout.txt in {}",
            list.display()
        );
    }
    Ok(())
}
