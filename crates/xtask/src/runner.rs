//! Runs test suites and counts their tests. Suites that mostly wait run beside the others.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::project::{self, Project};
use crate::suites::Generated;
use crate::tally::Tally;

/// A group of tests with the same needs.
pub(crate) struct Suite {
    pub(crate) name: &'static str,
    /// Whether it leaves the processor to others most of the time.
    pub(crate) waits: bool,
    /// Sets up what the suite needs. An error means that it cannot run here.
    pub(crate) prepare: fn(&Project, Generated) -> Result<Vec<Check>>,
}

/// One thing that is done to test: its name, and the work.
pub(crate) struct Check(pub(crate) &'static str, pub(crate) Work);

/// What is done, and how its tests are counted.
pub(crate) enum Work {
    /// A program that is one test: it succeeds or fails.
    Program(Command),
    /// A program that runs tests: whatever of these lines it prints is summed.
    Tests(Command, fn(&str) -> Option<Tally>),
    /// A test of our own.
    Test(fn(&Project) -> Result<()>),
    /// A test of our own whose result later checks need.
    Step(fn(&Project) -> Result<()>),
}

/// Runs suites, those that wait beside the others, and adds up their tests.
pub(crate) fn run(project: &Project, suites: &[&Suite], generated: Generated) -> Tally {
    let (waiting, working): (Vec<&Suite>, Vec<&Suite>) =
        suites.iter().partition(|suite| suite.waits);
    let setup = Mutex::new(());
    let run = |lane: Vec<&Suite>| {
        let mut total = Tally::default();
        for suite in lane {
            total += run_suite(project, suite, generated, &setup);
        }
        total
    };
    thread::scope(|scope| {
        let waiting = scope.spawn(|| run(waiting));
        let mut total = run(working);
        total += waiting.join().unwrap_or(Tally::FAILED);
        total
    })
}

/// `setup`: held by whoever installs something.
fn run_suite(project: &Project, suite: &Suite, generated: Generated, setup: &Mutex<()>) -> Tally {
    let begin = Instant::now();
    let name = suite.name;
    println!("== {name} ==");
    let prepared = {
        let _alone = setup.lock();
        (suite.prepare)(project, generated)
    };
    let tally = match prepared {
        Ok(checks) => run_checks(project, name, checks),
        Err(error) if project::is_ci() => {
            println!("{name} cannot run: {error:#}");
            Tally::FAILED
        }
        Err(error) => {
            println!("{name} is skipped: {error:#}");
            Tally::SKIPPED
        }
    };
    let seconds = begin.elapsed().as_secs();
    println!("== {name}: {tally} ({seconds} s) ==\n");
    tally
}

fn run_checks(project: &Project, suite: &str, checks: Vec<Check>) -> Tally {
    let mut total = Tally::default();
    for Check(name, work) in checks {
        let is_needed = matches!(work, Work::Step(_));
        let tally = run_check(project, suite, work).unwrap_or_else(|error| {
            println!("{suite} | {name}: {error:#}");
            Tally::FAILED
        });
        println!("{suite} | {name}: {tally}");
        total += tally;
        if is_needed && tally.failed > 0 {
            break;
        }
    }
    total
}

fn run_check(project: &Project, suite: &str, work: Work) -> Result<Tally> {
    match work {
        Work::Program(mut command) => project::run(&mut command).map(|()| Tally::PASSED),
        Work::Tests(command, read) => run_tests(suite, command, read),
        Work::Test(test) | Work::Step(test) => test(project).map(|()| Tally::PASSED),
    }
}

/// Runs a program, shows what it prints, and counts. Another suite may print at the same time: each line says whose it is.
fn run_tests(suite: &str, mut command: Command, read: fn(&str) -> Option<Tally>) -> Result<Tally> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", project::line(&command)))?;
    let output = child.stdout.take().context("the program has no output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(output).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        println!("{suite} | {line}");
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
