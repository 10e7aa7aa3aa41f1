//! `multicluster example`: core's presets as topology files.

use std::fmt::Write as _;

use multicluster_core::presets::{PRESETS, Preset};
use multicluster_import::topology;

use crate::failure::{Failure, Verdict};
use crate::terminal;

pub(crate) fn run(name: Option<&str>) -> Result<Verdict, Failure> {
    let text = match name {
        None => list(),
        Some(name) => topology::write(&preset(name)?.draft()),
    };
    terminal::write(text.as_bytes())?;
    Ok(Verdict::Fine)
}

fn list() -> String {
    let mut text = String::new();
    for preset in PRESETS {
        // Writing into a String cannot fail.
        let _ = writeln!(text, "{:<12} {}", preset.name, preset.summary);
    }
    text
}

fn preset(name: &str) -> Result<&'static Preset, Failure> {
    Preset::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
        Failure::new(format!(
            "there is no example {name}. There are {}",
            names.join(", ")
        ))
    })
}
