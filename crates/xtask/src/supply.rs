//! What the project is made of: where each crate comes from, on which terms, and which are in the page.

mod inventory;
mod packages;
#[cfg(test)]
mod stated;

pub(crate) use inventory::{CHECKSUMS, report, write_checksums, write_list};
