//! The test suites. Adding one is an entry in [`SUITES`].

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::dist;
use crate::project::{self, Project};
use crate::setup::{apt, browser, cargo_tool, go, node, postgres, temporal};
use crate::tally::{self, Tally};

/// A group of tests with the same needs.
struct Suite {
    name: &'static str,
    /// Sets up what the suite needs. An error means that it cannot run here.
    prepare: fn(&Project, Generated) -> Result<Vec<Check>>,
}

/// Which generated cases the suites `core` and `oracle` judge.
#[derive(Clone, Copy, Args)]
pub(crate) struct Generated {
    /// How many generated cases every test of the oracle judges, in place of its own number
    #[arg(long)]
    cases: Option<usize>,
    /// What the generated cases are made of, in place of 1
    #[arg(long)]
    seed: Option<u64>,
}

impl Generated {
    /// As the tests read it (tests/oracle/src/settings.rs).
    fn variables(self) -> impl Iterator<Item = (&'static str, String)> {
        let cases = self.cases.map(|cases| ("ORACLE_CASES", cases.to_string()));
        let seed = self.seed.map(|seed| ("ORACLE_SEED", seed.to_string()));
        cases.into_iter().chain(seed)
    }

    /// As proptest reads it. By itself it takes another seed every time: a run that fails could not be repeated.
    fn law_seed(self) -> String {
        self.seed.unwrap_or(1).to_string()
    }
}

/// All suites, the quick ones first.
const SUITES: [Suite; 4] = [
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
        prepare: browsers,
    },
    Suite {
        name: "servers",
        prepare: servers,
    },
];

/// One thing that is done to test: its name, and the work.
struct Check(&'static str, Work);

/// What is done, and how its tests are counted.
enum Work {
    /// A program that is one test: it succeeds or fails.
    Program(Command),
    /// A program that runs tests: whatever of these lines it prints is summed.
    Tests(Command, fn(&str) -> Option<Tally>),
    /// A test of our own.
    Test(fn(&Project) -> Result<()>),
    /// A test of our own whose result later checks need.
    Step(fn(&Project) -> Result<()>),
}

/// Formatting, lints, and everything that needs nothing but Rust.
fn core(project: &Project, generated: Generated) -> Result<Vec<Check>> {
    let cargo = |arguments: &str| {
        let mut command = project.cargo();
        command.args(arguments.split(' '));
        command
    };
    let format = cargo("fmt --all --check");
    let lints = cargo("clippy --quiet --workspace --all-targets -- -D warnings");
    let mut tests = cargo("test --no-fail-fast --workspace --exclude multicluster-oracle");
    tests.env("PROPTEST_RNG_SEED", generated.law_seed());
    let mut install = cargo("install --quiet --debug --locked --path crates/cli --root");
    install.arg(project.target().join("installed"));
    let mut crates = project.command(&cargo_tool::DENY.ensure()?.to_string_lossy());
    crates.args(["--locked", "check", "bans", "licenses", "sources"]);
    Ok(vec![
        Check("cargo fmt", Work::Program(format)),
        Check("cargo deny", Work::Program(crates)),
        Check("cargo clippy", Work::Program(lints)),
        Check("cargo test", Work::Tests(tests, tally::cargo_test)),
        Check("cargo install", Work::Program(install)),
    ])
}

/// Temporal's own code, and real shells, judge what is exported.
fn oracle(project: &Project, generated: Generated) -> Result<Vec<Check>> {
    go::ensure()?;
    apt::ensure(&["bash", "busybox", "dash", "shellcheck", "zsh"])?;
    let mut tests = project.cargo();
    tests.args(["test", "--no-fail-fast", "--package", "multicluster-oracle"]);
    // What was judged, with which seed, and which differences were met.
    tests.args(["--", "--show-output"]);
    tests.envs(generated.variables());
    Ok(vec![Check("oracle", Work::Tests(tests, tally::cargo_test))])
}

/// The built page in real browsers.
fn browsers(project: &Project, _: Generated) -> Result<Vec<Check>> {
    dist::prepare(project)?;
    let mut tests = node_with_browser(project)?;
    tests.args(["--test", "--test-reporter=spec"]);
    tests.env("FIREFOX", browser::firefox()?);
    Ok(vec![
        Check("the page", Work::Step(dist::build)),
        Check("size of the page", Work::Test(dist::report_sizes)),
        Check("browser", Work::Tests(tests, tally::node_test)),
    ])
}

/// Node.js in the folder of the browser tests, with a browser and the built page.
fn node_with_browser(project: &Project) -> Result<Command> {
    let folder = project.path("tests/browser");
    let chromium = browser::chromium()?;
    node::packages(&folder)?;
    let mut node = Command::new(node::ensure()?);
    node.current_dir(folder)
        .env("DIST", project.dist())
        .env("CHROMIUM", chromium);
    Ok(node)
}

/// Builds the page and prints what it weighs, what a person waits for, and how fast core and import are.
pub(crate) fn bench(project: &Project) -> Result<()> {
    let mut browser = node_with_browser(project)?;
    dist::build(project)?;
    dist::report_sizes(project)?;
    println!();
    project::run(browser.arg("bench.mjs"))?;
    println!();
    let mut native = project.cargo();
    native.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "multicluster-bench",
    ]);
    project::run(&mut native)
}

/// Builds the page and takes the README's picture of it.
pub(crate) fn screenshot(project: &Project) -> Result<()> {
    let mut screenshot = node_with_browser(project)?;
    dist::build(project)?;
    let status = screenshot.arg("screenshot.mjs").status()?;
    ensure!(status.success(), "the picture could not be taken");
    Ok(())
}

/// Real clusters of Temporal, started on the exported files and connected by the exported scripts.
fn servers(project: &Project, _: Generated) -> Result<Vec<Check>> {
    // First what cannot be installed.
    go::ensure()?;
    let chromium = browser::chromium()?;
    // The page is driven as the browser suite does it.
    node::packages(&project.path("tests/browser"))?;
    apt::ensure(&["unzip"])?;
    let postgres = postgres::ensure()?;
    let programs = temporal::ensure()?;
    dist::prepare(project)?;
    let mut tests = Command::new(node::ensure()?);
    // Most of the time they wait: for servers to start, and to hear of each other.
    tests
        .args(["--test", "--test-reporter=spec", "--test-concurrency=2"])
        .current_dir(project.path("tests/servers"));
    tests.env("DIST", project.dist()).env("CHROMIUM", chromium);
    tests.env("POSTGRES", postgres).envs(programs);
    Ok(vec![
        Check("the page", Work::Step(dist::build)),
        Check("servers", Work::Tests(tests, tally::node_test)),
    ])
}

/// The names of all suites.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// Runs the suites named, or all of them. The last line says how many tests passed and failed.
pub(crate) fn run(project: &Project, wanted: &[String], generated: Generated) -> Result<ExitCode> {
    let mut total = Tally::default();
    let is_wanted =
        |suite: &&Suite| wanted.is_empty() || wanted.iter().any(|name| name == suite.name);
    for suite in SUITES.iter().filter(is_wanted) {
        let begin = Instant::now();
        println!("== {} ==", suite.name);
        let tally = run_suite(project, suite, generated);
        let seconds = begin.elapsed().as_secs();
        println!("== {}: {tally} ({seconds} s) ==\n", suite.name);
        total += tally;
    }
    println!("{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn run_suite(project: &Project, suite: &Suite, generated: Generated) -> Tally {
    match (suite.prepare)(project, generated) {
        Ok(checks) => run_checks(project, checks),
        Err(error) if project::is_ci() => {
            println!("{} cannot run: {error:#}", suite.name);
            Tally::FAILED
        }
        Err(error) => {
            println!("{} is skipped: {error:#}", suite.name);
            Tally::SKIPPED
        }
    }
}

fn run_checks(project: &Project, checks: Vec<Check>) -> Tally {
    let mut total = Tally::default();
    for Check(name, work) in checks {
        let is_needed = matches!(work, Work::Step(_));
        let tally = run_check(project, work).unwrap_or_else(|error| {
            println!("{name}: {error:#}");
            Tally::FAILED
        });
        println!("{name}: {tally}");
        total += tally;
        if is_needed && tally.failed > 0 {
            break;
        }
    }
    total
}

fn run_check(project: &Project, work: Work) -> Result<Tally> {
    match work {
        Work::Program(mut command) => project::run(&mut command).map(|()| Tally::PASSED),
        Work::Tests(command, read) => run_tests(command, read),
        Work::Test(test) | Work::Step(test) => test(project).map(|()| Tally::PASSED),
    }
}

/// Runs a program, shows what it prints, and counts.
fn run_tests(mut command: Command, read: fn(&str) -> Option<Tally>) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", project::line(&command)))?;
    let output = child.stdout.take().context("the program has no output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        tally += read(&line).unwrap_or_default();
    }
    Ok(settle(tally, child.wait()?.success()))
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
            failed: 2,
            ..passed
        };
        assert_eq!(settle(passed, true), passed);
        assert_eq!(settle(passed, false).failed, 1);
        assert_eq!(settle(failed, false), failed);
        assert_eq!(settle(Tally::default(), true).failed, 1);
    }
}
