//! Node.js, which runs wasm-opt and the browser tests, and measures sizes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::{Step, apt};
use crate::project;

/// What the oldest Debian that we know still has; the tests need `node --test`.
const OLDEST: u32 = 18;

/// Node, from PATH or from Debian.
pub(crate) fn ensure() -> Result<PathBuf> {
    if project::on_path(&["node"]).is_none() || project::on_path(&["npm"]).is_none() {
        apt::ensure(&["nodejs", "npm"])
            .with_context(|| format!("Node.js {OLDEST} or later with npm is needed"))?;
    }
    let node = project::on_path(&["node"])
        .context("nodejs is installed, but there is no `node` on PATH")?;
    let answer = project::output(Command::new(&node).arg("--version")).unwrap_or_default();
    match major(&answer) {
        Some(version) if version >= OLDEST => Ok(node),
        _ => bail!(
            "Node.js {OLDEST} or later is needed, {} is {answer:?}",
            node.display()
        ),
    }
}

/// npm, ready to be given arguments.
pub(crate) fn npm() -> Result<Command> {
    ensure()?;
    Ok(Command::new("npm"))
}

/// Installs the npm packages of a folder exactly as its lock file says, unless that was done before.
pub(crate) fn packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if let Some(host) = names_registry(&String::from_utf8_lossy(&wanted)) {
        bail!(
            "{} names a registry ({host}): npm must omit that",
            lock.display()
        );
    }
    let done = folder.join("node_modules/.installed-lock.json");
    if fs::read(&done).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    let step = Step::begin(
        &format!("npm packages in {}", folder.display()),
        "20 seconds",
    );
    project::run(
        npm()?
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(folder),
    )?;
    fs::write(done, wanted)?;
    step.done();
    Ok(())
}

/// The first address in a lock file. Everybody's npm has its own registry; the lock file is for all of them.
fn names_registry(lock: &str) -> Option<&str> {
    let resolved = lock
        .lines()
        .find_map(|line| line.trim().strip_prefix("\"resolved\": "))?;
    Some(resolved.trim_matches([',', '"']))
}

fn major(answer: &str) -> Option<u32> {
    answer.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{major, names_registry};

    #[test]
    fn lock_files_name_no_registry() {
        let lock =
            "{\n  \"resolved\": \"https://example.org/a.tgz\",\n  \"integrity\": \"sha512-x\"\n}";
        assert_eq!(names_registry(lock), Some("https://example.org/a.tgz"));
        assert_eq!(names_registry("{ \"integrity\": \"sha512-x\" }"), None);
    }

    #[test]
    fn major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20.1"), None);
        assert_eq!(major(""), None);
    }
}
