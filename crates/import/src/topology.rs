//! The topology file: a whole set-up as YAML that people keep beside their other configuration.
//!
//! ```yaml
//! multicluster: 1
//! serverVersion: "1.32"
//! tool: "temporal"
//! failoverVersionIncrement: 100
//! clusters:
//!   - name: "clusterA"
//!     rpcAddress: "127.0.0.1:7233"
//!     initialFailoverVersion: 1
//!     running: true
//! ```
//!
//! `running: true` says that a cluster runs with what the file says of it; a mapping tells in what it
//! runs otherwise, and `null` in it what is not known.
//!
//! Here its form is checked: keys, types, ranges, with line and column. Whether the set-up is right
//! is a matter of core's rules. One table, [`FIELDS`], says what there is: the reader, the writer's
//! order and the published JSON Schema all follow it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::rc::Rc;

use multicluster_core::model::{RedirectionPolicy, Tool};
use multicluster_core::observed::Location;
use multicluster_core::render::double_quoted;
use multicluster_core::{ClusterDraft, ClusterField, Draft, Edit, Path, Running, Setting};

use crate::Source;
use crate::finding::{self, Finding};
use crate::formats::quoted;
use crate::outcome::Outcome;
use crate::text::{self, Place, Text};
use crate::yaml::go::{self, Bool, Int};
use crate::yaml::{self, Node, Style, Value};

/// The version of the format that [`write`] writes.
pub const FORMAT_VERSION: i64 = 1;

/// The first key, which tells a topology file from everything else.
const VERSION_KEY: &str = "multicluster";
const REDIRECTION_KEY: &str = "dcRedirectionPolicy";
const CLOUD_KEY: &str = "keepTemporalCloudOpen";
const TLS_KEY: &str = "tls";
const ADDRESSES_KEY: &str = "addressFrom";

/// A key of the file.
struct Field {
    key: &'static str,
    form: Form,
    required: bool,
    description: &'static str,
}

/// What a value must look like.
enum Form {
    Text,
    /// A whole number from the first to the last.
    Number(i64, i64),
    OneOf(&'static [&'static str]),
    /// True or false.
    Truth,
    /// One of these, or `null`.
    OrNull(&'static Form),
    Clusters,
    /// A mapping of names of clusters to texts.
    Addresses,
    /// True, false, or a mapping of [`RUNNING_FIELDS`].
    Running,
}

impl Form {
    const fn is_number(&self) -> bool {
        matches!(self, Self::Number(..) | Self::OrNull(Self::Number(..)))
    }
}

const INCREMENT: Form = Form::Number(1, 2_147_483_647);
const INITIAL_VERSION: Form = Form::Number(1, 2_147_483_646);
const SHARDS: Form = Form::Number(1, 2_147_483_647);

const TOOLS: &[&str] = &["tctl", "temporal"];
const POLICIES: &[&str] = &["noop", "selected-apis-forwarding", "all-apis-forwarding"];

/// The keys of the file, in the order in which they are written.
const FIELDS: &[Field] = &[
    Field {
        key: VERSION_KEY,
        form: Form::Number(FORMAT_VERSION, FORMAT_VERSION),
        required: true,
        description: "The version of this format.",
    },
    Field {
        key: "serverVersion",
        form: Form::Text,
        required: false,
        description: "The release of the Temporal servers, in quotation marks: 1.30 without them is 1.3.",
    },
    Field {
        key: "tool",
        form: Form::OneOf(TOOLS),
        required: false,
        description: "The command line tool that the scripts call.",
    },
    Field {
        key: "failoverVersionIncrement",
        form: INCREMENT,
        required: false,
        description: "Equal in all clusters, and chosen once for life.",
    },
    Field {
        key: "masterClusterName",
        form: Form::Text,
        required: false,
        description: "The common master, for servers prior to 1.14; the first cluster unless chosen.",
    },
    Field {
        key: REDIRECTION_KEY,
        form: Form::OneOf(POLICIES),
        required: false,
        description: "What every cluster does with requests for namespaces that are active elsewhere; not stated, servers refuse them.",
    },
    Field {
        key: CLOUD_KEY,
        form: Form::Truth,
        required: false,
        description: "Whether what closes the way to Temporal Cloud is to be told.",
    },
    Field {
        key: TLS_KEY,
        form: Form::Truth,
        required: false,
        description: "Whether clusters dial each other with TLS; servers of 1.16 and later read it.",
    },
    Field {
        key: Setting::TlsCa.key(),
        form: Form::Text,
        required: false,
        description: "The certificate authority that servers trust when they dial, as a file on their machines; those of the machine unless given.",
    },
    Field {
        key: Setting::TlsCertificate.key(),
        form: Form::Text,
        required: false,
        description: "The certificate with which servers dial, as a file on their machines.",
    },
    Field {
        key: Setting::TlsKey.key(),
        form: Form::Text,
        required: false,
        description: "Its key, as a file on their machines.",
    },
    Field {
        key: Setting::ToolCa.key(),
        form: Form::Text,
        required: false,
        description: "The certificate authority that the command line tool trusts, as a file on the machine where it runs.",
    },
    Field {
        key: Setting::ToolCertificate.key(),
        form: Form::Text,
        required: false,
        description: "The certificate that the tool shows, as a file on the machine where it runs.",
    },
    Field {
        key: Setting::ToolKey.key(),
        form: Form::Text,
        required: false,
        description: "Its key, as a file on the machine where it runs.",
    },
    Field {
        key: Setting::ToolServerName.key(),
        form: Form::Text,
        required: false,
        description: "The name in the certificates of the servers, if it is not the host that the tool dials.",
    },
    Field {
        key: "clusters",
        form: Form::Clusters,
        required: true,
        description: "The clusters.",
    },
];

/// The keys of a cluster, in the order in which they are written.
const CLUSTER_FIELDS: &[Field] = &[
    Field {
        key: "name",
        form: Form::Text,
        required: true,
        description: "currentClusterName: it can never change.",
    },
    Field {
        key: "rpcAddress",
        form: Form::Text,
        required: true,
        description: "host:port where other clusters reach its frontend.",
    },
    Field {
        key: "adminAddress",
        form: Form::Text,
        required: false,
        description: "host:port where the person running the scripts reaches its frontend, if that is another address.",
    },
    Field {
        key: "httpAddress",
        form: Form::Text,
        required: false,
        description: "host:port where other clusters reach its HTTP API, for callbacks; servers of 1.24 and later read it.",
    },
    Field {
        key: "initialFailoverVersion",
        form: INITIAL_VERSION,
        required: true,
        description: "Below the increment, different in every cluster; it can never change.",
    },
    Field {
        key: "historyShards",
        form: SHARDS,
        required: false,
        description: "numHistoryShards of its persistence: it can never change.",
    },
    Field {
        key: "serverVersion",
        form: Form::Text,
        required: false,
        description: "The release of its servers, if it is another one than that of all.",
    },
    Field {
        key: "tlsServerName",
        form: Form::Text,
        required: false,
        description: "The name in its servers' certificates, if it is not the host that is dialled.",
    },
    Field {
        key: ADDRESSES_KEY,
        form: Form::Addresses,
        required: false,
        description: "host:port where other clusters reach it that do not at rpcAddress, by their names.",
    },
    Field {
        key: "running",
        form: Form::Running,
        required: false,
        description: "Whether it runs. In place of true, a mapping of what it was first started with, where that is not what this file says.",
    },
];

/// What a cluster runs with, where that is not what the file says of it.
const RUNNING_FIELDS: &[Field] = &[
    Field {
        key: "name",
        form: Form::OrNull(&Form::Text),
        required: false,
        description: "The name it was first started with; null: not known.",
    },
    Field {
        key: "initialFailoverVersion",
        form: Form::OrNull(&INITIAL_VERSION),
        required: false,
        description: "The number it was first started with; null: not known.",
    },
    Field {
        key: "failoverVersionIncrement",
        form: Form::OrNull(&INCREMENT),
        required: false,
        description: "The increment it was first started with; null: not known.",
    },
    Field {
        key: "historyShards",
        form: Form::OrNull(&SHARDS),
        required: false,
        description: "The shards it was first started with; null: not known.",
    },
];

/// The value of [`Running`] that a key of [`RUNNING_FIELDS`] is about.
fn running_value<'r>(running: &'r mut Running, key: &str) -> &'r mut String {
    match key {
        "name" => &mut running.name,
        "initialFailoverVersion" => &mut running.initial_version,
        "failoverVersionIncrement" => &mut running.increment,
        _ => &mut running.history_shards,
    }
}

/// What is wrong in a topology file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) at: Place,
    pub(crate) message: String,
}

/// Reads a topology file; findings call it by its name.
///
/// # Errors
/// Everything that is wrong with its form, in the order of the file.
pub fn read(name: &str, content: &str) -> Result<Draft, Vec<Finding>> {
    let text = Text::new(name, content);
    read_text(&text).map_err(|problems| {
        let mut outcome = Outcome::default();
        for problem in problems {
            outcome.report(
                &text,
                problem.at,
                &finding::TOPOLOGY_INVALID,
                problem.message,
            );
        }
        outcome.finish().findings
    })
}

/// Where everything stands in a topology file.
pub struct Places {
    text: Text,
    document: Node,
}

impl Places {
    /// `None` if the source is no topology file.
    #[must_use]
    pub fn of(source: &Source) -> Option<Self> {
        let (content, _) = text::decode(&source.bytes)?;
        let text = Text::new(&source.name, &content);
        let document = yaml::parse(&text.content()).0.into_iter().next();
        let document = document.filter(|_| is_topology(&text))?;
        Some(Self { text, document })
    }

    /// Where the value at this path stands; where it is left out, where what it belongs to begins.
    #[must_use]
    pub fn at(&self, path: Path) -> Location {
        let whole = &self.document;
        let node = match path {
            Path::Cluster(index, _, field) => {
                let clusters = whole.get("clusters").unwrap_or(whole);
                match &clusters.value {
                    Value::Sequence(items) => items.get(index).map_or(clusters, |cluster| {
                        cluster.get(field.key()).unwrap_or(cluster)
                    }),
                    _ => clusters,
                }
            }
            shared => whole.get(&shared.to_string()).unwrap_or(whole),
        };
        self.text.location(node.at)
    }
}

/// Whether a text says that it is a topology file.
pub(crate) fn is_topology(text: &Text) -> bool {
    let content =
        |line: &&String| !line.trim().is_empty() && !line.starts_with(['#', '%']) && *line != "---";
    let first = text.lines.iter().find(content);
    first.is_some_and(|line| {
        line.strip_prefix(VERSION_KEY)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

pub(crate) fn read_text(text: &Text) -> Result<Draft, Vec<Problem>> {
    let mut check = Check::default();
    let (documents, error) = yaml::parse(&text.content());
    if let Some(error) = error {
        check.problem(error.at, format!("This is not YAML: {}.", error.reason));
        return Err(check.problems);
    }
    let Some(document) = documents.first() else {
        check.problem(Place::new(0, 0), "The file is empty.".to_owned());
        return Err(check.problems);
    };
    if let Some(second) = documents.get(1) {
        check.problem(
            second.at,
            "A topology file is one document, and here a second one begins.".to_owned(),
        );
    }
    check.mapping(document, FIELDS, "the file");
    let clusters = check.clusters(document);
    let draft = draft(document, clusters, &mut check);
    if check.problems.is_empty() {
        Ok(draft)
    } else {
        Err(check.sorted())
    }
}

fn draft(document: &Node, clusters: &[Node], check: &mut Check) -> Draft {
    let mut draft = Draft::empty();
    let text = |key| value(document, key);
    if let Some(version) = text("serverVersion") {
        draft.server_version = version;
    }
    if let Some(tool) = text("tool").and_then(|tool| Tool::from_program(&tool)) {
        draft.tool = tool;
    }
    if let Some(increment) = text("failoverVersionIncrement") {
        draft.increment = increment;
    }
    draft.redirection =
        text(REDIRECTION_KEY).and_then(|policy| RedirectionPolicy::from_name(&policy));
    draft.tls = document.get(TLS_KEY).and_then(Node::truth) == Some(true);
    for setting in Setting::ALL {
        if let Some(typed) = text(setting.key()) {
            draft.apply(&Edit::SetSetting(setting, typed));
        }
    }
    draft.keeps_cloud_open = document.get(CLOUD_KEY).and_then(Node::truth) == Some(true);
    for cluster in clusters {
        let id = draft.add_named(&value(cluster, "name").unwrap_or_default());
        for (key, field) in CLUSTER_VALUES {
            if let Some(text) = value(cluster, key) {
                draft.apply(&Edit::SetField(id, field, text));
            }
        }
        if let Some(known) = draft.cluster(id).map(|known| draft.as_drafted(known)) {
            let running = running(cluster, known).map(Rc::new);
            draft.apply(&Edit::SetRunning(id, running));
        }
    }
    for (at, cluster) in clusters.iter().enumerate() {
        addresses(&mut draft, at, cluster, check);
    }
    if let Some(master) = document.get("masterClusterName") {
        let name = value(document, "masterClusterName").unwrap_or_default();
        match draft.clusters.iter().find(|cluster| cluster.name == name) {
            Some(cluster) => draft.master = Some(cluster.id),
            None => check.problem(
                master.at,
                format!(
                    "`masterClusterName` is {}, which is the name of none of the clusters.",
                    quoted(&name)
                ),
            ),
        }
    }
    draft
}

/// Where other clusters reach the one at this place.
fn addresses(draft: &mut Draft, at: usize, cluster: &Node, check: &mut Check) {
    let Some(addresses) = cluster.get(ADDRESSES_KEY) else {
        return;
    };
    for (by, address) in addresses.entries() {
        let name = by.scalar().map_or("", |(name, _)| name);
        let others = draft.clusters.iter().enumerate();
        let mut others = others.filter(|(other, _)| *other != at);
        let observer = others.find(|(_, other)| other.name == name);
        let Some(observer) = observer.map(|(_, other)| other.id) else {
            let message = format!(
                "`{ADDRESSES_KEY}` has {}, which is the name of none of the other clusters.",
                quoted(name)
            );
            check.problem(by.at, message);
            continue;
        };
        let text = address.scalar().map_or("", |(text, _)| text).to_owned();
        let field = ClusterField::AddressFrom(observer);
        let of = draft.clusters[at].id;
        draft.apply(&Edit::SetField(of, field, text));
    }
}

/// What a cluster runs with, which is what was drafted unless its mapping says otherwise.
fn running(cluster: &Node, drafted: Running) -> Option<Running> {
    let node = cluster.get("running")?;
    if node.scalar().is_some() {
        return (node.truth() == Some(true)).then_some(drafted);
    }
    let mut running = drafted;
    for field in RUNNING_FIELDS {
        if let Some(other) = node.get(field.key) {
            let text = value(node, field.key).filter(|_| !other.is_null());
            *running_value(&mut running, field.key) = text.unwrap_or_default();
        }
    }
    Some(running)
}

/// Where the values of a cluster are kept in a draft; its name comes first.
const CLUSTER_VALUES: [(&str, ClusterField); 7] = [
    ("rpcAddress", ClusterField::RpcAddress),
    ("adminAddress", ClusterField::AdminAddress),
    ("httpAddress", ClusterField::HttpAddress),
    (
        "initialFailoverVersion",
        ClusterField::InitialFailoverVersion,
    ),
    ("historyShards", ClusterField::HistoryShards),
    ("serverVersion", ClusterField::ServerVersion),
    ("tlsServerName", ClusterField::TlsServerName),
];

fn value(mapping: &Node, key: &str) -> Option<String> {
    mapping.get(key)?.scalar().map(|(text, _)| text.to_owned())
}

/// Collects what is wrong.
#[derive(Default)]
struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn problem(&mut self, at: Place, message: String) {
        self.problems.push(Problem { at, message });
    }

    fn sorted(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.at);
        self.problems
    }

    fn mapping(&mut self, node: &Node, fields: &[Field], what: &str) {
        if !matches!(node.value, Value::Mapping(_)) {
            return self.problem(
                node.at,
                format!(
                    "Here must be a mapping for {what}, and it is {}.",
                    node.kind()
                ),
            );
        }
        let mut seen = BTreeSet::new();
        for (key, value) in node.entries() {
            let name = key.scalar().map_or("", |(name, _)| name);
            if !seen.insert(name) {
                self.problem(
                    key.at,
                    format!("The key {} stands here twice.", quoted(name)),
                );
            }
            match fields.iter().find(|field| field.key == name) {
                Some(field) => self.field(field, value),
                None => {
                    let known: Vec<&str> = fields.iter().map(|field| field.key).collect();
                    self.problem(
                        key.at,
                        format!(
                            "The key {} is not known in {what}. Known are {}.",
                            quoted(name),
                            known.join(", ")
                        ),
                    );
                }
            }
        }
        for field in fields
            .iter()
            .filter(|field| field.required && !seen.contains(field.key))
        {
            self.problem(node.at, format!("`{}` is missing in {what}.", field.key));
        }
    }

    fn field(&mut self, field: &Field, node: &Node) {
        let scalar = node.scalar();
        let shown = scalar.map_or_else(|| node.kind().to_owned(), |(text, _)| quoted(text));
        if let Some(wanted) = wanted(&field.form, node) {
            let message = format!("`{}` is {shown}, and must be {wanted}.", field.key);
            self.problem(node.at, message);
        } else if matches!(field.form, Form::Running) && scalar.is_none() {
            self.mapping(node, RUNNING_FIELDS, "`running`");
        }
    }

    fn clusters<'n>(&mut self, document: &'n Node) -> &'n [Node] {
        let Some(Value::Sequence(clusters)) =
            document.get("clusters").map(|clusters| &clusters.value)
        else {
            return &[];
        };
        for (at, cluster) in clusters.iter().enumerate() {
            self.mapping(cluster, CLUSTER_FIELDS, &format!("clusters[{at}]"));
        }
        clusters
    }
}

/// What must stand in the place of a value, if it is anything else.
fn wanted(form: &Form, node: &Node) -> Option<String> {
    match (form, node.scalar()) {
        (Form::OrNull(form), _) => wanted(form, node)
            .filter(|_| !node.is_null())
            .map(|wanted| wanted + ", or null"),
        (Form::Addresses, _) => {
            let is_text = |node: &Node| {
                node.scalar()
                    .is_some_and(|(text, style)| is_text(text, style))
            };
            let all_are_texts = node.entries().iter().all(|(_, address)| is_text(address));
            (!matches!(node.value, Value::Mapping(_)) || !all_are_texts)
                .then(|| "a mapping of names of clusters to texts".to_owned())
        }
        (Form::Clusters, _) => {
            (!matches!(node.value, Value::Sequence(_))).then(|| "a list".to_owned())
        }
        (Form::Running, scalar) => {
            let is_mapping = matches!(node.value, Value::Mapping(_));
            (!is_mapping && (scalar.is_none() || node.truth().is_none()))
                .then(|| "true, false or a mapping".to_owned())
        }
        (Form::Text, Some((text, style))) => {
            (!is_text(text, style)).then(|| "a text, so write it in quotation marks".to_owned())
        }
        (Form::OneOf(choices), Some((text, _))) => {
            (!choices.contains(&text)).then(|| format!("one of {}", choices.join(", ")))
        }
        (Form::Truth, Some(_)) => node
            .truth()
            .is_none()
            .then(|| "true or false, without quotation marks".to_owned()),
        (&Form::Number(first, last), Some((text, style))) => (!is_number(text, style, first, last))
            .then(|| {
                if first == last {
                    format!("{first}: this program knows no other version of the format")
                } else {
                    format!("a whole number from {first} to {last}, without quotation marks")
                }
            }),
        (_, None) => Some("a single value".to_owned()),
    }
}

impl Node {
    /// Whether it is true or false to every reader of YAML: `yes` is a text to many.
    fn truth(&self) -> Option<bool> {
        match self.scalar()? {
            ("true", Style::Plain) => Some(true),
            ("false", Style::Plain) => Some(false),
            _ => None,
        }
    }
}

/// Whether every reader of YAML takes it for a text: `1.30` and `yes` without quotation marks are none.
fn is_text(text: &str, style: Style) -> bool {
    let is_nothing = matches!(text, "" | "~" | "null" | "Null" | "NULL");
    style != Style::Plain
        || !(is_nothing
            || go::int(text, style) != Int::NotANumber
            || text.parse::<f64>().is_ok()
            || go::bool(text, style) != Bool::Neither)
}

fn is_number(text: &str, style: Style, first: i64, last: i64) -> bool {
    matches!(go::int(text, style), Int::Number(number) if (first..=last).contains(&number))
}

/// The draft as a topology file: `read(write(draft))` is the draft again, with new ids, where its
/// numbers are numbers within their range. Anything else that was typed is written as it is, for
/// [`read`] to say what is wrong with it.
#[must_use]
pub fn write(draft: &Draft) -> String {
    let master = draft
        .master
        .and_then(|id| draft.cluster(id))
        .map(|cluster| cluster.name.as_str());
    let shared = |key: &str| match key {
        VERSION_KEY => Some(FORMAT_VERSION.to_string()),
        "serverVersion" => Some(draft.server_version.clone()),
        "tool" => Some(draft.tool.program().to_owned()),
        "failoverVersionIncrement" => Some(draft.increment.clone()),
        "masterClusterName" => master.map(str::to_owned),
        REDIRECTION_KEY => draft.redirection.map(|policy| policy.name().to_owned()),
        CLOUD_KEY => draft.keeps_cloud_open.then(|| "true".to_owned()),
        TLS_KEY => draft.tls.then(|| "true".to_owned()),
        other => {
            let mut settings = Setting::ALL.into_iter();
            let setting = settings.find(|setting| setting.key() == other);
            let typed = setting.map(|setting| draft.settings.get(setting));
            typed.filter(|typed| !typed.is_empty()).map(str::to_owned)
        }
    };
    let mut file = String::new();
    for field in FIELDS {
        if let Some(text) = shared(field.key) {
            line(&mut file, field, &text);
        }
    }
    if draft.clusters.is_empty() {
        file.push_str("clusters: []\n");
    } else {
        file.push_str("clusters:\n");
        for cluster in &draft.clusters {
            write_cluster(&mut file, cluster);
            write_addresses(&mut file, draft, cluster);
            if let Some(running) = &cluster.running {
                write_running(&mut file, running, draft.as_drafted(cluster));
            }
        }
    }
    file
}

fn write_cluster(file: &mut String, cluster: &ClusterDraft) {
    let values = CLUSTER_FIELDS.iter().enumerate();
    let is_value = |field: &Field| !matches!(field.form, Form::Running | Form::Addresses);
    for (at, field) in values.filter(|(_, field)| is_value(field)) {
        let known = CLUSTER_VALUES.iter().find(|(key, _)| *key == field.key);
        let text = cluster.field(known.map_or(ClusterField::Name, |(_, field)| *field));
        // A number that is missing is left out, and [`read`] says that it is missing.
        let is_left_out = text.is_empty() && (!field.required || field.form.is_number());
        if !is_left_out {
            file.push_str(if at == 0 { "  - " } else { "    " });
            line(file, field, text);
        }
    }
}

fn write_addresses(file: &mut String, draft: &Draft, cluster: &ClusterDraft) {
    if cluster.seen_from.is_empty() {
        return;
    }
    // Writing into a String cannot fail.
    let _ = writeln!(file, "    {ADDRESSES_KEY}:");
    for (by, address) in &cluster.seen_from {
        let name = draft.cluster(*by).map_or("", |by| &by.name);
        let _ = writeln!(
            file,
            "      {}: {}",
            double_quoted(name),
            double_quoted(address)
        );
    }
}

fn write_running(file: &mut String, running: &Running, mut drafted: Running) {
    if *running == drafted {
        return file.push_str("    running: true\n");
    }
    let mut running = running.clone();
    file.push_str("    running:\n");
    for field in RUNNING_FIELDS {
        let text = running_value(&mut running, field.key);
        if text != running_value(&mut drafted, field.key) {
            file.push_str("      ");
            line(file, field, text);
        }
    }
}

fn line(file: &mut String, field: &Field, text: &str) {
    let is_unknown = text.is_empty() && matches!(field.form, Form::OrNull(_));
    let is_plain = is_unknown
        || matches!(field.form, Form::Truth)
        || field.form.is_number() && matches!(go::int(text, Style::Plain), Int::Number(_));
    let text = if is_unknown { "null" } else { text };
    let written = if is_plain {
        text.to_owned()
    } else {
        double_quoted(text)
    };
    // Writing into a String cannot fail.
    let _ = writeln!(file, "{}: {written}", field.key);
}

/// The JSON Schema of the file, as `docs/topology.schema.json` holds it.
#[must_use]
pub fn schema() -> String {
    let mut schema =
        String::from("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n");
    schema.push_str("  \"title\": \"Temporal multi-cluster topology\",\n");
    schema_of(&mut schema, FIELDS, "  ");
    schema.push_str("}\n");
    schema
}

fn schema_of(schema: &mut String, fields: &[Field], indent: &str) {
    let required: Vec<String> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| double_quoted(field.key))
        .collect();
    let _ = write!(
        schema,
        "{indent}\"type\": \"object\",\n{indent}\"additionalProperties\": false,\n{indent}\"required\": [{}],\n{indent}\"properties\": {{\n",
        required.join(", ")
    );
    for (at, field) in fields.iter().enumerate() {
        let comma = if at + 1 < fields.len() { "," } else { "" };
        let _ = writeln!(schema, "{indent}  {}: {{", double_quoted(field.key));
        schema_of_field(schema, field, &format!("{indent}    "));
        let _ = writeln!(schema, "{indent}  }}{comma}");
    }
    let _ = writeln!(schema, "{indent}}}");
}

fn schema_of_field(schema: &mut String, field: &Field, indent: &str) {
    let _ = writeln!(
        schema,
        "{indent}\"description\": {},",
        double_quoted(field.description)
    );
    schema_of_form(schema, &field.form, indent);
}

fn schema_of_form(schema: &mut String, form: &Form, indent: &str) {
    // Writing into a String cannot fail.
    let _ = match form {
        Form::Text => writeln!(schema, "{indent}\"type\": \"string\""),
        Form::Truth => writeln!(schema, "{indent}\"type\": \"boolean\""),
        Form::Number(first, last) if first == last => {
            writeln!(schema, "{indent}\"const\": {first}")
        }
        Form::Number(first, last) => writeln!(
            schema,
            "{indent}\"type\": \"integer\",\n{indent}\"minimum\": {first},\n{indent}\"maximum\": {last}"
        ),
        Form::OneOf(choices) => {
            let choices: Vec<String> = choices.iter().map(|choice| double_quoted(choice)).collect();
            writeln!(schema, "{indent}\"enum\": [{}]", choices.join(", "))
        }
        Form::OrNull(form) => {
            let null = |schema: &mut String, indent: &str| {
                let _ = writeln!(schema, "{indent}\"type\": \"null\"");
            };
            either(schema, indent, null, |schema, indent| {
                schema_of_form(schema, form, indent);
            });
            Ok(())
        }
        Form::Addresses => writeln!(
            schema,
            "{indent}\"type\": \"object\",\n{indent}\"additionalProperties\": {{ \"type\": \"string\" }}"
        ),
        Form::Clusters => {
            let _ = writeln!(
                schema,
                "{indent}\"type\": \"array\",\n{indent}\"items\": {{"
            );
            schema_of(schema, CLUSTER_FIELDS, &format!("{indent}  "));
            writeln!(schema, "{indent}}}")
        }
        Form::Running => {
            let boolean = |schema: &mut String, indent: &str| {
                let _ = writeln!(schema, "{indent}\"type\": \"boolean\"");
            };
            either(schema, indent, boolean, |schema, indent| {
                schema_of(schema, RUNNING_FIELDS, indent);
            });
            Ok(())
        }
    };
}

fn either(
    schema: &mut String,
    indent: &str,
    one: impl Fn(&mut String, &str),
    other: impl Fn(&mut String, &str),
) {
    let inner = format!("{indent}    ");
    let _ = writeln!(schema, "{indent}\"anyOf\": [\n{indent}  {{");
    one(schema, &inner);
    let _ = writeln!(schema, "{indent}  }},\n{indent}  {{");
    other(schema, &inner);
    let _ = writeln!(schema, "{indent}  }}\n{indent}]");
}
