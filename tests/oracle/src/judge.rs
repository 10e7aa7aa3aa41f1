//! Temporal's own server code as a judge of files, addresses and scalars.
//!
//! One Go program per release (`judges/v…`) links the configuration packages of that release and
//! answers JSON lines; `judges/protocol` is the other half of this file.

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::{collections::BTreeMap, fmt, fs, io, thread};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The server releases that judge: the last of the old layout, the first testable one of the new, and
/// the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// Several clusters in every file, no connections at run time.
    V1_13_0,
    /// The first release that can be built with connections at run time.
    V1_14_1,
    /// The newest release that can be built.
    V1_32_1,
}

impl Release {
    /// Oldest first.
    pub const ALL: [Self; 3] = [Self::V1_13_0, Self::V1_14_1, Self::V1_32_1];

    /// The version as a Go module has it, which is also the name of the judge's folder.
    pub fn tag(self) -> &'static str {
        match self {
            Self::V1_13_0 => "v1.13.0",
            Self::V1_14_1 => "v1.14.1",
            Self::V1_32_1 => "v1.32.1",
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// What a server makes of a file that stands beside a `base.yaml` without `clusterMetadata`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How the server's process ends instead of starting, if it does.
    ///
    /// Where several entries of `clusterInformation` are wrong, Go's maps decide at random which of
    /// them the message is about.
    pub boot: Result<(), Refusal>,
    /// What a strict reading has against the file: keys that the server ignores without a word, a key
    /// that stands twice, a second document. The server itself is not strict.
    pub strict: Result<(), String>,
    /// `clusterMetadata` as the server has it; `None` if the file could not be read or has none.
    pub config: Option<Config>,
}

impl Verdict {
    /// The server starts, and sees every key that the file has.
    pub fn accepts(&self) -> bool {
        self.boot.is_ok() && self.strict.is_ok()
    }
}

/// How a server's process ends that does not start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Where the server was.
    pub stage: Stage,
    /// The server's own words, without the prefix `Unable to start server`.
    pub message: String,
    /// The exit status: 1 after an error, 2 after a panic.
    pub exit: i32,
}

/// The part of a start in which the server gave up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Reading the files.
    Parse,
    /// Making sense of what was read.
    Validate,
}

/// Every value of `clusterMetadata` and of the section beside it, as the server has it in memory.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys of the file itself")]
pub struct Config {
    pub enable_global_namespace: bool,
    pub failover_version_increment: i64,
    pub master_cluster_name: String,
    pub current_cluster_name: String,
    pub cluster_information: BTreeMap<String, Cluster>,
    /// `dcRedirectionPolicy.policy`, which stands beside it.
    pub redirection: String,
    /// `global.tls.remoteClusters` by host; empty in releases that do not read it.
    pub remote_tls: BTreeMap<String, RemoteTls>,
}

/// How the cluster dials a host.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys of the file itself")]
pub struct RemoteTls {
    /// Whether it does TLS at all.
    pub enabled: bool,
    pub server_name: String,
    pub root_ca_files: Vec<String>,
    /// Empty unless it shows the certificate, and so is the key.
    pub cert_file: String,
    pub key_file: String,
}

/// One entry of `clusterInformation`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys of the file itself")]
pub struct Cluster {
    pub enabled: bool,
    pub initial_failover_version: i64,
    pub rpc_address: String,
    /// Empty in releases that do not read it.
    pub http_address: String,
}

/// Host and port, as `net.SplitHostPort` takes an address apart.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "as the type says")]
pub struct HostPort {
    pub host: String,
    pub port: String,
}

/// A YAML scalar, as the server's YAML library reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar {
    /// What a Go field of type `string` gets.
    pub text: String,
    /// The Go type the library takes the scalar for when nobody asks for a string.
    pub resolved: String,
}

/// A running judge. It ends when it is dropped.
pub struct Judge {
    release: Release,
    process: Child,
    /// `None` only while the judge is dropped.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Judge {
    /// Builds the judge of a release, at the first call of this process, and starts it.
    ///
    /// # Panics
    ///
    /// If the judge cannot be built or started: without it there is nothing to test.
    pub fn start(release: Release) -> Self {
        let mut process = Command::new(program(release))
            // A file with templates must not depend on who runs the tests.
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("the judge of {release} does not start: {e}"));
        let (Some(questions), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            unreachable!("both were asked for");
        };
        Self {
            release,
            process,
            questions: Some(questions),
            answers: BufReader::new(answers),
        }
    }

    /// Would a server of this release start on these files, each beside a plain `base.yaml`?
    pub fn boot<T: AsRef<str> + Sync>(&mut self, files: &[T]) -> Vec<Verdict> {
        self.ask("boot", files)
            .into_iter()
            .map(BootAnswer::verdict)
            .collect()
    }

    /// Takes addresses apart with `net.SplitHostPort`, or tells why that cannot be done.
    pub fn host_port<T: AsRef<str> + Sync>(
        &mut self,
        addresses: &[T],
    ) -> Vec<Result<HostPort, String>> {
        let answers = self.ask("hostport", addresses).into_iter();
        answers
            .map(|HostPortAnswer { host, port, error }| match error {
                None => Ok(HostPort { host, port }),
                Some(error) => Err(error),
            })
            .collect()
    }

    /// Reads each text as the value of a key in a document of its own (`key: <text>`).
    pub fn scalar<T: AsRef<str> + Sync>(&mut self, values: &[T]) -> Vec<Result<Scalar, String>> {
        let answers = self.ask("scalar", values).into_iter();
        answers
            .map(
                |ScalarAnswer {
                     text,
                     resolved,
                     error,
                 }| match error {
                    None => Ok(Scalar { text, resolved }),
                    Some(error) => Err(error),
                },
            )
            .collect()
    }

    /// Asks a batch of questions; the answers come in the same order.
    ///
    /// Questions are written by a thread of their own: with both pipes full, whoever writes everything
    /// before reading anything would wait for ever.
    fn ask<T: AsRef<str> + Sync, A: DeserializeOwned>(
        &mut self,
        kind: &str,
        texts: &[T],
    ) -> Vec<A> {
        let Self {
            release,
            questions,
            answers,
            ..
        } = self;
        let Some(questions) = questions else {
            unreachable!("the judge still runs")
        };
        thread::scope(|scope| {
            let writer = scope.spawn(move || -> io::Result<()> {
                let mut out = BufWriter::new(questions);
                for (id, text) in texts.iter().enumerate() {
                    serde_json::to_writer(
                        &mut out,
                        &Question {
                            id,
                            kind,
                            text: text.as_ref(),
                        },
                    )?;
                    out.write_all(b"\n")?;
                }
                out.flush()
            });
            let mut line = String::new();
            let answers = (0..texts.len())
                .map(|id| {
                    line.clear();
                    let read = answers.read_line(&mut line);
                    assert!(
                        matches!(read, Ok(1..)),
                        "the judge of {release} ended before it answered question {id}: {:?}",
                        texts[id].as_ref()
                    );
                    let answer: Answer<A> = serde_json::from_str(&line)
                        .unwrap_or_else(|e| panic!("the judge of {release} answered {line}: {e}"));
                    assert_eq!(answer.id, id, "the judge of {release} answers out of order");
                    answer.body
                })
                .collect();
            match writer.join() {
                Ok(Ok(())) => answers,
                other => panic!("the judge of {release} could not be asked: {other:?}"),
            }
        })
    }
}

impl Drop for Judge {
    fn drop(&mut self) {
        // The end of its input is the judge's sign to clean up and go.
        self.questions = None;
        let _ = self.process.wait();
    }
}

#[derive(Serialize)]
struct Question<'a> {
    id: usize,
    kind: &'a str,
    text: &'a str,
}

#[derive(Deserialize)]
struct Answer<A> {
    id: usize,
    #[serde(flatten)]
    body: A,
}

#[derive(Deserialize)]
struct BootAnswer {
    ok: bool,
    stage: Option<Stage>,
    #[serde(default)]
    message: String,
    #[serde(default)]
    exit: i32,
    strict: Option<String>,
    config: Option<Config>,
}

impl BootAnswer {
    fn verdict(self) -> Verdict {
        let Self {
            ok,
            stage,
            message,
            exit,
            strict,
            config,
        } = self;
        let boot = match stage {
            None => Ok(()),
            Some(stage) => Err(Refusal {
                stage,
                message,
                exit,
            }),
        };
        assert_eq!(ok, boot.is_ok(), "a refusal names its stage: {boot:?}");
        Verdict {
            boot,
            strict: strict.map_or(Ok(()), Err),
            config,
        }
    }
}

#[derive(Deserialize)]
struct HostPortAnswer {
    host: String,
    port: String,
    error: Option<String>,
}

#[derive(Deserialize)]
struct ScalarAnswer {
    text: String,
    #[serde(rename = "type")]
    resolved: String,
    error: Option<String>,
}

/// The judge's program. Go's own cache decides whether there is anything to do.
fn program(release: Release) -> &'static Path {
    static BUILT: [OnceLock<PathBuf>; Release::ALL.len()] = [const { OnceLock::new() }; 3];
    BUILT[release as usize].get_or_init(|| build(release))
}

fn build(release: Release) -> PathBuf {
    build_judge(release.tag())
}

/// Builds the judge in a folder of `judges`.
pub(crate) fn build_judge(name: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = crate::target();
    fs::create_dir_all(&target).unwrap_or_else(|e| panic!("{}: {e}", target.display()));
    let program = target.join(format!("judge-{name}"));
    let built = Command::new("go")
        .args(["build", "-trimpath", "-mod=readonly"])
        // Old dependencies of 1.13 and 1.14 reach into the standard library, which Go 1.23 forbade.
        .arg("-ldflags=-checklinkname=0")
        .arg("-o")
        .arg(&program)
        .arg(".")
        .current_dir(home.join("judges").join(name))
        .env("GOTOOLCHAIN", "local")
        .env("GOWORK", "off")
        .status();
    match built {
        Ok(status) if status.success() => program,
        Ok(status) => panic!("go build of the judge {name}: {status}"),
        Err(e) if e.kind() == io::ErrorKind::NotFound => panic!(
            "the judge {name} is written in Go, and there is no `go` on PATH; \
             install Go 1.26.8 or later, or leave out the suite `oracle`"
        ),
        Err(e) => panic!("go build of the judge {name}: {e}"),
    }
}
