//! What has been read so far.

use multicluster_core::observed::{Location, Observed, Told, View, ViewKind};
use multicluster_core::{Draft, Severity};

use crate::finding::{self, Finding, Kind};
use crate::limits;
use crate::network::Network;
use crate::secret;
use crate::text::{Place, Text};
use crate::{Import, KeptDraft, ToolSeen};

/// Collects views, drafts and findings.
#[derive(Default)]
pub(crate) struct Outcome {
    views: Vec<View>,
    drafts: Vec<KeptDraft>,
    /// The first call of each tool, and the first that asked.
    tools: Vec<ToolSeen>,
    findings: Vec<Finding>,
    entries: usize,
    left_out: usize,
    /// Every source that was text, to show its lines.
    pub(crate) texts: Vec<Text>,
}

impl Outcome {
    /// Reports something at a place of a text.
    pub(crate) fn report(&mut self, text: &Text, at: Place, kind: &'static Kind, message: String) {
        if self.findings.len() >= limits::FINDINGS {
            self.left_out += 1;
            return;
        }
        let finding = Finding {
            kind,
            message: secret::hidden(&message),
            at: text.location(at),
            line: shown(text.line_text(at)),
        };
        // What holds of a text within a text may have been said of the whole.
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub(crate) fn add_view(&mut self, text: &Text, view: View) {
        let before = self.entries;
        self.entries += view.entries.len();
        if self.entries <= limits::ENTRIES {
            self.views.push(view);
        } else if before <= limits::ENTRIES {
            let message = format!(
                "More than {} entries of clusters were read; the rest is left out.",
                limits::ENTRIES
            );
            self.report(text, Place::new(0, 0), &finding::TOO_MUCH, message);
        }
    }

    pub(crate) fn add_draft(&mut self, at: Location, draft: Draft) {
        self.drafts.push(KeptDraft { at, draft });
    }

    pub(crate) fn add_tool(&mut self, seen: ToolSeen) {
        let is_known =
            |known: &ToolSeen| (known.tool, known.is_asked) == (seen.tool, seen.is_asked);
        if !self.tools.iter().any(is_known) {
            self.tools.push(seen);
        }
    }

    /// The one tool of all calls that asked; where none did, of all others.
    fn tool(&self) -> Option<ToolSeen> {
        let is_asked = self.tools.iter().any(|seen| seen.is_asked);
        let mut nearest = self.tools.iter().filter(|seen| seen.is_asked == is_asked);
        let first = nearest.next()?;
        nearest.next().is_none().then(|| first.clone())
    }

    /// How much was found: to see whether reading something found anything.
    pub(crate) fn found(&self) -> usize {
        self.views.len() + self.drafts.len()
    }

    /// The name of who described itself in what was read last.
    pub(crate) fn described_last(&self) -> Option<Told<String>> {
        let last = self.views.last();
        let last = last.filter(|view| view.kind == ViewKind::ClusterDescription);
        last?.of.clone()
    }

    /// Whether anything was said about the source since then.
    pub(crate) fn findings(&self) -> usize {
        self.findings.len() + self.left_out
    }

    pub(crate) fn finish(mut self) -> Import {
        let tool = self.tool();
        let observed = Observed { views: self.views };
        let merged = observed.merge();
        let of_network = Network::of(&merged, &self.drafts).findings();
        for mut finding in finding::of_contradictions(&merged)
            .into_iter()
            .chain(of_network)
        {
            if self.findings.len() >= limits::FINDINGS {
                self.left_out += 1;
                continue;
            }
            finding.message = secret::hidden(&finding.message);
            finding.line = line_at(&self.texts, &finding.at);
            self.findings.push(finding);
        }
        if self.left_out > 0
            && let Some(last) = self.findings.last().cloned()
        {
            self.findings.push(Finding {
                kind: &finding::TOO_MUCH,
                message: format!("{} more findings are left out.", self.left_out),
                ..last
            });
        }
        Import {
            tool,
            observed,
            drafts: self.drafts,
            findings: self.findings,
        }
    }
}

fn line_at(texts: &[Text], at: &Location) -> String {
    let text = texts.iter().find(|text| text.name() == &*at.source);
    let line = (at.line as usize).saturating_sub(1);
    let line = text
        .and_then(|text| text.lines.get(line))
        .map_or("", String::as_str);
    shown(line)
}

/// A line as findings show it.
pub(crate) fn shown(line: &str) -> String {
    beginning(line, limits::SHOWN_CHARACTERS)
}

/// The first characters of a text, without its secrets.
pub(crate) fn beginning(text: &str, characters: usize) -> String {
    // What makes a secret of a text may stand behind it: `user:password@host`.
    let looked_at: String = text.chars().take(2 * characters).collect();
    let hidden = secret::hidden(&looked_at);
    hidden.chars().take(characters).collect()
}

/// A value with its place in the source.
pub(crate) fn told<T>(text: &Text, at: Place, value: T) -> Told<T> {
    Told::new(value, text.location(at))
}

impl Finding {
    /// Whether what was read is wrong, and not only worth a look.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.kind.severity == Severity::Error
    }
}
