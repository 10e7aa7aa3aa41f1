//! An import as text: one line for everything that was read and said.
#![allow(unreachable_pub, reason = "it is part of several programs")]

use std::fmt::Write as _;

use multicluster_core::observed::{Entry, RemoteTls, Told, View, ViewKind};
use multicluster_import::Import;

/// Everything that was imported.
pub fn summary(import: &Import) -> String {
    let mut text = String::new();
    for view in &import.observed.views {
        write_view(&mut text, view);
    }
    for kept in &import.drafts {
        let _ = writeln!(
            text,
            "draft at {}: {}",
            kept.at,
            multicluster_core::link::encode(&kept.draft)
        );
    }
    for finding in &import.findings {
        let _ = writeln!(text, "{finding}");
        let _ = writeln!(text, "    | {}", finding.line.trim());
    }
    text
}

fn write_view(text: &mut String, view: &View) {
    let kind = match view.kind {
        ViewKind::ClusterDescription => "description",
        ViewKind::ClusterList => "list",
        ViewKind::ConfigFile => "file",
        ViewKind::Commands => "commands",
    };
    let _ = write!(text, "{kind} of {} at {}:", shown(&view.of), view.at);
    field(text, "server", &view.server_address);
    field(text, "global", &view.global_namespace);
    field(text, "increment", &view.increment);
    field(text, "master", &view.master);
    field(text, "redirection", &view.redirection);
    field(text, "shards", &view.history_shards);
    field(text, "release", &view.server_version);
    text.push_str(if view.is_cut { " cut\n" } else { "\n" });
    for entry in &view.entries {
        write_entry(text, entry);
    }
    for entry in &view.remote_tls {
        write_remote_tls(text, entry);
    }
}

fn write_remote_tls(text: &mut String, entry: &RemoteTls) {
    let _ = write!(text, "    dials {}", entry.host.value);
    field(text, "name", &entry.server_name);
    for ca in &entry.ca_files {
        field(text, "ca", &Some(ca.clone()));
    }
    field(text, "forced", &entry.forced);
    field(text, "shows", &entry.shows_certificate);
    field(text, "certificate", &entry.certificate);
    field(text, "key", &entry.key);
    text.push('\n');
}

fn write_entry(text: &mut String, entry: &Entry) {
    let _ = write!(text, "    {}", shown(&entry.name));
    field(text, "version", &entry.initial_version);
    field(text, "address", &entry.rpc_address);
    field(text, "http", &entry.http_address);
    field(text, "enabled", &entry.enabled);
    field(text, "replication", &entry.replication_enabled);
    field(text, "shards", &entry.history_shards);
    field(text, "id", &entry.cluster_id);
    text.push('\n');
}

fn shown<T: ToString>(told: &Option<Told<T>>) -> String {
    told.as_ref()
        .map_or("?".to_owned(), |told| told.value.to_string())
}

fn field<T: ToString>(text: &mut String, name: &str, told: &Option<Told<T>>) {
    if let Some(told) = told {
        let _ = write!(
            text,
            " {name}={} ({}:{})",
            told.value.to_string(),
            told.at.line,
            told.at.column
        );
    }
}
