//! The text of a file: its exact characters, coloured by what core says they are.

use multicluster_core::Artifact;
use multicluster_core::render::{Kind, Line, Segment};
use yew::prelude::*;

use super::Shared;
use crate::changes::changed_lines;
use crate::platform;

/// The element that scrolls.
pub(super) const ID: &str = "file";
/// The class of lines that the last change altered.
pub(super) const CHANGED: &str = "changed";

/// How many lines are rendered, or left alone, together.
const CHUNK: usize = 32;

/// A file, if it is ready.
pub(super) type Rendered = Shared<Option<Artifact>>;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) artifact: Rendered,
    /// The same file before the last change.
    pub(super) old: Rendered,
}

#[component]
pub(super) fn CodeView(props: &Props) -> Html {
    let Props { artifact, old } = props;
    let marks = use_memo((artifact.clone(), old.clone()), |(artifact, old)| {
        match (&**old, &**artifact) {
            (Some(old), Some(new)) => changed_lines(old, new),
            _ => Vec::new(),
        }
    });
    let (name, count) = match &**artifact {
        Some(artifact) => (artifact.name().to_owned(), artifact.lines().len()),
        None => (String::new(), 0),
    };
    let oncopy = Callback::from(|event: Event| platform::copy_exactly(&event));
    html! {
        <pre id={ID} class="code" role="region" aria-label={name} tabindex="0" {oncopy}>
            { for (0..count).step_by(CHUNK).map(|start| html! {
                <Chunk key={start} artifact={artifact.clone()} marks={Shared(marks.clone())} {start} />
            }) }
        </pre>
    }
}

/// A few lines. They are rendered again only if they differ.
#[derive(Properties)]
struct ChunkProps {
    artifact: Rendered,
    marks: Shared<Vec<bool>>,
    start: usize,
}

impl ChunkProps {
    fn lines(&self) -> &[Line] {
        part(
            self.artifact.as_ref().map_or(&[], Artifact::lines),
            self.start,
        )
    }

    fn marks(&self) -> &[bool] {
        part(&self.marks, self.start)
    }
}

fn part<T>(all: &[T], start: usize) -> &[T] {
    &all[start.min(all.len())..(start + CHUNK).min(all.len())]
}

impl PartialEq for ChunkProps {
    fn eq(&self, other: &Self) -> bool {
        self.start == other.start && self.marks() == other.marks() && self.lines() == other.lines()
    }
}

#[component]
fn Chunk(props: &ChunkProps) -> Html {
    let marks = props.marks();
    let lines = props.lines().iter().enumerate();
    html! {
        <span class="chunk">
            { for lines.map(|(at, line)| {
                let is_changed = marks.get(at).copied().unwrap_or(false);
                html! {
                    <span key={at} class={if is_changed { "line changed" } else { "line" }}>
                        { for line.segments.iter().enumerate().map(segment) }
                        { "\n" }
                    </span>
                }
            }) }
        </span>
    }
}

fn segment((at, segment): (usize, &Segment)) -> Html {
    let text = AttrValue::from(segment.text.clone());
    html! { <span key={at} class={class(segment.kind)}>{ text }</span> }
}

const fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Plain => None,
        Kind::Key => Some("key"),
        Kind::Text => Some("text"),
        Kind::Number => Some("number"),
        Kind::Bool => Some("bool"),
        Kind::Comment => Some("comment"),
        Kind::Keyword => Some("keyword"),
        Kind::Command => Some("command"),
        Kind::Flag => Some("flag"),
        Kind::Variable => Some("variable"),
        Kind::Heading => Some("heading"),
        Kind::Code => Some("inline"),
    }
}
