//! `global.tls.remoteClusters` of a configuration file: how its servers dial others, by host.

use std::cmp::Reverse;

use super::Told;

/// An entry: how the others at a host are dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteTls {
    /// The host, or a pattern with `*` in it.
    pub host: Told<String>,
    /// `client.serverName`.
    pub server_name: Option<Told<String>>,
    /// `client.rootCaFiles`.
    pub ca_files: Vec<Told<String>>,
    /// Whether it trusts certificates that stand in the file themselves: `client.rootCaData`.
    pub has_ca_data: bool,
    /// `client.forceTLS`.
    pub forced: Option<Told<bool>>,
    /// `server.requireClientAuth`: nothing is shown without it.
    pub shows_certificate: Option<Told<bool>>,
    /// `server.certFile`.
    pub certificate: Option<Told<String>>,
    /// `server.keyFile`.
    pub key: Option<Told<String>>,
}

impl RemoteTls {
    /// An entry that says nothing yet.
    #[must_use]
    pub const fn new(host: Told<String>) -> Self {
        Self {
            host,
            server_name: None,
            ca_files: Vec::new(),
            has_ca_data: false,
            forced: None,
            shows_certificate: None,
            certificate: None,
            key: None,
        }
    }

    /// Whether the host is dialled with TLS at all: servers ask for no other sign of it.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.ca_files.is_empty() || self.has_ca_data || is_true(self.forced.as_ref())
    }

    /// The certificate and its key, as far as they are shown.
    #[must_use]
    pub fn shown(&self) -> [&str; 2] {
        let is_shown = is_true(self.shows_certificate.as_ref());
        [&self.certificate, &self.key].map(|file| match file {
            Some(file) if is_shown => file.value.as_str(),
            _ => "",
        })
    }

    /// The entry that a server uses for a host, as 1.32 finds it; earlier releases know no patterns.
    #[must_use]
    pub fn of_host<'t>(entries: &'t [Self], host: &str) -> Option<&'t Self> {
        let exact = entries.iter().find(|entry| entry.host.value == host);
        let of_pattern = || {
            let patterns = entries.iter();
            let patterns = patterns.filter(|entry| matches(&entry.host.value, host));
            patterns.min_by_key(|entry| {
                let pattern = entry.host.value.as_str();
                let letters = pattern.len() - pattern.matches('*').count();
                (Reverse(letters), pattern)
            })
        };
        exact.filter(|_| !host.contains('*')).or_else(of_pattern)
    }
}

fn is_true(told: Option<&Told<bool>>) -> bool {
    told.is_some_and(|told| told.value)
}

/// Whether a host is of a pattern; only `*` is known in one, which stands for any letters.
fn matches(pattern: &str, host: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = host.strip_prefix(first) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else {
        return false;
    };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observed::Location;

    fn told<T>(value: T) -> Told<T> {
        let at = Location {
            source: "a.yaml".into(),
            line: 1,
            column: 1,
        };
        Told::new(value, at)
    }

    fn entry(host: &str) -> RemoteTls {
        RemoteTls::new(told(host.to_owned()))
    }

    #[test]
    fn the_nearest_pattern_counts_and_the_host_itself_before_any() {
        let entries = ["*", "*.example", "b*.example", "c.example", "*.b.*"].map(entry);
        for (host, expected) in [
            ("c.example", Some("c.example")),
            ("b1.example", Some("b*.example")),
            ("a.example", Some("*.example")),
            ("a.b.c", Some("*.b.*")),
            ("else", Some("*")),
        ] {
            let found = RemoteTls::of_host(&entries, host);
            assert_eq!(found.map(|it| &*it.host.value), expected, "{host}");
        }
        assert_eq!(RemoteTls::of_host(&entries[1..4], "else"), None);
        assert_eq!(RemoteTls::of_host(&[entry("a*a")], "a"), None);
    }

    #[test]
    fn what_turns_it_on_and_what_is_shown() {
        let mut of = entry("a");
        of.certificate = Some(told("/c".to_owned()));
        of.key = Some(told("/k".to_owned()));
        assert_eq!((of.is_on(), of.shown()), (false, ["", ""]));
        of.shows_certificate = Some(told(true));
        assert_eq!((of.is_on(), of.shown()), (false, ["/c", "/k"]));
        of.forced = Some(told(true));
        assert!(of.is_on());
    }
}
