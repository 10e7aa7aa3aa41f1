//! The writers: each file is one pure function of what was proved, and cannot fail.
//!
//! ```
//! use multicluster_core::{ArtifactId, Draft, resolve};
//!
//! let resolution = resolve(&Draft::default());
//! let script = resolution.render(ArtifactId::Connect).expect("there is no error");
//! assert_eq!(script.name(), "connect.sh");
//! assert!(script.text().starts_with("#!"));
//! ```

mod artifact;
mod commands;
pub(crate) mod config_file;
pub mod extra;
mod file_name;
mod json;
mod markdown;
pub mod packed;
mod plain_commands;
mod runbook;
mod scalar;
mod script;
mod shell;
mod topic;
mod zip;

use std::rc::Rc;

use crate::change::Change;
use crate::plan::{Cluster, Plan};
use crate::release::Layout;

pub use artifact::{Artifact, ArtifactId, Group, Kind, Line, Segment};
pub use commands::tls_flag_names;
pub(crate) use config_file::config_file;
pub(crate) use file_name::file_names;
pub use scalar::double_quoted;
use script::Caller;
pub use shell::quote as shell_word;
pub use topic::{CommandTopic, ConfigTopic, ExtraTopic, GuideTopic, ScriptTopic, Topic};
pub use zip::crc32;
pub(crate) use zip::zip;

/// The name of the archive with everything.
pub const ZIP_NAME: &str = "multicluster.zip";

/// The files beside the configuration files, for this number of clusters and the layout that they
/// have in common; without one there is nothing to connect yet.
pub(crate) fn ids_for_plan(layout: Option<Layout>, clusters: usize) -> &'static [ArtifactId] {
    use ArtifactId::{Connect, Disable, PlainCommands, Remove, Runbook, Verify};
    match (layout, clusters) {
        (None, _) | (_, 0) => &[],
        (Some(Layout::AllClusters), _) | (_, 1) => &[Runbook],
        (Some(Layout::OwnCluster), ..=plain_commands::MOST_CLUSTERS) => {
            &[Connect, Verify, Disable, Remove, PlainCommands, Runbook]
        }
        (Some(Layout::OwnCluster), _) => &[Connect, Verify, Disable, Remove, Runbook],
    }
}

/// A file that is about all clusters.
pub(crate) fn for_plan(plan: &Plan, id: ArtifactId, name: Rc<str>) -> Artifact {
    match id {
        ArtifactId::Connect => script::connect(plan, by_person(id, name)),
        ArtifactId::Verify => script::verify(plan, by_person(id, name)),
        ArtifactId::Disable => script::disable(plan, by_person(id, name)),
        ArtifactId::Remove => script::remove(plan, by_person(id, name)),
        ArtifactId::PlainCommands => plain_commands::plain_commands(plan, name),
        ArtifactId::Runbook
        | ArtifactId::Config(_)
        | ArtifactId::Change
        | ArtifactId::ChangeRunbook
        | ArtifactId::Extra(_) => runbook::runbook(plan, name),
    }
}

/// A script that calls the tool on the machine of the person who runs it.
const fn by_person(id: ArtifactId, name: Rc<str>) -> script::File {
    script::File {
        id,
        name,
        caller: Caller::Person,
    }
}

/// What is called how a cluster that was removed from the plan leaves those that run.
pub const TAKE_OUT_NAME: &str = "TAKE-OUT.md";

/// How this cluster of the plan leaves those that run; `None` where no other one runs.
pub(crate) fn take_out(plan: &Plan, leaves: &Cluster) -> Option<Artifact> {
    runbook::take_out(plan, leaves, Rc::from(TAKE_OUT_NAME))
}

/// The files of a change.
pub(crate) fn for_change(change: &Change) -> Vec<Artifact> {
    let name = |id: ArtifactId| Rc::from(id.fixed_name());
    let has_script = change.impossible.is_empty()
        && (change.to_connect().next().is_some() || !change.leaving.is_empty())
        && change.wanted.release.layout() == Layout::OwnCluster;
    let script = has_script.then(|| script::change(change, name(ArtifactId::Change)));
    let runbook = runbook::change(change, name(ArtifactId::ChangeRunbook));
    script.into_iter().chain([runbook]).collect()
}
