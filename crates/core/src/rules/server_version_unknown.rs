//! # `server-version-unknown`
//!
//! ## What it checks
//! The server version is a release, as `1.32` or `1.14.3`, from 1.0 on.
//!
//! ## Why it matters
//! The layout of the files, what the commands are called and most rules depend on the release.
//! Prior to 1.14 each file lists all clusters; from 1.14 on each lists only its own.
//!
//! ## Example
//! `latest`, which a link can bring.
//!
//! ## Fix
//! The newest release that was measured.
//!
//! ## Source
//! This page's table of releases, measured on 1.13.0, 1.14.1, 1.31.2 and 1.32.1.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::draft::Draft;
use crate::edit::Edit;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("server-version-unknown", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if reading.release.is_some() {
        return Vec::new();
    }
    let typed = reading.draft.server_version.trim();
    let message = if typed.is_empty() {
        "The server version is missing.".to_owned()
    } else {
        let typed = quoted(typed);
        format!("The server version {typed} is not a release such as 1.32 or 1.14.3.")
    };
    let default = Draft::DEFAULT_SERVER_VERSION;
    vec![
        Diagnostic::new(
            Path::ServerVersion,
            message,
            "The layout of the files, the commands and the rules depend on the release of the \
             servers. `tctl admin cluster describe` and `temporal operator cluster system` tell it.",
        )
        .fix(
            format!("Use {default}"),
            Edit::SetServerVersion(default.to_owned()),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, said};
    use super::*;

    fn of(release: &str) -> Draft {
        Draft::default().with(&[Edit::SetServerVersion(release.to_owned())])
    }

    #[test]
    fn only_releases_are_known() {
        for (release, message) in [
            ("1.32", ""),
            ("v1.14.3", ""),
            ("", "serverVersion: The server version is missing."),
            (
                "latest",
                "serverVersion: The server version “latest” is not a release such as 1.32 or 1.14.3.",
            ),
        ] {
            assert_eq!(said(&RULE, &of(release)), message);
        }
    }

    #[test]
    fn the_fix_is_the_newest_release() {
        assert_eq!(fixed(&RULE, &of("latest")).server_version, "1.32");
    }
}
