//! `multicluster`: what the page does, for terminals and CI. It reads files, asks core and import,
//! and shows or writes what they say: no rule, no format of Temporal and no text of an artifact
//! stands here.

mod arguments;
mod check;
mod directory;
mod example;
mod explain;
mod failure;
mod import;
mod places;
mod plan;
mod problem;
mod render;
mod report;
mod set_up;
mod sources;
mod terminal;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Command};
use failure::{Failure, Verdict};

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(verdict) => verdict.exit_code(),
        Err(failure) => {
            terminal::say(&format!("error: {failure}\n"));
            Failure::exit_code()
        }
    }
}

fn run(command: Command) -> Result<Verdict, Failure> {
    match command {
        Command::Check(wanted) => check::run(&wanted),
        Command::Render(wanted) => render::run(&wanted),
        Command::Import(wanted) => import::run(&wanted),
        Command::Plan(wanted) => plan::run(&wanted),
        Command::Example { name } => example::run(name.as_deref()),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            let mut command = Arguments::command();
            clap_complete::generate(shell, &mut command, "multicluster", &mut script);
            terminal::write(&script)?;
            Ok(Verdict::Fine)
        }
    }
}
