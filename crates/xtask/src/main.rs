//! The project's build tool: `cargo xtask serve`, `cargo xtask test`, `cargo xtask dist`.
//!
//! Everything a command needs is found or installed by [`setup`], pinned and shared by all checkouts.

mod dist;
mod finish;
mod first_sight;
mod fuzz;
mod html;
mod mutants;
mod on_demand;
mod project;
mod reference;
mod reproduce;
mod runner;
mod serve;
mod setup;
mod short_names;
mod single_file;
mod sizes;
mod suites;
mod supply;
mod tally;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::project::Project;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Builds, serves and tests the project."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the page and serve it on this machine
    Serve {
        /// Port on 127.0.0.1; 0 lets the system choose a free one
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Run all tests, or only the suites named
    Test {
        /// Suites to run; all of them if none is named
        #[arg(value_parser = clap::builder::PossibleValuesParser::new(suites::names()))]
        suites: Vec<String>,
        #[command(flatten)]
        generated: suites::Generated,
    },
    /// Write the static site to dist/ and show its size
    Dist,
    /// Build the page a second time, elsewhere and from scratch: is it the same, byte for byte?
    Reproduce,
    /// Search for inputs that break something
    Fuzz {
        /// What is fuzzed
        #[arg(value_parser = clap::builder::PossibleValuesParser::new(fuzz::TARGETS))]
        target: String,
        /// For how long
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Change core in small ways, one at a time: does a test notice?
    Mutants {
        /// Only these files, such as crates/core/src/resolve.rs
        files: Vec<String>,
        /// Only a part of all, such as 0/40
        #[arg(long)]
        shard: Option<String>,
    },
    /// Measure sizes, what a person waits for, and how fast core and import are
    Bench,
    /// Take the README's picture of the page anew
    Screenshot,
    /// Find or install every tool now, and show where each is
    Setup,
    /// Serve a folder as it is
    #[command(hide = true)]
    ServeDir {
        /// The folder
        folder: PathBuf,
        /// Port on 127.0.0.1; 0 lets the system choose a free one
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    let project = Project::find()?;
    match command {
        Command::Serve { port } => {
            // A port that is taken is better known before the build than after it.
            let server = serve::listen(port)?;
            dist::build(&project)?;
            serve::serve(server, &project.dist())?;
        }
        Command::Test { suites, generated } => {
            return Ok(suites::run(&project, &suites, generated));
        }
        Command::Dist => {
            dist::build(&project)?;
            dist::report_sizes(&project)?;
        }
        Command::Reproduce => reproduce::run(&project)?,
        Command::Fuzz { target, seconds } => fuzz::run(&project, &target, seconds)?,
        Command::Mutants { files, shard } => mutants::run(&project, &files, shard.as_deref())?,
        Command::Bench => suites::bench(&project)?,
        Command::Screenshot => suites::screenshot(&project)?,
        Command::Setup => setup::show_all(&project)?,
        Command::ServeDir { folder, port } => serve::serve(serve::listen(port)?, &folder)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text for people, of the project's folder and of `docs`.
    fn texts() -> Result<Vec<String>> {
        let project = Project::find()?;
        let mut texts = Vec::new();
        for folder in [project.path("docs"), project.path("")] {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                if path.extension().is_some_and(|extension| extension == "md") {
                    texts.push(std::fs::read_to_string(path)?);
                }
            }
        }
        Ok(texts)
    }

    /// What stands in a line of its own, or between backquotes, and calls this program.
    fn commands(text: &str) -> Vec<&str> {
        let lines = text.lines().filter(|line| line.starts_with("cargo xtask "));
        let quoted = text
            .split('`')
            .filter(|part| part.starts_with("cargo xtask "));
        lines
            .chain(quoted.filter(|part| !part.contains('\n')))
            .collect()
    }

    #[test]
    fn every_command_in_the_texts_is_understood() -> Result<()> {
        let texts = texts()?;
        let shown: Vec<&str> = texts.iter().flat_map(|text| commands(text)).collect();
        assert!(shown.len() > 10, "{shown:?}");
        for command in shown {
            let words = command.trim_start_matches("cargo ").split_whitespace();
            if let Err(error) = Arguments::try_parse_from(words)
                && error.use_stderr()
            {
                panic!("{command}: {error}");
            }
        }
        Ok(())
    }
}
