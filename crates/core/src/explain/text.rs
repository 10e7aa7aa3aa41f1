//! The form of every explanation.

/// What is said of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) change: &'static str,
    pub(super) guide: Option<&'static str>,
}

/// A text: its title, what the line is for, and whether that can ever change.
pub(super) const fn text(title: &'static str, what: &'static str, change: &'static str) -> Text {
    Text {
        title,
        what,
        change,
        guide: None,
    }
}

impl Text {
    /// Why the line differs from the official guide.
    pub(super) const fn guide(mut self, why: &'static str) -> Self {
        self.guide = Some(why);
        self
    }
}
