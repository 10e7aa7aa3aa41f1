//! The topology as a picture: what is in it is data first, so that it can be drawn, written and read
//! aloud alike. It works while there are errors, as it shows where they are.
//!
//! ```text
//!  Draft + Resolution ─▶ Picture ──drawing──▶ Drawing (shapes) ──▶ SVG file, or the page
//!                           ├──mermaid──▶ Mermaid text
//!                           └──words────▶ text for screen readers
//! ```
//!
//! ```
//! use multicluster_core::{Draft, picture::Picture, resolve};
//!
//! let draft = Draft::default();
//! let picture = Picture::of(&draft, &resolve(&draft), Some(draft.clusters[0].id));
//! assert_eq!(picture.nodes().len(), 2);
//! assert!(picture.nodes()[0].is_active);
//! assert!(picture.mermaid().starts_with("flowchart"));
//! ```

mod drawing;
mod layout;
mod mermaid;
mod shape;
mod words;

use crate::diagnostics::{Diagnostic, Path, Severity, cluster_label, push_visible};
use crate::draft::{ClusterId, Draft};
use crate::edit::ClusterField;
use crate::resolve::Resolution;

pub use drawing::Drawing;
pub use shape::{Child, Shape};

/// Up to so many clusters every connection is drawn and named by itself. Above, only those of the
/// active cluster are, and all others are one sentence: 12 clusters have 66 lines between them.
pub const EACH_CONNECTION: usize = 12;

/// So many clusters are drawn at most; the others are one sentence.
pub const DRAWN_CLUSTERS: usize = 100;

/// All clusters of a draft, and the connections between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    nodes: Vec<Node>,
    /// As it was typed.
    increment: String,
    /// An error is in what all clusters share.
    is_blocked: bool,
    /// Whether files connect the clusters, and not commands.
    by_files: bool,
}

/// One cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its stable name.
    pub id: ClusterId,
    /// Its name as sentences call it: in quotation marks, else `cluster 3`.
    pub label: String,
    /// Its name, as much of it as can be seen; `cluster 3` where it has none.
    pub name: String,
    /// Where others reach it, as it was typed.
    pub address: String,
    /// Its initial failover version, as it was typed.
    pub initial_version: String,
    /// The release of its servers, as it was typed for it or for all.
    pub release: String,
    /// Whether it runs, and is not only planned.
    pub is_running: bool,
    /// Whether the namespace that is looked at is active here.
    pub is_active: bool,
    /// How many errors concern it.
    pub errors: usize,
    /// How many warnings concern it.
    pub warnings: usize,
    /// Whether an error hinders it from being told of others.
    cannot_learn: bool,
    /// Whether an error hinders others from being told of it.
    cannot_be_known: bool,
}

/// What becomes of one direction of a connection: one cluster is told where another one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It will be made.
    Planned,
    /// An error hinders it.
    Blocked,
}

/// The connection of two clusters: places in [`Picture::nodes`], the smaller one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connection {
    /// The clusters.
    pub ends: (usize, usize),
    /// The first is told of the second.
    pub forth: State,
    /// The second is told of the first.
    pub back: State,
}

impl Connection {
    /// Its state, if both directions have the same one.
    #[must_use]
    pub fn state(&self) -> Option<State> {
        (self.forth == self.back).then_some(self.forth)
    }
}

impl Picture {
    /// The picture of a draft, for a namespace that is active in this cluster.
    #[must_use]
    pub fn of(draft: &Draft, resolution: &Resolution, active: Option<ClusterId>) -> Self {
        let nodes = draft.clusters.iter().enumerate();
        let nodes = nodes.map(|(index, cluster)| {
            let has_own = !cluster.server_version.trim().is_empty();
            let release = if has_own {
                &cluster.server_version
            } else {
                &draft.server_version
            };
            let label = cluster_label(index, &cluster.name);
            let has_name = !cluster.name.trim().is_empty();
            Node {
                id: cluster.id,
                name: visible(if has_name { &cluster.name } else { &label }),
                label,
                address: visible(&cluster.rpc_address),
                initial_version: visible(&cluster.initial_version),
                release: visible(release),
                is_running: cluster.running.is_some(),
                is_active: active == Some(cluster.id),
                errors: 0,
                warnings: 0,
                cannot_learn: false,
                cannot_be_known: false,
            }
        });
        let mut picture = Self {
            nodes: nodes.collect(),
            increment: visible(&draft.increment),
            is_blocked: false,
            by_files: resolution.has_common_master(),
        };
        for found in resolution.diagnostics() {
            picture.mark(found);
        }
        picture
    }

    /// The clusters, in the order of the form.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Every connection, each cluster with every other, if there are few clusters, see
    /// [`EACH_CONNECTION`]; else those of the active one.
    pub fn shown_connections(&self) -> impl Iterator<Item = Connection> + '_ {
        let count = self.nodes.len();
        let is_each = count <= EACH_CONNECTION;
        let active = self.active();
        // With many clusters, the pairs are not even gone through.
        let firsts = if is_each { 0..count } else { 0..0 };
        let each = firsts.flat_map(move |a| (a + 1..count).map(move |b| (a, b)));
        let of_active = active.filter(|_| !is_each).into_iter();
        let of_active = of_active.flat_map(move |active| {
            let others = (0..count).filter(move |&other| other != active);
            others.map(move |other| (active.min(other), active.max(other)))
        });
        each.chain(of_active).map(|ends| self.connection(ends))
    }

    /// The connection of two clusters.
    fn connection(&self, ends: (usize, usize)) -> Connection {
        Connection {
            ends,
            forth: self.state(ends.0, ends.1),
            back: self.state(ends.1, ends.0),
        }
    }

    /// What becomes of telling `of` to the cluster at `to`.
    fn state(&self, to: usize, of: usize) -> State {
        if self.is_blocked || self.nodes[to].cannot_learn || self.nodes[of].cannot_be_known {
            State::Blocked
        } else {
            State::Planned
        }
    }

    /// How many directions there are in all: each cluster is told of every other.
    #[must_use]
    pub fn directions(&self) -> usize {
        self.nodes.len() * self.nodes.len().saturating_sub(1)
    }

    /// How many of them errors hinder.
    #[must_use]
    pub fn blocked_directions(&self) -> usize {
        if self.is_blocked {
            return self.directions();
        }
        let count = |is: fn(&&Node) -> bool| self.nodes.iter().filter(is).count();
        let learn = count(|node| !node.cannot_learn);
        let known = count(|node| !node.cannot_be_known);
        let both = count(|node| !node.cannot_learn && !node.cannot_be_known);
        self.directions() - (learn * known - both)
    }

    /// The clusters that are drawn: the first ones, and the active one wherever it is.
    fn drawn(&self) -> Vec<usize> {
        let count = self.nodes.len().min(DRAWN_CLUSTERS);
        let mut drawn: Vec<usize> = (0..count).collect();
        if let (Some(active), Some(last)) = (self.active(), drawn.last_mut()) {
            *last = active.max(*last);
        }
        drawn
    }

    fn active(&self) -> Option<usize> {
        self.nodes.iter().position(|node| node.is_active)
    }

    /// Counts a problem, and what it blocks.
    fn mark(&mut self, found: &Diagnostic) {
        let mut seen = Vec::new();
        for path in found.paths() {
            let Path::Cluster(index, _, field) = path else {
                self.is_blocked |= found.is_error();
                continue;
            };
            let Some(node) = self.nodes.get_mut(index) else {
                continue;
            };
            if !seen.contains(&index) {
                seen.push(index);
                node.errors += usize::from(found.is_error());
                node.warnings += usize::from(found.severity == Severity::Warning);
            }
            if found.is_error() {
                // Commands go to the admin address; nobody else is told of it.
                let is_admin = field == ClusterField::AdminAddress;
                node.cannot_learn |= !is_admin || !self.by_files;
                node.cannot_be_known |= !is_admin;
            }
        }
    }

    /// What the lines mean that are not drawn or named; `None` if all are.
    fn summary(&self) -> Option<String> {
        let (all, blocked) = (self.directions(), self.blocked_directions());
        let is_each = self.nodes.len() <= EACH_CONNECTION;
        if is_each || all == 0 {
            return None;
        }
        let mut text = format!(
            "{} connections in all: each cluster with every other",
            grouped(all / 2)
        );
        if blocked > 0 {
            text.push_str(&format!(
                "; errors block {} of {} directions",
                grouped(blocked),
                grouped(all)
            ));
        }
        text.push('.');
        Some(text)
    }
}

/// A text with what nobody can see made visible, cut after 255 characters.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == 255 {
            shown.push('…');
            break;
        }
        push_visible(&mut shown, c);
    }
    shown
}

/// A number with its digits in groups of three: `499,500`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 error`, `2 errors`.
fn counted(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {word}{ending}", grouped(count))
}

impl Node {
    /// `1 error, 2 warnings`; empty where there are none.
    #[must_use]
    pub fn problems(&self) -> String {
        let counts = [(self.errors, "error"), (self.warnings, "warning")];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let counts: Vec<String> = counts.map(|&(count, word)| counted(count, word)).collect();
        counts.join(", ")
    }

    /// Whether it runs, as a word.
    #[must_use]
    pub const fn stage(&self) -> &'static str {
        if self.is_running {
            "running"
        } else {
            "planned"
        }
    }
}

#[cfg(test)]
mod tests;
