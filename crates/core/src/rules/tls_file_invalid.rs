//! # `tls-file-invalid`
//!
//! ## What it checks
//! The path of a certificate, key or CA file has no white space at its ends and nothing in it that
//! nobody can see.
//!
//! ## Why it matters
//! No file is called like that on purpose. A server or tool that does not find its file does not dial.
//!
//! ## Example
//! A path that was copied with the line break behind it.
//!
//! ## Fix
//! The path without what cannot be seen.
//!
//! ## Source
//! `common/rpc/encryption/local_store_cert_provider.go` at 1.32.1.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::edit::Edit;
use crate::model::{FilePath, is_unusable};
use crate::reading::Reading;
use crate::settings::Setting;

pub(super) const RULE: Rule = Rule::error("tls-file-invalid", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let settings = Setting::ALL.into_iter();
    let wrong = settings.filter(|setting| {
        let text = reading.draft.settings.get(*setting);
        !text.trim().is_empty() && !setting.is_name() && FilePath::parse(text).is_none()
    });
    wrong.map(|setting| diagnostic(reading, setting)).collect()
}

fn diagnostic(reading: &Reading, setting: Setting) -> Diagnostic {
    let text = reading.draft.settings.get(setting);
    let found = Diagnostic::new(
        Path::Setting(setting),
        format!(
            "The path {} of the {} has something in it that cannot be seen.",
            quoted(text),
            setting.noun()
        ),
        "Often it came along when the path was copied. Type the path anew.",
    );
    let visible: String = text.chars().filter(|&c| !is_unusable(c)).collect();
    let visible = visible.trim();
    if FilePath::parse(visible).is_none() {
        return found;
    }
    let edit = Edit::SetSetting(setting, visible.to_owned());
    found.fix(format!("Use {visible}"), edit)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, said};
    use super::*;
    use crate::draft::Draft;

    #[test]
    fn what_cannot_be_seen_is_taken_out() {
        let with = |text: &str| {
            Draft::default().with(&[Edit::SetSetting(Setting::TlsCa, text.to_owned())])
        };
        for text in ["/ca.pem\n", " /ca.pem", "/ca\u{200B}.pem"] {
            assert!(said(&RULE, &with(text)).starts_with("tlsCaFile: The path "));
            let fixed = fixed(&RULE, &with(text));
            assert_eq!(fixed.settings.get(Setting::TlsCa), "/ca.pem");
        }
        for text in ["", " ", "/ca.pem", "C:\\ca file.pem"] {
            assert_eq!(said(&RULE, &with(text)), "");
        }
    }
}
