//! The files, as in an editor: a list, and the one that is chosen.

use gloo_timers::callback::Timeout;
use multicluster_core::render::ZIP_NAME;
use multicluster_core::{ArtifactId, Path, Resolution, Severity};
use yew::prelude::*;

use super::code_view::{self, CodeView};
use super::copy_button::CopyButton;
use super::tabs::{Item, Mark, Tabs, tab_id};
use super::{Dispatch, Shared, counted, problems};
use crate::changes::changed_files;
use crate::platform;

/// How long typing rests before other files are compared, and the change is brought into sight.
const DELAY_MS: u32 = 120;
const PANEL: &str = "file-panel";

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) resolution: Shared<Resolution>,
    /// What the last change started from.
    pub(super) before: Option<Shared<Resolution>>,
    pub(super) chosen: Option<ArtifactId>,
    pub(super) dispatch: Dispatch,
}

#[component]
pub(super) fn Files(props: &Props) -> Html {
    let Props {
        resolution,
        before,
        chosen,
        dispatch,
    } = props;
    let changed = use_changed_files(resolution, before.as_ref());
    let outputs = resolution.outputs();
    let chosen = outputs.iter().find(|output| Some(output.id) == *chosen);
    let chosen = chosen.or(outputs.first()).map(|output| output.id);
    let artifact = use_memo((resolution.clone(), chosen), |(resolution, chosen)| {
        chosen.and_then(|id| resolution.render(id))
    });
    let old = use_memo((before.clone(), chosen), |(before, chosen)| {
        before
            .as_ref()
            .zip(*chosen)
            .and_then(|(before, id)| before.render(id))
    });
    let output = chosen.and_then(|id| outputs.iter().find(|output| output.id == id));
    html! {
        <section class="files" aria-labelledby="files-title">
            <h2 id="files-title" class="visually-hidden">{ "Files" }</h2>
            <div class="editor" data-empty={output.is_none().then_some("")}>
                <Tabs items={items(resolution, &changed)} {chosen} panel={PANEL} dispatch={dispatch.clone()} />
                <div class="view">
                    if let Some(output) = output {
                        <div
                            key="panel"
                            class="panel"
                            role="tabpanel"
                            id={PANEL}
                            aria-labelledby={tab_id(output.id, &output.name)}
                        >
                            if artifact.is_some() {
                                { ready(Shared(artifact), Shared(old), dispatch) }
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
            { download_all(resolution) }
        </section>
    }
}

/// The files that the last change altered, a moment after it: writing them all is not worth a delay
/// of what is being typed.
#[hook]
fn use_changed_files(
    resolution: &Shared<Resolution>,
    before: Option<&Shared<Resolution>>,
) -> Vec<ArtifactId> {
    let changed = use_state(Vec::new);
    use_effect_with((resolution.clone(), before.cloned()), {
        let changed = changed.clone();
        move |(resolution, before)| {
            let (resolution, before) = (resolution.clone(), before.clone());
            let timer = Timeout::new(DELAY_MS, move || {
                let found = before.map(|before| changed_files(&before, &resolution));
                changed.set(found.unwrap_or_default());
                platform::reveal_within(code_view::ID, code_view::CHANGED);
            });
            move || drop(timer)
        }
    });
    (*changed).clone()
}

fn items(resolution: &Resolution, changed: &[ArtifactId]) -> Vec<Item> {
    let warned = |id: ArtifactId| {
        resolution.diagnostics().iter().any(|found| {
            let about = match found.path {
                Path::Cluster(_, cluster, _) => id == ArtifactId::Config(cluster),
                _ => false,
            };
            about && found.severity == Severity::Warning
        })
    };
    let mark = |id, is_ready: bool| {
        if !is_ready {
            Mark::Error
        } else if warned(id) {
            Mark::Warning
        } else if changed.contains(&id) {
            Mark::Changed
        } else {
            Mark::None
        }
    };
    let outputs = resolution.outputs().iter();
    outputs
        .map(|output| Item {
            id: output.id,
            name: output.name.clone().into(),
            mark: mark(output.id, output.is_ready()),
        })
        .collect()
}

fn ready(artifact: code_view::Rendered, old: code_view::Rendered, dispatch: &Dispatch) -> Html {
    let Some(file) = &*artifact else {
        return Html::default();
    };
    let name = AttrValue::from(file.name().to_owned());
    let text = {
        let artifact = artifact.clone();
        Callback::from(move |()| {
            artifact
                .as_ref()
                .map(multicluster_core::Artifact::text)
                .unwrap_or_default()
        })
    };
    let download = {
        let (text, name) = (text.clone(), name.clone());
        Callback::from(move |_| platform::download(&name, text.emit(()).as_bytes()))
    };
    let key = name.to_string();
    html! {
        <>
            <div class="toolbar" key={["tools of ", &*key].concat()}>
                <p>{ file.id().summary() }</p>
                <div class="actions">
                    <button
                        type="button"
                        class="quiet"
                        aria-label={["Download ", &*name].concat()}
                        onclick={download}
                    >{ "Download" }</button>
                    <CopyButton
                        label="Copy"
                        of={name}
                        done="Copied"
                        class="primary"
                        {text}
                        dispatch={dispatch.clone()}
                    />
                </div>
            </div>
            <CodeView {key} {artifact} {old} />
        </>
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

fn download_all(resolution: &Shared<Resolution>) -> Html {
    let count = resolution.outputs().len();
    let is_ready = resolution.plan().is_some();
    let onclick = is_ready.then(|| {
        let resolution = resolution.clone();
        Callback::from(move |_| {
            if let Some(zip) = resolution.zip() {
                platform::download(ZIP_NAME, &zip);
            }
        })
    });
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
    html! {
        <div class="all">
            <button
                type="button"
                class="button"
                aria-disabled={(!is_ready).then_some("true")}
                aria-describedby="all-note"
                {onclick}
            >{ "Download all" }</button>
            <p id="all-note">{ note }</p>
        </div>
    }
}
