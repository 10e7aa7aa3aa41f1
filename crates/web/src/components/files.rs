//! The files, as in an editor: a list, and the one that is chosen.

use multicluster_core::render::ZIP_NAME;
use multicluster_core::{Artifact, ArtifactId, Path, Resolution, Severity};
use yew::{Html, html};

use super::app::Derived;
use super::element::Button;
use super::header::copy_button;
use super::tabs::{self, Item, Mark, tab_id};
use super::{Dispatch, Msg, code_view, counted, problems};
use crate::state::Copyable;

const PANEL: &str = "file-panel";

/// Shows the files. `changed` are those that the last change altered; `copied` says whether the
/// chosen one was just copied.
pub(super) fn view(
    derived: &Derived,
    changed: &[ArtifactId],
    copied: Option<bool>,
    dispatch: &Dispatch,
) -> Html {
    let Derived {
        resolution, chosen, ..
    } = derived;
    let mut outputs = resolution.outputs().iter();
    let output = outputs.find(|output| Some(output.id) == *chosen);
    html! {
        <section class="files" aria-labelledby="files-title">
            <h2 id="files-title" class="visually-hidden">{ "Files" }</h2>
            <div class="editor" data-empty={output.is_none().then_some("")}>
                { tabs::view(items(resolution, changed), *chosen, PANEL, dispatch) }
                <div class="view">
                    if let Some(output) = output {
                        <div
                            key="panel"
                            class="panel"
                            role="tabpanel"
                            id={PANEL}
                            aria-labelledby={tab_id(output.id, &output.name)}
                        >
                            if let Some(file) = &*derived.artifact {
                                { tools(file, copied, dispatch) }
                                { code_view::view(tab_id(output.id, &output.name), &derived.artifact, &derived.marks) }
                                <section key="explained" class="explained" aria-label="Explanation" tabindex="0">
                                    // Filled by crates/web-more.
                                    <div id="explanation" aria-live="polite"></div>
                                    <p class="hint">
                                        { "Point at a line, tap it, or use the arrow keys: here you read what it is for and where it comes from. ≠ marks what differs from the official guide." }
                                    </p>
                                </section>
                            } else if output.is_ready() {
                                <p key="waiting" class="empty">{ "Loading…" }</p>
                            } else {
                                { blocked(&output.name, &output.blocked_by, resolution, dispatch) }
                            }
                        </div>
                    } else {
                        <p key="empty" class="empty">
                            { "The files appear here as soon as there is a cluster." }
                        </p>
                    }
                </div>
            </div>
            { download_all(resolution, dispatch) }
        </section>
    }
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

fn tools(file: &Artifact, copied: Option<bool>, dispatch: &Dispatch) -> Html {
    let download = Button::new("quiet", "Download").named(&["Download ", file.name()]);
    let copy = copy_button("primary", ["Copy", "Copied"], copied).named(&["Copy ", file.name()]);
    html! {
        <div class="toolbar" key="tools">
            <p>{ file.id().summary() }</p>
            <div class="actions">
                { download.view(dispatch, Msg::Download) }
                { copy.view(dispatch, Msg::Copy(Copyable::File)) }
            </div>
        </div>
    }
}

fn blocked(name: &str, by: &[usize], resolution: &Resolution, dispatch: &Dispatch) -> Html {
    let found = by.iter().filter_map(|&at| resolution.diagnostics().get(at));
    html! {
        <div key="blocked" class="blocked" role="region" aria-label={name.to_owned()} tabindex="0">
            <h3>{ "Not ready" }</h3>
            <p>
                { "Not offered for copying until " }
                { if by.len() == 1 { "this error is" } else { "these errors are" } }
                { " gone:" }
            </p>
            <ul>
                { for found.enumerate().map(|(at, found)| html! {
                    <li key={at} data-severity="error">{ problems::link(found, dispatch) }</li>
                }) }
            </ul>
        </div>
    }
}

fn download_all(resolution: &Resolution, dispatch: &Dispatch) -> Html {
    let count = resolution.outputs().len();
    let is_ready = resolution.plan().is_some();
    let note = match (count, is_ready) {
        (0, _) => "Nothing to download yet".to_owned(),
        (_, true) => [ZIP_NAME, ", ", &counted(count, "file")].concat(),
        (_, false) => {
            let errors = counted(resolution.count(Severity::Error), "error");
            [
                ZIP_NAME,
                ", ",
                &counted(count, "file"),
                ": waits for ",
                &errors,
            ]
            .concat()
        }
    };
    let button = Button {
        idle: !is_ready,
        described_by: Some("all-note"),
        ..Button::new("button", "Download all")
    };
    html! {
        <div class="all">
            { button.view(dispatch, Msg::DownloadAll) }
            <p id="all-note">{ note }</p>
        </div>
    }
}
