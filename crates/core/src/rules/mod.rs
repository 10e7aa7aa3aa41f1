//! The rules: one file each, with what it checks, why it matters, what the server does, an example,
//! the fix, the source, and its tests. This registry lists them all.
//!
//! A new rule is a new file with a `RULE`, and a line in [`ALL`].

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::reading::Reading;

mod address_port_missing;
mod increment_out_of_range;
mod initial_version_duplicate;

/// A check of the whole draft.
pub(crate) struct Rule {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    /// Every place where the rule is broken.
    pub(crate) check: fn(&Reading) -> Vec<Diagnostic>,
}

impl Rule {
    const fn error(code: &'static str, check: fn(&Reading) -> Vec<Diagnostic>) -> Self {
        Self::new(code, Severity::Error, check)
    }

    const fn warning(code: &'static str, check: fn(&Reading) -> Vec<Diagnostic>) -> Self {
        Self::new(code, Severity::Warning, check)
    }

    const fn note(code: &'static str, check: fn(&Reading) -> Vec<Diagnostic>) -> Self {
        Self::new(code, Severity::Note, check)
    }

    const fn new(
        code: &'static str,
        severity: Severity,
        check: fn(&Reading) -> Vec<Diagnostic>,
    ) -> Self {
        Self {
            code: Code(code),
            severity,
            check,
        }
    }
}

/// Every rule, in the order of the form.
pub(crate) const ALL: &[Rule] = &[
    increment_out_of_range::RULE,
    address_port_missing::RULE,
    initial_version_duplicate::RULE,
];

/// What every rule finds: errors first, then warnings, then notes, each in the order of the form.
pub(crate) fn check_all(reading: &Reading) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = ALL.iter().flat_map(|rule| check(rule, reading)).collect();
    found.sort_by_key(|found| (found.severity, found.path));
    found
}

fn check(rule: &Rule, reading: &Reading) -> Vec<Diagnostic> {
    let mut found = (rule.check)(reading);
    for diagnostic in &mut found {
        diagnostic.code = rule.code;
        diagnostic.severity = rule.severity;
    }
    found
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_kebab_case_and_unique() {
        let mut codes: Vec<&str> = ALL.iter().map(|rule| rule.code.as_str()).collect();
        for code in &codes {
            let lower = |word: &str| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            assert!(code.split('-').all(lower), "{code}");
        }
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }
}
