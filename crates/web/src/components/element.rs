//! Elements that are needed in many places. They are put together by hand: `html!` would write the
//! same code into the page at every place, and splits and sorts classes that it does not know.

use yew::html::onclick;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VTag};
use yew::{AttrValue, Callback, Html, html};

use super::{Dispatch, Msg};

/// Does this when something is clicked, changed, ….
pub(super) fn on<E>(dispatch: &Dispatch, then: impl Into<Msg>) -> Callback<E> {
    let (dispatch, then) = (dispatch.clone(), then.into());
    Callback::from(move |_| dispatch.emit(then.clone()))
}

fn tag(name: &'static str, keys: &'static [&'static str], values: &[Option<AttrValue>]) -> VTag {
    let attribute = |value: &Option<AttrValue>| value.clone().map(AttributeOrProperty::Attribute);
    let mut tag = VTag::new(name);
    tag.attributes = Attributes::Dynamic {
        keys,
        values: values.iter().map(attribute).collect(),
    };
    tag
}

/// An element that only has a look. Its key differs from those of its siblings.
pub(super) fn element(
    name: &'static str,
    class: Option<&'static str>,
    data: Data,
    key: Key,
    content: Html,
) -> Html {
    let values = [class.map(AttrValue::Static), data.severity, data.source];
    let mut element = tag(name, &["class", "data-severity", "data-source"], &values);
    element.key = Some(key);
    element.add_child(content);
    element.into()
}

/// What an element tells of what it shows.
#[derive(Default)]
pub(super) struct Data {
    pub(super) severity: Option<AttrValue>,
    /// The id of the field that it comes from.
    pub(super) source: Option<AttrValue>,
}

/// A button.
#[derive(Default)]
pub(super) struct Button {
    pub(super) class: &'static str,
    pub(super) id: Option<AttrValue>,
    /// The accessible name, if it is more than the content.
    pub(super) name: Option<AttrValue>,
    pub(super) described_by: Option<&'static str>,
    /// It is there but does nothing: a button that is disabled would lose the keyboard.
    pub(super) idle: bool,
    pub(super) pressed: Option<bool>,
    /// Whether what it controls is shown in full, and the id of that.
    pub(super) expanded: Option<(bool, &'static str)>,
    pub(super) done: bool,
    pub(super) content: Html,
}

impl Button {
    /// A button with a text and nothing else.
    pub(super) fn new(class: &'static str, text: impl Into<AttrValue>) -> Self {
        let text = text.into();
        Self {
            class,
            content: html! { { text } },
            ..Self::default()
        }
    }

    pub(super) fn named(mut self, words: &[&str]) -> Self {
        self.name = Some(words.concat().into());
        self
    }

    /// Shows the button, which does this.
    pub(super) fn view(self, dispatch: &Dispatch, then: impl Into<Msg>) -> Html {
        self.listening(on(dispatch, then))
    }

    fn listening(self, then: Callback<yew::MouseEvent>) -> Html {
        let word = |is: bool| AttrValue::Static(if is { "true" } else { "false" });
        let mut button = tag(
            "button",
            &[
                "type",
                "class",
                "id",
                "aria-label",
                "aria-describedby",
                "aria-disabled",
                "aria-pressed",
                "aria-expanded",
                "aria-controls",
                "data-done",
            ],
            &[
                Some("button".into()),
                Some(self.class.into()),
                self.id,
                self.name,
                self.described_by.map(AttrValue::Static),
                self.idle.then(|| word(true)),
                self.pressed.map(word),
                self.expanded.map(|(is, _)| word(is)),
                self.expanded.map(|(_, id)| id.into()),
                self.done.then_some("".into()),
            ],
        );
        if !self.idle {
            button.set_listeners(Box::new([onclick::Wrapper::__macro_new(then)]));
        }
        button.add_child(self.content);
        button.into()
    }
}
