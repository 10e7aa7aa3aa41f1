//! What the page is made of. Elements are put together by [`tag!`] and not by Yew's `html!`, whose code
//! for each element is so long that everybody would load 5 kB more, of 118.

use std::rc::Rc;

use yew::html::{onchange, onclick};
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, VList, VNode, VTag, VText};
use yew::{AttrValue, Callback, Event, Html, MouseEvent};

use super::{Dispatch, Msg};

/// An element: `tag!("label", "for" = id; "Name", hint)`. Attributes are what [`Value`] can be,
/// contents what [`Content`] can be.
macro_rules! tag {
    ($name:literal $(, $key:literal = $value:literal)*; $($content:expr),* $(,)?) => {{
        const ATTRIBUTES: &[(&str, ::yew::virtual_dom::AttributeOrProperty)] =
            &[$(($key, ::yew::virtual_dom::AttributeOrProperty::Static($value))),*];
        #[allow(unused_mut, reason = "an element may be empty")]
        let mut tag = $crate::components::element::Tag::fixed($name, ATTRIBUTES);
        $($crate::components::element::Content::put($content, &mut tag);)*
        tag
    }};
    ($name:literal $(, $key:literal = $value:expr)*; $($content:expr),* $(,)?) => {{
        let mut tag = $crate::components::element::Tag::new($name, &[$($key),*]);
        $($crate::components::element::Value::set($value, &mut tag);)*
        $($crate::components::element::Content::put($content, &mut tag);)*
        tag
    }};
}
pub(super) use tag;

/// An element that is put together, piece by piece: a call with one piece is the smallest code.
pub(super) struct Tag(Box<Pieces>);

struct Pieces {
    tag: VTag,
    keys: &'static [&'static str],
    /// For the first of the keys.
    values: Vec<Option<AttributeOrProperty>>,
    content: Vec<Html>,
}

impl Tag {
    /// An element whose attributes never change.
    pub(super) fn fixed(
        name: &'static str,
        attributes: &'static [(&'static str, AttributeOrProperty)],
    ) -> Self {
        let mut tag = Self::new(name, &[]);
        tag.0.tag.attributes = Attributes::Static(attributes);
        tag
    }

    /// An element that has these attributes as soon as their values are [set](Value::set), one after the other.
    pub(super) fn new(name: &'static str, keys: &'static [&'static str]) -> Self {
        Self(Box::new(Pieces {
            tag: VTag::new(name),
            keys,
            values: Vec::new(),
            content: Vec::new(),
        }))
    }

    fn value(&mut self, value: Option<AttrValue>) {
        let value = value.map(AttributeOrProperty::Attribute);
        self.0.values.push(value);
    }

    fn child(&mut self, child: Html) {
        self.0.content.push(child);
    }

    /// The finished element.
    pub(super) fn html(self) -> Html {
        let Pieces {
            mut tag,
            keys,
            values,
            mut content,
        } = *self.0;
        if !keys.is_empty() {
            let values = values.into();
            tag.attributes = Attributes::Dynamic { keys, values };
        }
        if let Some(place) = tag.children_mut() {
            *place = match content.len() {
                1 => content.remove(0),
                _ => list(content),
            };
        }
        VNode::VTag(Rc::new(tag))
    }

    /// Names it among its siblings.
    pub(super) fn key(mut self, key: impl Into<Key>) -> Self {
        self.0.tag.key = Some(key.into());
        self
    }

    /// What the input holds.
    pub(super) fn holds(mut self, text: &str) -> Self {
        self.0.tag.set_value(AttrValue::from(text.to_owned()));
        self
    }

    /// Whether the box is checked.
    pub(super) fn checked(mut self, is: bool) -> Self {
        self.0.tag.set_checked(is);
        self
    }

    /// Does what is given when events come, see [`yew::html`].
    pub(super) fn on<const N: usize>(mut self, listeners: [Option<Rc<dyn Listener>>; N]) -> Self {
        self.0.tag.set_listeners(Box::new(listeners));
        self
    }

    /// Does this when it is changed.
    pub(super) fn on_change(self, then: Callback<Event>) -> Self {
        self.on([onchange::Wrapper::__macro_new(then)])
    }

    /// Does this when it is clicked.
    pub(super) fn on_click(self, then: Callback<MouseEvent>) -> Self {
        self.on([onclick::Wrapper::__macro_new(then)])
    }
}

/// Elements and texts, one after the other.
pub(super) fn list(content: Vec<Html>) -> Html {
    VNode::VList(Rc::new(VList::with_children(content, None)))
}

/// Everything that comes, one after the other.
pub(super) fn all(mut content: impl Iterator<Item = Html>) -> Html {
    collect(&mut content)
}

/// Not generic: this would be in the page once for every kind of iterator.
fn collect(content: &mut dyn Iterator<Item = Html>) -> Html {
    let mut all = Vec::new();
    for html in content {
        all.push(html);
    }
    list(all)
}

/// What an attribute can be.
pub(super) trait Value {
    /// Gives the next attribute this value.
    fn set(self, tag: &mut Tag);
}

impl Value for Option<AttrValue> {
    fn set(self, tag: &mut Tag) {
        tag.value(self);
    }
}

impl Value for AttrValue {
    fn set(self, tag: &mut Tag) {
        Some(self).set(tag);
    }
}

impl Value for Option<&'static str> {
    fn set(self, tag: &mut Tag) {
        self.map(AttrValue::Static).set(tag);
    }
}

impl Value for &'static str {
    fn set(self, tag: &mut Tag) {
        Some(self).set(tag);
    }
}

impl Value for Option<String> {
    fn set(self, tag: &mut Tag) {
        self.map(AttrValue::from).set(tag);
    }
}

impl Value for String {
    fn set(self, tag: &mut Tag) {
        Some(self).set(tag);
    }
}

impl Value for Rc<str> {
    fn set(self, tag: &mut Tag) {
        AttrValue::from(self).set(tag);
    }
}

/// An attribute that is there or not.
impl Value for bool {
    fn set(self, tag: &mut Tag) {
        self.then_some("").set(tag);
    }
}

/// What can be in an element.
pub(super) trait Content {
    /// Puts this behind what is in the element.
    fn put(self, tag: &mut Tag);
}

impl Content for Html {
    fn put(self, tag: &mut Tag) {
        tag.child(self);
    }
}

/// A list of its own, so that nothing else in the element gets in the way of its keys.
impl Content for Vec<Html> {
    fn put(self, tag: &mut Tag) {
        tag.child(list(self));
    }
}

impl Content for Tag {
    fn put(self, tag: &mut Tag) {
        tag.child(self.html());
    }
}

impl Content for AttrValue {
    fn put(self, tag: &mut Tag) {
        tag.child(VNode::VText(VText::new(self)));
    }
}

impl Content for &'static str {
    fn put(self, tag: &mut Tag) {
        AttrValue::Static(self).put(tag);
    }
}

impl Content for String {
    fn put(self, tag: &mut Tag) {
        AttrValue::from(self).put(tag);
    }
}

/// What is not there takes its place nevertheless: Yew knows what has no key by its place.
impl<C: Content> Content for Option<C> {
    fn put(self, tag: &mut Tag) {
        match self {
            Some(content) => content.put(tag),
            None => tag.child(Html::default()),
        }
    }
}

/// Does this when something is clicked, changed, ….
pub(super) fn on<E>(dispatch: &Dispatch, then: impl Into<Msg>) -> Callback<E> {
    let (dispatch, then) = (dispatch.clone(), then.into());
    Callback::from(move |_| dispatch.emit(then.clone()))
}

/// The word for it in attributes that must have one.
pub(super) const fn word(is: bool) -> &'static str {
    if is { "true" } else { "false" }
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
        Self {
            class,
            content: VNode::VText(VText::new(text.into())),
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

    fn listening(self, then: Callback<MouseEvent>) -> Html {
        let button = tag!("button",
            "type" = "button",
            "class" = self.class,
            "id" = self.id,
            "aria-label" = self.name,
            "aria-describedby" = self.described_by,
            "aria-disabled" = self.idle.then_some("true"),
            "aria-pressed" = self.pressed.map(word),
            "aria-expanded" = self.expanded.map(|(is, _)| word(is)),
            "aria-controls" = self.expanded.map(|(_, id)| id),
            "data-done" = self.done;
            self.content,
        );
        let button = if self.idle {
            button
        } else {
            button.on_click(then)
        };
        button.html()
    }
}
