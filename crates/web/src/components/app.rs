//! The whole page: its one component with a state, what follows from the state, and what comes later.

use std::cell::Cell;
use std::mem;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use multicluster_core::render::packed::unpack;
use multicluster_core::render::{TAKE_OUT_NAME, ZIP_NAME};
use multicluster_core::{Artifact, ArtifactId, Draft, Output, Resolution, link, resolve};
use yew::{AttrValue, Callback, Component, Context, Html};

use super::code_view::{self, Rendered};
use super::element::{list, tag};
use super::field::AllRemarks;
use super::problems::summary;
use super::{
    Dispatch, MASTER, REDIRECTION, SERVER_VERSION, Shared, clusters, files, focus_id, header,
    is_in_tools, problems, servers_form,
};
use crate::changes::{changed_files, changed_lines};
use crate::platform::{self, Shortcut};
use crate::state::{Action, Copyable, Dialog, Focus, State};

/// How long changes wait to be kept. Browsers allow about three changes of the address per second.
const KEEP_MS: u32 = 300;
/// How long typing rests before other files are compared, and the change is brought into sight:
/// writing them all is not worth a delay of what is being typed.
const COMPARE_MS: u32 = 120;
/// How long counts of problems rest before they are said: typing would repeat them all the time.
const COUNT_MS: u32 = 500;
/// How long a button says that something was copied.
const COPIED_MS: u32 = 2_000;

/// The type of a text that is saved.
const TEXT: &str = "text/plain;charset=utf-8";

/// What can happen to the page.
#[derive(Clone)]
pub(crate) enum Msg {
    /// The state changes.
    Act(Action),
    /// Something is copied.
    Copy(Copyable),
    /// The chosen file is saved.
    Download,
    /// All files are saved.
    DownloadAll,
    /// How the removed cluster at this place among them leaves those that run is saved.
    TakeOut(usize),
    /// A dialog is wanted.
    Open(Dialog),
    /// Time to keep the draft.
    Keep,
    /// Scripts and texts can be written from now on, or the program that writes them could not be loaded.
    Writer(bool),
    /// Time to find the files that changed.
    Compare,
    /// Time to say how many problems there are.
    Count,
}

impl From<Action> for Msg {
    fn from(action: Action) -> Self {
        Self::Act(action)
    }
}

/// What follows from the state.
pub(super) struct Derived {
    draft: Rc<Draft>,
    pub(super) resolution: Shared<Resolution>,
    pub(super) remarks: AllRemarks,
    /// What the last change started from.
    before: Option<(Rc<Draft>, Shared<Resolution>)>,
    pub(super) chosen: Option<ArtifactId>,
    /// The chosen file.
    pub(super) artifact: Rendered,
    /// Which of its lines changed.
    pub(super) marks: Shared<Vec<bool>>,
}

impl Derived {
    fn new(draft: &Rc<Draft>) -> Self {
        let resolution = Shared::new(resolve(draft));
        let mut new = Self {
            draft: draft.clone(),
            remarks: AllRemarks::of(&resolution),
            resolution,
            before: None,
            chosen: None,
            artifact: Shared::new(None),
            marks: Shared::new(Vec::new()),
        };
        new.choose(None);
        new
    }

    /// Computes again what may have changed; whether the draft has, or what it is compared with.
    fn update(&mut self, state: &State) -> bool {
        let before = self.before.as_ref().map(|(draft, _)| draft);
        let is_same = Rc::ptr_eq(&self.draft, state.draft())
            && before.map(Rc::as_ptr) == state.before().map(Rc::as_ptr);
        if is_same {
            if state.chosen().is_some_and(|id| self.chosen != Some(id)) {
                self.choose(state.chosen());
            }
            return false;
        }
        let mut known = vec![(self.draft.clone(), self.resolution.clone())];
        known.extend(self.before.take());
        let resolved = |draft: &Rc<Draft>| {
            let same = known.iter().find(|(known, _)| Rc::ptr_eq(known, draft));
            same.map_or_else(|| Shared::new(resolve(draft)), |(_, known)| known.clone())
        };
        self.before = state.before().map(|draft| (draft.clone(), resolved(draft)));
        self.resolution = resolved(state.draft());
        self.draft = state.draft().clone();
        self.remarks = AllRemarks::of(&self.resolution);
        self.choose(state.chosen());
        true
    }

    fn choose(&mut self, chosen: Option<ArtifactId>) {
        let outputs = self.resolution.outputs();
        let found = outputs.iter().find(|output| Some(output.id) == chosen);
        self.chosen = found.or(outputs.first()).map(|output| output.id);
        let of = |draft: &Draft, resolution: &Resolution| write(draft, resolution, self.chosen?);
        let before = self.before.as_ref();
        let old = before.and_then(|(draft, before)| of(draft, before));
        let artifact = of(&self.draft, &self.resolution);
        let marks = match (&old, &artifact) {
            (Some(old), Some(new)) => changed_lines(old, new),
            _ => Vec::new(),
        };
        self.artifact = Shared::new(artifact);
        self.marks = Shared::new(marks);
    }
}

/// What is shown first.
struct First {
    fragment: String,
    state: State,
    derived: Derived,
}

thread_local! {
    static FIRST: Cell<Option<First>> = const { Cell::new(None) };
}

impl First {
    fn new(fragment: String, stored: Option<&str>) -> Self {
        let state = State::start(&fragment, stored);
        let derived = Derived::new(state.draft());
        Self {
            fragment,
            state,
            derived,
        }
    }

    fn read() -> Self {
        let stored = platform::stored();
        let first = Self::new(platform::fragment(), stored.as_deref());
        if let Some(stored) = stored.filter(|stored| link::decode(stored).is_err()) {
            platform::set_aside(&stored);
        }
        first
    }

    /// What was prepared, unless the address has changed since.
    fn take() -> Self {
        let prepared = FIRST.take();
        let prepared = prepared.filter(|first| first.fragment == platform::fragment());
        prepared.unwrap_or_else(Self::read)
    }
}

/// Works out what will be shown first.
pub(crate) fn prepare() {
    FIRST.set(Some(First::read()));
}

/// The file that is `id`, if it is ready and the program that writes it is there.
fn write(draft: &Draft, resolution: &Resolution, id: ArtifactId) -> Option<Artifact> {
    if let ArtifactId::Config(_) = id {
        return resolution.render_config(id);
    }
    let output = resolution.output(id).filter(|output| output.is_ready())?;
    let packed = platform::write(&link::encode(draft), &output.name)?;
    let lines = unpack(&packed, &draft.clusters);
    Some(Artifact::of(id, output.name.clone(), lines))
}

/// Saves a file; whether there is something to say about it.
fn save(state: &mut State, name: &str, kind: &str, content: &[u8]) -> bool {
    platform::save(name, kind, content).is_err() && state.act(Action::NotSaved)
}

/// What will happen, unless it is dropped before.
#[derive(Default)]
struct Timers {
    /// Runs while there is something that is not kept yet.
    keep: Option<Timeout>,
    compare: Option<Timeout>,
    count: Option<Timeout>,
    copied: Option<Timeout>,
}

pub(crate) struct App {
    dispatch: Dispatch,
    state: State,
    derived: Derived,
    /// Files that the last change altered.
    changed: Vec<ArtifactId>,
    /// Whether the draft has changed since it was last shown.
    is_fresh: bool,
    /// The counts of problems that were last shown.
    counts: String,
    /// The number of the last move of the keyboard that was carried out.
    focus: u32,
    /// How many files another program has beside those of the draft.
    beside: usize,
    timers: Timers,
    _listeners: Vec<EventListener>,
}

impl App {
    fn later(&self, after_ms: u32, then: impl Into<Msg>) -> Option<Timeout> {
        let (dispatch, then) = (self.dispatch.clone(), then.into());
        Some(Timeout::new(after_ms, move || dispatch.emit(then)))
    }

    fn copy(&self, what: Copyable) {
        let (text, shown, said) = match (what, &*self.derived.artifact) {
            (Copyable::Link, _) => {
                let address = platform::address(&link::sealed(self.state.draft()));
                (address, "", "Link copied".to_owned())
            }
            (Copyable::File, Some(file)) => {
                let said = [file.name(), " copied"].concat();
                (file.text(), code_view::ID, said)
            }
            (Copyable::File, None) => return,
        };
        let (dispatch, said) = (self.dispatch.clone(), AttrValue::from(said));
        let then = Callback::from(move |worked| {
            if worked {
                dispatch.emit(Action::Say(said.clone()).into());
            }
            dispatch.emit(Action::Copied(what, worked).into());
        });
        platform::copy(&text, shown, then);
    }

    /// Opens a dialog; the tools at the field of the problem at this place, if there is one.
    fn open(&self, dialog: Dialog, problem: Option<usize>) {
        let then = move |link| Action::Brought(dialog, link).into();
        let then = self.dispatch.reform(then);
        platform::open_dialog(dialog, &link::encode(self.state.draft()), then, problem);
    }

    /// Loads the program that writes scripts and texts, if what is shown waits for it.
    fn want_writer(&self) {
        let derived = &self.derived;
        let output = derived.chosen.and_then(|id| derived.resolution.output(id));
        if derived.artifact.is_none() && output.is_some_and(Output::is_ready) {
            platform::load_writer(self.dispatch.reform(Msg::Writer));
        }
    }

    /// Loads the program that writes scripts and texts, for something that cannot be done without.
    fn once_written(&self, then: Msg) {
        let then = move |is_there| {
            if is_there {
                then.clone()
            } else {
                Msg::Writer(false)
            }
        };
        platform::load_writer(self.dispatch.reform(then));
    }

    fn move_keyboard(&mut self) {
        let focus = self.state.focus();
        if mem::replace(&mut self.focus, focus.number) == focus.number {
            return;
        }
        if let Some(focus) = focus.value {
            let id = focus_id(focus, self.state.draft());
            match focus {
                Focus::NewName => platform::focus_and_select(&id),
                Focus::AddIfLost | Focus::GroupIfLost(_) if !platform::is_focus_lost() => {}
                _ => platform::focus(&id),
            }
        }
    }

    /// What follows a new draft, once it is seen. A draft that could not be shown is not kept: it
    /// would stop the page again after every reload.
    fn draft_was_shown(&mut self) {
        let draft = self.state.draft();
        platform::show(draft);
        platform::select(SERVER_VERSION, &servers_form::version_value(draft));
        platform::select(MASTER, &servers_form::master_value(draft));
        platform::select(REDIRECTION, servers_form::redirection_value(draft));
        if self.timers.keep.is_none() {
            self.timers.keep = self.later(KEEP_MS, Msg::Keep);
        }
        self.timers.compare = self.later(COMPARE_MS, Msg::Compare);
        let counts = summary(&self.derived.resolution);
        if self.counts != counts {
            self.counts = counts;
            self.timers.count = self.later(COUNT_MS, Msg::Count);
        }
    }

    fn listeners(dispatch: &Dispatch) -> Vec<EventListener> {
        let on_key = dispatch.reform(|shortcut| {
            Msg::Act(match shortcut {
                Shortcut::Undo => Action::Undo,
                Shortcut::Redo => Action::Redo,
            })
        });
        vec![
            platform::on_shortcut(on_key),
            platform::on_fragment(dispatch.reform(|link| Action::Open(link).into())),
            platform::on_leave(),
            platform::on_writer(dispatch.reform(|()| Msg::Writer(true))),
        ]
    }
}

impl Component for App {
    type Message = Msg;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let dispatch = context.link().callback(|msg| msg);
        let (First { state, derived, .. }, listeners) = if cfg!(target_family = "wasm") {
            (First::take(), Self::listeners(&dispatch))
        } else {
            (First::new(String::new(), None), Vec::new())
        };
        Self {
            dispatch,
            counts: summary(&derived.resolution),
            derived,
            changed: Vec::new(),
            is_fresh: false,
            focus: state.focus().number,
            beside: 0,
            timers: Timers::default(),
            _listeners: listeners,
            state,
        }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Act(Action::Visit(path)) if is_in_tools(path) => {
                let mut found = self.derived.resolution.diagnostics().iter();
                self.open(Dialog::Tools, found.position(|found| found.path == path));
            }
            Msg::Act(action) => {
                if matches!(action, Action::Copied(..)) {
                    self.timers.copied = self.later(COPIED_MS, Action::CopiedSeen);
                }
                let is_choice = matches!(action, Action::Choose(_));
                let is_for_help = matches!(action, Action::ToggleProblems);
                let before = self.state.draft().clone();
                let is_changed = self.state.act(action);
                if !Rc::ptr_eq(&before, self.state.draft()) {
                    platform::edited(self.state.draft());
                }
                self.is_fresh |= is_changed && self.derived.update(&self.state);
                if is_choice {
                    self.want_writer();
                }
                if is_for_help && self.state.all_problems() {
                    platform::load_writer(self.dispatch.reform(Msg::Writer));
                }
                return is_changed;
            }
            Msg::Copy(what) => self.copy(what),
            Msg::Download => {
                if let Some(file) = &*self.derived.artifact {
                    return save(&mut self.state, file.name(), TEXT, file.text().as_bytes());
                }
            }
            Msg::DownloadAll => {
                if self.derived.resolution.plan().is_none() {
                    return false;
                }
                match platform::zip(&link::encode(self.state.draft())) {
                    Some(zip) => return save(&mut self.state, ZIP_NAME, "application/zip", &zip),
                    None => self.once_written(Msg::DownloadAll),
                }
            }
            Msg::TakeOut(at) => {
                let removed = self.state.removed().nth(at);
                let Some((removed, _)) = removed else {
                    return false;
                };
                match platform::take_out(&link::encode(&removed.before), removed.place) {
                    Some(text) => {
                        return save(&mut self.state, TAKE_OUT_NAME, TEXT, text.as_bytes());
                    }
                    None => self.once_written(Msg::TakeOut(at)),
                }
            }
            Msg::Writer(true) => {
                self.beside = platform::beside();
                self.derived.choose(self.state.chosen());
                self.timers.compare = self.later(0, Msg::Compare);
                return true;
            }
            Msg::Writer(false) => return self.state.act(Action::NotLoaded),
            Msg::Open(dialog) => self.open(dialog, None),
            Msg::Keep => {
                if self.timers.keep.take().is_some() {
                    return self.state.act(Action::Kept(platform::keep_shown()));
                }
            }
            Msg::Compare => {
                let now = &self.derived.resolution;
                let before = self.derived.before.as_ref();
                let changed = before.map(|(draft, before)| {
                    let links = [draft, self.state.draft()].map(|draft| link::encode(draft));
                    changed_files(before, now, platform::changed(&links[0], &links[1]))
                });
                let changed = changed.unwrap_or_default();
                platform::reveal_within(code_view::ID, code_view::CHANGED);
                return mem::replace(&mut self.changed, changed) != self.changed;
            }
            Msg::Count => return self.state.act(Action::Say(self.counts.clone().into())),
        }
        false
    }

    fn view(&self, _: &Context<Self>) -> Html {
        let (state, derived, dispatch) = (&self.state, &self.derived, &self.dispatch);
        let draft = state.draft();
        let help = state
            .all_problems()
            .then(|| platform::help(&link::encode(draft)));
        let help = help.flatten();
        let resolution = &derived.resolution;
        let has_master = resolution.has_common_master();
        let main = tag!("main";
            tag!("div", "class" = "form";
                servers_form::view(draft, has_master, &derived.remarks, dispatch),
                clusters::view(state, &derived.remarks, dispatch),
            ),
            tag!("div", "class" = "output";
                problems::view(resolution, state.all_problems(), help.as_deref(), dispatch),
                files::view(derived, &self.changed, self.beside, state.copied(Copyable::File), dispatch),
            ),
        );
        let said = tag!("div", "class" = "visually-hidden", "role" = "status"; said(state));
        list(vec![
            header::view(state, dispatch),
            main.html(),
            footer(),
            said.html(),
        ])
    }

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        if is_first {
            platform::show(self.state.draft());
        }
        if mem::take(&mut self.is_fresh) {
            self.draft_was_shown();
        }
        self.move_keyboard();
    }
}

fn footer() -> Html {
    tag!("footer";
        // The space is not a text of its own: it would move this line for as long as nothing has come behind it.
        "Tested on Temporal 1.13, 1.14 and 1.32. Works offline after the first visit. ",
        tag!("span", "class" = "beside";
            tag!("a", "href" = "./reference.html", "target" = "_blank", "rel" = "noopener"; "Every problem explained"),
            " · ",
            tag!("a", "href" = "./multicluster.html", "download" = ""; "This page as one file"),
        ),
    )
    .html()
}

/// What the one live region says. The same words twice are two events: the number makes them differ.
fn said(state: &State) -> AttrValue {
    let said = state.said();
    if said.number % 2 == 1 {
        [&*said.value, "\u{a0}"].concat().into()
    } else {
        said.value.clone()
    }
}
