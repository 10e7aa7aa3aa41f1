//! The state of the page, and every way it changes. Pure: no browser in here.

use std::rc::Rc;

use multicluster_core::link;
use multicluster_core::{ArtifactId, ClusterField, ClusterId, Draft, Edit, Path, resolve};
use yew::AttrValue;

/// How many steps can be undone.
const HISTORY: usize = 200;

/// Everything that the page remembers.
#[derive(Debug, Clone)]
pub(crate) struct State {
    draft: Rc<Draft>,
    /// Drafts before each step, the last step last.
    past: Vec<Rc<Draft>>,
    /// Drafts that undo left, the next one to redo last.
    future: Vec<Rc<Draft>>,
    /// The draft that the last change started from; what differs from it is marked.
    before: Option<Rc<Draft>>,
    /// The field that is being typed into: typing on there belongs to the same step.
    typing: Option<TextField>,
    chosen: Option<ArtifactId>,
    notice: Option<Notice>,
    /// Clusters that are gone, and can come back or must still be taken out where they run.
    removed: Vec<Removed>,
    /// Whether all problems are shown, in full.
    all_problems: bool,
    /// Why nothing is kept, if that was said. Once is enough.
    told_not_kept: Option<NotKept>,
    /// What was just copied, and whether that worked.
    copied: Option<(Copyable, bool)>,
    focus: Numbered<Option<Focus>>,
    said: Numbered<AttrValue>,
}

/// What has a button that copies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Copyable {
    /// The link to the draft.
    Link,
    /// The file that is chosen.
    File,
}

/// A value that counts how often it was set, so that setting the same value again is a change too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Numbered<T> {
    pub(crate) number: u32,
    pub(crate) value: T,
}

impl<T> Numbered<T> {
    fn set(&mut self, value: T) {
        self.number = self.number.wrapping_add(1);
        self.value = value;
    }
}

/// A field that is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextField {
    /// The increment.
    Increment,
    /// A field of one cluster.
    OfCluster(ClusterId, ClusterField),
}

impl TextField {
    /// Typing this text into the field.
    pub(crate) fn typed(self, text: String) -> Edit {
        match self {
            Self::Increment => Edit::SetIncrement(text),
            Self::OfCluster(id, field) => Edit::SetField(id, field, text),
        }
    }

    const fn of(edit: &Edit) -> Option<Self> {
        match edit {
            Edit::SetIncrement(_) => Some(Self::Increment),
            Edit::SetField(id, field, _) => Some(Self::OfCluster(*id, *field)),
            _ => None,
        }
    }
}

/// Where the keyboard goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Focus {
    /// A form field.
    Field(Path),
    /// The name of the last cluster, which is new, ready to be overwritten.
    NewName,
    /// A cluster as a whole.
    Group(ClusterId),
    /// The files as a whole.
    Files,
    /// The button that moves a cluster up.
    MoveUp(ClusterId),
    /// The button that moves a cluster down.
    MoveDown(ClusterId),
    /// The button that adds a cluster.
    Add,
    /// The same, if what had the keyboard is gone.
    AddIfLost,
    /// A cluster as a whole, if what had the keyboard is gone.
    GroupIfLost(ClusterId),
}

/// A cluster that is no longer in the draft.
#[derive(Debug, Clone)]
pub(crate) struct Removed {
    pub(crate) id: ClusterId,
    pub(crate) name: AttrValue,
    pub(crate) place: usize,
    /// The draft in which it was.
    pub(crate) before: Rc<Draft>,
    /// What is known elsewhere of one that runs.
    pub(crate) elsewhere: Elsewhere,
}

/// What others that run know of a cluster that was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// It does not run, or no other one does.
    Unknown,
    /// They know it, and this page can say how they forget it.
    Known,
    /// They know it, but where it still was there were errors.
    KnownWithErrors,
}

impl Removed {
    fn new(before: &Rc<Draft>, place: usize) -> Self {
        let cluster = &before.clusters[place];
        let mut others = before.clusters.iter();
        let is_known = cluster.running.is_some()
            && others.any(|other| other.id != cluster.id && other.running.is_some());
        Self {
            id: cluster.id,
            name: display_name(&cluster.name, place),
            place,
            before: before.clone(),
            elsewhere: if !is_known {
                Elsewhere::Unknown
            } else if resolve(before).plan().is_some() {
                Elsewhere::Known
            } else {
                Elsewhere::KnownWithErrors
            },
        }
    }
}

/// Something to tell that is not about the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The address holds no draft; why.
    BrokenLink(AttrValue),
    /// The browser's storage holds no draft; why.
    BrokenStorage(AttrValue),
    /// A link replaced what was here, and undo brings it back.
    OpenedLink,
    /// A dialog replaced what was here, and undo brings it back.
    Brought(Dialog),
    /// A part of the page could not be loaded.
    NotLoaded,
    /// The browser keeps nothing.
    NotKept(NotKept),
    /// The browser did not copy this.
    NotCopied(Copyable),
    /// The browser did not save a file.
    NotSaved,
}

/// Why a draft is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotKept {
    /// The browser's storage is full or switched off.
    Storage,
    /// Its link is longer than what is read.
    TooLong,
}

/// The dialogs of a program of its own, which is loaded when one is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialog {
    /// What people have becomes a draft.
    Import,
    /// Drafts with names, in the browser's storage.
    Saved,
    /// What helps to understand and to use what is shown.
    Tools,
}

impl Dialog {
    /// The id of the button that opens it.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Import => "import",
            Self::Saved => "saved",
            Self::Tools => "tools",
        }
    }
}

/// What can happen.
#[derive(Debug, Clone)]
pub(crate) enum Action {
    /// The form was changed.
    Edit(Edit),
    /// A quick fix was chosen, for the problem at this place.
    Fix(Vec<Edit>, Path),
    /// A field was left: typing into it again is another step.
    TypingEnded,
    /// The last step is taken back.
    Undo,
    /// The step that was taken back is done again.
    Redo,
    /// The address changed to a link with this fragment.
    Open(String),
    /// A dialog brought a draft with this link, or could not be loaded.
    Brought(Dialog, Option<String>),
    /// A part of the page could not be loaded.
    NotLoaded,
    /// The draft was kept, or was not.
    Kept(Result<(), NotKept>),
    /// The browser refused to save a file.
    NotSaved,
    /// A file was chosen.
    Choose(ArtifactId),
    /// The files are wanted, which are below the form on a narrow screen.
    ToFiles,
    /// A problem was chosen: go to its field.
    Visit(Path),
    /// The notice was read.
    Dismiss,
    /// What was said of the removed cluster at this place among them was read.
    DismissRemoved(usize),
    /// More problems are wanted, or fewer.
    ToggleProblems,
    /// Something was copied, or could not be.
    Copied(Copyable, bool),
    /// That was seen for long enough.
    CopiedSeen,
    /// Something to be said to people who cannot see it.
    Say(AttrValue),
}

impl State {
    /// The first state: the draft in the address, else the one in the browser's storage, else the
    /// default. Nothing that can be read is lost: what a link replaces is one undo away.
    pub(crate) fn start(fragment: &str, stored: Option<&str>) -> Self {
        let mut state = Self {
            draft: Rc::default(),
            past: Vec::new(),
            future: Vec::new(),
            before: None,
            typing: None,
            chosen: None,
            notice: None,
            removed: Vec::new(),
            all_problems: false,
            told_not_kept: None,
            copied: None,
            focus: Numbered::default(),
            said: Numbered::default(),
        };
        match link::decode(stored.unwrap_or_default()) {
            Ok(draft) => state.draft = Rc::new(draft),
            Err(error) => state.notice = Some(Notice::BrokenStorage(error.to_string().into())),
        }
        let unreadable = state.notice.take();
        let stored = stored.filter(|_| unreadable.is_none());
        if !fragment.is_empty() {
            state.open(fragment, Notice::OpenedLink);
        }
        if stored.is_none() && state.can_undo() {
            // The link replaced the default only: there is nothing to go back to.
            state.past.clear();
            state.notice = None;
        }
        state.notice = state.notice.or(unreadable);
        state
    }

    pub(crate) const fn draft(&self) -> &Rc<Draft> {
        &self.draft
    }

    pub(crate) const fn before(&self) -> Option<&Rc<Draft>> {
        self.before.as_ref()
    }

    pub(crate) const fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(crate) const fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    pub(crate) const fn chosen(&self) -> Option<ArtifactId> {
        self.chosen
    }

    pub(crate) const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The clusters that are gone, and whether undo brings back each.
    pub(crate) fn removed(&self) -> impl Iterator<Item = (&Removed, bool)> {
        let last = self.past.last();
        self.removed.iter().map(move |removed| {
            let is_last = last.is_some_and(|last| Rc::ptr_eq(last, &removed.before));
            (removed, is_last)
        })
    }

    pub(crate) const fn all_problems(&self) -> bool {
        self.all_problems
    }

    /// Whether this was just copied, or could not be.
    pub(crate) fn copied(&self, what: Copyable) -> Option<bool> {
        self.copied
            .filter(|copied| copied.0 == what)
            .map(|copied| copied.1)
    }

    pub(crate) const fn focus(&self) -> &Numbered<Option<Focus>> {
        &self.focus
    }

    pub(crate) const fn said(&self) -> &Numbered<AttrValue> {
        &self.said
    }

    /// Carries out an action; whether it changed anything.
    pub(crate) fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Edit(edit) => {
                let focus = self.focus_after(&edit);
                let left = self.draft.clone();
                let changed = self.edit(std::slice::from_ref(&edit));
                if changed && let Some(focus) = focus {
                    self.focus.set(Some(focus));
                }
                if let Edit::RemoveCluster(_) = edit {
                    self.tell_removed(&left, false);
                }
                changed
            }
            Action::Fix(edits, path) => {
                self.edit(&edits);
                // What a fix did is a step of its own, also if the field is typed into next.
                self.typing = None;
                self.focus.set(Some(Focus::Field(path)));
                true
            }
            Action::TypingEnded => self.typing.take().is_some(),
            Action::Undo => {
                let to = self.past.pop();
                to.is_some_and(|to| {
                    let left = self.travel(to, "Undone");
                    self.future.push(left);
                    true
                })
            }
            Action::Redo => {
                let to = self.future.pop();
                to.is_some_and(|to| {
                    let left = self.travel(to, "Done again");
                    self.past.push(left);
                    true
                })
            }
            Action::Open(fragment) => self.open(&fragment, Notice::OpenedLink),
            Action::Brought(from, Some(link)) => self.open(&link, Notice::Brought(from)),
            Action::Brought(_, None) | Action::NotLoaded => {
                self.notice = Some(Notice::NotLoaded);
                true
            }
            Action::Kept(kept) => {
                let (said, now) = (self.told_not_kept, kept.err());
                let (before, after) = [said, now].map(|why| why.map(Notice::NotKept)).into();
                // What else is said is about what was just done.
                let tells = said != now && (self.notice.is_none() || self.notice == before);
                if tells {
                    self.told_not_kept = now;
                    self.notice = after;
                }
                tells
            }
            Action::NotSaved => {
                self.notice = Some(Notice::NotSaved);
                true
            }
            Action::Choose(id) => {
                let changed = self.chosen.replace(id) != Some(id);
                if changed && self.copied(Copyable::File).is_some() {
                    self.copied = None;
                }
                changed
            }
            Action::ToFiles => {
                self.focus.set(Some(Focus::Files));
                true
            }
            Action::Visit(path) => {
                self.focus.set(Some(Focus::Field(path)));
                true
            }
            Action::Dismiss => self.notice.take().is_some(),
            Action::DismissRemoved(at) => {
                self.focus.set(Some(Focus::AddIfLost));
                at < self.removed.len() && {
                    self.removed.remove(at);
                    true
                }
            }
            Action::ToggleProblems => {
                self.all_problems = !self.all_problems;
                true
            }
            Action::Copied(what, worked) => {
                self.copied = Some((what, worked));
                let refused = matches!(self.notice, Some(Notice::NotCopied(_)));
                if !worked {
                    self.notice = Some(Notice::NotCopied(what));
                } else if refused {
                    self.notice = None;
                }
                true
            }
            Action::CopiedSeen => self.copied.take().is_some(),
            Action::Say(text) => {
                self.said.set(text);
                true
            }
        }
    }

    fn edit(&mut self, edits: &[Edit]) -> bool {
        let draft = self.draft.with(edits);
        if draft == *self.draft {
            return false;
        }
        let typing = edits.first().and_then(TextField::of);
        if typing.is_none() || typing != self.typing {
            self.remember();
        } else if self.past.last().is_some_and(|start| **start == draft) {
            // Typed back to where it began: no step, and nothing to mark.
            self.past.pop();
            self.before = None;
            self.typing = None;
            self.draft = Rc::new(draft);
            return true;
        }
        self.typing = typing;
        self.draft = Rc::new(draft);
        self.removed
            .retain(|removed| removed.elsewhere != Elsewhere::Unknown);
        true
    }

    /// Tells which clusters are gone, or of those only which others know that run.
    fn tell_removed(&mut self, left: &Rc<Draft>, only_known: bool) {
        for (place, cluster) in left.clusters.iter().enumerate() {
            if self.draft.cluster(cluster.id).is_some() || only_known && cluster.running.is_none() {
                continue;
            }
            let removed = Removed::new(left, place);
            if !only_known || removed.elsewhere != Elsewhere::Unknown {
                self.said.set([&*removed.name, " removed"].concat().into());
                self.removed.push(removed);
            }
        }
    }

    /// Makes the present draft the one that undo comes back to.
    fn remember(&mut self) {
        if self.past.len() == HISTORY {
            self.past.remove(0);
        }
        self.past.push(self.draft.clone());
        self.future.clear();
        self.before = Some(self.draft.clone());
    }

    /// Goes to a draft of the history; the draft that was left.
    fn travel(&mut self, to: Rc<Draft>, said: &'static str) -> Rc<Draft> {
        let left = std::mem::replace(&mut self.draft, to);
        self.before = Some(left.clone());
        self.typing = None;
        self.said.set(said.into());
        let mut back = None;
        self.removed.retain(|removed| {
            let is_back = self.draft.cluster(removed.id).is_some();
            if is_back {
                back = Some(removed.id);
            }
            !is_back && removed.elsewhere != Elsewhere::Unknown
        });
        self.tell_removed(&left, true);
        self.focus
            .set(Some(back.map_or(Focus::AddIfLost, Focus::GroupIfLost)));
        left
    }

    fn open(&mut self, fragment: &str, notice: Notice) -> bool {
        match link::decode(fragment) {
            // The ids differ, so that drafts are compared by what they say.
            Ok(draft) if link::encode(&self.draft) == link::encode(&draft) => false,
            Ok(draft) => {
                self.remember();
                self.before = None;
                self.typing = None;
                self.draft = Rc::new(draft);
                self.removed.clear();
                self.notice = Some(notice);
                true
            }
            Err(error) => {
                self.notice = Some(Notice::BrokenLink(error.to_string().into()));
                true
            }
        }
    }

    /// Where the keyboard goes after an edit that brings, moves or takes away what it was at.
    fn focus_after(&self, edit: &Edit) -> Option<Focus> {
        match *edit {
            Edit::AddCluster => Some(Focus::NewName),
            Edit::RemoveCluster(id) => {
                let next = self.draft.position(id)? + 1;
                let next = self.draft.clusters.get(next);
                Some(next.map_or(Focus::Add, |next| Focus::Group(next.id)))
            }
            Edit::MoveCluster(id, to) if to < self.draft.position(id)? => Some(Focus::MoveUp(id)),
            Edit::MoveCluster(id, _) => Some(Focus::MoveDown(id)),
            _ => None,
        }
    }
}

/// The name of a cluster for people, also while it has none.
pub(crate) fn display_name(name: &str, place: usize) -> AttrValue {
    let name = name.trim();
    if name.is_empty() {
        ["Cluster ", &(place + 1).to_string()].concat().into()
    } else {
        name.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use multicluster_core::model::Tool;

    use super::*;

    fn start() -> State {
        State::start("", None)
    }

    fn after(mut state: State, actions: impl IntoIterator<Item = Action>) -> State {
        for action in actions {
            state.act(action);
        }
        state
    }

    fn cluster(state: &State, place: usize) -> ClusterId {
        state.draft.clusters[place].id
    }

    fn names(state: &State) -> Vec<&str> {
        let clusters = state.draft.clusters.iter();
        clusters.map(|cluster| &*cluster.name).collect()
    }

    fn typed(state: &State, place: usize, text: &str) -> Action {
        let field = TextField::OfCluster(cluster(state, place), ClusterField::Name);
        Action::Edit(field.typed(text.to_owned()))
    }

    #[test]
    fn typing_in_one_field_is_one_step() {
        let state = start();
        let typing = ["e", "eu", "eu-west"].map(|text| typed(&state, 0, text));
        let state = after(state, typing);
        assert_eq!(names(&state), ["eu-west", "clusterB"]);
        let other = typed(&state, 1, "us");
        let state = after(state, [other, Action::Undo]);
        assert_eq!(names(&state), ["eu-west", "clusterB"]);
        let state = after(state, [Action::Undo]);
        assert_eq!(names(&state), ["clusterA", "clusterB"]);
        assert!(!state.can_undo());
        let state = after(state, [Action::Redo, Action::Redo]);
        assert_eq!(names(&state), ["eu-west", "us"]);
        assert!(!state.can_redo());
    }

    #[test]
    fn leaving_the_field_ends_the_step() {
        let state = start();
        let first = typed(&state, 0, "a");
        let second = typed(&state, 0, "ab");
        let state = after(state, [first, Action::TypingEnded, second, Action::Undo]);
        assert_eq!(names(&state), ["a", "clusterB"]);
    }

    #[test]
    fn typing_back_is_no_step() {
        let state = start();
        let away = typed(&state, 0, "clusterAB");
        let back = typed(&state, 0, "clusterA");
        let state = after(state, [away, back]);
        assert!(!state.can_undo());
        assert_eq!(state.before(), None);
    }

    #[test]
    fn what_changes_nothing_renders_nothing() {
        let state = start();
        for action in [
            Action::Edit(Edit::SetTool(Tool::default())),
            typed(&state, 0, "clusterA"),
            Action::TypingEnded,
            Action::Undo,
            Action::Redo,
            Action::Dismiss,
            Action::CopiedSeen,
            Action::Open(String::new()),
        ] {
            assert!(!state.clone().act(action.clone()), "{action:?}");
        }
    }

    #[test]
    fn a_change_is_compared_with_where_its_step_began() {
        let state = start();
        let began = state.draft.clone();
        let typing = ["x", "xy"].map(|text| typed(&state, 0, text));
        let state = after(state, typing);
        assert!(Rc::ptr_eq(state.before().expect("a change"), &began));
        let left = state.draft.clone();
        let state = after(state, [Action::Undo]);
        assert!(Rc::ptr_eq(state.before().expect("a change"), &left));
    }

    #[test]
    fn untouched_clusters_stay_the_same() {
        let state = start();
        let typing = typed(&state, 0, "x");
        let next = after(state.clone(), [typing]);
        assert!(Rc::ptr_eq(
            &state.draft.clusters[1],
            &next.draft.clusters[1]
        ));
    }

    #[test]
    fn the_keyboard_is_never_lost() {
        let state = start();
        let (a, b) = (cluster(&state, 0), cluster(&state, 1));
        let focus = |edit: Edit| after(state.clone(), [Action::Edit(edit)]).focus().value;
        assert_eq!(focus(Edit::AddCluster), Some(Focus::NewName));
        assert_eq!(focus(Edit::RemoveCluster(a)), Some(Focus::Group(b)));
        assert_eq!(focus(Edit::RemoveCluster(b)), Some(Focus::Add));
        assert_eq!(focus(Edit::MoveCluster(a, 1)), Some(Focus::MoveDown(a)));
        assert_eq!(focus(Edit::MoveCluster(b, 0)), Some(Focus::MoveUp(b)));
        assert_eq!(focus(Edit::SetTool(Tool::Temporal)), None);
        let undone = after(
            state.clone(),
            [Action::Edit(Edit::AddCluster), Action::Undo],
        );
        assert_eq!(undone.focus().value, Some(Focus::AddIfLost));
    }

    /// The names of the clusters that are gone, what is known of them elsewhere, and whether undo brings them back.
    fn removed(state: &State) -> Vec<(&str, Elsewhere, bool)> {
        let removed = state.removed();
        removed
            .map(|(removed, is_last)| (&*removed.name, removed.elsewhere, is_last))
            .collect()
    }

    /// Three clusters, of which the first two run.
    fn two_run() -> State {
        let mut state = after(start(), [Action::Edit(Edit::AddCluster)]);
        for place in [0, 1] {
            let mark = Edit::MarkRunning(cluster(&state, place));
            state.act(Action::Edit(mark));
        }
        state
    }

    fn remove(state: &State, place: usize) -> Action {
        Action::Edit(Edit::RemoveCluster(cluster(state, place)))
    }

    #[test]
    fn what_is_removed_is_told_until_something_else_is_done() {
        let state = start();
        let state = after(state.clone(), [remove(&state, 1)]);
        assert_eq!(removed(&state), [("clusterB", Elsewhere::Unknown, true)]);
        assert_eq!(&*state.said().value, "clusterB removed");
        let back = after(state.clone(), [Action::Undo]);
        assert_eq!(removed(&back), []);
        assert_eq!(
            back.focus().value,
            Some(Focus::GroupIfLost(cluster(&back, 1)))
        );
        assert_eq!(removed(&after(back, [Action::Redo])), []);
        let dismissed = after(state.clone(), [Action::DismissRemoved(0)]);
        assert_eq!(removed(&dismissed), []);
        let typing = typed(&state, 0, "x");
        assert_eq!(removed(&after(state, [typing])), []);
    }

    #[test]
    fn what_runs_and_is_known_elsewhere_is_told_until_it_was_read() {
        let state = two_run();
        let state = after(state.clone(), [remove(&state, 1)]);
        assert_eq!(removed(&state), [("clusterB", Elsewhere::Known, true)]);
        let typing = typed(&state, 0, "x");
        let later = after(state.clone(), [typing]);
        assert_eq!(removed(&later), [("clusterB", Elsewhere::Known, false)]);
        let back = after(later, [Action::Undo, Action::Undo]);
        assert_eq!(removed(&back), []);
        let again = after(back, [Action::Redo]);
        assert_eq!(removed(&again), [("clusterB", Elsewhere::Known, true)]);
        // The last one that runs is known to nobody.
        let state = after(again.clone(), [remove(&again, 0)]);
        let told = removed(&state);
        assert_eq!(told[1], ("clusterA", Elsewhere::Unknown, true));
        assert_eq!(told[0], ("clusterB", Elsewhere::Known, false));
        let link = link_to(Edit::SetIncrement("10".into()));
        assert_eq!(removed(&after(state, [Action::Open(link)])), []);
    }

    #[test]
    fn where_there_were_errors_it_is_not_said_how_one_leaves() {
        let state = two_run();
        let empty = Action::Edit(Edit::SetIncrement(String::new()));
        let state = after(state, [empty]);
        let state = after(state.clone(), [remove(&state, 0)]);
        let told = [("clusterA", Elsewhere::KnownWithErrors, true)];
        assert_eq!(removed(&state), told);
    }

    #[test]
    fn a_fix_is_a_step_and_leads_to_its_field() {
        let state = start();
        let path = Path::Increment;
        let fix = Action::Fix(vec![Edit::SetIncrement("10".into())], path);
        let typing = Action::Edit(Edit::SetIncrement("100".into()));
        let state = after(state, [fix]);
        assert_eq!(state.focus().value, Some(Focus::Field(path)));
        let state = after(state, [typing, Action::Undo]);
        assert_eq!(state.draft.increment, "10");
    }

    #[test]
    fn what_was_copied_is_forgotten_with_its_file() {
        let copied = Action::Copied(Copyable::File, true);
        let state = after(start(), [copied.clone()]);
        assert_eq!(state.copied(Copyable::File), Some(true));
        assert_eq!(state.copied(Copyable::Link), None);
        let state = after(state, [Action::Choose(ArtifactId::Connect)]);
        assert_eq!(state.copied(Copyable::File), None);
        let state = after(state, [copied, Action::CopiedSeen]);
        assert_eq!(state.copied(Copyable::File), None);
    }

    #[test]
    fn the_history_is_bounded() {
        let mut state = start();
        for count in 0..HISTORY + 50 {
            state = after(
                state,
                [Action::Edit(Edit::SetTool(Tool::ALL[(count + 1) % 2]))],
            );
        }
        assert_eq!(state.past.len(), HISTORY);
    }

    fn link_to(edit: Edit) -> String {
        link::encode(&Draft::default().with(&[edit]))
    }

    #[test]
    fn a_link_wins_and_what_was_here_is_one_undo_away() {
        let stored = link_to(Edit::SetIncrement("10".into()));
        let link = link_to(Edit::SetIncrement("1000".into()));
        let state = State::start(&link, Some(&stored));
        assert_eq!(state.draft.increment, "1000");
        assert_eq!(state.notice(), Some(&Notice::OpenedLink));
        assert_eq!(after(state, [Action::Undo]).draft.increment, "10");

        let state = State::start(&link, None);
        assert!(!state.can_undo());
        assert_eq!(state.notice(), None);
        let state = State::start(&link, Some(&link));
        assert!(!state.can_undo());
        assert_eq!(state.notice(), None);
        let state = State::start("", Some(&stored));
        assert_eq!(state.draft.increment, "10");
    }

    #[test]
    fn what_a_dialog_brings_is_one_step_and_its_failure_none() {
        for dialog in [Dialog::Import, Dialog::Saved] {
            let brought = link_to(Edit::SetIncrement("10".into()));
            let state = after(start(), [Action::Brought(dialog, Some(brought))]);
            assert_eq!(state.draft.increment, "10");
            assert_eq!(state.notice(), Some(&Notice::Brought(dialog)));
            let state = after(state, [Action::Undo, Action::Brought(dialog, None)]);
            assert_eq!(*state.draft, Draft::default());
            assert!(!state.can_undo() && state.can_redo());
            assert_eq!(state.notice(), Some(&Notice::NotLoaded));
        }
    }

    #[test]
    fn what_is_not_kept_is_told_once_until_it_is_kept_again() {
        let mut state = start();
        let full = || Action::Kept(Err(NotKept::Storage));
        assert!(state.act(full()));
        assert_eq!(state.notice(), Some(&Notice::NotKept(NotKept::Storage)));
        assert!(state.act(Action::Dismiss) && !state.act(full()));
        assert!(state.act(Action::Kept(Err(NotKept::TooLong))));
        assert_eq!(state.notice(), Some(&Notice::NotKept(NotKept::TooLong)));
        assert!(state.act(Action::Kept(Ok(()))) && !state.act(Action::Kept(Ok(()))));
        assert_eq!(state.notice(), None);
        state.act(Action::NotSaved);
        assert!(!state.act(full()), "what was just done comes first");
        assert_eq!(state.notice(), Some(&Notice::NotSaved));
    }

    #[test]
    fn a_broken_link_loses_nothing() {
        let stored = link_to(Edit::SetIncrement("10".into()));
        let state = State::start("v=1&nonsense", Some(&stored));
        assert_eq!(state.draft.increment, "10");
        assert!(matches!(state.notice(), Some(Notice::BrokenLink(_))));
        let state = after(start(), [Action::Open("v=7".to_owned())]);
        assert_eq!(*state.draft, Draft::default());
        assert!(matches!(state.notice(), Some(Notice::BrokenLink(_))));
        let state = after(state, [Action::Dismiss]);
        assert_eq!(state.notice(), None);
    }

    #[test]
    fn clusters_without_a_name_are_called_by_their_place() {
        assert_eq!(&*display_name(" eu ", 0), "eu");
        assert_eq!(&*display_name("  ", 2), "Cluster 3");
    }
}
