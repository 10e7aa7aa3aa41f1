//! `config/<cluster>.yaml`: everything that a server reads, in one file.
//!
//! No templates: what stands here is what the server reads, in every release. The database is a
//! person's own, and a server on a file in which it was not filled in ends with an error.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::edit::ClusterField;
use crate::model::HostPort;
use crate::plan::{Cluster, ConfigFile, Plan};
use crate::release::Capability;

use super::super::artifact::{Artifact, ArtifactId, Line};
use super::super::config_file::{remote_clusters, sections, title};
use super::super::scalar::double_quoted;
use super::super::topic::ExtraTopic;
use super::ExtraId;
use super::ports::{self, Ports, SERVICES};
use super::yaml::{about, comment, key};

/// What the chart assumes where no number of shards is stated.
const USUAL_SHARDS: u32 = 512;
/// In a folder of its own, as every other file here is named after a cluster.
const SETTINGS: &str = "config/dynamic/settings.yaml";

/// One cluster's server.
pub(super) struct Server<'p> {
    pub(super) cluster: &'p Cluster,
    pub(super) config: &'p ConfigFile,
    pub(super) ports: [Ports; 4],
    pub(super) shards: u32,
    /// The address that it listens on.
    pub(super) listens_on: IpAddr,
    /// The file with the dynamic configuration, from the folder in which the server is started.
    pub(super) settings: &'static str,
    pub(super) database: Database,
}

/// Where a server keeps its data.
pub(super) struct Database {
    pub(super) address: &'static str,
    pub(super) user: &'static str,
    pub(super) password: &'static str,
    pub(super) data: String,
    pub(super) visibility: String,
    /// How many connections each of its services opens to each of the two, at most.
    pub(super) connections: i64,
    /// Whether somebody has to fill it in.
    pub(super) is_placeholder: bool,
}

/// The files of every cluster, and the one that they share.
pub(super) fn files(plan: &Plan) -> Vec<Artifact> {
    let configs = plan.config_files();
    let ports = ports::of_all(&plan.clusters);
    let mut files: Vec<Artifact> = plan
        .clusters
        .iter()
        .zip(&configs)
        .zip(ports)
        .map(|((cluster, config), ports)| {
            let server = Server {
                cluster,
                config,
                ports,
                shards: shards(plan, cluster, USUAL_SHARDS),
                listens_on: listens_on(cluster.rpc_address()),
                settings: SETTINGS,
                database: Database::to_fill_in(),
            };
            let mut lines = vec![title(config).from(cluster.member.path(ClusterField::Name))];
            let how = HOW_TO_START.iter().map(|text| comment(0, text));
            lines.extend(about(ExtraTopic::HowToStart, how));
            lines.extend(whole(&server));
            Artifact {
                id: ArtifactId::Extra(ExtraId::ServerConfig(cluster.member.id)),
                name: format!("config/{}", cluster.file_name()).into(),
                lines,
            }
        })
        .collect();
    files.push(Artifact {
        id: ArtifactId::Extra(ExtraId::ServerSettings),
        name: SETTINGS.into(),
        lines: about(ExtraTopic::NoSettings, no_settings()).collect(),
    });
    files
}

const HOW_TO_START: &[&str] = &[
    "Everything that a server of this cluster reads. Fill in the database, and start it in the folder that",
    "holds the folder config, with the name of this file without .yaml:",
    "temporal-server --root . --config config --env NAME start",
];

/// The number of shards that is stated, or one that goes with those of the other clusters, or the usual
/// one.
pub(super) fn shards(plan: &Plan, cluster: &Cluster, usual: u32) -> u32 {
    let stated = plan.clusters.iter().find_map(|other| other.history_shards);
    let shards = cluster.history_shards.or(stated);
    shards.map_or(usual, |shards| shards.get())
}

/// Only this machine where that is all that the address says, else every network.
fn listens_on(address: &HostPort) -> IpAddr {
    let everywhere = if address.is_ipv6() {
        IpAddr::V6(Ipv6Addr::UNSPECIFIED)
    } else {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED)
    };
    address.loopback_ip().unwrap_or(everywhere)
}

fn no_settings() -> Vec<Line> {
    vec![
        comment(
            0,
            "The dynamic configuration of all servers: read again whenever it changes. Nothing is set.",
        ),
        Line::default().plain("{}"),
    ]
}

impl Database {
    /// Names under `.invalid` never lead anywhere (RFC 2606): nothing can be kept in the wrong place.
    fn to_fill_in() -> Self {
        Self {
            address: "your-database.invalid:5432",
            user: "your-user",
            password: "your-password",
            data: "temporal".to_owned(),
            visibility: "temporal_visibility".to_owned(),
            connections: 20,
            is_placeholder: true,
        }
    }
}

/// The file but for the comments at its top.
pub(super) fn whole(server: &Server) -> Vec<Line> {
    let log = [
        key(0, "log"),
        key(1, "stdout").bool(true),
        key(1, "level").quoted("info"),
    ];
    let mut lines: Vec<Line> = about(ExtraTopic::Log, log).collect();
    lines.extend(about(ExtraTopic::Persistence, persistence(server)));
    lines.extend(about(ExtraTopic::Membership, membership(server)));
    lines.extend(remote_clusters(server.config, double_quoted));
    lines.extend(about(ExtraTopic::Services, services(server)));
    let own = SocketAddr::new(server.reaches_itself_at(), server.ports[0].grpc);
    let client = [
        key(0, "publicClient"),
        key(1, "hostPort").quoted(&own.to_string()),
    ];
    lines.extend(about(ExtraTopic::PublicClient, client));
    let settings = [
        key(0, "dynamicConfigClient"),
        key(1, "filepath").quoted(server.settings),
        key(1, "pollInterval").quoted("10s"),
    ];
    lines.extend(about(ExtraTopic::DynamicConfig, settings));
    lines.extend(sections(server.config, double_quoted));
    lines
}

fn persistence(server: &Server) -> Vec<Line> {
    let Server {
        cluster, database, ..
    } = server;
    let about_shards = match cluster.history_shards {
        Some(_) => "Fixed at the first start, for ever.",
        None => "Not stated, so this is assumed. Fixed at the first start, for ever.",
    };
    let mut lines = vec![
        key(0, "persistence"),
        key(1, "defaultStore").quoted("default"),
        key(1, "visibilityStore").quoted("visibility"),
    ];
    let shards = [
        comment(1, about_shards),
        key(1, "numHistoryShards")
            .number(server.shards.into())
            .from(cluster.member.path(ClusterField::HistoryShards)),
    ];
    lines.extend(about(ExtraTopic::Shards, shards));
    lines.push(key(1, "datastores"));
    if database.is_placeholder {
        lines.push(comment(
            2,
            "Put in your own database, here and below: the server ends with an error until you do. No two",
        ));
        lines.push(comment(
            2,
            "clusters may share one. With the password in it, this file is a secret.",
        ));
    }
    lines.extend(datastore("default", &database.data, server));
    lines.extend(datastore("visibility", &database.visibility, server));
    lines
}

fn datastore(name: &'static str, kept_in: &str, server: &Server) -> [Line; 11] {
    let Server {
        cluster, database, ..
    } = server;
    let plugin = if cluster.release.has(Capability::NamesPostgres12) {
        "postgres12"
    } else {
        "postgres"
    };
    [
        key(2, name),
        key(3, "sql"),
        key(4, "pluginName").quoted(plugin),
        key(4, "databaseName").quoted(kept_in),
        key(4, "connectAddr").quoted(database.address),
        key(4, "connectProtocol").quoted("tcp"),
        key(4, "user").quoted(database.user),
        key(4, "password").quoted(database.password),
        key(4, "maxConns").number(database.connections),
        key(4, "maxIdleConns").number(database.connections),
        key(4, "maxConnLifetime").quoted("1h"),
    ]
}

fn membership(server: &Server) -> [Line; 6] {
    [
        key(0, "global"),
        key(1, "membership"),
        key(2, "maxJoinDuration").quoted("30s"),
        comment(
            2,
            "Where the servers of this cluster reach this one. Right while it is the only one: with more than",
        ),
        comment(2, "one, the IP address of its machine."),
        key(2, "broadcastAddress").quoted(&server.reaches_itself_at().to_string()),
    ]
}

fn services(server: &Server) -> Vec<Line> {
    let member = &server.cluster.member;
    let mut lines = vec![key(0, "services")];
    for ((name, _), ports) in SERVICES.into_iter().zip(server.ports) {
        let is_frontend = ports == server.ports[0];
        let mut grpc = key(3, "grpcPort").number(ports.grpc.into());
        if is_frontend {
            grpc = grpc.from(member.path(ClusterField::RpcAddress));
        }
        lines.extend([key(1, name), key(2, "rpc"), grpc]);
        if let Some(http) = member.http_address().filter(|_| is_frontend) {
            let http = key(3, "httpPort").number(http.port().into());
            lines.push(http.from(member.path(ClusterField::HttpAddress)));
        }
        lines.extend([
            key(3, "membershipPort").number(ports.membership.into()),
            key(3, "bindOnIP").quoted(&server.listens_on.to_string()),
        ]);
    }
    lines
}

impl Server<'_> {
    fn reaches_itself_at(&self) -> IpAddr {
        if self.listens_on.is_unspecified() {
            IpAddr::V4(Ipv4Addr::LOCALHOST)
        } else {
            self.listens_on
        }
    }
}
