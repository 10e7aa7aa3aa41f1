//! What servers and tools print over the example of a rule, by release.

use multicluster_core::release::{RANGES, ReleaseRange};
use multicluster_core::{Draft, Edit, resolve};

/// Releases that print the same: their words, and what they print.
pub(crate) type Printed = (String, String);

/// What is printed over the problem with this code in a draft, the newest releases first. Releases where
/// it is no problem, or where nothing is printed, are left out.
pub(crate) fn printed(code: &str, draft: &Draft) -> Vec<Printed> {
    let mut all: Vec<(&ReleaseRange, &ReleaseRange, String)> = Vec::new();
    let mut before = None;
    for range in RANGES {
        let text = printed_by(range, code, draft);
        match (all.last_mut(), &text) {
            (Some((_, oldest, same)), Some(text))
                if before.as_ref() == Some(text) && same == text =>
            {
                *oldest = range;
            }
            (_, Some(text)) => all.push((range, range, text.clone())),
            (_, None) => {}
        }
        before = text;
    }
    let named = |(newest, oldest, text)| (releases(newest, oldest), text);
    all.into_iter().map(named).collect()
}

fn printed_by(range: &ReleaseRange, code: &str, draft: &Draft) -> Option<String> {
    let draft = draft.with(&[Edit::SetServerVersion(range.value.to_owned())]);
    let resolution = resolve(&draft);
    let mut found = resolution.diagnostics().iter();
    let found = found.find(|found| found.code.as_str() == code)?;
    found.server.clone()
}

/// Two ranges and all between them in words.
fn releases(newest: &ReleaseRange, oldest: &ReleaseRange) -> String {
    let first = oldest.label.split(' ').next();
    let first = first.filter(|_| !oldest.label.ends_with("and earlier"));
    let last = newest.label.split(' ').next_back();
    let last = last.filter(|_| !newest.label.ends_with("and later"));
    match (first, last) {
        _ if newest == oldest => newest.label.to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(first), None) => format!("{first} and later"),
        (None, Some("earlier")) => oldest.label.to_owned(),
        (None, Some(last)) => format!("{last} and earlier"),
        (None, None) => "Every release".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::example;

    fn of(code: &str) -> Vec<Printed> {
        printed(code, &example(code).expect("an example"))
    }

    #[test]
    fn messages_are_those_of_their_releases() {
        let printed = of("initial-version-out-of-range");
        let releases: Vec<&str> = printed.iter().map(|(releases, _)| &**releases).collect();
        assert_eq!(
            releases,
            ["1.32 and later", "1.14.0 to 1.31", "1.13 and earlier"]
        );
        assert!(printed[0].1.contains("InitialFailoverVersion must be > 0"));
    }

    #[test]
    fn releases_that_take_it_are_left_out() {
        let printed = of("shards-not-equal");
        assert_eq!(printed.len(), 1, "{printed:?}");
        assert_eq!(printed[0].0, "1.14.0 to 1.19");
    }

    #[test]
    fn ranges_are_joined_in_words() {
        let last = RANGES.len() - 1;
        for (newest, oldest, expected) in [
            (0, last, "Every release"),
            (0, 1, "1.30 and later"),
            (1, 2, "1.24 to 1.31"),
            (2, 2, "1.24 to 1.29"),
            (7, last, "1.15 and earlier"),
            (last, last, "1.13 and earlier"),
        ] {
            assert_eq!(releases(&RANGES[newest], &RANGES[oldest]), expected);
        }
    }
}
