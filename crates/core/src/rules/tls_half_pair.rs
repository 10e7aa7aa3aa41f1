//! # `tls-half-pair`
//!
//! ## What it checks
//! A certificate is given with its key, and a key with its certificate: for the servers where TLS between
//! clusters is on, and for the tool.
//!
//! ## Why it matters
//! Nobody can show a certificate without its key.
//!
//! ## Example
//! `certFile` without `keyFile`
//!
//! ## Fix
//! None: only a person knows where the other file is.
//!
//! ## Source
//! `common/rpc/encryption/local_store_cert_provider.go` at 1.32.1.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path};
use crate::reading::Reading;
use crate::settings::Setting;

pub(super) const RULE: Rule = Rule::error("tls-half-pair", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let of_servers = [Setting::TlsCertificate, Setting::TlsKey];
    let of_tool = [Setting::ToolCertificate, Setting::ToolKey];
    let of_servers = reading.draft.tls.then_some(of_servers);
    let pairs = of_servers.into_iter().chain([of_tool]);
    let is_blank = |setting| reading.draft.settings.get(setting).trim().is_empty();
    let found =
        pairs.filter_map(
            |[certificate, key]| match (is_blank(certificate), is_blank(key)) {
                (true, false) => Some(missing(certificate, key)),
                (false, true) => Some(missing(key, certificate)),
                _ => None,
            },
        );
    found.collect()
}

fn missing(missing: Setting, there: Setting) -> Diagnostic {
    Diagnostic::new(
        Path::Setting(missing),
        format!(
            "The {} is missing beside the {}.",
            missing.noun(),
            there.noun()
        ),
        "A certificate is shown with its key only. Fill in both, or neither.",
    )
    .related(Path::Setting(there))
}

#[cfg(test)]
mod tests {
    use super::super::testing::said;
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    #[test]
    fn each_needs_the_other() {
        use Setting::{TlsCertificate, TlsKey, ToolCertificate, ToolKey};
        let with = |tls: bool, settings: &[Setting]| {
            let edits = settings
                .iter()
                .map(|it| Edit::SetSetting(*it, "/x".to_owned()));
            let edits: Vec<Edit> = edits.chain([Edit::SetTls(tls)]).collect();
            said(&RULE, &Draft::default().with(&edits))
        };
        assert_eq!(
            with(true, &[TlsCertificate]),
            "tlsKeyFile: The key file is missing beside the certificate file."
        );
        assert_eq!(
            with(false, &[ToolKey]),
            "toolTlsCertFile: The certificate file of the tool is missing beside the key file of \
             the tool."
        );
        for (tls, settings) in [
            (true, &[TlsCertificate, TlsKey][..]),
            (false, &[TlsCertificate]),
            (true, &[]),
            (false, &[ToolCertificate, ToolKey]),
        ] {
            assert_eq!(with(tls, settings), "");
        }
    }
}
