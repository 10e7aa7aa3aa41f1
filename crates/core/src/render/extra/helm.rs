//! `helm/<cluster>.values.yaml`: what Temporal's chart needs beside a person's own values.
//!
//! The chart (github.com/temporalio/helm-charts, 1.6.0) reads `server.config.clusterMetadata`, and
//! writes it with Go's YAML 1.1 library into a file that the server sends through its templates.

use crate::edit::ClusterField;
use crate::plan::{Cluster, ConfigFile, Plan};

use super::super::artifact::{Artifact, ArtifactId, Line};
use super::super::config_file::{remote_clusters, sections, title};
use super::super::scalar::double_quoted_with_braces;
use super::super::topic::ExtraTopic;
use super::ExtraId;
use super::yaml::{about, comment, indented, key};

/// The values of every cluster.
pub(super) fn files(plan: &Plan) -> Vec<Artifact> {
    let configs = plan.config_files();
    let clusters = plan.clusters.iter().zip(&configs);
    clusters
        .map(|(cluster, config)| Artifact {
            id: ArtifactId::Extra(ExtraId::HelmValues(cluster.member.id)),
            name: format!("helm/{}.values.yaml", cluster.file_stem()).into(),
            lines: values(cluster, config),
        })
        .collect()
}

const HOW_TO_USE: &[&str] = &[
    "Values for the chart temporalio/helm-charts, 1.0 and later, behind your own:",
    "helm upgrade --install … --values your-own.yaml --values this-file.yaml",
    "Install with them from the first time: most of it can never change. rpcAddress is where the other",
    "clusters reach the frontend, such as a load balancer, which the chart does not make by itself.",
];

fn values(cluster: &Cluster, config: &ConfigFile) -> Vec<Line> {
    let mut lines = vec![title(config).from(cluster.member.path(ClusterField::Name))];
    let use_it = HOW_TO_USE.iter().map(|text| comment(0, text));
    lines.extend(about(ExtraTopic::HelmUse, use_it));
    let path = [key(0, "server"), key(1, "config")];
    lines.extend(about(ExtraTopic::HelmPath, path));
    if let Some(shards) = cluster.history_shards {
        let number = key(3, "numHistoryShards").number(shards.get().into());
        let shards = [
            key(2, "persistence"),
            number.from(cluster.member.path(ClusterField::HistoryShards)),
        ];
        lines.extend(about(ExtraTopic::Shards, shards));
    }
    lines.extend(indented(2, sections(config, past_templates)));
    // The chart puts `tls` below `global`.
    lines.extend(indented(1, remote_clusters(config, past_templates)));
    lines
}

/// A name as a template writes it: the chart undoes our quoting, and then the server reads the file as
/// a template. So `{{` must come out of one, in back quotes, as the chart may write the name within
/// quotes of either kind, and so must `<<`, which it would write without quotes. Helm reads the values
/// themselves as they are.
fn past_templates(name: &str) -> String {
    let escaped = match name {
        "<<" => "{{`<<`}}".to_owned(),
        name => name.replace("{{", "{{`{{`}}"),
    };
    double_quoted_with_braces(&escaped)
}
