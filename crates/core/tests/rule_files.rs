//! Every rule is one file, named by its code, whose doc comment has the headings from which the
//! reference of all rules is made.

use std::fs;
use std::path::{Path, PathBuf};

/// Files of the folder that are no rules.
const OTHERS: &[&str] = &["mod", "support", "testing"];

const HEADINGS: &[&str] = &[
    "## What it checks",
    "## Why it matters",
    "## Example",
    "## Fix",
    "## Source",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules")
}

/// The name without `.rs` and the text of every rule.
fn rules() -> Vec<(String, String)> {
    let mut rules = Vec::new();
    for entry in fs::read_dir(folder()).expect("the folder of rules") {
        let path = entry.expect("a file").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        if !OTHERS.contains(&&*name) {
            let text = fs::read_to_string(&path).expect("text");
            rules.push((name.into_owned(), text));
        }
    }
    rules.sort();
    assert!(rules.len() > 30, "the rules were found");
    rules
}

fn doc_comment(text: &str) -> Vec<&str> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect()
}

#[test]
fn files_are_named_by_their_codes() {
    for (name, text) in rules() {
        let declaration = text.split("RULE: Rule = Rule::").nth(1).expect("a rule");
        let code = declaration.split('"').nth(1).expect("a code");
        assert_eq!(name, code.replace('-', "_"));
        assert_eq!(doc_comment(&text)[0], format!("# `{code}`"), "{name}");
    }
}

#[test]
fn every_file_is_registered() {
    let registry = fs::read_to_string(folder().join("mod.rs")).expect("the registry");
    for (name, _) in rules() {
        assert!(registry.contains(&format!("    {name}::RULE,\n")), "{name}");
    }
}

#[test]
fn doc_comments_have_the_headings_and_text_under_each() {
    for (name, text) in rules() {
        let doc = doc_comment(&text);
        let headings: Vec<&str> = doc
            .iter()
            .copied()
            .filter(|line| line.starts_with("##"))
            .collect();
        assert_eq!(headings, HEADINGS, "{name}");
        for heading in HEADINGS {
            let at = doc
                .iter()
                .position(|line| line == heading)
                .expect("it is there");
            let text = doc.get(at + 1).copied().unwrap_or_default();
            assert!(
                !text.is_empty() && !text.starts_with('#'),
                "{name}: {heading}"
            );
        }
    }
}

#[test]
fn every_rule_has_tests() {
    for (name, text) in rules() {
        assert!(text.contains("#[test]"), "{name}");
    }
}
