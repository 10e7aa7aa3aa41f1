//! The test suites. Adding one is an entry in [`SUITES`].

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::dist;
use crate::project::{self, Project};
use crate::setup::{apt, chromium, go, node};
use crate::tally::{self, Tally};

/// A group of tests with the same needs.
struct Suite {
    name: &'static str,
    /// Sets up what the suite needs. An error means that it cannot run here.
    prepare: fn(&Project) -> Result<Vec<Check>>,
}

const SUITES: [Suite; 3] = [
    Suite {
        name: "core",
        prepare: core,
    },
    Suite {
        name: "oracle",
        prepare: oracle,
    },
    Suite {
        name: "browser",
        prepare: browser,
    },
];

/// A program that tests.
struct Check {
    name: &'static str,
    command: Command,
    counts: Counts,
}

/// How the tests of a program are counted.
enum Counts {
    /// The program is one test: it succeeds or fails.
    Itself,
    /// Whatever of these lines it prints is summed.
    Lines(fn(&str) -> Option<Tally>),
}

/// Formatting, lints, and everything that needs nothing but Rust.
fn core(project: &Project) -> Result<Vec<Check>> {
    let mut format = project.cargo();
    format.args(["fmt", "--all", "--check"]);
    let mut lints = project.cargo();
    lints.args([
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]);
    let mut tests = project.cargo();
    tests.args([
        "test",
        "--no-fail-fast",
        "--workspace",
        "--exclude",
        "multicluster-oracle",
    ]);
    Ok(vec![
        Check {
            name: "cargo fmt",
            command: format,
            counts: Counts::Itself,
        },
        Check {
            name: "cargo clippy",
            command: lints,
            counts: Counts::Itself,
        },
        Check {
            name: "cargo test",
            command: tests,
            counts: Counts::Lines(tally::cargo_test),
        },
    ])
}

/// Temporal's own code, and real shells, judge what is exported.
fn oracle(project: &Project) -> Result<Vec<Check>> {
    go::ensure()?;
    apt::ensure(&["bash", "busybox", "dash", "shellcheck"])?;
    let mut tests = project.cargo();
    tests.args(["test", "--no-fail-fast", "--package", "multicluster-oracle"]);
    Ok(vec![Check {
        name: "oracle",
        command: tests,
        counts: Counts::Lines(tally::cargo_test),
    }])
}

/// The built page in a real browser.
fn browser(project: &Project) -> Result<Vec<Check>> {
    let chromium = chromium::ensure()?;
    let node = node::ensure()?;
    project::run(
        node::npm()?
            .args(["ci", "--no-audit", "--no-fund"])
            .current_dir(project.path("tests/browser")),
    )?;
    dist::build(project)?;
    let mut tests = project.command(&node.to_string_lossy());
    tests
        .arg("--test")
        .current_dir(project.path("tests/browser"));
    tests.env("DIST", project.dist()).env("CHROMIUM", chromium);
    Ok(vec![Check {
        name: "browser",
        command: tests,
        counts: Counts::Lines(tally::node_test),
    }])
}

/// The names of all suites.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// Runs the suites named, or all of them. The last line says how many tests passed and failed.
pub(crate) fn run(project: &Project, wanted: &[String]) -> Result<ExitCode> {
    let mut total = Tally::default();
    for suite in SUITES
        .iter()
        .filter(|suite| wanted.is_empty() || wanted.iter().any(|name| name == suite.name))
    {
        let begin = Instant::now();
        println!("suite {}", suite.name);
        let tally = run_suite(project, suite);
        println!(
            "suite {}: {tally} ({} s)\n",
            suite.name,
            begin.elapsed().as_secs()
        );
        total += tally;
    }
    println!("{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn run_suite(project: &Project, suite: &Suite) -> Tally {
    let checks = match (suite.prepare)(project) {
        Ok(checks) => checks,
        Err(error) if project::is_ci() => {
            println!("suite {} cannot run: {error:#}", suite.name);
            return Tally::FAILED;
        }
        Err(error) => {
            println!("suite {} is skipped: {error:#}", suite.name);
            return Tally::SKIPPED;
        }
    };
    let mut total = Tally::default();
    for check in checks {
        let name = check.name;
        let tally = run_check(check).unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Tally::FAILED
        });
        println!("{name}: {tally}");
        total += tally;
    }
    total
}

/// Runs a program, shows what it prints, and counts.
fn run_check(mut check: Check) -> Result<Tally> {
    let read = match check.counts {
        Counts::Itself => {
            return Ok(if project::run(&mut check.command).is_ok() {
                Tally::PASSED
            } else {
                Tally::FAILED
            });
        }
        Counts::Lines(read) => read,
    };
    let line = project::line(&check.command);
    let mut child = check
        .command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {line}"))?;
    let output = child
        .stdout
        .take()
        .context("the output was just asked for")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        tally += read(&line).unwrap_or_default();
    }
    let status = child.wait()?;
    Ok(settle(tally, status.success()))
}

/// A program that failed, or that tested nothing, has not passed, whatever it printed.
fn settle(tally: Tally, success: bool) -> Tally {
    if (!success && tally.failed == 0) || tally == Tally::default() {
        return Tally {
            failed: tally.failed + 1,
            ..tally
        };
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_passes_by_silence() {
        let passed = Tally {
            passed: 3,
            ..Tally::default()
        };
        let failed = Tally {
            passed: 3,
            failed: 2,
            skipped: 0,
        };
        assert_eq!(settle(passed, true), passed);
        assert_eq!(settle(passed, false).failed, 1);
        assert_eq!(settle(failed, false), failed);
        assert_eq!(settle(Tally::default(), true).failed, 1);
    }
}
