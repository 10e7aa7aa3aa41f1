//! # `tls-server-name-invalid`
//!
//! ## What it checks
//! A TLS server name is a host name or an IP address, without a port.
//!
//! ## Why it matters
//! It is compared with the names in a certificate, which are such names, and every connection with
//! another one fails.
//!
//! ## Example
//! `temporal.example:7233`
//!
//! ## Fix
//! The name without its port.
//!
//! ## Source
//! Go's `crypto/x509`, which compares them.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::edit::ClusterField::TlsServerName;
use crate::edit::Edit;
use crate::model::{HostName, HostPort};
use crate::reading::Reading;
use crate::settings::Setting;

pub(super) const RULE: Rule = Rule::error("tls-server-name-invalid", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let clusters = reading.clusters.iter();
    let wrong = clusters.filter(|cluster| matches!(cluster.tls_server_name, Some(None)));
    let of_clusters = wrong.map(|cluster| {
        let text = &cluster.draft.tls_server_name;
        let mut others = reading.clusters.iter();
        let is_shared = others.any(|other| {
            other.index != cluster.index && other.draft.tls_server_name.trim() == text.trim()
        });
        let what = cluster.described(TlsServerName);
        let edit = |name: String| Edit::SetField(cluster.draft.id, TlsServerName, name);
        let mut found = diagnostic(cluster.path(TlsServerName), &what, text, edit);
        // Clusters with one name may share a host, which has one.
        if is_shared {
            found.fix = None;
        }
        found
    });
    let setting = Setting::ToolServerName;
    let text = reading.draft.settings.get(setting);
    let is_wrong = !text.trim().is_empty() && HostName::parse(text).is_none();
    let of_tool = is_wrong.then(|| {
        let what = format!("The {} {}", setting.noun(), quoted(text));
        diagnostic(Path::Setting(setting), &what, text, |name| {
            Edit::SetSetting(setting, name)
        })
    });
    of_clusters.chain(of_tool).collect()
}

fn diagnostic(path: Path, what: &str, text: &str, edit: impl Fn(String) -> Edit) -> Diagnostic {
    let found = Diagnostic::new(
        path,
        format!("{what} is no name that a certificate could have."),
        "It is a host name or an IP address, such as temporal.example, without a port. Leave it out where \
         the certificate has the name of the host that is dialled.",
    );
    let name = HostPort::parse(text.trim())
        .ok()
        .map(|address| address.host().to_owned());
    let name = name.unwrap_or_else(|| text.trim().to_owned());
    if HostName::parse(&name).is_none() {
        return found;
    }
    found.fix(format!("Use {name}"), edit(name))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;

    #[test]
    fn the_port_is_taken_off() {
        let of_cluster = draft(&[(1, TlsServerName, "b.example:7233")]);
        assert_eq!(
            said(&RULE, &of_cluster),
            "clusters[1].tlsServerName: The TLS server name “b.example:7233” of “clusterB” is no name \
             that a certificate could have."
        );
        assert_eq!(
            fixed(&RULE, &of_cluster).clusters[1].tls_server_name,
            "b.example"
        );
        let setting = Setting::ToolServerName;
        let of_tool = draft(&[]).with(&[Edit::SetSetting(setting, "[::1]:1".to_owned())]);
        assert_eq!(fixed(&RULE, &of_tool).settings.get(setting), "::1");
        for name in ["", " ", "b.example", "10.0.0.1"] {
            assert_eq!(said(&RULE, &draft(&[(1, TlsServerName, name)])), "");
        }
    }
}
