//! Other formats, read as the programs do that they are for: `judges/formats` links the libraries of
//! Helm and Docker Compose and answers JSON lines.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::{path::PathBuf, thread};

use serde::{Deserialize, Serialize};

use crate::judge::build_judge;

/// What Helm and Temporal's chart make of values: the file that a server reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromValues {
    /// Its text, after the server's templates.
    pub text: String,
    /// The number of history shards that the values state; 0 for none.
    pub shards: u32,
}

/// A service of a compose file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Service {
    /// Its name, by which others reach it.
    pub name: String,
    /// Its image.
    pub image: String,
    /// What it runs.
    #[serde(deserialize_with = "or_nothing")]
    pub entrypoint: Vec<String>,
    /// Its ports on the machine: `address:port:port`.
    #[serde(deserialize_with = "or_nothing")]
    pub ports: Vec<String>,
    /// The files beside the compose file that it sees.
    #[serde(deserialize_with = "or_nothing")]
    pub mounts: Vec<String>,
    /// What it waits for, and until when: `name condition`.
    #[serde(deserialize_with = "or_nothing")]
    pub after: Vec<String>,
}

/// Go writes an empty list as `null`.
fn or_nothing<'d, D: serde::Deserializer<'d>>(reader: D) -> Result<Vec<String>, D::Error> {
    Ok(Option::deserialize(reader)?.unwrap_or_default())
}

#[derive(Serialize)]
struct Question<'t> {
    kind: &'static str,
    text: &'t str,
}

#[derive(Deserialize)]
struct Answer {
    text: String,
    shards: u32,
    services: Option<Vec<Service>>,
    error: String,
}

/// What becomes of each of these values files.
pub fn helm(files: &[String]) -> Vec<Result<FromValues, String>> {
    let answers = ask("helm", files).into_iter();
    answers
        .map(
            |Answer {
                 text,
                 shards,
                 error,
                 ..
             }| match error {
                none if none.is_empty() => Ok(FromValues { text, shards }),
                error => Err(error),
            },
        )
        .collect()
}

/// The services of each of these compose files.
pub fn compose(files: &[String]) -> Vec<Result<Vec<Service>, String>> {
    let answers = ask("compose", files).into_iter();
    answers
        .map(
            |Answer {
                 services, error, ..
             }| match error {
                none if none.is_empty() => Ok(services.unwrap_or_default()),
                error => Err(error),
            },
        )
        .collect()
}

fn ask(kind: &'static str, files: &[String]) -> Vec<Answer> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| build_judge("formats"));
    let mut judge = Command::new(program)
        // What is read must not depend on who runs the tests.
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|e| panic!("the judge of other formats does not start: {e}"));
    let mut questions = judge.stdin.take().expect("it was asked for");
    let output = thread::scope(|scope| {
        // By a thread of its own: with both pipes full, each side would wait for the other.
        let writer = scope.spawn(move || {
            for text in files {
                let question = serde_json::to_vec(&Question { kind, text });
                questions.write_all(&question.expect("text is JSON"))?;
            }
            questions.flush()
        });
        let output = judge.wait_with_output().expect("the judge ends");
        let written = writer.join().expect("the writer does not panic");
        written.expect("the judge reads all questions");
        output
    });
    let answers: Vec<Answer> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|e| panic!("the judge of other formats answers something else: {e}"));
    assert_eq!(answers.len(), files.len(), "one answer for each question");
    answers
}
