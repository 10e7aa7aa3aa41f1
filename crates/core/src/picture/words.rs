//! The picture in words, for those who cannot see it.

use super::{Connection, EACH_CONNECTION, Node, Picture, State, counted, grouped};

impl Picture {
    /// What the picture shows, in a few words.
    #[must_use]
    pub fn title(&self) -> String {
        match self.nodes.len() {
            0 => "No clusters".to_owned(),
            count => counted(count, "cluster"),
        }
    }

    /// All that the picture shows, line by line: the clusters, then the connections.
    #[must_use]
    pub fn words(&self) -> String {
        let mut lines = vec![self.introduction()];
        let nodes = self.nodes.iter().enumerate();
        lines.extend(nodes.map(|(at, node)| format!("{}. {}", at + 1, node.words())));
        if self.nodes.len() > 1 {
            lines.push(self.connections_in_all());
        }
        if self.nodes.len() <= EACH_CONNECTION {
            let shown = self.shown_connections();
            lines.extend(shown.map(|connection| self.connection_words(&connection)));
        }
        lines.join("\n")
    }

    fn introduction(&self) -> String {
        let active = self.nodes.iter().find(|node| node.is_active);
        let active = active.map_or(String::new(), |node| {
            format!(" The namespace is active in {}.", node.label)
        });
        format!(
            "{}, failover version increment {}.{active}",
            self.title(),
            self.increment
        )
    }

    fn connections_in_all(&self) -> String {
        let (all, blocked) = (self.directions(), self.blocked_directions());
        let how = if self.by_files {
            "by their configuration files"
        } else {
            "by commands"
        };
        let state = match blocked {
            0 => "Nothing blocks them.".to_owned(),
            blocked if blocked == all => "Errors block all of them.".to_owned(),
            blocked => format!(
                "Errors block {} of {} directions.",
                grouped(blocked),
                grouped(all)
            ),
        };
        format!(
            "{}, {how}: each cluster with every other, in both directions. {state}",
            counted(all / 2, "connection")
        )
    }

    /// One connection as a line.
    #[must_use]
    pub fn connection_words(&self, connection: &Connection) -> String {
        let (first, second) = connection.ends;
        let (first, second) = (&self.nodes[first].label, &self.nodes[second].label);
        match (connection.forth, connection.back) {
            (State::Planned, State::Planned) => {
                format!("{first} and {second}: planned in both directions.")
            }
            (State::Blocked, State::Blocked) => {
                format!("{first} and {second}: blocked by an error in both directions.")
            }
            (State::Planned, State::Blocked) => one_way(first, second),
            (State::Blocked, State::Planned) => one_way(second, first),
        }
    }
}

fn one_way(told: &str, other: &str) -> String {
    format!("{told} is told of {other} as planned; an error blocks that {other} is told of {told}.")
}

impl Node {
    /// All about the cluster, in one line.
    #[must_use]
    pub fn words(&self) -> String {
        let or_none = |text: &str, none: &str| {
            if text.is_empty() {
                none.to_owned()
            } else {
                text.to_owned()
            }
        };
        let mut parts = vec![
            or_none(&self.address, "no address"),
            format!(
                "initial failover version {}",
                or_none(&self.initial_version, "missing")
            ),
            format!("Temporal {}", or_none(&self.release, "release missing")),
            self.stage().to_owned(),
        ];
        if self.is_active {
            parts.push("active".to_owned());
        }
        if !self.problems().is_empty() {
            parts.push(self.problems());
        }
        format!("{}: {}.", self.name, parts.join(", "))
    }
}
