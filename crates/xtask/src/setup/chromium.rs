//! The browser that the page is tested in.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::apt;
use crate::project;

const NAMES: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// Chromium or Chrome: named by `CHROMIUM`, on PATH, or from Debian.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !named.is_file() {
            bail!("CHROMIUM names {}, which is not a file", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = project::on_path(NAMES) {
        return Ok(found);
    }
    apt::ensure(&["chromium"])
        .context("no Chromium or Chrome found; install one, or name it in CHROMIUM")?;
    project::on_path(NAMES)
        .context("the package chromium is installed, but there is no `chromium` on PATH")
}
