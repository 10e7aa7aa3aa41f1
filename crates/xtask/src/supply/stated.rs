//! Holds the project to the stated list of crates. Licences, sources and bans are cargo-deny's (`deny.toml`).

use std::collections::BTreeSet;

use anyhow::Result;

use super::packages::{self, Package};
use crate::project::Project;

/// The crates of the page by name: none gets in unseen.
const OF_PAGE: &str = include_str!("page-crates.txt");

#[test]
fn the_page_is_made_of_the_stated_crates() {
    let wrong = differences(&stated(OF_PAGE), &tree(packages::of_page));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn core_depends_on_nothing() {
    let core = tree(|project| packages::of(project, "multicluster-core"));
    assert_eq!(core.len(), 1, "{core:?}");
}

fn tree(of: impl Fn(&Project) -> Result<BTreeSet<Package>>) -> BTreeSet<Package> {
    let project = Project::find().expect("this is the project");
    of(&project).expect("cargo tells the tree")
}

/// The names of a stated list, without its comments.
fn stated(list: &str) -> BTreeSet<&str> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

fn differences(stated: &BTreeSet<&str>, packages: &BTreeSet<Package>) -> Vec<String> {
    let there: BTreeSet<&str> = packages.iter().map(|it| it.name.as_str()).collect();
    let list = "crates/xtask/src/supply/page-crates.txt";
    let new = there.difference(stated);
    let new =
        new.map(|name| format!("{name}: is in the page now; if it must be, add it to {list}"));
    let gone = stated.difference(&there);
    let gone = gone.map(|name| format!("{name}: is in the page no more; remove it from {list}"));
    new.chain(gone).collect()
}

#[test]
fn every_difference_is_told() {
    let package = Package {
        name: "a".to_owned(),
        version: "1.0.0".to_owned(),
        license: "MIT".to_owned(),
        repository: String::new(),
    };
    let wrong = differences(&stated("# Why.\nb\n"), &BTreeSet::from([package]));
    assert!(wrong[0].starts_with("a: is in the page now"), "{wrong:?}");
    assert!(
        wrong[1].starts_with("b: is in the page no more"),
        "{wrong:?}"
    );
    assert_eq!(wrong.len(), 2);
}
