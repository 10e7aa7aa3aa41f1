//! Problems as SARIF 2.1.0 (OASIS), with what GitHub's code scanning asks for: a place for each
//! result, the text of each rule, and a fingerprint that outlives lines that move.

use std::collections::BTreeMap;

use multicluster_core::Severity;
use multicluster_core::observed::Location;
use serde_json::{Value, json};

use crate::explain::{Explanation, explanations};
use crate::problem::Problem;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(crate) fn problems(problems: &[Problem]) -> String {
    let rules = explanations();
    let mut prints = Fingerprints::default();
    let results: Vec<Value> = problems
        .iter()
        .map(|problem| result(problem, &rules, &mut prints))
        .collect();
    let whole = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            // Columns are counted in characters, not in bytes or UTF-16.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{whole:#}\n")
}

fn rule(rule: &Explanation) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary() },
        "fullDescription": { "text": rule.summary() },
        "help": { "text": rule.text, "markdown": rule.text },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "problem.severity": problem_severity(rule.severity),
            "tags": [rule.origin.word()],
        },
    })
}

fn result(problem: &Problem, rules: &[Explanation], prints: &mut Fingerprints) -> Value {
    let index = rules.iter().position(|rule| rule.code == problem.code);
    let width = u32::try_from(problem.width()).unwrap_or(1);
    let mut region = region(&problem.at);
    region["endColumn"] = problem.at.column.saturating_add(width).into();
    region["snippet"] = json!({ "text": problem.line });
    let server = problem
        .server
        .as_ref()
        .map_or(String::new(), |said| format!(" The server says: {said}"));
    json!({
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": level(problem.severity),
        "message": { "text": format!("{} {}{server}", problem.message, problem.help) },
        "locations": [physical(&problem.at, region)],
        "relatedLocations": problem.related.iter().enumerate().map(|(id, at)| {
            let mut place = physical(at, self::region(at));
            place["id"] = id.into();
            place["message"] = json!({ "text": "takes part in it" });
            place
        }).collect::<Vec<_>>(),
        "partialFingerprints": { "primaryLocationLineHash": prints.of(problem) },
    })
}

fn physical(at: &Location, region: Value) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&at.source) },
        "region": region,
    }})
}

fn region(at: &Location) -> Value {
    json!({ "startLine": at.line, "startColumn": at.column })
}

const fn level(severity: Severity) -> &'static str {
    severity.word()
}

/// GitHub's own words, by which it filters.
const fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

/// The name of a file as a reference (RFC 3986): relative as it was named, or `file://`.
fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// By the rule and the text of the line, not by its number; equal ones are counted.
#[derive(Default)]
struct Fingerprints {
    seen: BTreeMap<u64, usize>,
}

impl Fingerprints {
    fn of(&mut self, problem: &Problem) -> String {
        let parts = [problem.code, &*problem.at.source, problem.line.trim()];
        let hash = fnv1a(parts.join("\n").as_bytes());
        let count = self.seen.entry(hash).or_default();
        *count += 1;
        format!("{hash:016x}:{count}")
    }
}

/// FNV-1a, which stays what it is: the hash of the standard library may change with it.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_references() {
        for (name, expected) in [
            ("config/a b.yaml", "config/a%20b.yaml"),
            ("/tmp/é.yaml", "file:///tmp/%C3%A9.yaml"),
            ("a:b", "a%3Ab"),
        ] {
            assert_eq!(uri(name), expected);
        }
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv1a(b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_F739_67E8);
    }
}
