//! Real shells run a script among stubs of the tools it calls.
//!
//! `PATH` holds the stubs, and of the real programs those that are named, so that a script which needs
//! more than it says fails, and no test ever calls a real tool by mistake.

use std::fmt::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{fmt, fs, io, thread};

use serde::Deserialize;

/// How long a script may run. All it waits for are stubs, and `sleep` is one of them.
/// Far more than that takes, also on a machine that does much else.
const LIMIT: Duration = Duration::from_secs(60);

/// The shells that people have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shell {
    /// Debian, Ubuntu.
    Dash,
    /// Fedora, older macOS; run as `bash`, in which more is allowed and more has a meaning.
    Bash,
    /// Alpine and with it most containers.
    BusyBox,
    /// What people paste commands into on macOS; `sh` on no system.
    Zsh,
    /// The same as people have it in front of them: it is typed into, and takes no comments.
    ZshPasted,
}

impl Shell {
    /// Those that run scripts for `sh`.
    pub const ALL: [Self; 3] = [Self::Dash, Self::Bash, Self::BusyBox];

    /// Those that a command is pasted into.
    pub const PASTED_INTO: [Self; 4] = [Self::Dash, Self::Bash, Self::BusyBox, Self::Zsh];

    fn command(self) -> &'static [&'static str] {
        match self {
            Self::Dash => &["dash"],
            Self::Bash => &["bash"],
            Self::BusyBox => &["busybox", "sh"],
            Self::Zsh => &["zsh"],
            Self::ZshPasted => &["zsh", "-f", "-i", "-s"],
        }
    }
}

impl fmt::Display for Shell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.command()[0])
    }
}

/// What a stub answers to some of its calls. To all others it says nothing and succeeds.
#[derive(Debug, Clone)]
pub struct Reply {
    when: Vec<String>,
    times: u32,
    status: u8,
    stdout: String,
    stderr: String,
}

impl Reply {
    /// A reply to every call that contains these texts, in this order. A call is the name of the
    /// program and its arguments, with spaces between.
    pub fn to(when: &[&str]) -> Self {
        let when = when.iter().map(ToString::to_string).collect();
        Self {
            when,
            times: 0,
            status: 0,
            stdout: String::new(),
            stderr: String::new(),
        }
    }

    /// Replies only to the first calls; then the next reply that fits has its turn.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Ends with this exit status.
    #[must_use]
    pub fn status(mut self, status: u8) -> Self {
        self.status = status;
        self
    }

    /// Prints this text.
    #[must_use]
    pub fn stdout(mut self, text: &str) -> Self {
        self.stdout = text.to_owned();
        self
    }

    /// Prints this text as an error.
    #[must_use]
    pub fn stderr(mut self, text: &str) -> Self {
        self.stderr = text.to_owned();
        self
    }
}

/// One call of a stub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The name it was called by.
    pub tool: String,
    /// Its arguments, as the program gets them.
    pub arguments: Vec<String>,
}

/// What a script did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The exit status; `None` if the script had to be ended because it took too long.
    pub status: Option<i32>,
    /// Every call of a stub, in order.
    pub calls: Vec<Call>,
    /// What it printed.
    pub stdout: String,
    /// What it printed as errors, with those of the shell.
    pub stderr: String,
}

impl Run {
    /// The calls of one program: its arguments only.
    pub fn calls_of(&self, tool: &str) -> Vec<&[String]> {
        let calls = self.calls.iter().filter(|call| call.tool == tool);
        calls.map(|call| call.arguments.as_slice()).collect()
    }
}

/// What a script finds where it runs: an empty folder, and on `PATH` nothing but this.
#[derive(Debug, Clone)]
pub struct Surroundings {
    stubs: Vec<String>,
    programs: Vec<String>,
    replies: Vec<Reply>,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    limit: Duration,
}

impl Surroundings {
    /// Stubs of these tools, which write down how they are called.
    pub fn stubs(tools: &[&str]) -> Self {
        Self {
            stubs: owned(tools),
            programs: Vec::new(),
            replies: Vec::new(),
            arguments: Vec::new(),
            variables: vec![("LC_ALL".to_owned(), "C.UTF-8".to_owned())],
            limit: LIMIT,
        }
    }

    /// Also these real programs, in the form that goes with the shell: the applets of `BusyBox`
    /// where it has them, else those on `PATH`. Their calls are not written down.
    #[must_use]
    pub fn programs(mut self, names: &[&str]) -> Self {
        self.programs = owned(names);
        self
    }

    /// Lets the stubs answer: the first reply that fits a call is given.
    #[must_use]
    pub fn replies(mut self, replies: &[Reply]) -> Self {
        self.replies = replies.to_vec();
        self
    }

    /// Calls the script with these arguments.
    #[must_use]
    pub fn arguments(mut self, arguments: &[&str]) -> Self {
        self.arguments = owned(arguments);
        self
    }

    /// Sets a variable of the environment. Without that there are `PATH` and a locale with UTF-8.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Ends the script after this time, in place of a minute.
    #[must_use]
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Runs a script.
    ///
    /// # Panics
    ///
    /// If the shell or a program is not there, or what comes back is not UTF-8.
    pub fn run(&self, shell: Shell, script: &str) -> Run {
        self.start(shell, script).run()
    }

    /// Runs a script twice in the same place: the stubs know in the second run what they were asked
    /// in the first one.
    ///
    /// # Panics
    ///
    /// As [`run`](Self::run).
    pub fn run_twice(&self, shell: Shell, script: &str) -> [Run; 2] {
        let stage = self.start(shell, script);
        [stage.run(), stage.run()]
    }

    fn start(&self, shell: Shell, script: &str) -> Stage {
        let home = Folder::new();
        home.write("replies", &replies_script(&self.replies));
        for folder in ["bin", "work"] {
            must(fs::create_dir(home.path(folder)), "make a folder");
        }
        let bin = home.path("bin");
        let stub = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stub.sh");
        for tool in &self.stubs {
            must(symlink(&stub, bin.join(tool)), "link a stub");
        }
        for name in &self.programs {
            must(
                symlink(program(shell, name), bin.join(name)),
                "link a program",
            );
        }
        home.write("work/script.sh", script);
        Stage {
            home,
            shell,
            arguments: self.arguments.clone(),
            variables: self.variables.clone(),
            limit: self.limit,
        }
    }
}

/// Surroundings that are set up.
struct Stage {
    home: Folder,
    shell: Shell,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    limit: Duration,
}

impl Stage {
    fn run(&self) -> Run {
        let home = &self.home;
        home.write("calls", "");
        // Files, not pipes: what outlives a script that was ended must not hold up the test.
        let file = |name: &str| must(fs::File::create(home.path(name)), "make a file");
        let [shell, arguments @ ..] = self.shell.command() else {
            unreachable!("every shell has a name")
        };
        let shell = find(shell);
        let script = must(fs::File::open(home.path("work/script.sh")), "open a file");
        let (script, input) = match self.shell {
            Shell::ZshPasted => (None, Stdio::from(script)),
            _ => (Some("script.sh"), Stdio::null()),
        };
        let mut child = Command::new(&shell)
            .args(arguments)
            .args(script)
            .args(&self.arguments)
            .current_dir(home.path("work"))
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env("PATH", home.path("bin"))
            .stdin(input)
            .stdout(file("stdout"))
            .stderr(file("stderr"))
            .spawn()
            .unwrap_or_else(|e| panic!("{}: {e}", shell.display()));
        let status = wait(&mut child, self.limit).and_then(|status| status.code());
        Run {
            status,
            calls: calls(&home.read("calls")),
            stdout: home.read("stdout"),
            stderr: home.read("stderr"),
        }
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

/// Something `shellcheck` has against a script.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "as the tool has them")]
pub struct Finding {
    pub line: u32,
    pub column: u32,
    pub level: String,
    pub code: u32,
    pub message: String,
}

/// Lints a script as one for `sh`, down to matters of style.
///
/// # Panics
///
/// If `shellcheck` is not there, or cannot be understood.
pub fn shellcheck(script: &str) -> Vec<Finding> {
    shellcheck_all(&[script]).remove(0)
}

/// [`shellcheck`] for many scripts at once, in less time: what it has against each of them.
///
/// # Panics
///
/// As [`shellcheck`].
pub fn shellcheck_all<T: AsRef<str>>(scripts: &[T]) -> Vec<Vec<Finding>> {
    #[derive(Deserialize)]
    struct Located {
        file: String,
        #[serde(flatten)]
        finding: Finding,
    }

    let home = Folder::new();
    let names: Vec<String> = (0..scripts.len()).map(|n| format!("{n}.sh")).collect();
    for (name, script) in names.iter().zip(scripts) {
        home.write(name, script.as_ref());
    }
    let output = Command::new("shellcheck")
        .args(["--norc", "--shell=sh", "--severity=style", "--format=json"])
        .args(&names)
        .current_dir(home.path(""))
        .output()
        .unwrap_or_else(|e| {
            panic!("scripts are linted with `shellcheck`, which cannot be run: {e}")
        });
    let found: Vec<Located> = serde_json::from_slice(&output.stdout).unwrap_or_else(|e| {
        panic!(
            "shellcheck says {}: {e}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    let mut findings = vec![Vec::new(); scripts.len()];
    for Located { file, finding } in found {
        match names.iter().position(|name| *name == file) {
            Some(at) => findings[at].push(finding),
            None => panic!("shellcheck has found something in {file}"),
        }
    }
    findings
}

/// A folder that is gone when the run is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = crate::target().join(format!("run-{}-{number}", process::id()));
        must(fs::create_dir_all(&path), "make a folder");
        Self(must(path.canonicalize(), "find a folder"))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn write(&self, name: &str, text: &str) {
        must(fs::write(self.path(name), text), name);
    }

    fn read(&self, name: &str) -> String {
        let bytes = must(fs::read(self.path(name)), name);
        String::from_utf8(bytes).unwrap_or_else(|e| panic!("{name}: {e}"))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[track_caller]
fn must<T>(result: io::Result<T>, what: &str) -> T {
    result.unwrap_or_else(|e| panic!("{what}: {e}"))
}

/// The form of a real program that goes with a shell.
fn program(shell: Shell, name: &str) -> PathBuf {
    static APPLETS: OnceLock<Vec<String>> = OnceLock::new();
    let applets = || {
        let listed = must(
            Command::new(find("busybox")).arg("--list").output(),
            "list applets",
        );
        let names = String::from_utf8_lossy(&listed.stdout).into_owned();
        names.lines().map(str::to_owned).collect()
    };
    if shell == Shell::BusyBox && APPLETS.get_or_init(applets).iter().any(|a| a == name) {
        find("busybox")
    } else {
        find(name)
    }
}

/// A program on the `PATH` of the tests, before it is narrowed for a script.
fn find(name: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .unwrap_or_else(|| {
            panic!(
                "exported scripts are run in dash, bash, busybox and zsh, and there is no `{name}` on PATH"
            )
        })
}

fn wait(child: &mut Child, limit: Duration) -> Option<ExitStatus> {
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = must(child.try_wait(), "wait for the shell") {
            return Some(status);
        }
        if Instant::now() >= end {
            must(child.kill(), "end the shell");
            must(child.wait(), "wait for the shell");
            return None;
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// The part of the stub that differs from case to case.
fn replies_script(replies: &[Reply]) -> String {
    let mut script = String::new();
    for (
        id,
        Reply {
            when,
            times,
            status,
            stdout,
            stderr,
        },
    ) in replies.iter().enumerate()
    {
        let pattern: String = when.iter().map(|text| format!("{}*", word(text))).collect();
        let (stdout, stderr) = (word(stdout), word(stderr));
        let _ = writeln!(
            script,
            "case $call in *{pattern}) answer {id} {times} {status} {stdout} {stderr} ;; esac"
        );
    }
    script
}

fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Takes apart what the stubs have written: of each call the number of arguments, the name and the
/// arguments, each ended by NUL.
fn calls(log: &str) -> Vec<Call> {
    let mut fields = log.split_terminator('\0');
    let mut calls = Vec::new();
    while let Some(count) = fields.next() {
        let count: usize = count.parse().unwrap_or_else(|e| panic!("{count:?}: {e}"));
        let mut next = || match fields.next() {
            Some(field) => field.to_owned(),
            None => panic!("a call is cut off in {log:?}"),
        };
        let tool = next();
        calls.push(Call {
            tool,
            arguments: (0..count).map(|_| next()).collect(),
        });
    }
    calls
}
