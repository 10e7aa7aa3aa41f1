//! ARCHITECTURE.md names files and tests: each is there.

use std::fs;
use std::path::{Path, PathBuf};

const ARCHITECTURE: &str = include_str!("../../../ARCHITECTURE.md");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The lines of a section.
fn section(title: &str) -> &'static str {
    let (_, section) = ARCHITECTURE
        .split_once(title)
        .unwrap_or_else(|| panic!("there is no {title}"));
    section.split("\n## ").next().unwrap_or(section)
}

/// The rows of the table in a section, without its head.
fn rows(title: &str) -> Vec<Vec<&'static str>> {
    let lines = section(title)
        .lines()
        .filter(|line| line.starts_with('|'))
        .skip(2);
    let rows: Vec<Vec<&str>> = lines
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 10, "{title}");
    rows
}

/// What stands in back quotes.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The test, or all tests, of a module of core: `edit::tests::name`, `picture::tests`.
fn is_test_of_core(name: &str) -> bool {
    let Some((module, test)) = name.split_once("::tests") else {
        return false;
    };
    let folder = root().join("crates/core/src");
    let module = folder.join(module.replace("::", "/"));
    let files = [
        module.with_added_extension("rs"),
        module.join("mod.rs"),
        module.join("tests.rs"),
    ];
    let texts = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok());
    let text: String = texts.collect();
    let function = test.strip_prefix("::").map(|test| format!("fn {test}("));
    text.contains("mod tests") && function.is_none_or(|function| text.contains(&function))
}

/// A command of this project's build tool, or of cargo, or a suite of tests.
fn is_command(text: &str) -> bool {
    let main = include_str!("../src/main.rs");
    match text.strip_prefix("cargo xtask ") {
        Some(command) => {
            let (first, rest) = command.split_at(1);
            main.contains(&format!("    {}{rest}", first.to_uppercase()))
        }
        None => {
            let suites = include_str!("../src/suites.rs");
            text == "cargo deny" || suites.contains(&format!("name: \"{text}\""))
        }
    }
}

#[test]
fn every_invariant_names_a_test_that_is_there() {
    for row in rows("## Invariants") {
        let [invariant, held_by] = row[..] else {
            panic!("{row:?}")
        };
        let named = quoted(held_by);
        assert!(!named.is_empty(), "nothing holds: {invariant}");
        for name in named {
            let is_there = root().join(name).exists() || is_test_of_core(name) || is_command(name);
            assert!(is_there, "{name}, of: {invariant}");
        }
    }
}

/// Files are named in full, or as they stand beside the first one.
#[test]
fn every_place_is_there() {
    for row in rows("## Where things are") {
        let places = quoted(row[0]);
        let first = root().join(places[0]);
        for place in &places {
            let beside = first.parent().unwrap_or(&first).join(place);
            let is_there = root().join(place).exists() || beside.exists() || place.contains('*');
            assert!(is_there, "{place}");
        }
    }
}

#[test]
fn what_is_not_there_is_missed() {
    assert!(is_test_of_core(
        "edit::tests::no_edit_renumbers_another_cluster"
    ));
    assert!(!is_test_of_core("edit::tests::no_edit_does_anything"));
    assert!(!is_test_of_core("edits::tests"));
    assert!(is_command("cargo xtask reproduce") && !is_command("cargo xtask nothing"));
}
