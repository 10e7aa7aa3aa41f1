//! Everything that is wrong, in one list: where, why, what the server would say, and the way out.

use std::collections::HashMap;

use multicluster_core::{Diagnostic, Path, Resolution, Severity};
use yew::prelude::*;

use super::announcer::summary;
use super::{Dispatch, Shared, field_id};
use crate::state::Action;

/// How many are shown until all are wanted.
const FEW: usize = 3;
/// How many are shown at most: nobody reads more, and the page stays quick.
const MANY: usize = 100;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) resolution: Shared<Resolution>,
    pub(super) dispatch: Dispatch,
}

#[component]
pub(super) fn Problems(props: &Props) -> Html {
    let Props {
        resolution,
        dispatch,
    } = props;
    let all = use_state(|| false);
    let found = resolution.diagnostics();
    let shown = found.len().min(if *all { MANY } else { FEW });
    let toggle = {
        let all = all.clone();
        Callback::from(move |_| all.set(!*all))
    };
    let worst = found.first().map_or("none", |found| found.severity.word());
    let mut seen = HashMap::new();
    html! {
        <section
            class="problems"
            data-worst={worst}
            data-one={(found.len() == 1).then_some("")}
            aria-labelledby="problems-title"
        >
            <h2 id="problems-title">{ summary(resolution) }</h2>
            <ul id="problems" aria-label="Problems">
                { for found[..shown].iter().map(|found| {
                    let key = key(found, &mut seen);
                    view(key, found, *all, dispatch)
                }) }
            </ul>
            <div class="toggle">
                if !found.is_empty() {
                    <button
                        type="button"
                        class="button"
                        aria-expanded={if *all { "true" } else { "false" }}
                        aria-controls="problems"
                        onclick={toggle}
                    >{ if *all { "Show less" } else { "Show all" } }</button>
                }
            </div>
            <p class="rest">
                if *all && found.len() > MANY {
                    { found.len() - MANY }{ " more" }
                }
            </p>
        </section>
    }
}

/// A name for a problem that stays while others come and go.
fn key(found: &Diagnostic, seen: &mut HashMap<String, u32>) -> String {
    let mut key = String::from(found.code.as_str());
    if let Path::Cluster(_, id, field) = found.path {
        key.push_str(&field_id(id, field));
    } else {
        key.push_str(&found.path.to_string());
    }
    let count = seen.entry(key.clone()).or_default();
    *count += 1;
    if *count > 1 {
        key.push_str(&count.to_string());
    }
    key
}

fn view(key: String, found: &Diagnostic, is_full: bool, dispatch: &Dispatch) -> Html {
    html! {
        <li {key} data-code={found.code.as_str()} data-severity={found.severity.word()}>
            <div class="what">
                <span class="severity">{ severity(found.severity) }</span>
                { link(found, dispatch) }
                <span class="fix">{ for fix(found, dispatch) }</span>
            </div>
            <div class="why">
                if is_full {
                    <p>{ found.help.clone() }</p>
                    if let Some(server) = &found.server {
                        <p class="server">{ "You would see: " }<code>{ server.clone() }</code></p>
                    }
                }
            </div>
        </li>
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// The message, which leads to its field.
pub(super) fn link(found: &Diagnostic, dispatch: &Dispatch) -> Html {
    let (path, dispatch) = (found.path, dispatch.clone());
    let onclick = Callback::from(move |_| dispatch.dispatch(Action::Visit(path)));
    html! { <button type="button" class="link" {onclick}>{ found.message.clone() }</button> }
}

fn fix(found: &Diagnostic, dispatch: &Dispatch) -> Option<Html> {
    let fix = found.fix.as_ref()?;
    let onclick = {
        let (edits, path, dispatch) = (fix.edits.clone(), found.path, dispatch.clone());
        Callback::from(move |_| dispatch.dispatch(Action::Fix(edits.clone(), path)))
    };
    let name = [&*fix.label, ": ", &*found.message].concat();
    Some(html! {
        <button key="fix" type="button" class="button" aria-label={name} {onclick}>
            { fix.label.clone() }
        </button>
    })
}
