//! Debian packages.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::process::Command;

use anyhow::{Result, bail};

use super::{Lock, Step};
use crate::project;

/// Makes Debian packages available.
pub(crate) fn ensure(packages: &[&str]) -> Result<()> {
    let missing: Vec<&str> = packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let _lock = Lock::take("packages")?;
    install(&missing)
}

fn is_installed(package: &str) -> bool {
    project::output(Command::new("dpkg-query").args(["-W", "-f=${Status}", package]))
        .is_some_and(|status| status == "install ok installed")
}

fn install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if project::on_path(&["apt-get"]).is_none() {
        bail!("please install what Debian calls {list} (this system has no apt-get)");
    }
    let Some(prefix) = as_root() else {
        bail!("please run: sudo apt-get install --no-install-recommends {list}");
    };
    let step = Step::begin(&format!("Debian packages {list}"), "30 seconds");
    // Package lists may be missing or too old; fetching them takes longer than trying.
    if project::run(&mut apt_get(
        prefix,
        &["install", "--no-install-recommends"],
        packages,
    ))
    .is_err()
    {
        project::run(&mut apt_get(prefix, &["update"], &[]))?;
        project::run(&mut apt_get(
            prefix,
            &["install", "--no-install-recommends"],
            packages,
        ))?;
    }
    step.done();
    Ok(())
}

fn apt_get(prefix: &[&str], action: &[&str], packages: &[&str]) -> Command {
    let mut command = Command::new(prefix[0]);
    command
        .args(&prefix[1..])
        .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"]);
    command
        .args(["-o", "DPkg::Lock::Timeout=600"])
        .args(action)
        .args(packages);
    command
}

/// How to become root without asking; nothing if that is impossible.
fn as_root() -> Option<&'static [&'static str]> {
    if fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
        return Some(&["env"]);
    }
    project::output(Command::new("sudo").args(["-n", "true"]))
        .map(|_| ["sudo", "-n", "env"].as_slice())
}
