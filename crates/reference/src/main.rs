//! Prints `reference.html`: one section with a stable address for every code that the page, the program
//! and imports name, and for everything that differs between releases.
//!
//! `cargo xtask dist` puts it beside the page. It is made of what core and import say of themselves, so
//! that it is never out of step.

mod examples;
mod markdown;
mod page;
mod servers;

use std::io::{Write, stdout};

fn main() -> std::io::Result<()> {
    stdout().write_all(page::page().as_bytes())
}
