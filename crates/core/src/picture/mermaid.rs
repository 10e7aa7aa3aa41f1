//! The picture as Mermaid text, which Git services and wikis draw.

use super::{Connection, Node, Picture, State, counted};

impl Picture {
    /// The picture as a Mermaid `flowchart`. No name can break it: what is not plain stands as its
    /// code, `#35;`.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut lines = vec!["flowchart LR".to_owned()];
        let drawn = self.drawn();
        for &at in &drawn {
            let node = &self.nodes[at];
            lines.push(format!(
                "  {}[\"{}\"]{}",
                name(at),
                content(node),
                class(node)
            ));
        }
        let shown = self.shown_connections();
        let is_drawn = |(first, second)| drawn.contains(&first) && drawn.contains(&second);
        for connection in shown.filter(|it| is_drawn(it.ends)) {
            lines.extend(arrows(&connection));
        }
        if self.nodes.len() > drawn.len() {
            let others = counted(self.nodes.len() - drawn.len(), "more cluster");
            lines.push(format!("  others[\"{others}\"]"));
        }
        if let Some(summary) = self.summary() {
            lines.push(format!("  %% {summary}"));
        }
        lines.push("  classDef planned stroke-dasharray:6 4".to_owned());
        lines.push("  classDef active stroke-width:4px".to_owned());
        lines.push(String::new());
        lines.join("\n")
    }
}

fn name(at: usize) -> String {
    format!("cluster{}", at + 1)
}

fn class(node: &Node) -> &'static str {
    match (node.is_active, node.is_running) {
        (true, _) => ":::active",
        (false, false) => ":::planned",
        (false, true) => "",
    }
}

fn content(node: &Node) -> String {
    let mut parts = vec![node.name.clone()];
    if !node.address.is_empty() {
        parts.push(node.address.clone());
    }
    parts.push(format!(
        "version {} · Temporal {}",
        node.initial_version, node.release
    ));
    let active = if node.is_active { "active, " } else { "" };
    parts.push(format!("{active}{}", node.stage()));
    if !node.problems().is_empty() {
        parts.push(node.problems());
    }
    let is_plain = parts.iter().all(|part| is_plain_text(part));
    let parts: Vec<String> = parts.iter().map(|part| escaped(part, is_plain)).collect();
    parts.join("<br/>")
}

/// Whether a character means nothing to Mermaid between quotation marks.
fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || " -_.,:·…".contains(c)
}

/// Whether a text means nothing to Mermaid between quotation marks.
fn is_plain_text(text: &str) -> bool {
    text.chars().all(is_plain) && !text.contains(ICON)
}

/// What makes an icon of the word before it.
const ICON: &str = ":fa-";

/// Parts what means something only together, once codes are read: `\n` is a line end, `$$` begins a
/// formula. It cannot be seen.
const APART: &str = "#8203;";

/// Codes instead of what may mean something. Mermaid takes the end off a line with `style`, a colon
/// and a code behind it, so that where there is any code, the colon is one too.
fn escaped(text: &str, has_no_code: bool) -> String {
    let mut escaped = String::new();
    for (at, c) in text.char_indices() {
        if is_plain(c) && (has_no_code || c != ':') {
            escaped.push(c);
        } else {
            escaped.push_str(&format!("#{};", u32::from(c)));
        }
        if matches!(c, '\\' | '$') || text[at..].starts_with(ICON) {
            escaped.push_str(APART);
        }
    }
    escaped
}

fn arrows(connection: &Connection) -> Vec<String> {
    let (first, second) = (name(connection.ends.0), name(connection.ends.1));
    match (connection.forth, connection.back) {
        (State::Planned, State::Planned) => vec![format!("  {first} <--> {second}")],
        (State::Blocked, State::Blocked) => vec![format!("  {first} <-.->|blocked| {second}")],
        (forth, back) => vec![
            format!("  {first} {} {second}", arrow(forth)),
            format!("  {second} {} {first}", arrow(back)),
        ],
    }
}

const fn arrow(state: State) -> &'static str {
    match state {
        State::Planned => "-->",
        State::Blocked => "-.->|blocked|",
    }
}
