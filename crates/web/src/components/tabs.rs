//! The list of files: one of them is chosen, with the arrow keys or the pointer.

use std::any::Any;
use std::cell::Cell;

use multicluster_core::ArtifactId;
use multicluster_core::render::Group;
use yew::html::onkeydown;
use yew::{AttrValue, Callback, Html, KeyboardEvent};

use super::Dispatch;
use super::element::{all, on, tag, word};
use super::part::{Part, part};
use crate::platform;
use crate::state::Action;

/// What is to be known of a file before it is chosen.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mark {
    None,
    Changed,
    Warning,
    Error,
}

impl Mark {
    /// The id of the words for it.
    const fn description(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Changed => Some("mark-changed"),
            Self::Warning => Some("mark-warning"),
            Self::Error => Some("mark-error"),
        }
    }
}

/// A file of the list.
#[derive(Clone, PartialEq)]
pub(super) struct Item {
    pub(super) id: ArtifactId,
    pub(super) name: AttrValue,
    pub(super) mark: Mark,
}

/// The id of the tab of a file; configuration files keep theirs when their cluster is renamed.
pub(super) fn tab_id(id: ArtifactId, name: &str) -> String {
    match id {
        ArtifactId::Config(cluster) => ["file-", &cluster.get().to_string()].concat(),
        _ => ["file-", name].concat(),
    }
}

/// Shows the list; `panel` is the id of the element that shows the chosen file.
pub(super) fn view(
    items: Vec<Item>,
    chosen: Option<ArtifactId>,
    panel: &'static str,
    dispatch: &Dispatch,
) -> Html {
    let tab = |item: &Item| {
        let tab = Tab {
            item: item.clone(),
            is_chosen: chosen == Some(item.id),
            panel,
            dispatch: dispatch.clone(),
        };
        part(tab_id(item.id, &item.name), tab)
    };
    let groups = [Group::Configuration, Group::Commands, Group::Guide];
    let group = |group: Group| {
        let items = items.iter().filter(|item| item.id.group() == group);
        tag!("div", "class" = "group", "role" = "presentation";
            tag!("span", "class" = "title", "aria-hidden" = "true"; group.title()),
            tag!("div", "class" = "items", "role" = "presentation"; all(items.map(tab))),
        )
        .key(group.title())
        .html()
    };
    let groups = all(groups.into_iter().map(group));
    let onkeydown = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: KeyboardEvent| {
            let place = items.iter().position(|item| Some(item.id) == chosen);
            let to = target(&event.key(), place.unwrap_or(0), items.len());
            if let Some(Item { id, name, .. }) = to.and_then(|to| items.get(to)) {
                event.prevent_default();
                dispatch.emit(Action::Choose(*id).into());
                platform::focus(&tab_id(*id, name));
            }
        })
    };
    tag!("div", "class" = "tabs";
        tag!("div", "role" = "tablist", "aria-label" = "Files"; groups)
            .on([onkeydown::Wrapper::__macro_new(onkeydown)]),
        tag!("div", "hidden" = "";
            tag!("span", "id" = "mark-changed"; "changed by the last edit"),
            tag!("span", "id" = "mark-warning"; "has a warning"),
            tag!("span", "id" = "mark-error"; "not ready"),
        ),
    )
    .html()
}

fn target(key: &str, place: usize, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowDown" | "ArrowRight" => Some(if place == last { 0 } else { place + 1 }),
        "ArrowUp" | "ArrowLeft" => Some(place.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

struct Tab {
    item: Item,
    is_chosen: bool,
    panel: &'static str,
    dispatch: Dispatch,
}

impl Part for Tab {
    fn is_same(&self, other: &dyn Any) -> bool {
        let other = other.downcast_ref::<Self>();
        other.is_some_and(|other| self.is_chosen == other.is_chosen && self.item == other.item)
    }

    fn view(&self, _: &Cell<bool>) -> Html {
        let (item, is_chosen) = (&self.item, self.is_chosen);
        // What changed in the chosen file is marked in the file itself.
        let mark = match item.mark {
            Mark::Changed if is_chosen => Mark::None,
            mark => mark,
        };
        tag!("button",
            "type" = "button",
            "role" = "tab",
            "id" = tab_id(item.id, &item.name),
            "aria-selected" = word(is_chosen),
            "aria-controls" = is_chosen.then_some(self.panel),
            "aria-describedby" = mark.description(),
            "tabindex" = if is_chosen { "0" } else { "-1" };
            tag!("span", "class" = "name"; item.name.clone()),
            tag!("span", "class" = "dot", "data-mark" = mark.description(), "aria-hidden" = "true";),
        )
        .on_click(on(&self.dispatch, Action::Choose(item.id)))
        .html()
    }
}
