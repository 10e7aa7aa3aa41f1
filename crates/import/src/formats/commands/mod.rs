//! Commands that connect, disconnect and remove clusters, in scripts, in prose, behind a prompt.
//! Commented-out ones are not read, and what a line really does is said of each.

mod calls;
mod flags;
mod tool;
pub(super) mod words;

use std::collections::BTreeMap;

use multicluster_core::model::{self, HostPort, HostPortError};
use multicluster_core::observed::{Entry, View, ViewKind};

pub(crate) use self::calls::Environment;
use self::calls::{Call, Fate, Tool};
use self::tool::{Command, Connection, Deed};
use self::words::Word;
use super::tool_json::Asked;
use super::{Reader, quoted};
use crate::ToolSeen;
use crate::finding;
use crate::limits;
use crate::outcome::told;
use crate::template;
use crate::text::Place;

/// Variables of a script that hold one known value.
pub(crate) type Variables = BTreeMap<String, Option<String>>;

/// The longest value of a variable that is filled in: addresses and names are shorter.
const LONGEST_VALUE: usize = 300;

/// What a script says about the words of its commands.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) variables: Variables,
    pub(crate) environment: Environment,
}

/// What a line with a command told.
pub(crate) enum Line {
    /// No command for connections of clusters stands in it.
    Nothing,
    /// A command that changes something was read.
    Read,
    /// A command that prints something: what follows is its answer.
    Asked(Asked),
}

/// The line that begins here with every line that continues it, and how many lines that are.
pub(crate) fn joined(lines: &[String], at: usize) -> (String, usize) {
    let mut whole = lines[at].clone();
    let mut count = 1;
    while whole.ends_with('\\') && at + count < lines.len() && whole.len() < limits::LINE_BYTES {
        whole.pop();
        whole.push(' ');
        whole.push_str(lines[at + count].trim_start());
        count += 1;
    }
    (whole, count)
}

/// The variables that are assigned in these lines. One that is assigned twice is not known.
pub(crate) fn variables(lines: &[String]) -> Variables {
    let mut variables = Variables::new();
    for line in lines {
        let Some((name, value)) = assignment(line) else {
            continue;
        };
        if variables.len() == limits::PIECES {
            break;
        }
        let value = match &words::words(value, 0)[..] {
            [word] => Some(word.text.clone())
                .filter(|value| value.len() <= LONGEST_VALUE && !template::is_placeholder(value)),
            // In front of a command, for that command alone.
            [_, .., last] if is_alone(line, name) && !last.text.contains('=') => continue,
            _ => None,
        };
        variables
            .entry(name.to_owned())
            .and_modify(|known| *known = None)
            .or_insert(value);
    }
    variables
}

/// Whether an assignment begins its line, with no word such as `export`.
fn is_alone(line: &str, name: &str) -> bool {
    line.trim_start().starts_with(name)
}

/// The variable that a line assigns, and what stands behind its `=`.
pub(crate) fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = ["export ", "readonly ", "local "]
        .iter()
        .find_map(|word| line.strip_prefix(word))
        .unwrap_or(line);
    let (name, value) = line.split_once('=')?;
    let is_name = !name.is_empty() && name.chars().all(is_of_variable);
    is_name.then_some((name, value))
}

/// The variables that a line uses: `$A`, `${A}`, `${A:-b}`.
pub(crate) fn used_variables(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices('$').map(|(at, _)| {
        let begin = line[at + 1..].trim_start_matches('{');
        begin.split(|c| !is_of_variable(c)).next().unwrap_or("")
    })
}

const fn is_of_variable(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// Whether a line is only a comment: of a shell, of YAML, of a programming language.
pub(crate) fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}

/// What stands before a program in its line.
fn through(line: &str, call: &calls::Call) -> String {
    let begin = call.arguments - call.tool.program.len();
    line[..begin].trim().to_owned()
}

/// Whether a line speaks of connecting clusters, so that it must not be passed over.
fn looks_like_one(line: &str) -> bool {
    [
        "upsert-remote-cluster",
        "remove-remote-cluster",
        "cluster upsert -",
        "cluster remove -",
    ]
    .iter()
    .any(|words| line.contains(words))
}

/// The command of a call, with the server that it asks.
fn command(call: &Call, line: &str, known: &Known) -> Option<Command> {
    let variables = &known.variables;
    let words = words::words(line, call.arguments).into_iter();
    let words: Vec<Word> = words.map(|word| filled_in(word, variables)).collect();
    let mut command = match call.tool.program {
        "tctl" => tool::tctl(&words),
        _ => tool::temporal(&words),
    }?;
    if command.server.is_none() {
        command.server = call.server(line, &known.environment, variables);
    }
    Some(command)
}

impl Reader<'_> {
    /// Reads the commands in a joined line. What they do is added to `scripts`, by server.
    pub(crate) fn commands(
        &mut self,
        line: &str,
        at: usize,
        commented: bool,
        known: &Known,
        scripts: &mut Scripts,
    ) -> Line {
        let mut answer = Line::Nothing;
        for call in calls::calls(line) {
            let Some(command) = command(&call, line, known) else {
                continue;
            };
            let fate = if commented { Fate::Comment } else { call.fate };
            if matches!(fate, Fate::Run) {
                self.tool_seen(call.tool.program, &command, at);
            }
            let (place, kind, message) = match (&command.deed, fate) {
                (Deed::List | Deed::Describe { .. }, Fate::Run) => {
                    answer = Line::Asked(self.asked(&command, at, through(line, &call)));
                    continue;
                }
                (Deed::List | Deed::Describe { .. }, _) => continue,
                (_, Fate::Run) => {
                    let before = &line[..call.arguments - call.tool.program.len()];
                    let place = Place::new(at, before.chars().count());
                    self.command(&command, call.tool, place, scripts);
                    answer = Line::Read;
                    continue;
                }
                (_, Fate::Comment) => (
                    at,
                    &finding::COMMENTED_OUT,
                    "A command for connections of clusters is commented out.",
                ),
                (_, Fate::Printed) => (
                    at,
                    &finding::COMMAND_PRINTED,
                    "A command for connections of clusters is printed, and does not run.",
                ),
            };
            self.report(Place::new(place, 0), kind, message.to_owned());
            answer = Line::Read;
        }
        if matches!(answer, Line::Nothing) && looks_like_one(line) {
            let kind = if commented {
                &finding::COMMENTED_OUT
            } else {
                &finding::COMMAND_UNREADABLE
            };
            self.report(
                Place::new(at, 0),
                kind,
                format!("The command {} was not imported.", quoted(line.trim())),
            );
            answer = Line::Read;
        }
        answer
    }

    fn tool_seen(&mut self, program: &str, command: &Command, at: usize) {
        let Some(tool) = model::Tool::from_program(program) else {
            return;
        };
        self.outcome.add_tool(ToolSeen {
            tool,
            is_asked: matches!(command.deed, Deed::List | Deed::Describe { .. }),
            at: self.text.location(Place::new(at, 0)),
        });
    }

    fn asked(&self, command: &Command, at: usize, through: String) -> Asked {
        let address = command
            .server
            .as_ref()
            .filter(|server| !template::is_placeholder(&server.text));
        Asked {
            address: address.map(|server| told(self.text, Place::new(at, 0), server.text.clone())),
            about_another: matches!(command.deed, Deed::Describe { other: Some(_) }),
            through,
            described: None,
        }
    }

    fn command(&mut self, command: &Command, tool: Tool, at: Place, scripts: &mut Scripts) {
        let server = command
            .server
            .as_ref()
            .map_or("a cluster that is not named", |server| &server.text);
        match &command.deed {
            Deed::Fails(message) => self.report(
                at,
                &finding::COMMAND_FAILS,
                format!("This command fails: {message}."),
            ),
            Deed::Remove { name } => self.report(
                at,
                &finding::COMMAND_SEEN,
                format!("It removes {} from {server}.", quoted(&name.text)),
            ),
            Deed::Upsert {
                address,
                connection,
            } => {
                let server = command.server.as_ref();
                self.upsert(server, tool, address, *connection, at, scripts);
            }
            Deed::Unknown(word) => self.filled_in_later(word, at),
            Deed::List | Deed::Describe { .. } => {}
        }
        if let Some((flag, releases)) = command.only.and_then(|flag| Some((flag.name, flag.only?)))
        {
            let message = format!("Only releases {releases} of the tool know --{flag}.");
            self.report(at, &finding::COMMAND_FLAG_OF_SOME, message);
        }
    }

    fn filled_in_later(&mut self, word: &Word, at: Place) {
        let message = format!("{} in this command is filled in later.", quoted(&word.text));
        self.report(at, &finding::COMMAND_VARIABLE, message);
    }

    fn upsert(
        &mut self,
        server: Option<&Word>,
        tool: Tool,
        address: &Word,
        connection: Connection,
        at: Place,
        scripts: &mut Scripts,
    ) {
        let unknown = [Some(address), server]
            .into_iter()
            .flatten()
            .find(|word| template::is_placeholder(&word.text));
        if let Some(word) = unknown {
            return self.filled_in_later(word, at);
        }
        if let Some(reason) = refused(&address.text) {
            return self.report(
                at,
                reason,
                format!(
                    "This command gives {} as an address.",
                    quoted(&address.text)
                ),
            );
        }
        let of_server = server.map_or_else(
            || "a cluster that is not named".to_owned(),
            |server| quoted(&server.text),
        );
        let target = quoted(&address.text);
        let (kind, message) = match connection {
            Connection::On => (
                &finding::COMMAND_SEEN,
                format!("It turns the connection of {of_server} to {target} on."),
            ),
            Connection::Off => (
                &finding::COMMAND_SEEN,
                format!("It turns the connection of {of_server} to {target} off."),
            ),
            Connection::OnDespiteFalse => (
                &finding::COMMAND_STAYS_ENABLED,
                format!("It says `false` and leaves the connection of {of_server} to {target} on."),
            ),
            Connection::OffByDefault => (
                &finding::COMMAND_DISCONNECTED,
                format!("It registers {target} in {of_server}, with the connection off."),
            ),
        };
        self.report(at, kind, message);
        if server.is_none() {
            self.report(
                at,
                &finding::COMMAND_WITHOUT_ADDRESS,
                format!(
                    "This command does not say which server it asks: {} takes that of {}.",
                    tool.program, tool.variable
                ),
            );
        }
        let mut entry = Entry::new(self.text.location(at));
        entry.rpc_address = Some(told(self.text, at, address.text.clone()));
        entry.enabled = Some(told(
            self.text,
            at,
            matches!(connection, Connection::On | Connection::OnDespiteFalse),
        ));
        let text = self.text;
        let view = || {
            let mut view = View::new(ViewKind::Commands, text.location(at));
            view.server_address = server.map(|server| told(text, at, server.text.clone()));
            view
        };
        scripts.of(server, view).entries.push(entry);
    }
}

/// What a script does, by server.
#[derive(Default)]
pub(crate) struct Scripts {
    pub(crate) views: Vec<View>,
    places: BTreeMap<Option<String>, usize>,
}

impl Scripts {
    /// The view of a server, which begins as this one.
    fn of(&mut self, server: Option<&Word>, view: impl FnOnce() -> View) -> &mut View {
        let server = server.map(|word| word.text.clone());
        let place = *self.places.entry(server).or_insert_with(|| {
            self.views.push(view());
            self.views.len() - 1
        });
        &mut self.views[place]
    }
}

/// What becomes of a server, or of the command, that gets this address; `None` if all is well.
fn refused(address: &str) -> Option<&'static finding::Kind> {
    match HostPort::parse(address) {
        Err(HostPortError::Scheme(_) | HostPortError::PortMissing) => {
            Some(&finding::COMMAND_KILLS_SERVER)
        }
        Err(HostPortError::Missing | HostPortError::StrayCharacter(_)) => {
            Some(&finding::COMMAND_FAILS)
        }
        _ => None,
    }
}

/// A word with the variables whose value is known.
fn filled_in(word: Word, variables: &Variables) -> Word {
    let mut parts = word.text.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let known = variable(part).and_then(|(name, rest)| {
            let value = variables.get(name)?.as_deref()?;
            Some((value, rest))
        });
        match known {
            Some((value, rest)) => text.extend([value, rest]),
            None => text.extend(["$", part]),
        }
    }
    Word { text, ..word }
}

/// The variable that stands behind a `$`, in curly brackets or without, and what follows.
fn variable(text: &str) -> Option<(&str, &str)> {
    if let Some(inside) = text.strip_prefix('{') {
        return inside.split_once('}');
    }
    let ends = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    Some(text.split_at(text.find(ends).unwrap_or(text.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_have_one_known_value() {
        let lines: Vec<String> = [
            "A=a:1",
            "export B=\"b:1\"",
            "C=x",
            "C=y",
            "D=$(hostname)",
            "B=c:1 command x",
            "no = x",
        ]
        .map(str::to_owned)
        .into();
        let variables = variables(&lines);
        assert_eq!(variables["A"].as_deref(), Some("a:1"));
        assert_eq!(variables["B"].as_deref(), Some("b:1"));
        assert_eq!(variables["C"], None);
        assert_eq!(variables["D"], None);
        let word = |text: &str| Word {
            text: text.to_owned(),
            at: 0,
        };
        assert_eq!(filled_in(word("${A}"), &variables).text, "a:1");
        assert_eq!(filled_in(word("$B"), &variables).text, "b:1");
        assert_eq!(filled_in(word("$AB"), &variables).text, "$AB");
        assert_eq!(
            filled_in(word("$A,${B}$A${A:-x}$"), &variables).text,
            "a:1,b:1a:1${A:-x}$"
        );
    }
}
