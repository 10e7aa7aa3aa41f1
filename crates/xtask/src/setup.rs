//! Finds or installs what the project needs.
//!
//! Tools are pinned. Each lives in `<cache>/multicluster/<name>-<version>`, shared by every checkout of the user, and is
//! complete or absent: it is installed into a temporary folder that is renamed at the end. A lock keeps two runs apart.

pub(crate) mod apt;
pub(crate) mod browser;
pub(crate) mod cargo_tool;
pub(crate) mod go;
pub(crate) mod node;
pub(crate) mod npm_tool;
pub(crate) mod postgres;
pub(crate) mod temporal;
pub(crate) mod wasm;

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::project::{self, Project};

/// A tool of one exact version.
pub(crate) struct Tool {
    /// Name of its folder and of its executable.
    pub(crate) name: &'static str,
    /// The only version that is used.
    pub(crate) version: &'static str,
    /// Where the executable is inside the tool's folder.
    pub(crate) executable: &'static str,
    /// How long the installation takes, for people who wait.
    pub(crate) takes: &'static str,
    /// Installs into an empty folder.
    pub(crate) install: fn(&Tool, &Path) -> Result<()>,
}

impl Tool {
    /// The executable: installed before, on PATH in this very version, or installed now.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        let home = cache()?.join(format!("{}-{}", self.name, self.version));
        let executable = home.join(self.executable);
        if executable.is_file() {
            return Ok(executable);
        }
        if let Some(found) = self.on_path() {
            return Ok(found);
        }
        let _lock = Lock::take("tools")?;
        if !executable.is_file() {
            self.install_into(&home)
                .with_context(|| format!("cannot install {} {}", self.name, self.version))?;
        }
        Ok(executable)
    }

    fn on_path(&self) -> Option<PathBuf> {
        let found = project::on_path(&[self.name])?;
        let answer = project::output(Command::new(&found).arg("--version"))?;
        says_version(&answer, self.version).then_some(found)
    }

    fn install_into(&self, home: &Path) -> Result<()> {
        let step = Step::begin(&format!("{} {}", self.name, self.version), self.takes);
        let unfinished = home.with_added_extension("unfinished");
        remove_folder(&unfinished)?;
        remove_folder(home)?;
        fs::create_dir_all(&unfinished)?;
        (self.install)(self, &unfinished)?;
        fs::rename(&unfinished, home)?;
        step.done();
        Ok(())
    }
}

/// Whether the answer to `--version` names exactly this version.
fn says_version(answer: &str, version: &str) -> bool {
    let first = answer.lines().next().unwrap_or_default();
    first.split_whitespace().any(|word| word == version)
}

/// One thing that is being set up, with the time it takes.
pub(crate) struct Step {
    name: String,
    begin: Instant,
}

impl Step {
    /// Says what is set up and how long that takes.
    pub(crate) fn begin(name: &str, takes: &str) -> Self {
        eprintln!("set-up: installing {name} (once per machine, about {takes})");
        Self {
            name: name.to_owned(),
            begin: Instant::now(),
        }
    }

    /// Says that it is there now.
    pub(crate) fn done(self) {
        eprintln!(
            "set-up: {} is ready after {} s",
            self.name,
            self.begin.elapsed().as_secs()
        );
    }
}

/// The folder that every checkout of this user shares.
pub(crate) fn cache() -> Result<PathBuf> {
    let base = env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute());
    let base = match base {
        Some(base) => base,
        None => env::home_dir()
            .context("set HOME or XDG_CACHE_HOME: tools are kept there")?
            .join(".cache"),
    };
    let folder = base.join("multicluster");
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    Ok(folder)
}

/// Keeps two runs from doing the same thing at the same time. Released when dropped, also by a crash.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Waits for another run that is installing the same kind of thing.
    fn take(kind: &str) -> Result<Self> {
        Self::at(&cache()?.join(format!("{kind}.lock")))
    }

    /// Waits for another run that holds this lock file.
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let file =
            File::create(path).with_context(|| format!("cannot create {}", path.display()))?;
        if file.try_lock().is_err() {
            eprintln!("waiting for another run ({})", path.display());
            file.lock()
                .with_context(|| format!("cannot lock {}", path.display()))?;
        }
        Ok(Self { _file: file })
    }
}

/// Removes a folder if it exists.
pub(crate) fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

/// Sets up everything and shows where it is.
pub(crate) fn show_all(project: &Project) -> Result<()> {
    let toolchain = wasm::ensure(project)?;
    println!("{:14}{}", "WebAssembly", toolchain.describe());
    for tool in [
        &cargo_tool::TRUNK,
        &cargo_tool::WASM_BINDGEN,
        &npm_tool::WASM_OPT,
        &npm_tool::ESBUILD,
    ] {
        println!("{:14}{}", tool.name, tool.ensure()?.display());
    }
    println!("{:14}{}", "node", node::ensure()?.display());
    println!("{:14}{}", "chromium", browser::chromium()?.display());
    println!("{:14}{}", "firefox", browser::firefox()?.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::says_version;

    #[test]
    fn only_the_exact_version_counts() {
        assert!(says_version("trunk 0.21.14", "0.21.14"));
        assert!(says_version("wasm-bindgen 0.2.130 (abc)\nmore", "0.2.130"));
        assert!(says_version("wasm-opt version 132 (version_132)", "132"));
        assert!(!says_version("trunk 0.21.140", "0.21.14"));
        assert!(!says_version("wasm-opt version 108", "132"));
        assert!(!says_version("", "132"));
    }
}
