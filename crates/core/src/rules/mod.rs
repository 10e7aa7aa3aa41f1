//! The rules: one file each, with what it checks, why it matters, what the server does, an example,
//! the fix, the source, and its tests. This registry lists them all.
//!
//! A new rule is a new file with a `RULE`, and a line in [`ALL`].

use crate::diagnostics::{Code, Diagnostic, Severity};
use crate::reading::Reading;

mod address_duplicate;
mod address_host_invalid;
mod address_host_missing;
mod address_ipv6_brackets;
mod address_loopback_mixed;
mod address_missing;
mod address_not_splittable;
mod address_port_invalid;
mod address_port_missing;
mod address_scheme;
mod address_seen_twice;
mod address_stray_character;
mod address_unspecified;
mod cloud_increment;
mod cloud_initial_version;
mod cloud_shards;
mod clusters_missing;
mod clusters_one;
mod connections_from_file;
mod connections_need_restart;
mod http_address_taken;
mod http_address_unread;
mod increment_out_of_range;
mod increment_too_small;
mod initial_version_duplicate;
mod initial_version_missing;
mod initial_version_not_a_number;
mod initial_version_out_of_range;
mod name_case_only;
mod name_duplicate;
mod name_missing;
mod name_of_role;
mod name_surrounding_space;
mod name_too_long;
mod name_unusable_character;
mod name_unusual;
mod port_dev_ui;
mod port_not_frontend;
mod redirection_hides_standby;
mod redirection_unknown;
mod releases_too_far_apart;
mod running_increment_changed;
mod running_renamed;
mod running_renumbered;
mod running_shards_changed;
mod server_version_unknown;
mod shards_invalid;
mod shards_not_equal;
mod shards_not_multiples;
mod tls_file_invalid;
mod tls_half_pair;
mod tls_server_name_invalid;
mod tls_server_names_differ;
mod tls_unread;
mod tool_too_new_for_server;

mod support;

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

macro_rules! registry {
    ($($rule:ident::RULE,)*) => {
        /// Every rule, in the order of the form.
        pub(crate) const ALL: &[Rule] = &[$($rule::RULE),*];
        /// Their files, in the same order.
        const FILES: &[&str] = &[$(include_str!(concat!(stringify!($rule), ".rs"))),*];
    };
}

registry! {
    server_version_unknown::RULE,
    releases_too_far_apart::RULE,
    connections_from_file::RULE,
    connections_need_restart::RULE,
    tool_too_new_for_server::RULE,
    increment_out_of_range::RULE,
    increment_too_small::RULE,
    cloud_increment::RULE,
    running_increment_changed::RULE,
    redirection_unknown::RULE,
    redirection_hides_standby::RULE,
    tls_unread::RULE,
    tls_file_invalid::RULE,
    tls_half_pair::RULE,
    tls_server_name_invalid::RULE,
    tls_server_names_differ::RULE,
    clusters_missing::RULE,
    clusters_one::RULE,
    name_missing::RULE,
    name_unusable_character::RULE,
    name_surrounding_space::RULE,
    name_too_long::RULE,
    name_duplicate::RULE,
    running_renamed::RULE,
    name_unusual::RULE,
    name_case_only::RULE,
    name_of_role::RULE,
    address_missing::RULE,
    address_stray_character::RULE,
    address_scheme::RULE,
    address_port_missing::RULE,
    address_ipv6_brackets::RULE,
    address_not_splittable::RULE,
    address_port_invalid::RULE,
    address_host_missing::RULE,
    address_host_invalid::RULE,
    address_duplicate::RULE,
    address_seen_twice::RULE,
    address_loopback_mixed::RULE,
    address_unspecified::RULE,
    port_not_frontend::RULE,
    port_dev_ui::RULE,
    http_address_taken::RULE,
    http_address_unread::RULE,
    initial_version_missing::RULE,
    initial_version_not_a_number::RULE,
    initial_version_out_of_range::RULE,
    initial_version_duplicate::RULE,
    running_renumbered::RULE,
    cloud_initial_version::RULE,
    shards_invalid::RULE,
    running_shards_changed::RULE,
    shards_not_equal::RULE,
    shards_not_multiples::RULE,
    cloud_shards::RULE,
}

/// A rule for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleText {
    /// Its name.
    pub code: Code,
    /// How bad it is where it is broken.
    pub severity: Severity,
    /// What it checks, why it matters, an example, the fix and the source: Markdown under these
    /// headings, without a title.
    pub text: String,
}

/// Every rule as its file explains it, in the order of the form.
pub fn rule_texts() -> impl Iterator<Item = RuleText> {
    ALL.iter().zip(FILES).map(|(rule, file)| RuleText {
        code: rule.code,
        severity: rule.severity,
        text: explanation(file),
    })
}

/// The comment at the top of a rule's file, without its title.
fn explanation(file: &str) -> String {
    let comment = file.lines().map_while(|line| line.strip_prefix("//!"));
    let lines: Vec<&str> = comment
        .skip(1)
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    lines.join("\n").trim().to_owned()
}

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
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::edit::{ClusterField, Edit};
    use crate::model::{
        ClusterName, ClusterNameError, HostPort, HostPortError, NumberError, ShardCount,
    };

    /// The rules that find an error when only this field is changed.
    fn found_by(field: ClusterField, text: &str) -> Vec<&'static str> {
        let draft = testing::draft(&[(0, field, text)]);
        let found = check_all(&Reading::of(&draft));
        let errors = found.iter().filter(|found| found.is_error());
        errors.map(|found| found.code.as_str()).collect()
    }

    #[test]
    fn every_wrong_address_is_claimed_by_one_rule() {
        use HostPortError::*;
        for (text, error) in [
            (" a:1", StrayCharacter(' ')),
            ("http://a:1", Scheme("http".into())),
            ("a", PortMissing),
            ("::1", BareIpv6),
            ("a:b:1", NotSplittable("too many colons in address")),
            ("a:b", PortNotANumber),
            ("a:0", PortOutOfRange),
            (":1", HostMissing),
            ("a/b:1", HostCharacter('/')),
            ("a..b:1", HostMalformed),
            ("", Missing),
        ] {
            let rule = match error {
                Missing => "address-missing",
                StrayCharacter(_) => "address-stray-character",
                Scheme(_) => "address-scheme",
                PortMissing => "address-port-missing",
                BareIpv6 => "address-ipv6-brackets",
                NotSplittable(_) => "address-not-splittable",
                PortNotANumber | PortOutOfRange => "address-port-invalid",
                HostMissing => "address-host-missing",
                HostCharacter(_) | HostMalformed => "address-host-invalid",
            };
            assert_eq!(HostPort::parse(text), Err(error));
            assert_eq!(found_by(ClusterField::RpcAddress, text), [rule]);
            let is_needed = !text.is_empty();
            for field in [ClusterField::AdminAddress, ClusterField::HttpAddress] {
                let rules = found_by(field, text);
                assert_eq!(rules, is_needed.then_some(rule).as_slice());
            }
        }
    }

    #[test]
    fn every_wrong_name_is_claimed_by_one_rule() {
        use ClusterNameError::*;
        for (text, error) in [
            ("", Empty),
            ("a\0", Unusable('\0')),
            (" a", SurroundingSpace),
            (&*"x".repeat(256), TooLong(256)),
        ] {
            let rule = match error {
                Empty => "name-missing",
                Unusable(_) => "name-unusable-character",
                SurroundingSpace => "name-surrounding-space",
                TooLong(_) => "name-too-long",
            };
            assert_eq!(ClusterName::parse(text), Err(error));
            assert_eq!(found_by(ClusterField::Name, text), [rule]);
        }
    }

    #[test]
    fn every_wrong_number_is_claimed_by_one_rule() {
        use NumberError::*;
        for (text, error) in [
            ("", Missing),
            ("x", NotANumber),
            ("2147483648", OutOfRange(2_147_483_648)),
        ] {
            let (rule, of_shards) = match error {
                Missing => ("initial-version-missing", None),
                NotANumber => ("initial-version-not-a-number", Some("shards-invalid")),
                OutOfRange(_) => ("initial-version-out-of-range", Some("shards-invalid")),
            };
            assert_eq!(ShardCount::parse(text), Err(error));
            assert_eq!(found_by(ClusterField::InitialFailoverVersion, text), [rule]);
            assert_eq!(
                found_by(ClusterField::HistoryShards, text),
                of_shards.as_slice()
            );
            let draft = Draft::default().with(&[Edit::SetIncrement(text.to_owned())]);
            let found = check_all(&Reading::of(&draft));
            assert_eq!(found[0].code.as_str(), "increment-out-of-range");
            assert_eq!(found.iter().filter(|found| found.is_error()).count(), 1);
        }
    }

    #[test]
    fn nothing_is_found_at_first_sight() {
        let found = check_all(&Reading::of(&Draft::default()));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_text_is_that_of_its_rule() {
        let texts: Vec<RuleText> = rule_texts().collect();
        assert_eq!(texts.len(), ALL.len());
        for (text, file) in texts.iter().zip(FILES) {
            assert!(file.starts_with(&format!("//! # `{}`\n", text.code)));
            assert!(
                text.text.starts_with("## What it checks\n"),
                "{}",
                text.code
            );
            assert!(!text.text.contains("//!") && !text.text.contains("use super"));
        }
    }

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
