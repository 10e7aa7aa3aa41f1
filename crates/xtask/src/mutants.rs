//! Changes core in small ways, one at a time: does a test notice?

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::{self, Project};
use crate::setup::{self, cargo_tool};

/// The tests of each round, which tries what those before it did not notice: the unit tests, which are built and run in
/// seconds; the tables and snapshots of whole files; everything, with the laws.
const ROUNDS: [(&str, &[&str]); 3] = [
    ("units", &["--lib"]),
    (
        "files",
        &[
            "--test=change",
            "--test=explain",
            "--test=extra",
            "--test=snapshots",
        ],
    ),
    ("all", &[]),
];

/// Tries the mutants of `crates/core`, of some files or of a shard of all: every so-manieth of all, so that a shard is a
/// sample of everything.
///
/// A mutant that makes tests run for ever is in `timeout.txt`, and is not counted as noticed: a machine that does much else
/// has time-outs of its own.
pub(crate) fn run(project: &Project, files: &[String], shard: Option<&str>) -> Result<()> {
    let folder = project.target().join("mutants");
    setup::remove_folder(&folder)?;
    let mut wanted: Vec<String> = Vec::new();
    for file in files {
        wanted.extend(["--file".to_owned(), file.clone()]);
    }
    if let Some(shard) = shard {
        wanted.extend(["--shard", shard, "--sharding", "round-robin"].map(str::to_owned));
    }
    let mut total = Outcome::default();
    for (name, tests) in ROUNDS {
        let output = folder.join(name);
        let mut command = cargo_mutants(project, &output, &wanted)?;
        command.args(tests.iter().map(|test| format!("--cargo-arg={test}")));
        let mut round = try_mutants(command, &output)?;
        if name != ROUNDS[0].0 {
            // Fields that are left out are tried whatever was asked for, in all of the files.
            round.retain(|name| total.missed.contains(name) || total.timeout.contains(name));
        }
        total.caught.extend(round.caught);
        (total.missed, total.timeout) = (round.missed, round.timeout);
        let rest = total.missed.iter().chain(&total.timeout);
        wanted = rest.flat_map(|name| only(name)).collect();
        if wanted.is_empty() {
            break;
        }
    }
    println!("{}", total.table());
    if !total.missed.is_empty() || !total.timeout.is_empty() {
        bail!("some mutants were not noticed, or took too long");
    }
    Ok(())
}

/// Builds fast: nobody debugs a mutant.
fn cargo_mutants(project: &Project, output: &Path, wanted: &[String]) -> Result<Command> {
    fs::create_dir_all(output)?;
    let mut command = project.command(&cargo_tool::MUTANTS.ensure()?.to_string_lossy());
    command.args(["mutants", "--package", "multicluster-core", "--no-shuffle"]);
    // The tests take seconds; a loop that does not end takes for ever.
    command.args(["--minimum-test-timeout", "60"]);
    command.arg("--output").arg(output).args(wanted);
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    // Most of the unit tests' time; the laws have a number of cases of their own.
    command.env("PROPTEST_CASES", "16");
    // All mutants are built in one copy of the project, each of what the one before left.
    command
        .env("CARGO_INCREMENTAL", "1")
        .env_remove("CARGO_TARGET_DIR");
    Ok(command)
}

/// What became of the mutants that were tried, by name.
#[derive(Default)]
struct Outcome {
    caught: Vec<String>,
    missed: Vec<String>,
    timeout: Vec<String>,
}

impl Outcome {
    fn retain(&mut self, is_wanted: impl Fn(&String) -> bool) {
        for list in [&mut self.caught, &mut self.missed, &mut self.timeout] {
            list.retain(&is_wanted);
        }
    }

    fn table(&self) -> String {
        let [caught, missed, timeout] =
            [&self.caught, &self.missed, &self.timeout].map(|list| list.len());
        let tried = caught + missed + timeout;
        let per_mille = (caught * 1000).checked_div(tried).unwrap_or(0);
        let list = |title: &str, names: &[String]| {
            let lines = names.iter().map(|name| format!("{title}: {name}\n"));
            lines.collect::<String>()
        };
        format!(
            "{}{}{tried} tried, {caught} noticed ({}.{} %), {missed} missed, {timeout} too slow",
            list("missed", &self.missed),
            list("too slow", &self.timeout),
            per_mille / 10,
            per_mille % 10
        )
    }
}

fn try_mutants(mut command: Command, output: &Path) -> Result<Outcome> {
    let line = project::line(&command);
    let status = command
        .status()
        .with_context(|| format!("cannot start {line}"))?;
    // 2: some were missed; 3: some took too long.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        bail!("{line} failed ({status})");
    }
    let list = |name: &str| -> Result<Vec<String>> {
        let path = output.join("mutants.out").join(name);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(text.lines().map(str::to_owned).collect())
    };
    Ok(Outcome {
        caught: list("caught.txt")?,
        missed: list("missed.txt")?,
        timeout: list("timeout.txt")?,
    })
}

/// What asks for one mutant, whose name begins with its file.
fn only(name: &str) -> [String; 4] {
    let file = name.split(':').next().unwrap_or_default();
    ["--file", file, "--re", &exactly(name)].map(str::to_owned)
}

/// The regular expression of one text.
fn exactly(text: &str) -> String {
    let mut expression = "^".to_owned();
    for c in text.chars() {
        // Escaped, these would be the beginning and the end of a word.
        if c.is_ascii_punctuation() && !matches!(c, '<' | '>') {
            expression.push('\\');
        }
        expression.push(c);
    }
    expression + "$"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_is_named_as_it_is() {
        assert_eq!(
            exactly("a/b.rs:1:2: replace a -> b"),
            "^a\\/b\\.rs\\:1\\:2\\: replace a \\-> b$"
        );
    }

    #[test]
    fn a_mutant_is_sought_in_its_file() {
        let name = "a/b.rs:1:2: x";
        let wanted = ["--file", "a/b.rs", "--re", &exactly(name)];
        assert_eq!(only(name), wanted);
    }

    #[test]
    fn what_takes_too_long_is_not_noticed() {
        let list = |count| vec!["a".to_owned(); count];
        let outcome = Outcome {
            caught: list(18),
            missed: list(1),
            timeout: list(1),
        };
        assert_eq!(
            outcome.table(),
            "missed: a\ntoo slow: a\n20 tried, 18 noticed (90.0 %), 1 missed, 1 too slow"
        );
    }
}
