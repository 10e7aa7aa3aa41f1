//! The test suites: what each of them needs and does. Adding one is an entry in [`SUITES`].

use std::process::{Command, ExitCode};

use anyhow::{Result, ensure};
use clap::Args;

use crate::dist;
use crate::project::{self, Project};
use crate::runner::{self, Check, Suite, Work};
use crate::setup::{apt, browser, cargo_tool, go, node, postgres, temporal};
use crate::tally;

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
        waits: false,
        prepare: core,
    },
    Suite {
        name: "oracle",
        waits: false,
        prepare: oracle,
    },
    Suite {
        name: "browser",
        waits: false,
        prepare: browsers,
    },
    Suite {
        name: "servers",
        waits: true,
        prepare: servers,
    },
];

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
    // Half of the time they wait for the browser.
    tests.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]);
    tests.env("FIREFOX", browser::firefox()?);
    Ok(vec![
        Check("the page", Work::Step(dist::build_once)),
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
        Check("the page", Work::Step(dist::build_once)),
        Check("servers", Work::Tests(tests, tally::node_test)),
    ])
}

/// The names of all suites.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// Runs the suites named, or all of them. The last line says how many tests passed and failed.
pub(crate) fn run(project: &Project, wanted: &[String], generated: Generated) -> ExitCode {
    let is_wanted =
        |suite: &&Suite| wanted.is_empty() || wanted.iter().any(|name| name == suite.name);
    let suites: Vec<&Suite> = SUITES.iter().filter(is_wanted).collect();
    let total = runner::run(project, &suites, generated);
    println!("{total}");
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
