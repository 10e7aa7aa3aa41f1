//! Keeps the draft in the address and in the browser's storage, so that a reload goes on where it was.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use multicluster_core::{Draft, link};
use yew::{Callback, hook, use_effect_with, use_mut_ref};

use crate::platform;

/// How long changes wait. Browsers allow about three changes of the address per second.
const DELAY_MS: u32 = 300;

struct Keeper {
    draft: Rc<Draft>,
    /// Runs while there is something that is not kept yet.
    timer: Option<Timeout>,
}

/// Keeps every draft that was shown, soon after it was shown: one that could not be shown would stop
/// the page again after every reload.
#[hook]
pub(crate) fn use_keeping(draft: &Rc<Draft>) {
    let keeper = use_mut_ref(|| Keeper {
        draft: draft.clone(),
        timer: None,
    });
    use_effect_with(draft.clone(), {
        let keeper = keeper.clone();
        move |draft| {
            let mut now = keeper.borrow_mut();
            if !Rc::ptr_eq(&now.draft, draft) {
                now.draft = draft.clone();
                if now.timer.is_none() {
                    let keeper = keeper.clone();
                    now.timer = Some(Timeout::new(DELAY_MS, move || keep(&keeper)));
                }
            }
        }
    });
    use_effect_with((), move |()| {
        let listener = platform::on_leave(Callback::from(move |()| keep(&keeper)));
        move || drop(listener)
    });
}

fn keep(keeper: &RefCell<Keeper>) {
    let mut keeper = keeper.borrow_mut();
    if keeper.timer.take().is_some() {
        platform::keep(&link::encode(&keeper.draft));
    }
}
