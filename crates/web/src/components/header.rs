//! The title, what can be done with the draft as a whole, and notices about it.

use multicluster_core::{Draft, link};
use yew::prelude::*;

use super::copy_button::CopyButton;
use super::{Dispatch, Shared};
use crate::platform;
use crate::state::{Action, Notice};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) draft: Shared<Draft>,
    pub(super) can_undo: bool,
    pub(super) can_redo: bool,
    pub(super) notice: Option<Notice>,
    pub(super) dispatch: Dispatch,
}

#[component]
pub(super) fn Header(props: &Props) -> Html {
    let Props {
        draft,
        can_undo,
        can_redo,
        notice,
        dispatch,
    } = props;
    let text = {
        let draft = draft.clone();
        Callback::from(move |()| platform::address(&link::encode(&draft)))
    };
    html! {
        <header>
            <div class="bar">
                <h1>{ "Multi-cluster builder for Temporal" }</h1>
                <p>{ "Replication configuration you can paste into production. Nothing leaves this page." }</p>
                <div class="actions">
                    { step("Undo", *can_undo, Action::Undo, dispatch) }
                    { step("Redo", *can_redo, Action::Redo, dispatch) }
                    <CopyButton
                        label="Copy link"
                        done="Link copied"
                        class="button"
                        {text}
                        dispatch={dispatch.clone()}
                    />
                </div>
            </div>
            <div role="alert">
                if let Some(notice) = notice {
                    { view_notice(notice, dispatch) }
                }
            </div>
        </header>
    }
}

/// A button that is never really disabled: it would lose the keyboard after the last step.
fn step(label: &'static str, is_possible: bool, action: Action, dispatch: &Dispatch) -> Html {
    let dispatch = dispatch.clone();
    let onclick = Callback::from(move |_| dispatch.dispatch(action.clone()));
    html! {
        <button
            type="button"
            class="quiet"
            aria-disabled={(!is_possible).then_some("true")}
            {onclick}
        >{ label }</button>
    }
}

fn view_notice(notice: &Notice, dispatch: &Dispatch) -> Html {
    let (title, text) = match notice {
        Notice::BrokenLink(why) => (
            "This link cannot be opened.",
            [why, " What you had here is unchanged."].concat(),
        ),
        Notice::BrokenStorage(why) => (
            "What was kept in this browser cannot be read.",
            why.to_string(),
        ),
        Notice::OpenedLink => (
            "Opened from a link.",
            "Undo brings back what you had here.".to_owned(),
        ),
    };
    let dismiss = {
        let dispatch = dispatch.clone();
        Callback::from(move |_| dispatch.dispatch(Action::Dismiss))
    };
    html! {
        <div class="notice" data-bad={(*notice != Notice::OpenedLink).then_some("")}>
            <p><strong>{ title }</strong>{ " " }{ text }</p>
            <button type="button" class="quiet" onclick={dismiss}>{ "Dismiss" }</button>
        </div>
    }
}
