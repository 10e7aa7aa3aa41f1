//! The files, as in an editor: a list, and the one that is chosen.

use multicluster_core::render::ZIP_NAME;
use multicluster_core::{Artifact, ArtifactId, Output, Path, Resolution, Severity};
use yew::Html;

use super::app::Derived;
use super::element::{Button, all, tag};
use super::header::copy_button;
use super::tabs::{self, Item, Mark, tab_id};
use super::{Dispatch, FILES, Msg, code_view, counted, problems};
use crate::state::Copyable;

const PANEL: &str = "file-panel";

/// Shows the files. `changed` are those that the last change altered; `beside` is how many the archive has beside
/// them; `copied` says whether the
/// chosen one was just copied.
pub(super) fn view(
    derived: &Derived,
    changed: &[ArtifactId],
    beside: usize,
    copied: Option<bool>,
    dispatch: &Dispatch,
) -> Html {
    let Derived {
        resolution, chosen, ..
    } = derived;
    let mut outputs = resolution.outputs().iter();
    let output = outputs.find(|output| Some(output.id) == *chosen);
    let shown = match output {
        Some(output) => panel(output, derived, copied, dispatch),
        None => empty(
            "empty",
            "The files appear here as soon as there is a cluster.",
        ),
    };
    tag!("section", "class" = "files", "id" = FILES, "tabindex" = "-1", "aria-labelledby" = "files-title";
        tag!("h2", "id" = "files-title", "class" = "visually-hidden"; "Files"),
        tag!("div", "class" = "editor", "data-empty" = output.is_none();
            tabs::view(items(resolution, changed), *chosen, PANEL, dispatch),
            tag!("div", "class" = "view"; shown),
        ),
        download_all(resolution, beside, dispatch),
    )
    .html()
}

/// The chosen file, or why it is not there.
fn panel(output: &Output, derived: &Derived, copied: Option<bool>, dispatch: &Dispatch) -> Html {
    let tab = tab_id(output.id, &output.name);
    let content = match &*derived.artifact {
        Some(file) => vec![
            tools(
                file,
                derived.resolution.summary(file.id()),
                copied,
                dispatch,
            ),
            code_view::view(tab.clone(), &derived.artifact, &derived.marks),
            explained(),
        ],
        None if output.is_ready() => vec![empty("waiting", "Loading…")],
        None => vec![blocked(output, &derived.resolution, dispatch)],
    };
    let panel = tag!("div",
        "class" = "panel",
        "role" = "tabpanel",
        "id" = PANEL,
        "aria-labelledby" = tab;
        content,
    );
    panel.key("panel").html()
}

fn empty(key: &'static str, text: &'static str) -> Html {
    tag!("p", "class" = "empty"; text).key(key).html()
}

/// What the chosen line is for: filled by crates/web-more.
fn explained() -> Html {
    tag!("section", "class" = "explained", "aria-label" = "Explanation", "tabindex" = "0";
        tag!("div", "id" = "explanation", "aria-live" = "polite";),
        tag!("p", "class" = "hint";
            "Point at a line, tap it, or use the arrow keys: here you read what it is for and where it comes from. ≠ marks what differs from the official guide.",
        ),
    )
    .key("explained")
    .html()
}

fn items(resolution: &Resolution, changed: &[ArtifactId]) -> Vec<Item> {
    // The files of the clusters come first, in the order of the clusters.
    let mut warned = vec![false; resolution.outputs().len()];
    for found in resolution.diagnostics() {
        if let Path::Cluster(place, ..) = found.path
            && let Some(warned) = warned.get_mut(place)
        {
            *warned |= found.severity == Severity::Warning;
        }
    }
    let mark = |place: usize, id: ArtifactId, is_ready: bool| {
        if !is_ready {
            Mark::Error
        } else if warned[place] {
            Mark::Warning
        } else if changed.contains(&id) {
            Mark::Changed
        } else {
            Mark::None
        }
    };
    let outputs = resolution.outputs().iter().enumerate();
    outputs
        .map(|(place, output)| Item {
            id: output.id,
            name: output.name.clone().into(),
            mark: mark(place, output.id, output.is_ready()),
        })
        .collect()
}

fn tools(
    file: &Artifact,
    summary: &'static str,
    copied: Option<bool>,
    dispatch: &Dispatch,
) -> Html {
    let download = Button::new("quiet", "Download").named(&["Download ", file.name()]);
    let copy = copy_button("primary", ["Copy", "Copied"], copied).named(&["Copy ", file.name()]);
    tag!("div", "class" = "toolbar";
        tag!("p"; summary),
        tag!("div", "class" = "actions";
            download.view(dispatch, Msg::Download),
            copy.view(dispatch, Msg::Copy(Copyable::File)),
        ),
    )
    .key("tools")
    .html()
}

fn blocked(output: &Output, resolution: &Resolution, dispatch: &Dispatch) -> Html {
    let by = &output.blocked_by;
    let found = by.iter().filter_map(|&at| resolution.diagnostics().get(at));
    let found = found.enumerate().map(|(at, found)| {
        tag!("li", "data-severity" = "error"; problems::link(found, dispatch))
            .key(at)
            .html()
    });
    let wait = match by.len() {
        1 => "Not offered for copying until this error is gone:",
        _ => "Not offered for copying until these errors are gone:",
    };
    tag!("div",
        "class" = "blocked",
        "role" = "region",
        "aria-label" = output.name.clone(),
        "tabindex" = "0";
        tag!("h3"; "Not ready"),
        tag!("p"; wait),
        tag!("ul"; all(found)),
    )
    .key("blocked")
    .html()
}

fn download_all(resolution: &Resolution, beside: usize, dispatch: &Dispatch) -> Html {
    let count = resolution.outputs().len();
    let all = counted(count + beside, "file");
    let is_ready = resolution.plan().is_some();
    let note = match (count, is_ready) {
        (0, _) => "Nothing to download yet".to_owned(),
        (_, true) => [ZIP_NAME, ", ", &all].concat(),
        (_, false) => {
            let errors = counted(resolution.count(Severity::Error), "error");
            [ZIP_NAME, ", ", &all, ": waits for ", &errors].concat()
        }
    };
    let button = Button {
        idle: !is_ready,
        described_by: Some("all-note"),
        ..Button::new("button", "Download all")
    };
    tag!("div", "class" = "all";
        button.view(dispatch, Msg::DownloadAll),
        tag!("p", "id" = "all-note"; note),
    )
    .html()
}
