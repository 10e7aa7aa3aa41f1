//! Shapes of SVG as a tree: written as a file here, put together by calls in the page, which must not
//! read markup from text.

use std::fmt::Write as _;

/// An element of SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The name of the element.
    pub name: &'static str,
    /// Its attributes, in their order.
    pub attributes: Vec<(&'static str, String)>,
    /// What it contains.
    pub children: Vec<Child>,
}

/// What an element contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Child {
    /// Another element.
    Shape(Shape),
    /// Text.
    Text(String),
}

impl Shape {
    pub(super) fn new(name: &'static str) -> Self {
        Self {
            name,
            attributes: Vec::new(),
            children: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, value.to_string()));
        self
    }

    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Child::Text(text.into()));
        self
    }

    pub(super) fn child(mut self, child: Self) -> Self {
        self.children.push(Child::Shape(child));
        self
    }

    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Child::Shape));
        self
    }

    /// The element as XML, on lines of its own.
    pub(super) fn write(&self, xml: &mut String) {
        // Writing to a string cannot fail.
        let _ = write!(xml, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(xml, " {name}=\"{}\"", escaped(value));
        }
        if self.children.is_empty() {
            xml.push_str("/>\n");
            return;
        }
        xml.push('>');
        let holds_shapes = matches!(self.children[0], Child::Shape(_));
        if holds_shapes {
            xml.push('\n');
        }
        for child in &self.children {
            match child {
                Child::Shape(shape) => shape.write(xml),
                Child::Text(text) => xml.push_str(&escaped(text)),
            }
        }
        let _ = writeln!(xml, "</{}>", self.name);
    }
}

/// A text in XML: in an element or between double quotes. What XML 1.0 cannot hold at all is left
/// out; nothing of it comes through [`super::visible`].
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push('\n'),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => escaped.push(c),
        }
    }
    escaped
}
