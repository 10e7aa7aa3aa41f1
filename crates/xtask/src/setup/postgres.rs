//! PostgreSQL, which the servers from before SQLite keep their data in.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::apt;
use crate::project;

/// Where Debian has the server's programs: not on PATH.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder with `initdb`, `postgres` and `psql`: from PATH or from Debian.
pub(crate) fn ensure() -> Result<PathBuf> {
    if let Some(found) = find() {
        return Ok(found);
    }
    apt::ensure(&["postgresql"])
        .context("PostgreSQL is needed: `initdb`, `postgres` and `psql`")?;
    find().with_context(|| {
        format!("the package postgresql is installed, but there is no `initdb` in {DEBIAN}")
    })
}

fn find() -> Option<PathBuf> {
    let on_path = project::on_path(&["initdb"]);
    let on_path = on_path.and_then(|initdb| Some(initdb.parent()?.to_owned()));
    let versions = fs::read_dir(DEBIAN).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    folders.sort();
    let is_complete = |folder: &PathBuf| {
        ["initdb", "postgres", "psql"]
            .iter()
            .all(|name| folder.join(name).is_file())
    };
    on_path.into_iter().chain(folders).rev().find(is_complete)
}
