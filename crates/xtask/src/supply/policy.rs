//! Holds the project to `deny.toml` and to the stated list of crates, without another tool and without a network.
//!
//! `cargo deny check` knows more, advisories above all, for those who have it: compiling it takes longer than all tests
//! of the suite together.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result};

use super::packages::{self, Locked, Package};
use crate::project::Project;

/// The crates of the page by name: none gets in unseen.
const OF_PAGE: &str = include_str!("page-crates.txt");

/// What `deny.toml` says.
#[derive(Debug, PartialEq)]
struct Policy {
    licenses: Vec<String>,
    registries: Vec<String>,
    banned: Vec<String>,
    /// Which may be there beside another version of themselves: `name@version`, the version as far as it matters.
    twice: Vec<String>,
}

#[test]
fn the_project_is_as_deny_toml_and_the_list_say() {
    let project = Project::find().expect("this is the project");
    let wrong = check(&project).expect("cargo and all files can be read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everything in which the project is not as `deny.toml` and the stated list want it.
fn check(project: &Project) -> Result<Vec<String>> {
    let text = fs::read_to_string(project.path("deny.toml")).context("cannot read deny.toml")?;
    let policy = Policy::read(&text);
    let locked = packages::locked(project)?;
    let mut wrong = policy.licenses(&packages::all(project)?);
    wrong.extend(policy.sources(&locked));
    wrong.extend(policy.bans(&locked));
    wrong.extend(differences(&stated(OF_PAGE), &packages::of_page(project)?));
    if packages::of(project, "multicluster-core")?.len() != 1 {
        wrong.push("multicluster-core depends on another crate".to_owned());
    }
    Ok(wrong)
}

impl Policy {
    fn read(text: &str) -> Self {
        Self {
            licenses: list(text, "licenses", "allow"),
            registries: list(text, "sources", "allow-registry"),
            banned: list(text, "bans", "deny"),
            twice: list(text, "bans", "skip"),
        }
    }

    fn licenses(&self, packages: &BTreeSet<Package>) -> Vec<String> {
        let refused = packages
            .iter()
            .filter(|package| !suffices(&package.license, &self.licenses));
        refused
            .map(|it| format!("{} {}: licence {:?}", it.name, it.version, it.license))
            .collect()
    }

    fn sources(&self, locked: &[Locked]) -> Vec<String> {
        let is_right = |source: &String, checksum: bool| {
            let registry = source.strip_prefix("registry+").unwrap_or_default();
            checksum && self.registries.iter().any(|allowed| allowed == registry)
        };
        let from_elsewhere = locked.iter().filter(|it| {
            let source = it.source.as_ref();
            source.is_some_and(|source| !is_right(source, it.checksum.is_some()))
        });
        from_elsewhere
            .map(|it| format!("{}: comes from {:?}", it.name, it.source))
            .collect()
    }

    fn bans(&self, locked: &[Locked]) -> Vec<String> {
        let mut wrong = Vec::new();
        for banned in locked.iter().filter(|it| self.banned.contains(&it.name)) {
            wrong.push(format!("{}: is banned", banned.name));
        }
        let kept: Vec<&Locked> = locked.iter().filter(|it| !self.may_be_twice(it)).collect();
        for (at, package) in kept.iter().enumerate() {
            if kept[..at].iter().any(|other| other.name == package.name) {
                wrong.push(format!("{}: is there in two versions", package.name));
            }
        }
        for skip in &self.twice {
            if !locked.iter().any(|it| matches(skip, it)) {
                wrong.push(format!("{skip}: deny.toml skips what is not there"));
            }
        }
        wrong
    }

    fn may_be_twice(&self, package: &Locked) -> bool {
        self.twice.iter().any(|skip| matches(skip, package))
    }
}

/// Whether `name@1.2` is this package.
fn matches(name_and_version: &str, package: &Locked) -> bool {
    name_and_version
        .split_once('@')
        .is_some_and(|(name, version)| {
            let rest = package.version.strip_prefix(version);
            name == package.name
                && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
}

/// What an array of a section of deny.toml lists: the first text of every line.
fn list(text: &str, section: &str, key: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim);
    let lines = lines.skip_while(|line| *line != format!("[{section}]"));
    let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
    let lines = lines
        .skip_while(|line| *line != format!("{key} = ["))
        .skip(1);
    lines
        .take_while(|line| *line != "]")
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect()
}

/// Whether these licences are enough for an SPDX expression.
fn suffices(expression: &str, licenses: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    any(&mut rest, licenses) == Some(true) && rest.is_empty()
}

/// `… OR …`; nothing if it is no expression.
fn any(words: &mut &[&str], licenses: &[String]) -> Option<bool> {
    let mut one = every(words, licenses)?;
    while next_is(words, "OR") {
        one |= every(words, licenses)?;
    }
    Some(one)
}

/// `… AND …`, which binds its parts closer.
fn every(words: &mut &[&str], licenses: &[String]) -> Option<bool> {
    let mut all = single(words, licenses)?;
    while next_is(words, "AND") {
        all &= single(words, licenses)?;
    }
    Some(all)
}

/// A licence, with or without an exception, or an expression in brackets.
fn single(words: &mut &[&str], licenses: &[String]) -> Option<bool> {
    if next_is(words, "(") {
        let inner = any(words, licenses)?;
        return next_is(words, ")").then_some(inner);
    }
    let (license, rest) = words.split_first()?;
    *words = rest;
    if !next_is(words, "WITH") {
        return Some(licenses.iter().any(|allowed| allowed == license));
    }
    let (exception, rest) = words.split_first()?;
    *words = rest;
    let whole = format!("{license} WITH {exception}");
    Some(licenses.contains(&whole))
}

fn next_is(words: &mut &[&str], wanted: &str) -> bool {
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    let is_it = *first == wanted;
    if is_it {
        *words = rest;
    }
    is_it
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

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn locked(name: &str, version: &str) -> Locked {
        Locked {
            name: name.to_owned(),
            version: version.to_owned(),
            ..Locked::default()
        }
    }

    fn policy() -> Policy {
        Policy::read(
            "[licenses]\nallow = [\n    # Why.\n    \"MIT\",\n]\n\n[bans]\nskip = [\n    { crate = \"a@1\", reason = \"b\" },\n]\n\
             deny = [\n    { crate = \"bad\", reason = \"c\" },\n]\n\n[sources]\nallow-registry = [\n    \"https://r.example\",\n]\n",
        )
    }

    #[test]
    fn deny_toml_is_read() {
        let expected = Policy {
            licenses: owned(&["MIT"]),
            registries: owned(&["https://r.example"]),
            banned: owned(&["bad"]),
            twice: owned(&["a@1"]),
        };
        assert_eq!(policy(), expected);
        let ours = Policy::read(include_str!("../../../../deny.toml"));
        for list in [ours.licenses, ours.registries, ours.banned, ours.twice] {
            assert!(!list.is_empty());
        }
    }

    #[test]
    fn license_expressions() {
        let allowed = owned(&["MIT", "Unicode-3.0", "A WITH E"]);
        for right in [
            "MIT",
            "Apache-2.0 OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "A WITH E",
            "GPL-3.0 AND X OR MIT",
            "A OR A WITH E",
        ] {
            assert!(suffices(right, &allowed), "{right}");
        }
        for wrong in [
            "",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "MIT WITH E",
            "A",
            "MIT OR",
            "(MIT",
            "MIT)",
            "MIT MIT",
            "(MIT OR X) AND GPL-3.0",
            "X OR MIT AND GPL-3.0",
        ] {
            assert!(!suffices(wrong, &allowed), "{wrong}");
        }
    }

    #[test]
    fn sources_are_registries_with_checksums() {
        let from = |source: &str, checksum: Option<&str>| {
            let entry = Locked {
                source: Some(source.to_owned()),
                checksum: checksum.map(str::to_owned),
                ..locked("a", "1.0.0")
            };
            policy().sources(&[entry]).len()
        };
        assert_eq!(from("registry+https://r.example", Some("00")), 0);
        assert_eq!(from("registry+https://r.example", None), 1);
        assert_eq!(from("registry+https://other.example", Some("00")), 1);
        assert_eq!(from("git+https://r.example", Some("00")), 1);
        assert_eq!(policy().sources(&[locked("ours", "0.1.0")]).len(), 0);
    }

    #[test]
    fn bans_and_doubles() {
        let a1 = || locked("a", "1.9.0");
        let wrong = |entries: &[Locked]| policy().bans(entries);
        assert!(wrong(&[a1(), locked("a", "2.0.0")]).is_empty());
        assert_eq!(
            wrong(&[a1(), locked("a", "2.0.0"), locked("a", "3.0.0")]),
            ["a: is there in two versions"]
        );
        assert_eq!(wrong(&[a1(), locked("bad", "1.0.0")]), ["bad: is banned"]);
        assert_eq!(
            wrong(&[locked("a", "11.0.0")]),
            ["a@1: deny.toml skips what is not there"]
        );
    }

    #[test]
    fn a_license_that_is_not_allowed_is_told() {
        let package = |license: &str| Package {
            name: "a".to_owned(),
            version: "1.0.0".to_owned(),
            license: license.to_owned(),
            repository: String::new(),
        };
        let both = BTreeSet::from([package("MIT"), package("GPL-3.0")]);
        assert_eq!(policy().licenses(&both), ["a 1.0.0: licence \"GPL-3.0\""]);
        let wrong = differences(&stated("# Why.\nb\n"), &both);
        assert!(wrong[0].starts_with("a: is in the page now"), "{wrong:?}");
        assert!(
            wrong[1].starts_with("b: is in the page no more"),
            "{wrong:?}"
        );
    }
}
