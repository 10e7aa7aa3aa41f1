//! A Rust compiler for WebAssembly.
//!
//! Two sources: the compiler in use, whose rustup adds the target and the source of the standard library; or, where
//! rustup's servers cannot be reached, Debian's compiler, which brings both. Either way the standard library is compiled
//! with the page, for size and with panics as bare traps (a fifth of the page). Where only the target is to be had, the
//! standard library is used as it is shipped, and everything works the same.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result, bail};

use super::{Lock, Step, apt};
use crate::project::{self, Project};

/// The name of the platform.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The compiler of Debian's package `rustc-web`.
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";

/// rustup answers in seconds, or not at all.
const PATIENCE: Duration = Duration::from_secs(90);

/// How long a failure of rustup is remembered.
const REMEMBERED: Duration = Duration::from_secs(24 * 60 * 60);

/// A compiler for the page.
pub(crate) struct Toolchain {
    source: Source,
    /// Whether the source of the standard library is there, so that it is compiled with the page.
    rebuilds_std: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Source {
    /// The compiler that also compiles this program.
    InUse,
    /// `rustc-web` and its friends.
    Debian,
}

/// Finds or installs a compiler for WebAssembly.
pub(crate) fn ensure(project: &Project) -> Result<Toolchain> {
    match in_use(project) {
        Some(toolchain) => Ok(toolchain),
        None => debian(),
    }
}

impl Toolchain {
    /// What is used, in words.
    pub(crate) fn describe(&self) -> String {
        let source = match self.source {
            Source::InUse => "the Rust toolchain in use",
            Source::Debian => "Debian's rustc-web",
        };
        let std = if self.rebuilds_std {
            "compiled for size"
        } else {
            "as shipped"
        };
        format!("{source}, standard library {std}")
    }

    /// The version of the compiler and of its standard library: `1.95.0`.
    pub(crate) fn version(&self, project: &Project) -> Result<String> {
        let program = match self.source {
            Source::InUse => "rustc",
            Source::Debian => DEBIAN_RUSTC,
        };
        let answer = project::output(project.command(program).arg("--version"));
        let version = answer.and_then(|text| Some(text.split(' ').nth(1)?.to_owned()));
        version.with_context(|| format!("{program} --version says no version"))
    }

    /// Output folder: two compilers in one folder would rebuild everything each time.
    pub(crate) fn target(&self, project: &Project) -> PathBuf {
        let name = match (self.source, self.rebuilds_std) {
            (Source::InUse, true) => "page",
            (Source::InUse, false) => "page-shipped-std",
            (Source::Debian, _) => "page-debian",
        };
        project.target().join(name)
    }

    /// Makes a command, and the cargo that it calls, use this compiler. `tools`: folders to put in front of PATH.
    pub(crate) fn apply(
        &self,
        project: &Project,
        command: &mut Command,
        mut tools: Vec<PathBuf>,
    ) -> Result<()> {
        command.env("CARGO_TARGET_DIR", self.target(project));
        command.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(project));
        if self.rebuilds_std {
            command.envs([
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
                ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
                ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
                ("CARGO_PROFILE_WEB_PANIC", "immediate-abort"),
            ]);
        }
        if self.source == Source::Debian {
            tools.push(PathBuf::from("/usr/bin"));
            command.envs([
                ("RUSTC", DEBIAN_RUSTC),
                ("RUSTDOC", "/usr/bin/rustdoc"),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22"),
            ]);
            command.env_remove("CARGO").env_remove("RUSTUP_TOOLCHAIN");
        }
        command.env("PATH", project::path_with(&tools)?);
        Ok(())
    }
}

/// Keeps this machine's folders out of the program.
fn rust_flags(project: &Project) -> String {
    let mut folders = vec![(project.path(""), ".")];
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
    folders.extend(
        cargo_home
            .or_else(|| Some(env::home_dir()?.join(".cargo")))
            .map(|home| (home, "cargo")),
    );
    let flags = folders
        .iter()
        .map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    flags.collect::<Vec<_>>().join("\u{1f}")
}

fn in_use(project: &Project) -> Option<Toolchain> {
    let sysroot = PathBuf::from(project::output(
        project.command("rustc").args(["--print", "sysroot"]),
    )?);
    let target = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let source = sysroot.join("lib/rustlib/src/rust/library/Cargo.lock");
    if !(target.is_dir() && source.is_file()) {
        try_rustup(project, &target, &source);
    }
    target.is_dir().then(|| Toolchain {
        source: Source::InUse,
        rebuilds_std: source.is_file(),
    })
}

/// Lets rustup add what is missing, if it can. There are other ways.
fn try_rustup(project: &Project, target: &Path, source: &Path) {
    if project::on_path(&["rustup"]).is_none() || failed_lately() {
        return;
    }
    if let Err(error) = add(project, target, source) {
        eprintln!("set-up: {error:#}; doing without");
        remember_failure(&error);
    }
}

fn add(project: &Project, target: &Path, source: &Path) -> Result<()> {
    let _lock = Lock::take("rustup")?;
    let step = Step::begin(
        "the WebAssembly target and the library source, with rustup",
        "10 seconds",
    );
    let wanted = [
        (target, ["target", "add", TARGET].as_slice()),
        (source, &["component", "add", "rust-src"]),
    ];
    for (_, arguments) in wanted.iter().filter(|(path, _)| !path.exists()) {
        let mut command = project.command("rustup");
        run_briefly(command.args(*arguments).env("RUST_BACKTRACE", "0"))?;
    }
    step.done();
    Ok(())
}

/// Trying again at each run would only cost time.
fn remember_failure(error: &anyhow::Error) {
    if let Ok(marker) = failure_marker() {
        // At worst the next run does try again.
        fs::write(marker, format!("{error:#}\n")).ok();
    }
}

fn failure_marker() -> Result<PathBuf> {
    Ok(super::cache()?.join("rustup-failed"))
}

fn failed_lately() -> bool {
    let time = failure_marker().and_then(|marker| Ok(fs::metadata(marker)?.modified()?));
    time.is_ok_and(|time| {
        SystemTime::now()
            .duration_since(time)
            .is_ok_and(|age| age < REMEMBERED)
    })
}

/// Runs a command that is given up when it takes too long.
fn run_briefly(command: &mut Command) -> Result<()> {
    let line = project::line(command);
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {line}"))?;
    let begin = Instant::now();
    loop {
        match child.try_wait()? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => bail!("{line} failed ({status})"),
            None if begin.elapsed() > PATIENCE => {
                child.kill()?;
                child.wait()?;
                bail!("{line} took longer than {} s", PATIENCE.as_secs());
            }
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
}

fn debian() -> Result<Toolchain> {
    if let Err(error) = apt::ensure(&["rustc-web", "cargo-web", "rust-web-src", "lld-22"]) {
        forget_failure()?;
        return Err(error.context(format!(
            "no Rust compiler for WebAssembly: `rustup target add {TARGET}` and `rustup component add rust-src` did not \
             work, nor did Debian's packages"
        )));
    }
    Ok(Toolchain {
        source: Source::Debian,
        rebuilds_std: true,
    })
}

/// The next run tries rustup again, as nothing else works.
fn forget_failure() -> Result<()> {
    let marker = failure_marker()?;
    if marker.exists() {
        fs::remove_file(marker)?;
    }
    Ok(())
}
