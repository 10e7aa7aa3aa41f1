//! What every writer writes: a file as lines of tagged segments.

use std::borrow::Cow;
use std::rc::Rc;

use crate::diagnostics::Path;
use crate::draft::ClusterId;

use super::extra::ExtraId;
use super::topic::Topic;

/// Which file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtifactId {
    /// The `clusterMetadata` of one cluster.
    Config(ClusterId),
    /// `connect.sh`.
    Connect,
    /// `verify.sh`.
    Verify,
    /// `disable.sh`.
    Disable,
    /// `remove.sh`.
    Remove,
    /// `commands.txt`.
    PlainCommands,
    /// `RUNBOOK.md`.
    Runbook,
    /// `change.sh`.
    Change,
    /// `CHANGE.md`.
    ChangeRunbook,
    /// A file of another format.
    Extra(ExtraId),
}

/// What a file is for; files are listed by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Files for the servers.
    Configuration,
    /// Scripts to run.
    Commands,
    /// Text to read.
    Guide,
}

impl Group {
    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Configuration => "Configuration",
            Self::Commands => "Commands",
            Self::Guide => "Guide",
        }
    }
}

impl ArtifactId {
    /// The group it is listed in.
    #[must_use]
    pub const fn group(self) -> Group {
        match self {
            Self::Config(_) => Group::Configuration,
            Self::Connect
            | Self::Verify
            | Self::Disable
            | Self::Remove
            | Self::PlainCommands
            | Self::Change => Group::Commands,
            Self::Runbook | Self::ChangeRunbook => Group::Guide,
            Self::Extra(extra) => extra.group(),
        }
    }

    /// What is said of the file of a cluster that runs.
    pub(crate) const SUMMARY_OF_RUNNING: &str =
        "This cluster runs: RUNBOOK.md says whether its servers need this file, and a restart.";

    /// One sentence for the person about to use it.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Config(_) => {
                "Belongs into the configuration of every server of this cluster, before its first start."
            }
            Self::Connect => "Connects the clusters in both directions. Safe to run twice.",
            Self::Verify => {
                "Compares the running clusters with this plan, and shows what is connected to what. Changes nothing."
            }
            Self::Disable => {
                "Stops replication and keeps the connections. What happens meanwhile is not replicated later by itself."
            }
            Self::Remove => "Removes the connections. First change the namespaces that use them.",
            Self::PlainCommands => {
                "The bare commands as in the guide, corrected, to paste line by line. Nothing checks them: the scripts do."
            }
            Self::Runbook => "What to do, in which order, what to expect, how to go back.",
            Self::Change => "Changes only the connections that must change. Safe to run twice.",
            Self::ChangeRunbook => {
                "From the clusters as they are to this plan: only what must change, in which order."
            }
            Self::Extra(extra) => extra.summary(),
        }
    }

    /// The name of a file that exists once; empty for configuration files, which are named after
    /// their clusters, and for other formats.
    #[must_use]
    pub const fn fixed_name(self) -> &'static str {
        match self {
            Self::Config(_) | Self::Extra(_) => "",
            Self::Connect => "connect.sh",
            Self::Verify => "verify.sh",
            Self::Disable => "disable.sh",
            Self::Remove => "remove.sh",
            Self::PlainCommands => "commands.txt",
            Self::Runbook => "RUNBOOK.md",
            Self::Change => "change.sh",
            Self::ChangeRunbook => "CHANGE.md",
        }
    }

    /// Whether the file is a program.
    #[must_use]
    pub const fn is_executable(self) -> bool {
        match self {
            Self::Connect | Self::Verify | Self::Disable | Self::Remove | Self::Change => true,
            Self::Extra(extra) => extra.is_executable(),
            _ => false,
        }
    }
}

/// What a piece of text is, for colours and explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// White space and punctuation.
    Plain,
    /// The key of a mapping.
    Key,
    /// A text value, with its quotation marks.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Bool,
    /// A comment.
    Comment,
    /// A word of the shell's own language.
    Keyword,
    /// The name of a program or function that is called.
    Command,
    /// An option of a program, such as `--address`.
    Flag,
    /// A variable of the shell.
    Variable,
    /// A heading.
    Heading,
    /// Code within prose.
    Code,
}

impl Kind {
    /// Every kind, in the order of their numbers.
    pub(crate) const ALL: [Self; 12] = [
        Self::Plain,
        Self::Key,
        Self::Text,
        Self::Number,
        Self::Bool,
        Self::Comment,
        Self::Keyword,
        Self::Command,
        Self::Flag,
        Self::Variable,
        Self::Heading,
        Self::Code,
    ];
}

impl Kind {
    /// What pages call it, where it has a look of its own.
    #[must_use]
    pub const fn class(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Key => Some("key"),
            Self::Text => Some("text"),
            Self::Number => Some("number"),
            Self::Bool => Some("bool"),
            Self::Comment => Some("comment"),
            Self::Keyword => Some("keyword"),
            Self::Command => Some("command"),
            Self::Flag => Some("flag"),
            Self::Variable => Some("variable"),
            Self::Heading => Some("heading"),
            Self::Code => Some("inline"),
        }
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: Kind,
    /// Its text; never contains a line break.
    pub text: Cow<'static, str>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Its pieces.
    pub segments: Vec<Segment>,
    /// The form field that it comes from, if it comes from one.
    pub source: Option<Path>,
    /// What it is about.
    pub topic: Topic,
}

/// A file, ready to be shown, copied and saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    pub(crate) id: ArtifactId,
    pub(crate) name: Rc<str>,
    pub(crate) lines: Vec<Line>,
}

impl Artifact {
    /// A file that another program wrote (see [`packed`](super::packed)).
    #[must_use]
    pub const fn of(id: ArtifactId, name: Rc<str>, lines: Vec<Line>) -> Self {
        Self { id, name, lines }
    }

    /// Which file it is.
    #[must_use]
    pub const fn id(&self) -> ArtifactId {
        self.id
    }

    /// Its file name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Its exact text: all segments, every line ended by a line feed.
    #[must_use]
    pub fn text(&self) -> String {
        let segments = self.lines.iter().flat_map(|line| &line.segments);
        let length: usize = segments.map(|segment| segment.text.len()).sum();
        let mut text = String::with_capacity(length + self.lines.len());
        for line in &self.lines {
            for segment in &line.segments {
                text.push_str(&segment.text);
            }
            text.push('\n');
        }
        text
    }
}

impl Line {
    pub(crate) fn text(&self) -> String {
        self.segments.iter().map(|segment| &*segment.text).collect()
    }

    pub(crate) fn push(mut self, kind: Kind, text: impl Into<Cow<'static, str>>) -> Self {
        self.add(kind, text.into());
        self
    }

    /// Kept out of [`push`](Self::push), which is compiled once for each type of text.
    #[inline(never)]
    pub(crate) fn add(&mut self, kind: Kind, text: Cow<'static, str>) {
        self.segments.push(Segment { kind, text });
    }

    pub(crate) fn plain(self, text: impl Into<Cow<'static, str>>) -> Self {
        self.push(Kind::Plain, text)
    }

    pub(crate) const fn from(mut self, source: Path) -> Self {
        self.source = Some(source);
        self
    }

    pub(crate) const fn about(mut self, topic: Topic) -> Self {
        self.topic = topic;
        self
    }
}
