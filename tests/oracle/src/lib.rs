//! Temporal's own server code, and real shells, judge what the core crate writes.
//!
//! - [`judge`]: does a server of some release start on this file, and what does it read in it?
//! - [`formats`]: what do Helm with Temporal's chart, and Docker Compose, read in other formats?
//! - [`shell`]: what does a script do, call by call, in the shells that people have?
//! - [`generate`]: drafts, right and wrong, of the [`values`] that people type; [`forced`] writes
//!   the files of those that core refuses; [`settings`] chooses which of them.

use std::env;
use std::path::{Path, PathBuf};

pub mod forced;
pub mod formats;
pub mod generate;
pub mod judge;
pub mod random;
pub mod settings;
pub mod shell;
pub mod texts;
pub mod values;

/// Where the judges are built and scripts are run.
fn target() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    target.join("oracle")
}
