//! `global.tls.remoteClusters` beside `clusterMetadata`: how servers dial others, by host.

use multicluster_core::observed::{RemoteTls, Told};

use super::cluster_metadata::Beside;
use super::{Reader, Seen, quoted};
use crate::finding;
use crate::outcome::told;
use crate::template;
use crate::yaml::{Node, Value};

const KEY: &str = "remoteClusters";

/// The keys that servers read of a host, and of the parts of that.
const GROUP_KEYS: &[&str] = &["client", "server", "hostOverrides"];
const CLIENT_KEYS: &[&str] = &[
    "serverName",
    "disableHostVerification",
    "rootCaFiles",
    "rootCaData",
    "forceTLS",
];
const SERVER_KEYS: &[&str] = &[
    "certFile",
    "keyFile",
    "clientCaFiles",
    "certData",
    "keyData",
    "clientCaData",
    "requireClientAuth",
];

/// Of these, what has no place in a draft.
const NOT_IMPORTED: &[&str] = &[
    "hostOverrides",
    "disableHostVerification",
    "rootCaData",
    "clientCaFiles",
    "certData",
    "keyData",
    "clientCaData",
];

impl Reader<'_> {
    /// Reads what stands beside a block: under `global` in a server's file, and without it in values of the
    /// official chart.
    pub(super) fn remote_tls(&mut self, beside: Beside<'_>) -> Vec<RemoteTls> {
        let holder = if beside.is_whole {
            let global = beside.sections.get("global");
            global.and_then(|global| self.mapping("global", global))
        } else {
            Some(beside.sections)
        };
        let tls = holder.and_then(|holder| holder.get("tls"));
        let tls = tls.and_then(|tls| self.mapping("tls", tls));
        let hosts = tls.and_then(|tls| tls.get(KEY));
        let Some(hosts) = hosts.and_then(|hosts| self.mapping(KEY, hosts)) else {
            return Vec::new();
        };
        let mut entries = Vec::new();
        let mut seen = Seen::new();
        for (key, value) in hosts.entries() {
            let Some((host, _)) = key.scalar() else {
                self.wrong_shape(KEY, "a mapping of hosts", key);
                continue;
            };
            self.report_tag("A host", key);
            if template::is_placeholder(host) {
                self.report_template("A host", key.at);
            } else if self.is_new_key(&mut seen, host, key.at) && !key.is_null() {
                // Servers pass over what has no key at all.
                let host = told(self.text, key.at, host.to_owned());
                entries.push(self.remote_host(host, value));
            }
        }
        entries
    }

    fn remote_host(&mut self, host: Told<String>, group: &Node) -> RemoteTls {
        let mut entry = RemoteTls::new(host);
        let Some(group) = self.mapping(&entry.host.value, group) else {
            return entry;
        };
        self.report_tls_keys(&entry.host.value, group, GROUP_KEYS);
        let client = group.get("client");
        if let Some(client) = client.and_then(|client| self.mapping("client", client)) {
            self.report_tls_keys(&entry.host.value, client, CLIENT_KEYS);
            entry.server_name = self.text(client, "serverName");
            entry.ca_files = self.texts(client, "rootCaFiles");
            entry.has_ca_data = !self.texts(client, "rootCaData").is_empty();
            entry.forced = self.bool(client, "forceTLS");
            self.bool(client, "disableHostVerification");
        }
        let server = group.get("server");
        if let Some(server) = server.and_then(|server| self.mapping("server", server)) {
            self.report_tls_keys(&entry.host.value, server, SERVER_KEYS);
            entry.certificate = self.text(server, "certFile");
            entry.key = self.text(server, "keyFile");
            entry.shows_certificate = self.bool(server, "requireClientAuth");
            for key in ["certData", "keyData"] {
                self.text(server, key);
            }
            for key in ["clientCaFiles", "clientCaData"] {
                self.texts(server, key);
            }
        }
        entry
    }

    fn report_tls_keys(&mut self, host: &str, mapping: &Node, known: &[&str]) {
        self.report_keys(mapping, known);
        for (key, value) in mapping.entries() {
            let Some((name, _)) = key.scalar() else {
                continue;
            };
            let is_off = value.scalar().is_some_and(|(text, _)| text == "false");
            if NOT_IMPORTED.contains(&name) && known.contains(&name) && !value.is_null() && !is_off
            {
                let message = format!("`{name}` of the host {} has no place here.", quoted(host));
                self.report(key.at, &finding::TLS_NOT_IMPORTED, message);
            }
        }
    }

    /// A mapping; nothing where there is none, which is reported unless nothing stands there.
    fn mapping<'n>(&mut self, what: &str, node: &'n Node) -> Option<&'n Node> {
        if matches!(node.value, Value::Mapping(_)) {
            return Some(node);
        }
        if !node.is_null() {
            self.wrong_shape(what, "a mapping", node);
        }
        None
    }

    /// A list of texts.
    fn texts(&mut self, mapping: &Node, key: &str) -> Vec<Told<String>> {
        let Some(list) = mapping.get(key).filter(|list| !list.is_null()) else {
            return Vec::new();
        };
        let Value::Sequence(items) = &list.value else {
            self.wrong_shape(key, "a list", list);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let Some((text, _)) = item.scalar() else {
                self.wrong_shape(key, "a list of texts", item);
                continue;
            };
            self.report_tag(&format!("An item of `{key}`"), item);
            if template::is_placeholder(text) {
                self.report_template(&format!("An item of `{key}`"), item.at);
            } else {
                let text = if item.is_null() { "" } else { text };
                texts.push(told(self.text, item.at, text.to_owned()));
            }
        }
        texts
    }
}
