//! `<cluster>.yaml`: the `clusterMetadata` of one cluster, in the guide's key order.
//!
//! Each key is a function of its own, so that a file that was read, however wrong, can be shown in
//! the same layout.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::edit::ClusterField;
use crate::model::{FilePath, RedirectionPolicy};
use crate::observed::{RemoteTls, Told};
use crate::plan::{ConfigFile, Member, TlsFiles};
use crate::release::Layout;
use crate::settings::Setting;

use super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::scalar::double_quoted;
use super::topic::{ConfigTopic, Topic};

/// Writes one configuration file.
pub(crate) fn config_file(file: &ConfigFile, name: Rc<str>) -> Artifact {
    let own_name = file.current().path(ClusterField::Name);
    let mut lines = vec![title(file).from(own_name)];
    lines.extend(sections(file, double_quoted));
    lines.extend(remote_tls(file));
    Artifact {
        id: ArtifactId::Config(file.current().id),
        name,
        lines,
    }
}

/// How a name is written as a YAML scalar.
type Quoting = fn(&str) -> String;

/// The section `clusterMetadata`, and what else is stated beside it.
pub(super) fn sections(file: &ConfigFile, quoting: Quoting) -> Vec<Line> {
    let current = file.current();
    let name = |of: &Member| quoting(of.name().as_str());
    let mut lines = vec![
        section(),
        global_namespace(true),
        increment(file.increment().get().into()).from(Path::Increment),
        master_as(name(file.master())).from(Path::Master),
        current_cluster_as(name(current)).from(current.path(ClusterField::Name)),
        information(),
    ];
    for of in file.members() {
        lines.extend(member_lines(of, current, name(of)));
        // No release that lists all clusters reads it.
        let http = of
            .http_address()
            .filter(|_| file.layout() == Layout::OwnCluster);
        let path = of.path(ClusterField::HttpAddress);
        lines.extend(http.map(|http| http_address(http.as_str()).from(path)));
    }
    let policy = file.redirection().map(RedirectionPolicy::name);
    lines.extend(policy.into_iter().flat_map(redirection));
    lines
}

fn member_lines(of: &Member, by: &Member, name: String) -> Vec<Line> {
    vec![
        member_as(name).from(of.path(ClusterField::Name)),
        enabled(true),
        initial_version(of.initial_version().get().into())
            .from(of.path(ClusterField::InitialFailoverVersion)),
        address_line(of, by),
    ]
}

/// Where another cluster is reached by the one that the file is for; of its own entry what it tells.
fn address_line(of: &Member, by: &Member) -> Line {
    let address = of.address_from(by);
    let is_own = address == of.rpc_address();
    rpc_address(address.as_str()).from(of.path(if is_own {
        ClusterField::RpcAddress
    } else {
        ClusterField::AddressFrom(by.id)
    }))
}

/// The section `global.tls.remoteClusters`: how every other cluster is dialled, by its host.
pub(crate) fn remote_tls(file: &ConfigFile) -> Vec<Line> {
    let mut lines = remote_clusters(file, double_quoted);
    if !lines.is_empty() {
        let global = key(0, "global", ConfigTopic::RemoteTls);
        lines.insert(0, global.from(Path::Tls));
    }
    lines
}

/// The same without the key `global`, which holds other things elsewhere.
pub(super) fn remote_clusters(file: &ConfigFile, quoting: Quoting) -> Vec<Line> {
    let Some(tls) = file.stated.tls.as_ref().filter(|_| !file.dials.is_empty()) else {
        return Vec::new();
    };
    let topic = ConfigTopic::RemoteTls;
    let mut lines = vec![key(1, "tls", topic), key(2, "remoteClusters", topic)]
        .into_iter()
        .map(|line| line.from(Path::Tls))
        .collect::<Vec<_>>();
    for dialled in &file.dials {
        lines.push(host_line(quoting(&dialled.host)).from(dialled.path));
        lines.push(key(4, "client", topic));
        lines.extend(dialled.server_name.as_ref().map(|name| {
            let line = key(5, "serverName", ConfigTopic::RemoteServerName)
                .plain(" ")
                .push(Kind::Text, quoting(name.as_str()));
            line.from(dialled.path)
        }));
        lines.extend(trust(tls, quoting));
        lines.extend(identity(tls, quoting));
    }
    lines
}

/// The section as a file that was read says it, however it stood there: hosts, and how they are dialled.
pub(crate) fn told_remote_tls<'t>(
    told: impl Iterator<Item = (&'t str, &'t RemoteTls)>,
) -> Vec<Line> {
    let topic = ConfigTopic::RemoteTls;
    let heads = ["global", "tls", "remoteClusters"].into_iter().enumerate();
    let mut lines: Vec<Line> = heads.map(|(depth, name)| key(depth, name, topic)).collect();
    let empty = lines.len();
    for (host, entry) in told {
        lines.push(host_line(double_quoted(host)));
        lines.extend(told_group(entry));
    }
    if lines.len() == empty {
        lines.clear();
    }
    lines
}

fn told_group(entry: &RemoteTls) -> Vec<Line> {
    let topic = ConfigTopic::RemoteTls;
    let text = |name, told: &Option<Told<String>>| {
        let told = told.as_ref();
        told.map(|told| key(5, name, topic).quoted(&told.value))
    };
    let truth = |name, told: &Option<Told<bool>>| {
        let told = told.as_ref();
        told.map(|told| key(5, name, topic).bool(told.value))
    };
    let mut client = Vec::from_iter(text("serverName", &entry.server_name));
    if entry.ca_files.is_empty() {
        client.extend(truth("forceTLS", &entry.forced));
    } else {
        // With it, whether TLS is forced makes no difference.
        client.push(key(5, "rootCaFiles", topic));
        client.extend(
            entry
                .ca_files
                .iter()
                .map(|ca| ca_line(double_quoted(&ca.value))),
        );
    }
    let server = [
        truth("requireClientAuth", &entry.shows_certificate),
        text("certFile", &entry.certificate),
        text("keyFile", &entry.key),
    ];
    let server: Vec<Line> = server.into_iter().flatten().collect();
    let mut lines = Vec::new();
    for (name, part) in [("client", client), ("server", server)] {
        if !part.is_empty() {
            lines.push(key(4, name, topic));
            lines.extend(part);
        }
    }
    lines
}

fn host_line(quoted: String) -> Line {
    Line::default()
        .plain(indent(3))
        .push(Kind::Key, quoted)
        .plain(":")
        .about(Topic::Config(ConfigTopic::RemoteHost))
}

fn ca_line(quoted: String) -> Line {
    Line::default()
        .plain(indent(6))
        .plain("- ")
        .push(Kind::Text, quoted)
        .about(Topic::Config(ConfigTopic::RemoteTrust))
}

/// Whom a server trusts. It does TLS only if it is told so, or is told of files.
fn trust(tls: &TlsFiles, quoting: Quoting) -> Vec<Line> {
    let topic = ConfigTopic::RemoteTrust;
    let from = Path::Setting(Setting::TlsCa);
    match &tls.ca {
        None => vec![key(5, "forceTLS", topic).bool(true).from(Path::Tls)],
        Some(ca) => vec![
            key(5, "rootCaFiles", topic).from(from),
            ca_line(quoting(ca.as_str())).from(from),
        ],
    }
}

/// What a server shows. It does so only where it is told to require the same of others.
fn identity(tls: &TlsFiles, quoting: Quoting) -> Vec<Line> {
    let Some((certificate, its_key)) = &tls.pair else {
        return Vec::new();
    };
    let topic = ConfigTopic::RemoteIdentity;
    let file = |name, path: &FilePath, setting| {
        key(5, name, topic)
            .plain(" ")
            .push(Kind::Text, quoting(path.as_str()))
            .from(Path::Setting(setting))
    };
    vec![
        key(4, "server", topic),
        key(5, "requireClientAuth", topic).bool(true),
        file("certFile", certificate, Setting::TlsCertificate),
        file("keyFile", its_key, Setting::TlsKey),
    ]
}

pub(crate) fn section() -> Line {
    key(0, "clusterMetadata", ConfigTopic::Section)
}

pub(crate) fn global_namespace(on: bool) -> Line {
    key(1, "enableGlobalNamespace", ConfigTopic::GlobalNamespace).bool(on)
}

pub(crate) fn increment(increment: i64) -> Line {
    key(1, "failoverVersionIncrement", ConfigTopic::Increment).number(increment)
}

pub(crate) fn master(name: &str) -> Line {
    master_as(double_quoted(name))
}

fn master_as(quoted: String) -> Line {
    key(1, "masterClusterName", ConfigTopic::Master).scalar(quoted)
}

pub(crate) fn current_cluster(name: &str) -> Line {
    current_cluster_as(double_quoted(name))
}

fn current_cluster_as(quoted: String) -> Line {
    key(1, "currentClusterName", ConfigTopic::CurrentCluster).scalar(quoted)
}

pub(crate) fn information() -> Line {
    key(1, "clusterInformation", ConfigTopic::Information)
}

pub(crate) fn member(name: &str) -> Line {
    member_as(double_quoted(name))
}

fn member_as(quoted: String) -> Line {
    Line::default()
        .plain(indent(2))
        .push(Kind::Key, quoted)
        .plain(":")
        .about(Topic::Config(ConfigTopic::Member))
}

pub(crate) fn enabled(on: bool) -> Line {
    key(3, "enabled", ConfigTopic::Enabled).bool(on)
}

pub(crate) fn initial_version(version: i64) -> Line {
    key(3, "initialFailoverVersion", ConfigTopic::InitialVersion).number(version)
}

pub(crate) fn rpc_address(address: &str) -> Line {
    key(3, "rpcAddress", ConfigTopic::RpcAddress).quoted(address)
}

pub(crate) fn http_address(address: &str) -> Line {
    key(3, "httpAddress", ConfigTopic::HttpAddress).quoted(address)
}

/// The section beside `clusterMetadata`.
pub(crate) fn redirection(policy: &str) -> [Line; 2] {
    [
        key(0, "dcRedirectionPolicy", ConfigTopic::Redirection),
        key(1, "policy", ConfigTopic::RedirectionPolicy).quoted(policy),
    ]
    .map(|line| line.from(Path::Redirection))
}

/// A comment that says which cluster and which releases the file is for.
pub(super) fn title(file: &ConfigFile) -> Line {
    let name = file.current().name();
    let releases = file.layout().releases();
    let comment = if name.may_be_in_comment() {
        format!("# {name} · {releases}")
    } else {
        format!("# {releases}")
    };
    Line::default()
        .push(Kind::Comment, comment)
        .about(Topic::Config(ConfigTopic::Title))
}

fn key(depth: usize, key: &'static str, topic: ConfigTopic) -> Line {
    Line::default()
        .plain(indent(depth))
        .push(Kind::Key, key)
        .plain(":")
        .about(Topic::Config(topic))
}

impl Line {
    pub(super) fn quoted(self, text: &str) -> Self {
        self.scalar(double_quoted(text))
    }

    fn scalar(self, quoted: String) -> Self {
        self.plain(" ").push(Kind::Text, quoted)
    }

    pub(super) fn number(self, number: i64) -> Self {
        self.plain(" ").push(Kind::Number, number.to_string())
    }

    pub(super) fn bool(self, value: bool) -> Self {
        let text = if value { "true" } else { "false" };
        self.plain(" ").push(Kind::Bool, text)
    }
}

const fn indent(depth: usize) -> &'static str {
    match depth {
        0 => "",
        1 => "  ",
        2 => "    ",
        3 => "      ",
        4 => "        ",
        5 => "          ",
        _ => "            ",
    }
}
