//! Node.js, which runs wasm-opt and the browser tests, and measures sizes.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::apt;
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

fn major(answer: &str) -> Option<u32> {
    answer.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn major_version() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("20.1"), None);
        assert_eq!(major(""), None);
    }
}
