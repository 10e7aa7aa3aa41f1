//! What is said about what was read: the form of a finding, and the list of all kinds.

use std::fmt;

use multicluster_core::Severity;
use multicluster_core::observed::{Contradiction, Location, Merged, ObservedField};
use multicluster_core::release::ServerVersion;

use crate::limits;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its stable name: kebab-case words, such as `number-octal`.
    pub code: &'static str,
    /// How bad it is. An error: a server would refuse it, or what was read cannot be right. A
    /// warning: what was read may not be what is meant. A note: worth knowing.
    pub severity: Severity,
    /// Why it matters and the way out.
    pub help: &'static str,
}

/// Something about a place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(crate) kind: &'static Kind,
    /// One sentence that names the value and the rule, and can stand alone.
    pub message: String,
    /// Where it is.
    pub at: Location,
    /// The text of that line, cut after 200 characters.
    pub line: String,
}

impl Finding {
    /// The stable name of its kind.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.kind.severity
    }

    /// Why it matters and the way out.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.kind.help
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} [{}]: {}",
            self.at,
            self.severity().word(),
            self.code(),
            self.message
        )
    }
}

macro_rules! kinds {
    ($($constant:ident = $code:literal, $severity:ident, $help:literal;)*) => {
        $(pub(crate) static $constant: Kind =
            Kind { code: $code, severity: Severity::$severity, help: $help };)*
        /// Every kind of finding.
        pub static KINDS: &[&Kind] = &[$(&$constant),*];
    };
}

kinds! {
    // What is not read at all.
    SOURCE_EMPTY = "source-empty", Warning, "Nothing was imported from it.";
    SOURCE_TOO_LARGE = "source-too-large", Error, "It was not read. Choose the part with `clusterMetadata`, or the output of the tool only.";
    TOO_MUCH = "too-much", Warning, "What is beyond the limit was not read. Import less at once.";
    NOT_TEXT = "not-text", Error, "It was not read. Files that can be read are text: YAML, JSON, scripts, output of the tools; and our own multicluster.zip.";
    NOTHING_RECOGNISED = "nothing-recognised", Warning, "Looked for: `clusterMetadata` in YAML or JSON, the output of `cluster list` and `cluster describe`, commands of tctl and temporal, our own links, topology files and archives.";
    LINES_NOT_READ = "lines-not-read", Note, "These lines were passed over. See whether they hold anything that was meant to be imported: of files that is `clusterMetadata` with the sections beside it, of terminals the answers of `cluster list` and `cluster describe`, of scripts the commands that connect clusters.";
    COMMENTED_OUT = "commented-out", Note, "Servers and shells do not read comments, so it was not imported. Remove the comment sign to import it.";
    CADENCE = "cadence-file", Error, "Cadence and Temporal are different servers: a Cadence cluster cannot be connected to a Temporal one, and its numbers begin at 0, which kills a Temporal server at first boot. It was not imported.";
    SCHEMA = "schema", Note, "Nothing was imported from it. Import a resource or values file that follows it.";
    OTHER_LANGUAGE = "other-language", Warning, "It was not imported: only YAML and JSON are read. Convert it, or import the output of `cluster list` and `cluster describe`.";
    ARCHIVE_UNREADABLE = "archive-unreadable", Error, "Only archives as this page makes them are read. Unpack it and choose its files.";
    ARCHIVE_MEMBER_SKIPPED = "archive-member-skipped", Note, "Of an archive the configuration files and `verify.sh` are read: nothing else in ours says what a cluster is. That of a single cluster, or of releases before 1.14, has no scripts: what only its runbook says, admin addresses and how the tool uses TLS, stays as it is here.";
    LINK_UNREADABLE = "link-unreadable", Error, "Nothing was imported from it. Copy the link again, whole.";

    // What is not text as it should be.
    NOT_UTF8 = "not-utf-8", Warning, "Temporal's parser refuses bytes that are not UTF-8. They were replaced by \u{FFFD}.";
    CONTROL_CHARACTERS = "control-characters", Error, "A server does not start on a file with them (`control characters are not allowed`). They cannot be seen; remove them.";
    TAB_ALONE = "tab-alone", Error, "A server does not start on it (`found character that cannot start any token`), although other readers of YAML do not mind. Remove the tab.";
    LINE_SEPARATORS = "line-separators", Warning, "They cannot be seen, and Temporal's parser takes them for line ends. Here they were read as other letters. Remove them.";
    NO_BREAK_SPACES = "no-break-spaces", Warning, "They look like spaces, and Temporal's parser does not take them for spaces: the file must not be used as it is. Here they were read as spaces.";

    // YAML.
    YAML_INVALID = "yaml-invalid", Error, "A server that gets this file does not start. Lines that could be read by themselves were read.";
    INDENTATION_LOST = "indentation-lost", Warning, "The structure was found again by the names of the keys. Compare the result with the original; a server needs the indentation.";
    KEY_DUPLICATE = "key-duplicate", Error, "Servers of 1.14 and later do not start on it (`mapping key … already defined`), earlier ones take the last. The first was read; remove one.";
    KEY_MISSPELT = "key-misspelt", Error, "Servers drop keys that they do not know without a word, so the value has no effect. It was not imported. Correct the key.";
    KEY_UNKNOWN = "key-unknown", Note, "Servers drop keys that they do not know without a word, so it has no effect.";
    NUMBER_QUOTED = "number-quoted", Error, "A server does not start on a number in quotation marks (`cannot unmarshal !!str into int64`). The number was read; remove the quotation marks in the file.";
    NUMBER_SURPRISING = "number-surprising", Warning, "What Temporal's parser makes of it was read: that is what a server with this file has. If it never booted, write the number plainly.";
    NUMBER_INVALID = "number-invalid", Error, "A server does not start on it (`cannot unmarshal`). It was not imported.";
    BOOLEAN_QUOTED = "boolean-quoted", Error, "A server does not start on a boolean in quotation marks (`cannot unmarshal !!str into bool`). The value was read; remove the quotation marks in the file.";
    BOOLEAN_INVALID = "boolean-invalid", Error, "A server does not start on it (`cannot unmarshal`). It was not imported.";
    TAG = "tag", Warning, "A tag, such as `!!int`, can make another value of it, or one that a server does not start on. It was read as if there were none. Remove the tag.";
    VALUE_WRONG_SHAPE = "value-wrong-shape", Error, "A server does not start on it (`cannot unmarshal`). It was not imported.";
    SECOND_DOCUMENT = "second-document", Warning, "A server reads the first document of a file only, and ignores the rest without a word. It was imported as if it stood in a file of its own.";
    SECOND_BLOCK = "second-block", Note, "A server reads one `clusterMetadata` from a file. Each was imported as if it stood in a file of its own.";
    TEMPLATES_ENABLED = "templates-enabled", Note, "A comment in the first 1024 bytes contains `enable-template`: servers of 1.30 and later run this file through templates before they read it.";
    TEMPLATE_LINES = "template-lines", Warning, "What stands between template lines was imported as if all of it counted, and of two branches with the same key the first. Compare the result with the rendered file, or import that one.";
    TEMPLATE_VALUE = "template-value", Warning, "What it becomes is not known here, so it was not imported. Import the rendered file, or type the value.";

    // What a configuration says.
    CURRENT_NAME_MISSING = "current-name-missing", Warning, "Without `currentClusterName` a server does not start, and nobody knows whose file this is. Write it into the file, or import the output of `cluster describe` of that cluster too.";
    CURRENT_NOT_LISTED = "current-not-listed", Error, "A server whose own name is not in `clusterInformation` does not start. Upper and lower case differ.";
    MASTER_NOT_LISTED = "master-not-listed", Error, "A server does not start on it (`Master cluster is not specified in cluster info`). From 1.14 on each file lists its own cluster only, so every cluster is its own master.";
    NO_CLUSTERS = "no-clusters", Warning, "A server needs itself in `clusterInformation`. No cluster was imported from this block.";
    DISABLED_WITHOUT_ADDRESS = "disabled-without-address", Note, "Servers start on it, and connect nothing to this cluster. In a set-up here every cluster has an address, which the others are told: type it, or remove the cluster.";
    GLOBAL_NAMESPACE_OFF = "global-namespace-off", Warning, "Without `enableGlobalNamespace: true` other clusters refuse the connection. Prior to 1.14 nothing refuses it, and the server ends when a global namespace of another cluster arrives (`invalid memory address or nil pointer dereference`). Exported files always say true; a running server of 1.15 and later takes the change, one of 1.14 never does.";

    REDIRECTION_INVALID = "redirection-invalid", Error, "A server does not start on it (`Unknown DC redirection policy`). Upper and lower case differ. It was not imported.";

    TLS_NOT_IMPORTED = "tls-not-imported", Warning, "Here the files of the certificate authority, the certificate and its key are stated, and a server name. Keep what else there is in the server's own file.";

    // What tools print.
    LIST_OF_UNKNOWN = "list-of-unknown-cluster", Note, "A list does not say which cluster printed it, so the directions of its connections are not known. Paste it with its command line and `--address`, or with the output of `describe` for the same cluster in front of it.";
    DESCRIBE_WITHOUT_NUMBERS = "describe-without-numbers", Note, "The table of `describe` has no initial failover version and no increment. Import `temporal operator cluster describe -o json` (server 1.29 and later), or `tctl admin cluster describe`.";
    TABLE_ROW_UNREADABLE = "table-row-unreadable", Warning, "The row was not imported: its cells do not match the columns. A terminal may have wrapped it; print it with `-o json`.";
    JSON_CUT = "json-cut", Warning, "What stands behind the cut was not read, and nothing is concluded from what is missing. Copy the answer again, whole.";
    CELL_INVALID = "cell-invalid", Warning, "The value was not imported.";
    TOOL_ERROR = "tool-error", Warning, "The tool printed an error instead of an answer.";

    // Commands.
    COMMAND_SEEN = "command-seen", Note, "What a script did once need not be what is now. Import `cluster list` of every cluster for that.";
    COMMAND_STAYS_ENABLED = "command-stays-enabled", Error, "With a space, tctl takes `false` for something else and leaves the connection ENABLED, without a word. Write `--enable_connection=false`.";
    COMMAND_FAILS = "command-fails", Error, "The tool ends with an error, and nothing is changed.";
    COMMAND_FLAG_OF_SOME = "command-flag-of-some-releases", Note, "The tool that runs this may not know the flag: then it ends with an error, and nothing is changed. See `--version` of the tool where the script runs.";
    COMMAND_DISCONNECTED = "command-disconnected", Warning, "`temporal operator cluster upsert` without `--enable-connection` leaves the connection off. Add it, if they were to be connected.";
    COMMAND_KILLS_SERVER = "command-kills-server", Error, "A server of 1.16 and later that gets an address without a port, or with a scheme, ends its process. Write host:port.";
    COMMAND_WITHOUT_ADDRESS = "command-without-address", Note, "Without `--address` and without that variable the tool asks 127.0.0.1:7233, so it is not known which cluster is meant. Give `--address`, or set the variable in the same line or in front of it.";
    COMMAND_PRINTED = "command-printed", Note, "`echo` and `printf` show their words and do nothing else, so it was not imported. Paste the command itself to import it.";
    COMMAND_VARIABLE = "command-variable", Warning, "What the variable holds is not known here, so the command was not imported. Paste the commands with their addresses.";
    COMMAND_UNREADABLE = "command-unreadable", Warning, "It looks like a command for connections of clusters, and could not be read.";

    // What witnesses say together.
    NAME_SHARED = "name-shared", Error, "Clusters know each other by their names: servers refuse one with their own name (`Cannot update current cluster metadata from rpc calls`). The first one is imported. Give one of them another name, which it can have with an empty database only; of one that was made anew, let the others forget the old one.";
    CONTRADICTION = "contradiction", Warning, "The first one is imported: what a cluster says of itself beats what others say of it, and a running server beats a file. Find out which one is true: these values can never change while a cluster lives.";
    INCREMENTS_DIFFER = "increments-differ", Error, "Clusters with different increments refuse each other (`failover version increment mismatch`), and an increment can never change. The first one is imported; clusters with another one must be made anew.";
    RELEASES_DIFFER = "releases-differ", Note, "Of clusters whose release nothing tells, the oldest one is assumed: its rules are the stricter ones. Choose another one for them if it is.";

    REDIRECTIONS_DIFFER = "redirections-differ", Warning, "Here one choice is for all clusters, so none was imported. Choose one, or keep the sections `dcRedirectionPolicy` of the files as they are.";

    DIALLED_ELSEWHERE = "dialled-elsewhere", Note, "It was imported as the address at which the one reaches the other, and stays so. If it is an old one, take it out under Tools, Network and TLS.";
    CONNECTION_OFF = "connection-off", Warning, "A set-up connects every cluster with every other one: `connect.sh` turns it on, and so does `change.sh`. If it is off on purpose, do not run them; what was not sent meanwhile does not come by itself.";
    CONNECTION_MISSING = "connection-missing", Warning, "A set-up connects every cluster with every other one: `connect.sh` makes it, and so does `change.sh`. If it is missing on purpose, do not run them, or import these clusters by themselves.";
    TLS_FILES_DIFFER = "tls-files-differ", Warning, "Here the files for TLS are the same for all clusters, so none were imported. Put every file at the same path on all machines, or keep this section of the files as it is.";
    TLS_NAMES_DIFFER = "tls-names-differ", Warning, "Here each cluster has one name for all that dial it, and the first one is imported. Give its certificate one name that all can ask for.";
    TLS_HOST_UNKNOWN = "tls-host-unknown", Note, "Servers look up TLS by the host that they dial. Import what tells the address of that cluster: its file, or `cluster list` of the one that dials it.";

    // Topology files.
    TOPOLOGY_INVALID = "topology-invalid", Error, "Nothing was imported from it. docs/topology.schema.json describes the file, and editors check it while you type.";
}

/// What witnesses differ in, as findings; the texts of lines come later.
pub(crate) fn of_contradictions(merged: &Merged) -> Vec<Finding> {
    let finding = |kind, message, at: &Location| Finding {
        kind,
        message,
        at: at.clone(),
        line: String::new(),
    };
    let namesakes = merged.namesakes.iter().map(|found| {
        let [one, other] = &found.told;
        let message = format!(
            "Two clusters are called “{}”: {} ({}) and {} ({}).",
            found.name, one.value, one.at, other.value, other.at
        );
        finding(&NAME_SHARED, message, &other.at)
    });
    let mut findings: Vec<Finding> = namesakes.collect();
    findings.extend(merged.ownerless.iter().map(|printed| {
        let message = format!(
            "This list was printed at {}, where no cluster is known to be, or more than one.",
            printed.value
        );
        finding(&LIST_OF_UNKNOWN, message, &printed.at)
    }));
    // Two clusters differ, of course.
    let is_of_one = |found: &&Contradiction| {
        let mut namesakes = merged.namesakes.iter();
        namesakes.all(|two| two.name != found.cluster)
    };
    let contradictions = merged.contradictions.iter().filter(is_of_one);
    findings.extend(contradictions.filter_map(|contradiction| {
        Some(finding(
            &CONTRADICTION,
            disagreement(contradiction),
            &contradiction.told.get(1)?.at,
        ))
    }));
    let increments = || {
        merged
            .clusters
            .iter()
            .filter_map(|cluster| Some((cluster, cluster.increment.as_ref()?)))
    };
    if let Some((first, increment)) = increments().next()
        && let Some((other, different)) =
            increments().find(|(_, other)| other.value != increment.value)
    {
        let message = format!(
            "“{}” has the increment {} and “{}” has {}.",
            first.name, increment.value, other.name, different.value
        );
        findings.push(finding(&INCREMENTS_DIFFER, message, &different.at));
    }
    let policies = || {
        let clusters = merged.clusters.iter();
        clusters.filter_map(|cluster| Some((cluster, cluster.redirection.as_ref()?)))
    };
    if let Some((first, told)) = policies().next()
        && let Some((other, different)) = policies().find(|(_, other)| other.value != told.value)
    {
        let message = format!(
            "The redirection policy of “{}” is {}, and that of “{}” is {}.",
            first.name, told.value, other.name, different.value
        );
        findings.push(finding(&REDIRECTIONS_DIFFER, message, &different.at));
    }
    let releases = || {
        merged.clusters.iter().filter_map(|cluster| {
            let told = cluster.server_version.as_ref()?;
            Some((cluster, told, ServerVersion::parse(&told.value)?.range()))
        })
    };
    if let Some((first, told, range)) = releases().next()
        && let Some((other, different, _)) = releases().find(|(_, _, other)| *other != range)
    {
        let message = format!(
            "“{}” runs {} and “{}” runs {}.",
            first.name, told.value, other.name, different.value
        );
        findings.push(finding(&RELEASES_DIFFER, message, &different.at));
    }
    findings
}

fn disagreement(contradiction: &Contradiction) -> String {
    let what = match contradiction.field {
        ObservedField::InitialVersion => "initialFailoverVersion",
        ObservedField::Increment => "failoverVersionIncrement",
        ObservedField::GlobalNamespace => "enableGlobalNamespace",
        ObservedField::Master => "masterClusterName",
        ObservedField::HistoryShards => "number of history shards",
        ObservedField::RpcAddress => "rpcAddress",
        ObservedField::ServerVersion => "server version",
        ObservedField::ClusterId => "cluster id",
    };
    let all = &contradiction.told;
    let told = all.iter().take(limits::SHOWN_VALUES);
    let told: Vec<String> = told
        .map(|told| format!("{} ({})", told.value, told.at))
        .collect();
    let more = match all.len() - told.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "The {what} of “{}” is told in different ways: {}{more}.",
        contradiction.cluster,
        told.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_words_and_different() {
        let mut codes: Vec<_> = KINDS.iter().map(|kind| kind.code).collect();
        let is_word = |c: char| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit();
        assert!(codes.iter().all(|code| code.chars().all(is_word)));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), KINDS.len());
    }

    #[test]
    fn every_kind_tells_the_way_out() {
        for kind in KINDS {
            assert!(kind.help.ends_with('.'), "{}", kind.code);
        }
    }
}
