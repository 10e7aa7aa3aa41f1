//! The browsers that the page is tested in.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::project;

/// A browser, and where it comes from.
struct Browser {
    /// What people call it.
    name: &'static str,
    /// The environment variable that names another one.
    variable: &'static str,
    /// What it is called on PATH, the first one preferred.
    programs: &'static [&'static str],
    /// The package that Debian has it in.
    package: &'static str,
}

/// Chromium or Chrome: named by `CHROMIUM`, on PATH, or from Debian.
pub(crate) fn chromium() -> Result<PathBuf> {
    ensure(&Browser {
        name: "Chromium or Chrome",
        variable: "CHROMIUM",
        programs: &[
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
        ],
        package: "chromium",
    })
}

/// Firefox, as distributions have it: named by `FIREFOX`, on PATH, or from Debian.
pub(crate) fn firefox() -> Result<PathBuf> {
    ensure(&Browser {
        name: "Firefox",
        variable: "FIREFOX",
        programs: &["firefox-esr", "firefox"],
        package: "firefox-esr",
    })
}

fn ensure(browser: &Browser) -> Result<PathBuf> {
    let Browser {
        name,
        variable,
        programs,
        package,
    } = browser;
    if let Some(named) = env::var_os(variable).map(PathBuf::from) {
        if !named.is_file() {
            bail!("{variable} names {}, which is not a file", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = project::on_path(programs) {
        return Ok(found);
    }
    apt::ensure(&[package])
        .with_context(|| format!("no {name} found; install one, or name it in {variable}"))?;
    project::on_path(programs).with_context(|| {
        format!("the package {package} is installed, but none of its programs is on PATH")
    })
}
