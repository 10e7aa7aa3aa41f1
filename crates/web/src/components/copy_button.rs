//! A button that copies a text, and says so.

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::Dispatch;
use crate::platform;
use crate::state::Action;

const SHOWN_MS: u32 = 2_000;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) label: &'static str,
    /// What follows the label in the accessible name.
    #[prop_or_default]
    pub(super) of: AttrValue,
    /// What the button says afterwards.
    pub(super) done: &'static str,
    pub(super) class: &'static str,
    pub(super) text: Callback<(), String>,
    pub(super) dispatch: Dispatch,
}

#[component]
pub(super) fn CopyButton(props: &Props) -> Html {
    let Props {
        label,
        of,
        done,
        class,
        text,
        dispatch,
    } = props;
    let copied = use_state(|| None::<bool>);
    let timer = use_mut_ref(|| None::<Timeout>);
    let said = [&**of, if of.is_empty() { *done } else { " copied" }].concat();
    let onclick = {
        let (copied, text, dispatch) = (copied.clone(), text.clone(), dispatch.clone());
        let then = Callback::from(move |worked: bool| {
            let said = if worked {
                said.clone()
            } else {
                "Not copied: the browser refused".to_owned()
            };
            dispatch.dispatch(Action::Say(said.into()));
            copied.set(Some(worked));
            let copied = copied.clone();
            *timer.borrow_mut() = Some(Timeout::new(SHOWN_MS, move || copied.set(None)));
        });
        Callback::from(move |_| platform::copy(text.emit(()), then.clone()))
    };
    let shown = match *copied {
        None => label,
        Some(true) => done,
        Some(false) => "Not copied",
    };
    html! {
        <button
            type="button"
            class={*class}
            aria-label={(!of.is_empty()).then(|| [label, " ", of].concat())}
            data-done={(*copied == Some(true)).then_some("")}
            {onclick}
        >{ shown }</button>
    }
}
