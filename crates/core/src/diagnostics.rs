//! What is wrong with a draft, or worth knowing: the form of every problem. The problems themselves
//! are the rules, one file each, in `rules/`.
//!
//! ```
//! use multicluster_core::{ClusterField, Draft, Edit, Severity, resolve};
//!
//! let draft = Draft::default();
//! let id = draft.clusters[1].id;
//! let same = draft.with(&[Edit::SetField(id, ClusterField::InitialFailoverVersion, "1".into())]);
//! let resolution = resolve(&same);
//! let found = &resolution.diagnostics()[0];
//! assert_eq!(found.code.as_str(), "initial-version-duplicate");
//! assert_eq!(found.severity, Severity::Error);
//! let fix = found.fix.as_ref().expect("there is another number");
//! assert!(resolve(&same.with(&fix.edits)).plan().is_some());
//! ```

use std::fmt;

use crate::draft::ClusterId;
use crate::edit::{ClusterField, Edit};
use crate::settings::Setting;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// What would be exported is wrong: a server would refuse it, crash or be damaged.
    /// Blocks exactly the artifacts that it makes wrong.
    Error,
    /// Probably not what was meant. Blocks nothing.
    Warning,
    /// Worth knowing. Blocks nothing.
    Note,
}

impl Severity {
    /// The word for it, in the singular.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// The stable name of a rule: kebab-case words, such as `initial-version-duplicate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub(crate) &'static str);

impl Code {
    /// The name itself.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A place in the draft, by meaning. The page turns it into a form field, an importer into line
/// and column. Displayed as `failoverVersionIncrement` or `clusters[2].rpcAddress`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Path {
    /// The release of the servers.
    ServerVersion,
    /// The command line tool.
    Tool,
    /// The failover version increment.
    Increment,
    /// The common master of the layout prior to 1.14.
    Master,
    /// What all clusters do with requests for namespaces that are active elsewhere.
    Redirection,
    /// Whether clusters dial each other with TLS.
    Tls,
    /// A text that is about all clusters.
    Setting(Setting),
    /// The list of clusters as a whole.
    Clusters,
    /// A field of one cluster: its place in the list counted from 0, its id, the field.
    Cluster(usize, ClusterId, ClusterField),
}

impl Path {
    /// A name of the place that stays while clusters come, go and move: `increment`, or
    /// `cluster-7-rpcAddress` for the cluster with id 7. Ids of elements are made of it.
    #[must_use]
    pub fn slug(self) -> String {
        match self {
            Self::ServerVersion => "server-version".to_owned(),
            Self::Tool => "tool".to_owned(),
            Self::Increment => "increment".to_owned(),
            Self::Master => "master".to_owned(),
            Self::Redirection => "redirection".to_owned(),
            Self::Tls => "tls".to_owned(),
            Self::Setting(setting) => setting.key().to_owned(),
            Self::Clusters => "add-cluster".to_owned(),
            Self::Cluster(_, id, field) => {
                let mut text = String::from("cluster-");
                text.push_str(&id.get().to_string());
                text.push('-');
                text.push_str(field.key());
                if let ClusterField::AddressFrom(by) = field {
                    text.push('-');
                    text.push_str(&by.get().to_string());
                }
                text
            }
        }
    }
}

impl ClusterField {
    /// The key of this field in paths, and where there is one in the server's configuration.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::RpcAddress => "rpcAddress",
            Self::AdminAddress => "adminAddress",
            Self::HttpAddress => "httpAddress",
            Self::InitialFailoverVersion => "initialFailoverVersion",
            Self::HistoryShards => "historyShards",
            Self::ServerVersion => "serverVersion",
            Self::TlsServerName => "tlsServerName",
            Self::AddressFrom(_) => "addressFrom",
        }
    }

    /// The name of this field on the page.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Cluster name",
            Self::RpcAddress => "RPC address",
            Self::AdminAddress => "Admin address",
            Self::HttpAddress => "HTTP address",
            Self::InitialFailoverVersion => "Initial failover version",
            Self::HistoryShards => "History shards",
            Self::ServerVersion => "Server version",
            Self::TlsServerName => "TLS server name",
            Self::AddressFrom(_) => "Address as seen from another cluster",
        }
    }

    /// The name of this field within a sentence.
    pub(crate) const fn noun(self) -> &'static str {
        match self {
            Self::Name => "cluster name",
            Self::RpcAddress => "RPC address",
            Self::AdminAddress => "admin address",
            Self::HttpAddress => "HTTP address",
            Self::InitialFailoverVersion => "initial failover version",
            Self::HistoryShards => "number of history shards",
            Self::ServerVersion => "server version",
            Self::TlsServerName => "TLS server name",
            Self::AddressFrom(_) => "address",
        }
    }

    /// Whether the files of others depend on it where each says how to dial the others.
    pub(crate) const fn is_dialled(self) -> bool {
        self.is_in_config_file() || matches!(self, Self::TlsServerName | Self::AddressFrom(_))
    }

    /// Whether the cluster's own configuration file depends on the field, and not the commands only.
    pub(crate) const fn is_in_config_file(self) -> bool {
        match self {
            Self::Name
            | Self::RpcAddress
            | Self::HttpAddress
            | Self::InitialFailoverVersion
            | Self::ServerVersion => true,
            Self::AdminAddress
            | Self::HistoryShards
            | Self::TlsServerName
            | Self::AddressFrom(_) => false,
        }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ServerVersion => f.write_str("serverVersion"),
            Self::Tool => f.write_str("tool"),
            Self::Increment => f.write_str("failoverVersionIncrement"),
            Self::Master => f.write_str("masterClusterName"),
            Self::Redirection => f.write_str("dcRedirectionPolicy"),
            Self::Clusters => f.write_str("clusters"),
            Self::Tls => f.write_str("tls"),
            Self::Setting(setting) => f.write_str(setting.key()),
            Self::Cluster(index, _, ClusterField::AddressFrom(by)) => {
                // What reads set-ups gives ids in their order, from 1 on.
                let by = by.get().saturating_sub(1);
                write!(f, "clusters[{index}].addressFrom[{by}]")
            }
            Self::Cluster(index, _, field) => write!(f, "clusters[{index}].{}", field.key()),
        }
    }
}

/// A change that removes a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as the words on a button: `Use 3`.
    pub label: String,
    /// The changes, to be carried out together.
    pub edits: Vec<Edit>,
}

/// Whether problems have more than their message. The page is loaded without the rest: the program that comes later has it.
const HAS_FULL_TEXTS: bool = cfg!(feature = "full-texts");

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule found it.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// Where it is.
    pub path: Path,
    /// Other places that take part in it.
    pub related: Vec<Path>,
    /// One sentence that names the value and the rule, and can stand alone.
    pub message: String,
    /// Why it matters and the way out. Empty without the feature `full-texts`.
    pub help: String,
    /// What the server, or the tool, would print, where it prints anything. Nothing without the feature `full-texts`.
    pub server: Option<String>,
    /// A change that removes it, where there is an obvious one.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem of an unnamed rule; the registry puts in the code and the severity.
    pub(crate) fn new(path: Path, message: impl Into<String>, help: &str) -> Self {
        let found = Self {
            code: Code(""),
            severity: Severity::Note,
            path,
            related: Vec::new(),
            message: message.into(),
            help: String::new(),
            server: None,
            fix: None,
        };
        found.more_help(help)
    }

    /// Adds to what helps.
    #[inline]
    pub(crate) fn more_help(mut self, help: &str) -> Self {
        if HAS_FULL_TEXTS {
            self.help.push_str(help);
        }
        self
    }

    pub(crate) fn related(mut self, path: Path) -> Self {
        self.related.push(path);
        self
    }

    #[inline]
    pub(crate) fn server(self, message: &str) -> Self {
        self.server_if(|| Some(message.to_owned()))
    }

    /// What is printed if anything is. Asked for only where it is kept.
    #[inline]
    pub(crate) fn server_if(mut self, message: impl FnOnce() -> Option<String>) -> Self {
        if HAS_FULL_TEXTS {
            self.server = message();
        }
        self
    }

    pub(crate) fn fix(mut self, label: impl Into<String>, edit: Edit) -> Self {
        self.fix = Some(Fix {
            label: label.into(),
            edits: vec![edit],
        });
        self
    }

    /// Whether it blocks artifacts.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The places that take part in it, the main one first.
    pub fn paths(&self) -> impl Iterator<Item = Path> + '_ {
        std::iter::once(self.path).chain(self.related.iter().copied())
    }
}

/// How many problems are told of in full: nobody reads more, and the page stays quick.
pub const MOST_HELP: usize = 100;

/// What the first problems say beside their messages, two lines each: help, and what the server would print or an empty line.
/// Turned back by [`unpack_help`].
#[must_use]
pub fn pack_help(found: &[Diagnostic]) -> String {
    let mut packed = String::new();
    for found in found.iter().take(MOST_HELP) {
        for text in [&*found.help, found.server.as_deref().unwrap_or_default()] {
            packed.push_str(&text.replace('\n', " "));
            packed.push('\n');
        }
    }
    packed
}

/// Help, and what the server would print or an empty text, of each of the first problems.
pub fn unpack_help(packed: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut lines = packed.split('\n');
    std::iter::from_fn(move || lines.next().zip(lines.next()))
}

/// How user text is shown within a message: in quotation marks, what nobody can see made visible,
/// cut after 60 characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut shown = String::from("“");
    for (count, c) in text.chars().enumerate() {
        if count == 60 {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, c);
    }
    shown.push('”');
    shown
}

/// Adds a character; what nobody can see is made visible.
pub(crate) fn push_visible(shown: &mut String, c: char) {
    if crate::model::is_unusable(c) {
        shown.push_str(&visible(c));
    } else {
        shown.push(c);
    }
}

/// What a sentence calls the cluster at this place: its name in quotation marks, else `cluster 3`.
pub(crate) fn cluster_label(index: usize, name: &str) -> String {
    if name.trim().is_empty() {
        format!("cluster {}", index + 1)
    } else {
        quoted(name)
    }
}

/// A character that cannot be seen, as its code point: `U+200B`.
pub(crate) fn visible(c: char) -> String {
    format!("U+{:04X}", c as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    #[test]
    fn user_text_is_shown_visibly_and_bounded() {
        assert_eq!(quoted("a\u{202E}b\n"), "“aU+202EbU+000A”");
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), 63);
    }

    #[test]
    fn help_comes_back_in_order() {
        let plain = Diagnostic::new(Path::Tls, "a", "Help.");
        let long = Diagnostic::new(Path::Tls, "b", "More.").server("a\nb");
        let packed = pack_help(&[plain.clone(), long]);
        let texts: Vec<_> = unpack_help(&packed).collect();
        assert_eq!(texts, [("Help.", ""), ("More.", "a b")]);
        assert_eq!(unpack_help("").count(), 0);
        let many = pack_help(&vec![plain; MOST_HELP + 1]);
        assert_eq!(unpack_help(&many).count(), MOST_HELP);
    }

    #[test]
    fn paths_are_symbolic() {
        let path = Path::Cluster(2, ClusterId(7), ClusterField::RpcAddress);
        assert_eq!(path.to_string(), "clusters[2].rpcAddress");
        assert_eq!(Path::Increment.to_string(), "failoverVersionIncrement");
        assert_eq!(path.slug(), "cluster-7-rpcAddress");
        let seen = ClusterField::AddressFrom(ClusterId(3));
        let path = Path::Cluster(2, ClusterId(7), seen);
        assert_eq!(path.to_string(), "clusters[2].addressFrom[2]");
        assert_eq!(path.slug(), "cluster-7-addressFrom-3");
    }

    #[test]
    fn fields_are_called_alike_wherever_they_are_named() {
        let fields = ClusterField::ALL.map(|field| {
            let path = Path::Cluster(0, ClusterId(1), field);
            (field.label(), field.noun(), path.to_string(), path.slug())
        });
        let settings = Setting::ALL.map(|setting| {
            let path = Path::Setting(setting);
            (
                setting.label(),
                setting.noun(),
                path.to_string(),
                path.slug(),
            )
        });
        let others = [
            (Path::ServerVersion, "server-version"),
            (Path::Tool, "tool"),
            (Path::Increment, "increment"),
            (Path::Master, "master"),
            (Path::Redirection, "redirection"),
            (Path::Tls, "tls"),
            (Path::Clusters, "add-cluster"),
        ];
        for (path, slug) in others {
            assert_eq!(path.slug(), slug);
        }
        let said = fields.iter().chain(&settings);
        let said = said.map(|(label, noun, path, slug)| format!("{label}, {noun}, {path}, {slug}"));
        let paths = others.iter().map(|(path, _)| path.to_string());
        let said: Vec<String> = said.chain(paths).collect();
        expect![[r#"
            Cluster name, cluster name, clusters[0].name, cluster-1-name
            RPC address, RPC address, clusters[0].rpcAddress, cluster-1-rpcAddress
            Admin address, admin address, clusters[0].adminAddress, cluster-1-adminAddress
            HTTP address, HTTP address, clusters[0].httpAddress, cluster-1-httpAddress
            Initial failover version, initial failover version, clusters[0].initialFailoverVersion, cluster-1-initialFailoverVersion
            History shards, number of history shards, clusters[0].historyShards, cluster-1-historyShards
            Server version, server version, clusters[0].serverVersion, cluster-1-serverVersion
            TLS server name, TLS server name, clusters[0].tlsServerName, cluster-1-tlsServerName
            CA file, CA file, tlsCaFile, tlsCaFile
            Certificate file, certificate file, tlsCertFile, tlsCertFile
            Key file, key file, tlsKeyFile, tlsKeyFile
            CA file of the tool, CA file of the tool, toolTlsCaFile, toolTlsCaFile
            Certificate file of the tool, certificate file of the tool, toolTlsCertFile, toolTlsCertFile
            Key file of the tool, key file of the tool, toolTlsKeyFile, toolTlsKeyFile
            TLS server name of the tool, TLS server name of the tool, toolTlsServerName, toolTlsServerName
            serverVersion
            tool
            failoverVersionIncrement
            masterClusterName
            dcRedirectionPolicy
            tls
            clusters"#]].assert_eq(&said.join("\n"));
    }
}
