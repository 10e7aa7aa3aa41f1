//! Reads what people have: configuration files of Temporal servers, output of `tctl` and
//! `temporal`, old scripts, our own archives, links and topology files.
//!
//! ```text
//! bytes ─text─▶ lines ─route─▶ one file per format ─▶ views (core's Observed) + findings
//!                 │                  ▲
//!                 └─ templates made harmless ─▶ yaml: nodes with line, column and quoting
//! ```
//!
//! Nothing is trusted: size, depth and repetition are bounded, nothing panics, and what was not
//! understood is a [`Finding`]. A value is read as Temporal's own parser reads it; where that is
//! not what it looks like, a finding says so.
//!
//! ```
//! use multicluster_import::{Source, import};
//!
//! let file = "clusterMetadata: {currentClusterName: a, clusterInformation: {a: {initialFailoverVersion: 010}}}";
//! let import = import(&[Source::new("a.yaml", file)]);
//! assert_eq!(import.observed.views[0].entries[0].initial_version.as_ref().map(|told| told.value), Some(8));
//! assert!(import.findings.iter().any(|finding| finding.code() == "number-surprising"));
//! ```
#![forbid(unsafe_code)]

mod draft;
mod finding;
mod formats;
mod identity;
mod limits;
mod network;
mod outcome;
mod route;
mod secret;
mod template;
mod text;
pub mod topology;
mod worth;
mod yaml;

use multicluster_core::Draft;
use multicluster_core::model::Tool;
use multicluster_core::observed::{Location, Observed};

pub use draft::{Change, ChangeKind};
pub use finding::{Finding, KINDS, Kind};
pub use identity::{Chosen, Identity};
pub use worth::Worse;

/// A file, or a pasted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What it is called in findings.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A source of this name.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }

    /// Its lines, as findings count and show them; none where it is not text.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let content = text::decode(&self.bytes).map(|(content, _)| content);
        let lines = content.map(|content| text::split_lines(&content));
        let lines = lines.unwrap_or_default().into_iter();
        lines.map(|line| outcome::shown(&line)).collect()
    }
}

/// The files in an archive of ours, by name; `None` if it is none, or damaged.
#[must_use]
pub fn archived_files(archive: &[u8]) -> Option<Vec<(String, &[u8])>> {
    let members = archive
        .starts_with(formats::archive::SIGNATURE)
        .then(|| formats::archive::members(archive).ok())??;
    let named = members
        .into_iter()
        .map(|member| (member.name, member.bytes));
    Some(named.collect())
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// What servers and files say.
    pub observed: Observed,
    /// Whole set-ups that people kept: from our own links and topology files.
    pub drafts: Vec<KeptDraft>,
    /// The tool of the commands that were read; `None` where there are none, or of both tools.
    pub tool: Option<ToolSeen>,
    /// What is wrong with it, what differs, and what was not understood, in the order of reading.
    pub findings: Vec<Finding>,
}

/// A tool that somebody uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolSeen {
    /// Which one.
    pub tool: Tool,
    /// Whether it was asked, and what it answered was read: that is nearer than a script.
    pub is_asked: bool,
    /// Where it was first called.
    pub at: Location,
}

/// A set-up out of one of our own links or topology files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDraft {
    /// Where it was read.
    pub at: Location,
    /// The set-up.
    pub draft: Draft,
}

impl Import {
    /// Whether nothing was found that could be put into a draft.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.observed.views.is_empty() && self.drafts.is_empty()
    }
}

/// Reads any mixture of sources; the format of each is found by itself.
#[must_use]
pub fn import(sources: &[Source]) -> Import {
    let mut outcome = outcome::Outcome::default();
    route::read_all(sources, &mut outcome);
    outcome.finish()
}
