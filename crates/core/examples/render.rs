//! Everything that a link leads to, for tests outside of Rust.
//!
//! `render LINK` prints what is wrong, with why and what a server would say of it on lines below, and every file
//! that is ready, each behind a line with its name.
//! `render LINK FOLDER` prints the same without the texts, and writes the files into the folder, and
//! `multicluster.zip` too if the page would offer it.
//! `render LINK FOLDER PLACE` also writes how the cluster at this place, counted from 0, is taken out.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use multicluster_core::render::ZIP_NAME;
use multicluster_core::{link, resolve};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let draft = link::decode(&arguments.next().unwrap_or_default())?;
    let folder = arguments.next().map(PathBuf::from);
    let leaves = arguments.next().map(|place| place.parse()).transpose()?;
    let resolution = resolve(&draft);
    for found in resolution.diagnostics() {
        println!(
            "{} {}: {}",
            found.severity.word(),
            found.code,
            found.message
        );
        println!("  help: {}", found.help);
        if let Some(server) = &found.server {
            println!("  server: {server}");
        }
    }
    for file in resolution.render_all() {
        println!("==> {} <==", file.name());
        match &folder {
            Some(folder) => fs::write(folder.join(file.name()), file.text())?,
            None => println!("{}", file.text()),
        }
    }
    let plan = resolution.plan();
    let guide = leaves.and_then(|place| plan?.take_out(place));
    if let (Some(folder), Some(guide)) = (&folder, guide) {
        fs::write(folder.join(guide.name()), guide.text())?;
    }
    if let (Some(folder), Some(zip)) = (folder, resolution.zip()) {
        fs::write(folder.join(ZIP_NAME), zip)?;
    }
    Ok(())
}
