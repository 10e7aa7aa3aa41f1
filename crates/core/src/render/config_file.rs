//! `<cluster>.yaml`: the `clusterMetadata` of one cluster, in the guide's key order.

use std::rc::Rc;

use crate::diagnostics::Path;
use crate::edit::ClusterField;
use crate::plan::{ConfigFile, Member};

use super::artifact::{Artifact, ArtifactId, Kind, Line};
use super::scalar::double_quoted;

/// Writes one configuration file.
pub(crate) fn config_file(file: &ConfigFile, name: Rc<str>) -> Artifact {
    let current = file.current();
    let master = file.master();
    let mut lines = vec![
        title(file),
        key(0, "clusterMetadata"),
        key(1, "enableGlobalNamespace").value(Kind::Bool, "true".into()),
        key(1, "failoverVersionIncrement")
            .value(Kind::Number, file.increment().to_string())
            .from(Path::Increment),
        key(1, "masterClusterName")
            .value(Kind::Text, double_quoted(master.name().as_str()))
            .from(Path::Master),
        key(1, "currentClusterName")
            .value(Kind::Text, double_quoted(current.name().as_str()))
            .from(path(current, ClusterField::Name)),
        key(1, "clusterInformation"),
    ];
    for member in file.members() {
        lines.extend(member_lines(member));
    }
    Artifact {
        id: ArtifactId::Config(current.id),
        name,
        lines,
    }
}

fn member_lines(member: &Member) -> [Line; 4] {
    let quoted = double_quoted(member.name().as_str());
    [
        Line::default()
            .plain(indent(2))
            .push(Kind::Key, quoted)
            .plain(":")
            .from(path(member, ClusterField::Name)),
        key(3, "enabled").value(Kind::Bool, "true".into()),
        key(3, "initialFailoverVersion")
            .value(Kind::Number, member.initial_version().to_string())
            .from(path(member, ClusterField::InitialFailoverVersion)),
        key(3, "rpcAddress")
            .value(Kind::Text, double_quoted(member.rpc_address().as_str()))
            .from(path(member, ClusterField::RpcAddress)),
    ]
}

/// A comment that says which cluster and which releases the file is for.
///
/// Servers look for a word in the comments at the top of a file that sends the whole file through
/// templates. So only names that are plain, and that are not this word, stand in a comment.
fn title(file: &ConfigFile) -> Line {
    let name = file.current().name();
    let releases = file.layout().releases();
    let may_be_in_comment = name.is_plain() && !name.as_str().contains("enable-template");
    let comment = if may_be_in_comment {
        format!("# {name} · {releases}")
    } else {
        format!("# {releases}")
    };
    Line::default().push(Kind::Comment, comment)
}

fn key(depth: usize, key: &'static str) -> Line {
    Line::default()
        .plain(indent(depth))
        .push(Kind::Key, key)
        .plain(":")
}

impl Line {
    fn value(self, kind: Kind, text: String) -> Self {
        self.plain(" ").push(kind, text)
    }
}

const fn indent(depth: usize) -> &'static str {
    match depth {
        0 => "",
        1 => "  ",
        2 => "    ",
        _ => "      ",
    }
}

fn path(member: &Member, field: ClusterField) -> Path {
    Path::Cluster(member.index, member.id, field)
}
