//! The whole page.

use std::rc::Rc;

use multicluster_core::{Draft, Resolution, resolve};
use yew::prelude::*;

use super::announcer::Announcer;
use super::clusters::Clusters;
use super::field::Remark;
use super::files::Files;
use super::header::Header;
use super::problems::Problems;
use super::servers_form::ServersForm;
use super::{Shared, focus_id};
use crate::keeping::use_keeping;
use crate::platform::{self, Shortcut};
use crate::state::{Action, Focus, State};

#[component]
pub(crate) fn App() -> Html {
    let state = use_reducer(|| {
        if cfg!(target_family = "wasm") {
            State::start(&platform::fragment(), platform::stored().as_deref())
        } else {
            State::start("", None)
        }
    });
    let dispatch = state.dispatcher();
    let (resolution, before) = use_resolutions(&state);
    let remarks = use_memo(resolution.clone(), |resolution| {
        let found = resolution.diagnostics().iter();
        found.map(Remark::from).collect::<Vec<_>>()
    });
    use_keeping(state.draft());
    use_keyboard(&state);
    use_effect_with((), {
        let dispatch = dispatch.clone();
        move |()| {
            let open = Callback::from(move |fragment| dispatch.dispatch(Action::Open(fragment)));
            let listener = platform::on_fragment(open);
            move || drop(listener)
        }
    });
    let draft = Shared(state.draft().clone());
    html! {
        <>
            <Header
                draft={draft.clone()}
                can_undo={state.can_undo()}
                can_redo={state.can_redo()}
                notice={state.notice().cloned()}
                dispatch={dispatch.clone()}
            />
            <main>
                <div class="form">
                    <ServersForm
                        draft={draft.clone()}
                        remarks={Shared(remarks.clone())}
                        dispatch={dispatch.clone()}
                    />
                    <Clusters {draft} remarks={Shared(remarks)} dispatch={dispatch.clone()} />
                </div>
                <div class="output">
                    <Problems resolution={resolution.clone()} dispatch={dispatch.clone()} />
                    <Files
                        resolution={resolution.clone()}
                        {before}
                        chosen={state.chosen()}
                        {dispatch}
                    />
                </div>
            </main>
            <footer>{ "Works offline. Checked against Temporal 1.13, 1.14 and 1.32." }</footer>
            <Announcer {resolution} said={state.said().clone()} />
        </>
    }
}

/// The draft and the one that the last change started from, resolved; each draft once.
#[hook]
fn use_resolutions(state: &State) -> (Shared<Resolution>, Option<Shared<Resolution>>) {
    type Known = Vec<(Rc<Draft>, Shared<Resolution>)>;
    let known = use_mut_ref(Known::new);
    let mut known = known.borrow_mut();
    let resolved = |draft: &Rc<Draft>| {
        let same = known.iter().find(|(known, _)| Rc::ptr_eq(known, draft));
        same.map_or_else(|| Shared::new(resolve(draft)), |(_, known)| known.clone())
    };
    let now = resolved(state.draft());
    let before = state.before().map(|draft| (draft.clone(), resolved(draft)));
    *known = vec![(state.draft().clone(), now.clone())];
    known.extend(before.clone());
    (now, before.map(|(_, before)| before))
}

/// Undo and redo by keyboard, and the keyboard's place after what moves it.
#[hook]
fn use_keyboard(state: &UseReducerHandle<State>) {
    let dispatch = state.dispatcher();
    use_effect_with((), move |()| {
        let listener = platform::on_shortcut(Callback::from(move |shortcut| {
            dispatch.dispatch(match shortcut {
                Shortcut::Undo => Action::Undo,
                Shortcut::Redo => Action::Redo,
            });
        }));
        move || drop(listener)
    });
    let draft = state.draft().clone();
    use_effect_with(state.focus().clone(), move |focus| {
        if let Some(focus) = focus.value {
            let id = focus_id(focus, &draft);
            match focus {
                Focus::NewName => platform::focus_and_select(&id),
                Focus::AddIfLost if !platform::is_focus_lost() => {}
                _ => platform::focus(&id),
            }
        }
    });
}
