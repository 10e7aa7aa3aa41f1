//! `kubectl/*.sh` and `docker/*.sh`: the scripts for people who have the tool in a container only.
//!
//! Where the container of any cluster has no `tctl`, they call `temporal`, whatever was chosen, if
//! all servers understand it.

use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::Capability;

use super::super::artifact::{Artifact, ArtifactId};
use super::super::script::{self, Caller, File};
use super::{ExtraId, Script};

/// The scripts that call the tool through `kubectl exec`.
pub(super) fn through_kubectl(plan: &Plan) -> Vec<Artifact> {
    let plan = &with_tool_of_images(plan);
    let write = |of| script(plan, of, ExtraId::Kubectl(of), Caller::Kubectl);
    Script::ALL.into_iter().map(write).collect()
}

/// The scripts that call the tool through `docker exec`.
pub(super) fn through_docker(plan: &Plan) -> Vec<Artifact> {
    let plan = &with_tool_of_images(plan);
    let write = |of| script(plan, of, ExtraId::Docker(of), Caller::Docker);
    Script::ALL.into_iter().map(write).collect()
}

fn with_tool_of_images(plan: &Plan) -> Plan {
    let tool = tool_of_images(plan);
    Plan {
        tool,
        ..plan.clone()
    }
}

/// The tool that the containers of all clusters have, or the chosen one.
pub(super) fn tool_of_images(plan: &Plan) -> Tool {
    let has_no_tctl = |one: &Cluster| one.release.has(Capability::ImagesWithoutTctl);
    if plan.release.has(Capability::OperatorApi) && plan.clusters.iter().any(has_no_tctl) {
        Tool::Temporal
    } else {
        plan.tool
    }
}

/// One of the scripts, in the folder of its format.
fn script(plan: &Plan, of: Script, id: ExtraId, caller: Caller) -> Artifact {
    let (write, as_usual): (fn(&Plan, File) -> Artifact, ArtifactId) = match of {
        Script::Connect => (script::connect, ArtifactId::Connect),
        Script::Verify => (script::verify, ArtifactId::Verify),
        Script::Disable => (script::disable, ArtifactId::Disable),
        Script::Remove => (script::remove, ArtifactId::Remove),
    };
    let name = format!("{}/{}", id.flavour().name(), as_usual.fixed_name());
    let file = File {
        id: ArtifactId::Extra(id),
        name: name.into(),
        caller,
    };
    write(plan, file)
}

impl Script {
    const ALL: [Self; 4] = [Self::Connect, Self::Verify, Self::Disable, Self::Remove];
}
