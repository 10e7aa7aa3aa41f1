//! The one live region: says what happened to people who cannot see it.

use gloo_timers::callback::Timeout;
use multicluster_core::{Resolution, Severity};
use yew::prelude::*;

use super::{Shared, counted};
use crate::state::Numbered;

/// How long counts of problems rest before they are said: typing would repeat them all the time.
const DELAY_MS: u32 = 500;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) resolution: Shared<Resolution>,
    pub(super) said: Numbered<AttrValue>,
}

#[component]
pub(super) fn Announcer(props: &Props) -> Html {
    let text = use_state(|| AttrValue::Static(""));
    let counts = summary(&props.resolution);
    let is_first = use_mut_ref(|| true);
    use_effect_with(counts, {
        let text = text.clone();
        move |counts| {
            let is_first = is_first.replace(false);
            let counts = AttrValue::from(counts.clone());
            let timer = (!is_first).then(|| Timeout::new(DELAY_MS, move || text.set(counts)));
            move || drop(timer)
        }
    });
    use_effect_with(props.said.clone(), {
        let text = text.clone();
        move |said| {
            // The same words twice are two events: the number makes them differ.
            let mut words = said.value.to_string();
            if said.number % 2 == 1 {
                words.push('\u{a0}');
            }
            text.set(words.into());
        }
    });
    html! { <div class="visually-hidden" role="status">{ &*text }</div> }
}

/// `2 errors, 1 warning`, or `No problems`.
pub(super) fn summary(resolution: &Resolution) -> String {
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let counts = severities.map(|severity| (resolution.count(severity), severity));
    let there = counts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<_> = there
        .map(|(count, severity)| counted(count, severity.word()))
        .collect();
    if words.is_empty() {
        "No problems".to_owned()
    } else {
        words.join(", ")
    }
}
