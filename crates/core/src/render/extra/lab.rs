//! `compose/`: all clusters of a set-up on one machine, for trying things out. Each has its own
//! databases and its own server; they connect themselves with our own `connect.sh`.
//!
//! Containers reach each other by the names of their services, and not at the addresses that were
//! typed: the files in here are those of a set-up in which only the addresses are others.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

use crate::edit::ClusterField;
use crate::model::HostPort;
use crate::plan::{Cluster, ConfigFile, Plan};
use crate::release::ServerVersion;

use super::super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::super::config_file::title;
use super::super::script::{self, Caller};
use super::super::shell::quote;
use super::super::topic::ExtraTopic;
use super::server::{Database, Server, shards, whole};
use super::yaml::{about, comment, in_comment, item, key, named_key};
use super::{ExtraId, Flavour, Hindrance, LabFile, commands_hindrance, ports, tool_in};

/// A server takes about 200 MB of memory, and a laptop has other things to do.
pub const MOST_CLUSTERS: usize = 8;
/// Of so many names one is free: a cluster takes two.
const TRIED_NAMES: usize = 4 * MOST_CLUSTERS;

/// The newest images that are known of each range of releases: the range, the tag of the server and
/// that of the tools. Those that Temporal's chart has had, and 1.32.1.
const IMAGES: &[(&str, &str, &str)] = &[
    ("1.32", "1.32.1", "1.32.1"),
    ("1.30", "1.31.2", "1.31.2"),
    ("1.24", "1.29.1", "1.29.1-tctl-1.18.4-cli-1.5.0"),
];

const POSTGRES_IMAGE: &str = "postgres:16";

const POSTGRES: &str = "postgres";
const CONNECT: &str = "connect";
/// The user of the database, and the password. Nobody reaches it from outside.
const USER: &str = "temporal";
/// Few enough for all servers of the largest lab, and more than one of them needs.
const CONNECTIONS: i64 = 8;
const MOST_CONNECTIONS: &str = "max_connections=600";
/// As few as Temporal's own containers have: nothing in a lab is large.
const USUAL_SHARDS: u32 = 4;
/// Where the files are in the containers.
const HOME: &str = "/multicluster";
const SETTINGS: &str = "dynamicconfig.yaml";
/// The port of frontends that have a machine of their own.
const USUAL_PORT: u16 = 7233;
const HTTP_PORT: u16 = 7243;

/// Why a set-up cannot be tried out in containers.
pub(super) fn hindrance(plan: &Plan) -> Option<Hindrance> {
    if plan
        .clusters
        .iter()
        .any(|one| images(one.release).is_none())
    {
        return Some(Hindrance::NoImages);
    }
    if plan.clusters.len() > MOST_CLUSTERS {
        return Some(Hindrance::TooManyForLab);
    }
    commands_hindrance(plan)
}

fn images(release: ServerVersion) -> Option<(&'static str, &'static str)> {
    let range = release.range().value;
    let row = IMAGES.iter().find(|row| row.0 == range)?;
    Some((row.1, row.2))
}

/// The files of the lab.
pub(super) fn files(plan: &Plan) -> Vec<Artifact> {
    let lab = Lab::of(plan);
    let mut files = vec![lab.file(LabFile::Compose, "compose.yaml", lab.compose())];
    let configs = lab.plan.config_files();
    for (place, config) in lab.places.iter().zip(&configs) {
        files.push(lab.config(place, config));
    }
    files.extend([
        lab.file(
            LabFile::Settings,
            SETTINGS,
            about(ExtraTopic::LabRefresh, settings()).collect(),
        ),
        lab.file(
            LabFile::Schema,
            "schema.sh",
            about(ExtraTopic::SchemaScript, script::shell_text(SCHEMA)).collect(),
        ),
        lab.file(
            LabFile::Start,
            "start.sh",
            about(ExtraTopic::StartScript, lab.start()).collect(),
        ),
        lab.script(LabFile::Connect, "connect.sh", script::connect),
        lab.script(LabFile::Verify, "verify.sh", script::verify),
    ]);
    files
}

const SCHEMA: &str = include_str!("schema.sh");
const START_ABOUT: &str = include_str!("start_about.sh");
const START: &str = include_str!("start.sh");

/// A set-up of containers.
struct Lab {
    /// The set-up with the addresses that hold between containers.
    plan: Plan,
    places: Vec<Place>,
}

/// Where one cluster is.
struct Place {
    /// Its place in the plan.
    index: usize,
    /// The name of its service, which is its host name for the others.
    service: String,
    /// The port on this machine.
    published: u16,
    /// The address that was typed.
    typed: HostPort,
}

impl Lab {
    fn of(typed: &Plan) -> Self {
        let mut plan = typed.clone();
        plan.tool = tool_in(typed, Flavour::Compose);
        let mut names = Names::default();
        let mut published = Published::default();
        let mut places = Vec::new();
        for (index, cluster) in plan.clusters.iter_mut().enumerate() {
            let typed = cluster.member.rpc_address.clone();
            let (service, port) = names.address(cluster);
            places.push(Place {
                index,
                published: published.port(cluster, index),
                service: service.clone(),
                typed,
            });
            cluster.member.rpc_address = HostPort::of_label(&service, port);
            cluster.admin_address = None;
            let http = cluster.member.http_address.is_some();
            cluster.member.http_address = http.then(|| HostPort::of_label(&service, HTTP_PORT));
        }
        Self { plan, places }
    }

    fn cluster(&self, place: &Place) -> &Cluster {
        &self.plan.clusters[place.index]
    }

    fn file(&self, file: LabFile, name: &str, lines: Vec<Line>) -> Artifact {
        Artifact {
            id: ArtifactId::Extra(ExtraId::Lab(file)),
            name: format!("compose/{name}").into(),
            lines,
        }
    }

    fn script(
        &self,
        file: LabFile,
        name: &str,
        write: fn(&Plan, script::File) -> Artifact,
    ) -> Artifact {
        let file = script::File {
            id: ArtifactId::Extra(ExtraId::Lab(file)),
            name: format!("compose/{name}").into(),
            caller: Caller::Person,
        };
        write(&self.plan, file)
    }

    fn config(&self, place: &Place, config: &ConfigFile) -> Artifact {
        let cluster = self.cluster(place);
        let server = Server {
            cluster,
            config,
            ports: ports::alone(cluster),
            shards: shards(&self.plan, cluster, USUAL_SHARDS),
            listens_on: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            settings: SETTINGS,
            database: Database {
                address: "postgres:5432",
                user: USER,
                password: USER,
                data: place.database("temporal"),
                visibility: place.database("visibility"),
                connections: CONNECTIONS,
                is_placeholder: false,
            },
        };
        let mut lines = vec![title(config).from(cluster.member.path(ClusterField::Name))];
        lines.extend(whole(&server));
        let name = format!("config/{}", cluster.file_name());
        self.file(LabFile::Config(cluster.member.id), &name, lines)
    }

    fn compose(&self) -> Vec<Line> {
        let mut lines = self.about();
        let services = [
            key(0, "name").quoted("multicluster-lab"),
            key(0, "services"),
        ];
        lines.extend(about(ExtraTopic::LabServices, services));
        lines.extend(about(ExtraTopic::LabDatabase, postgres()));
        for place in &self.places {
            lines.extend(about(ExtraTopic::LabSchema, self.schema_service(place)));
            lines.extend(about(ExtraTopic::LabServer, self.server_service(place)));
        }
        lines.extend(about(ExtraTopic::LabConnect, self.connect_service()));
        lines
    }

    /// How to use it, and where everything is reached.
    fn about(&self) -> Vec<Line> {
        let use_it = [
            "A lab of Temporal clusters on one machine that connect themselves. Not for production: no TLS, a",
            "known password, one database server.",
            "",
            "docker compose up --detach                  starts it, with everything that it needs",
            "docker compose logs --follow connect        shows how it is connected",
            "docker compose run --rm connect verify.sh   compares it with the plan",
            "docker compose down --volumes               ends it, and forgets everything",
            "",
            "Between containers the addresses are others than those that were typed:",
        ]
        .iter()
        .map(|text| comment(0, text));
        let mut lines: Vec<Line> = about(ExtraTopic::Lab, use_it).collect();
        for place in &self.places {
            let cluster = self.cluster(place);
            let line = comment(
                0,
                &format!(
                    "{}: {} for the other clusters, 127.0.0.1:{} on this machine; typed: {}",
                    in_comment(cluster.name(), place.index),
                    cluster.rpc_address(),
                    place.published,
                    place.typed,
                ),
            );
            let line = line.from(cluster.member.path(ClusterField::RpcAddress));
            lines.extend(about(ExtraTopic::LabAddress, [line]));
        }
        lines
    }

    fn schema_service(&self, place: &Place) -> Vec<Line> {
        let mut lines = vec![
            named_key(1, &place.schema_service()),
            key(2, "image").quoted(&format!("temporalio/admin-tools:{}", self.tools(place))),
            key(2, "depends_on"),
            key(3, POSTGRES),
            key(4, "condition").quoted("service_healthy"),
            key(2, "environment"),
            key(3, "SQL_HOST").quoted(POSTGRES),
            key(3, "SQL_USER").quoted(USER),
            key(3, "SQL_PASSWORD").quoted(USER),
            key(2, "volumes"),
            item(3, &mounted("schema.sh")),
        ];
        lines.extend(command(&[
            "sh",
            "/multicluster/schema.sh",
            &place.database("temporal"),
            &place.database("visibility"),
        ]));
        lines
    }

    fn server_service(&self, place: &Place) -> Vec<Line> {
        let cluster = self.cluster(place);
        let port = cluster.rpc_address().port();
        let config = format!("config/{}", cluster.file_name());
        let (image, _) = images(cluster.release).unwrap_or_default();
        let mut lines = vec![
            named_key(1, &place.service).from(cluster.member.path(ClusterField::Name)),
            key(2, "image")
                .quoted(&format!("temporalio/server:{image}"))
                .from(cluster.member.path(ClusterField::ServerVersion)),
            key(2, "depends_on"),
            named_key(3, &place.schema_service()),
            key(4, "condition").quoted("service_completed_successfully"),
            key(2, "volumes"),
            item(3, &mounted(&config)),
            item(3, &mounted(SETTINGS)),
            key(2, "working_dir").quoted(HOME),
        ];
        lines.extend(command(&[
            "temporal-server",
            "--root",
            HOME,
            "--config",
            "config",
            "--env",
            cluster.file_stem(),
            "start",
        ]));
        lines.extend([
            key(2, "ports"),
            item(3, &format!("127.0.0.1:{}:{port}", place.published)),
            key(2, "healthcheck"),
            key(3, "test"),
            item(4, "CMD"),
            item(4, "nc"),
            item(4, "-z"),
            item(4, "127.0.0.1"),
            item(4, &port.to_string()),
        ]);
        lines.extend(patience());
        lines.push(key(2, "restart").quoted("on-failure"));
        lines
    }

    fn connect_service(&self) -> Vec<Line> {
        let newest = self
            .places
            .iter()
            .max_by_key(|place| self.cluster(place).release);
        let tools = newest.map_or("", |place| self.tools(place));
        let mut lines = vec![
            key(1, CONNECT),
            key(2, "image").quoted(&format!("temporalio/admin-tools:{tools}")),
            key(2, "depends_on"),
        ];
        for place in &self.places {
            lines.push(named_key(3, &place.service));
            lines.push(key(4, "condition").quoted("service_healthy"));
        }
        lines.push(key(2, "volumes"));
        lines.extend(["start.sh", "connect.sh", "verify.sh"].map(|file| item(3, &mounted(file))));
        lines.push(key(2, "working_dir").quoted(HOME));
        lines.extend(command(&["sh"]));
        lines.extend([key(2, "command"), item(3, "start.sh")]);
        lines
    }

    fn tools(&self, place: &Place) -> &'static str {
        images(self.cluster(place).release).map_or("", |(_, tools)| tools)
    }

    /// `start.sh`: what it does, the addresses, and what is done with each.
    fn start(&self) -> Vec<Line> {
        let mut lines = script::shell_text(START_ABOUT);
        lines.push(
            Line::default()
                .push(Kind::Command, "each_address")
                .plain("() {"),
        );
        for place in &self.places {
            let address = self.cluster(place).rpc_address().as_str();
            lines.push(
                Line::default()
                    .plain("  ")
                    .push(Kind::Variable, "\"$1\"")
                    .plain(" ")
                    .push(Kind::Text, quote(address)),
            );
        }
        lines.push(Line::default().plain("}"));
        lines.extend(script::shell_text(START));
        lines
    }
}

impl Place {
    fn schema_service(&self) -> String {
        schema_of(&self.service)
    }

    fn database(&self, kind: &str) -> String {
        format!("{kind}_{}", self.index + 1)
    }
}

fn schema_of(service: &str) -> String {
    format!("{service}-schema")
}

fn mounted(file: &str) -> String {
    format!("./{file}:{HOME}/{file}:ro")
}

/// What the container runs, in place of what its image is made for.
fn command(words: &[&str]) -> Vec<Line> {
    let mut lines = vec![key(2, "entrypoint")];
    lines.extend(words.iter().map(|word| item(3, word)));
    lines
}

/// How long a container is given until it works.
fn patience() -> [Line; 3] {
    [
        key(3, "interval").quoted("2s"),
        key(3, "timeout").quoted("5s"),
        key(3, "retries").number(90),
    ]
}

fn postgres() -> Vec<Line> {
    let mut lines = vec![
        key(1, POSTGRES),
        key(2, "image").quoted(POSTGRES_IMAGE),
        key(2, "environment"),
        key(3, "POSTGRES_USER").quoted(USER),
        key(3, "POSTGRES_PASSWORD").quoted(USER),
        key(2, "command"),
        item(3, "-c"),
        item(3, MOST_CONNECTIONS),
        key(2, "healthcheck"),
        key(3, "test"),
        item(4, "CMD"),
        item(4, "pg_isready"),
        item(4, "--host=127.0.0.1"),
        item(4, "--username=temporal"),
    ];
    lines.extend(patience());
    lines
}

/// A lab must not wait a minute for every change.
fn settings() -> Vec<Line> {
    vec![
        comment(
            0,
            "Servers read changed connections at once, and not once a minute as they are delivered.",
        ),
        key(0, "system.clusterMetadataRefreshInterval"),
        Line::default()
            .plain("  - ")
            .push(Kind::Key, "value")
            .plain(":")
            .quoted("2s"),
    ]
}

/// The names of services, each taken once.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The service and the port of a cluster: as typed, where that is how containers are reached.
    fn address(&mut self, cluster: &Cluster) -> (String, u16) {
        let typed = cluster.rpc_address();
        if let Some(label) = typed.label()
            && self.take(label)
        {
            return (label.to_owned(), typed.port());
        }
        let stem = label(cluster.file_stem(), cluster.member.index);
        let mut candidates = (1..=TRIED_NAMES).map(|count| match count {
            1 => stem.clone(),
            _ => format!("{stem}-{count}"),
        });
        let free = candidates.find(|name| self.take(name));
        (free.unwrap_or_default(), USUAL_PORT)
    }

    /// Takes a name for a server, and that of what makes its tables.
    fn take(&mut self, name: &str) -> bool {
        let schema = schema_of(name);
        let is_taken =
            |name: &str| [POSTGRES, CONNECT].contains(&name) || self.taken.contains(name);
        if is_taken(name) || is_taken(&schema) {
            return false;
        }
        self.taken.extend([name.to_owned(), schema]);
        true
    }
}

/// A file's name as a host name of one label: `clusterA` becomes `cluster-a`.
fn label(stem: &str, index: usize) -> String {
    const LONGEST: usize = 40;
    let mut label = String::new();
    let mut was_lower = false;
    for c in stem.chars().take(LONGEST) {
        if was_lower && c.is_ascii_uppercase() {
            label.push('-');
        }
        was_lower = c.is_ascii_lowercase();
        let safe = if c.is_ascii_alphanumeric() { c } else { '-' };
        label.push(safe.to_ascii_lowercase());
    }
    match label.trim_matches('-') {
        "" => format!("cluster-{}", index + 1),
        label => label.to_owned(),
    }
}

/// The ports on this machine, each taken once.
#[derive(Default)]
struct Published {
    taken: BTreeSet<u16>,
}

impl Published {
    /// The port of the address that leads to this machine, or as the guide counts them.
    fn port(&mut self, cluster: &Cluster, index: usize) -> u16 {
        let typed = [cluster.admin_address(), cluster.rpc_address()];
        let local = typed.into_iter().find(|address| address.is_loopback());
        let guide = (USUAL_PORT..=u16::MAX).step_by(1000).skip(index);
        let mut candidates = local.map(HostPort::port).into_iter().chain(guide);
        let free = candidates.find(|port| !self.taken.contains(port));
        let port = free.unwrap_or(USUAL_PORT);
        self.taken.insert(port);
        port
    }
}
