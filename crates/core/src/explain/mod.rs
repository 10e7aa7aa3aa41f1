//! What every line of every file is for, what the server or the tool does with it, whether it can
//! ever change, and where it differs from the official guide.
//!
//! The texts are found by the topic that the writer gave to the line; nothing is parsed again. Like the
//! rules, they say what was measured on real servers, by release.
//!
//! ```
//! use multicluster_core::{ArtifactId, Draft, resolve};
//!
//! let draft = Draft::default();
//! let file = ArtifactId::Config(draft.clusters[0].id);
//! let explanation = resolve(&draft).explain(file, 2).expect("the third line");
//! assert_eq!(explanation.title, "enableGlobalNamespace");
//! assert!(explanation.guide.is_some());
//! ```

mod commands;
mod config;
mod extra;
mod guide;
mod scripts;
mod text;

use crate::change::Change;
use crate::diagnostics::Path;
use crate::draft::ClusterId;
use crate::model::Tool;
use crate::plan::Plan;
use crate::release::ServerVersion;
use crate::render::extra::{ExtraId, LabFile, tool_in};
use crate::render::{Artifact, ArtifactId, ConfigTopic, Line, Topic};
use crate::resolve::Resolution;
use text::Text;

/// What is said of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What the line is about: the key in a configuration file, otherwise a few words.
    pub title: &'static str,
    /// What it is for, and what the server or the tool does with it. Text between backticks is code.
    pub what: &'static str,
    /// Whether that can ever change, and how.
    pub change: &'static str,
    /// Why it differs from the official guide, where it does.
    pub guide: Option<&'static str>,
    /// The form field that it comes from, if it comes from one.
    pub source: Option<Path>,
}

impl Resolution {
    /// Explains a line of a file, counted from 0; `None` where the line is empty, or there is no such
    /// line.
    #[must_use]
    pub fn explain(&self, file: ArtifactId, line: usize) -> Option<Explanation> {
        self.explain_in(&self.render(file)?, line)
    }

    /// The same for a file that was written already, which can be one in another format too.
    #[must_use]
    pub fn explain_in(&self, file: &Artifact, line: usize) -> Option<Explanation> {
        let of = about(file.id()).and_then(|of| self.release_of(of));
        match (of, self.plan()) {
            (Some(release), _) if file.lines().get(line)?.is_config() => {
                explain_config(file, line, release)
            }
            (_, Some(plan)) => explain_for(plan, of.unwrap_or(plan.release()), file, line),
            (_, None) => None,
        }
    }
}

/// The cluster that a file is for, if it is for one.
const fn about(file: ArtifactId) -> Option<ClusterId> {
    match file {
        ArtifactId::Config(of)
        | ArtifactId::Extra(
            ExtraId::HelmValues(of) | ExtraId::ServerConfig(of) | ExtraId::Lab(LabFile::Config(of)),
        ) => Some(of),
        _ => None,
    }
}

impl Line {
    const fn is_config(&self) -> bool {
        matches!(self.topic, Topic::Config(_))
    }
}

impl Change {
    /// Explains a line of one of its files, counted from 0; `None` where the line is empty, or there
    /// is no such line.
    #[must_use]
    pub fn explain_in(&self, file: &Artifact, line: usize) -> Option<Explanation> {
        let plan = self.wanted();
        explain_for(plan, plan.release(), file, line)
    }
}

fn explain_config(file: &Artifact, at: usize, release: ServerVersion) -> Option<Explanation> {
    let line = file.lines().get(at)?;
    let Topic::Config(topic) = line.topic else {
        return None;
    };
    let text = config::explain(topic, release, is_own(file, at));
    Some(explanation(text, line))
}

/// Whether a line of a configuration file is about the cluster that the file is for, and not in the
/// entry of another one.
fn is_own(file: &Artifact, at: usize) -> bool {
    let is_entry = |line: &&Line| line.topic == Topic::Config(ConfigTopic::Member);
    let entry = file.lines()[..=at].iter().rev().find(is_entry);
    let of = entry.and_then(|line| line.source);
    of.is_none_or(|of| match of {
        Path::Cluster(_, id, _) => about(file.id()) == Some(id),
        _ => true,
    })
}

/// A line of a file that is not `clusterMetadata`; `release` is that of the file's own cluster, or the oldest
/// of all.
fn explain_for(
    plan: &Plan,
    release: ServerVersion,
    file: &Artifact,
    at: usize,
) -> Option<Explanation> {
    let line = file.lines().get(at)?;
    let tool = tool_of(plan, file.id());
    let text = match line.topic {
        Topic::Nothing | Topic::Config(_) => return None,
        Topic::Script(topic) => scripts::explain(topic, release, tool),
        Topic::Command(topic) => commands::explain(topic, release, tool),
        Topic::Guide(topic) => guide::explain(topic, release),
        Topic::Extra(topic) => extra::explain(topic, release, plan.release()),
    };
    Some(explanation(text, line))
}

/// The tool in a file: in other formats the one that their containers have.
fn tool_of(plan: &Plan, file: ArtifactId) -> Tool {
    match file {
        ArtifactId::Extra(id) => tool_in(plan, id.flavour()),
        _ => plan.tool(),
    }
}

const fn explanation(text: Text, line: &Line) -> Explanation {
    Explanation {
        title: text.title,
        what: text.what,
        change: text.change,
        guide: text.guide,
        source: line.source,
    }
}
