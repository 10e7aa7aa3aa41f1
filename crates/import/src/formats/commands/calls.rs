//! Where a line calls the tools, and as what: run, printed or in a comment; and which server the
//! environment of the call names.

use std::collections::BTreeMap;

use super::words::{self, Word};
use super::{Variables, filled_in};
use crate::formats::prompt;
use crate::text::indentation;

/// How many calls of the tools in one line are looked at.
const MOST_CALLS: usize = 20;

/// A tool, and the variable that names its server where `--address` does not; of `--help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tool {
    pub(super) program: &'static str,
    pub(super) variable: &'static str,
}

const TOOLS: [Tool; 2] = [
    Tool {
        program: "tctl",
        variable: "TEMPORAL_CLI_ADDRESS",
    },
    Tool {
        program: "temporal",
        variable: "TEMPORAL_ADDRESS",
    },
];

/// What becomes of the words of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Run,
    Printed,
    Comment,
}

/// A call of a tool.
pub(super) struct Call {
    pub(super) tool: Tool,
    /// Where its arguments begin, in bytes.
    pub(super) arguments: usize,
    pub(super) fate: Fate,
    /// Where the command of the shell begins that it is in.
    begin: usize,
}

/// The calls in a line.
pub(super) fn calls(line: &str) -> Vec<Call> {
    let mut found = Vec::new();
    for tool in TOOLS {
        for (at, _) in line.match_indices(tool.program) {
            let before = line[..at].chars().next_back();
            let begins = before.is_none_or(|c| c.is_whitespace() || "/`\"'(;|&=:>*{".contains(c));
            let behind = at + tool.program.len();
            if begins && line[behind..].starts_with([' ', '\t']) {
                found.push((tool, behind));
            }
        }
    }
    found.sort_unstable_by_key(|(_, at)| *at);
    found.truncate(MOST_CALLS);
    let calls = found.into_iter().map(|(tool, arguments)| {
        let (begin, is_comment) = command_at(line, arguments - tool.program.len());
        let fate = match is_comment {
            true => Fate::Comment,
            false if is_printed(&line[begin..]) => Fate::Printed,
            false => Fate::Run,
        };
        Call {
            tool,
            arguments,
            fate,
            begin,
        }
    });
    calls.collect()
}

/// Where the command begins that a place is in, as a shell splits the line, and whether the place is in a
/// comment. A quotation mark that nothing closes is an apostrophe.
fn command_at(line: &str, place: usize) -> (usize, bool) {
    // The prompt of root is no comment.
    let prompted = prompt::end(line).filter(|end| *end < place).unwrap_or(0);
    let mut begin = prompted;
    let mut quote = None;
    let mut before = ' ';
    let mut rest = line[prompted..].char_indices();
    while let Some((at, c)) = rest.next() {
        let at = prompted + at;
        if at >= place {
            break;
        }
        let behind = &line[at + c.len_utf8()..];
        match (quote, c) {
            (Some(mark), _) if c == mark => quote = None,
            (Some('\''), _) => {}
            // What it calls runs, also within quotation marks.
            (_, '`') => begin = at + 1,
            (_, '(') if before == '$' => begin = at + 1,
            (_, '\\') => {
                rest.next();
            }
            (None, '"' | '\'') if behind.contains(c) => quote = Some(c),
            (None, ';' | '|' | '&' | '(') => begin = at + 1,
            (None, '#') if before.is_whitespace() && at > 0 => return (begin, true),
            _ => {}
        }
        before = c;
    }
    (begin, false)
}

/// Whether a command prints its words for people to read, and not for a shell.
fn is_printed(command: &str) -> bool {
    const SHELLS: [&str; 7] = ["sh", "bash", "zsh", "dash", "ksh", "ssh", "xargs"];
    let first = command.split_whitespace().next();
    let is_print = first.is_some_and(|word| ["echo", "printf"].contains(&word));
    let mut pipes = command.split('|').skip(1);
    let runs = |it: &str| {
        let words = it.split([' ', '\t', '/', ';', '"']);
        words.into_iter().any(|word| SHELLS.contains(&word))
    };
    is_print && !pipes.any(runs)
}

impl Call {
    /// The server that the environment names for this call.
    pub(super) fn server(
        &self,
        line: &str,
        environment: &Environment,
        variables: &Variables,
    ) -> Option<Word> {
        let before = &line[self.begin..self.arguments - self.tool.program.len()];
        // What stands in front of the name is its folder.
        let before = &before[..before.rfind(char::is_whitespace).map_or(0, |at| at + 1)];
        let mut assigned = before.split_whitespace().rev();
        let mut assigned = assigned.by_ref().take_while(|word| word.contains('='));
        let own = assigned.find_map(|word| {
            let value = word.strip_prefix(self.tool.variable)?.strip_prefix('=')?;
            words::words(value, 0).into_iter().next()
        });
        let own = own.map(|word| filled_in(word, variables));
        own.or_else(|| environment.server(self.tool, line, before))
    }
}

/// The variables of the tools that a script exports, as they are at a line of it.
#[derive(Default)]
pub(crate) struct Environment {
    exported: BTreeMap<&'static str, Exported>,
}

struct Exported {
    /// `None` where it is not known.
    value: Option<Word>,
    /// How far the line is indented: what is indented less is behind the block that exports it.
    indentation: usize,
}

impl Environment {
    /// Reads a line of a script; `true` if it tells a server.
    pub(crate) fn line(&mut self, line: &str, variables: &Variables) -> bool {
        if !line.contains("TEMPORAL_") {
            return false;
        }
        let mut tells = false;
        for name in TOOLS.map(|tool| tool.variable) {
            if let Some(value) = self.set(line.trim_start(), name, variables) {
                tells |= value.is_some();
                let indentation = indentation(line);
                let exported = Exported { value, indentation };
                self.exported.insert(name, exported);
            }
        }
        tells
    }

    /// What a line sets a variable to; `None` if it does not set it.
    fn set(&self, line: &str, name: &str, variables: &Variables) -> Option<Option<Word>> {
        if let Some(rest) = line.strip_prefix("unset ") {
            return rest.split_whitespace().any(|it| it == name).then_some(None);
        }
        let exported = ["export ", "declare -x ", "typeset -x "]
            .iter()
            .find_map(|word| line.strip_prefix(word));
        let words = words::words(exported.unwrap_or(line), 0);
        let assigned = words.iter().find_map(|word| {
            let value = word.text.strip_prefix(name)?;
            Some((value.strip_prefix('='), word.at))
        });
        let is_plain = words.iter().all(|word| word.text.contains('='));
        match (assigned, exported) {
            (Some((Some(value), at)), Some(_)) => Some(known(value, at, variables)),
            // Exported as it is: it was assigned before.
            (Some((None, at)), Some(_)) => {
                let value = variables.get(name).and_then(Option::as_deref);
                Some(value.and_then(|value| known(value, at, variables)))
            }
            (Some((Some(value), at)), None) if is_plain && self.exported.contains_key(name) => {
                Some(known(value, at, variables))
            }
            // Behind a condition, say.
            _ => line.contains(&format!("export {name}=")).then_some(None),
        }
    }

    /// The server that a tool asks on this line, where nothing before its name starts it elsewhere.
    fn server(&self, tool: Tool, line: &str, before: &str) -> Option<Word> {
        const ELSEWHERE: [&str; 8] = [
            "kubectl", "oc", "docker", "podman", "nerdctl", "ssh", "sudo", "env",
        ];
        let mut words = before.split_whitespace();
        if words.any(|word| ELSEWHERE.contains(&word)) {
            return None;
        }
        let exported = self.exported.get(tool.variable)?;
        let holds = indentation(line) >= exported.indentation;
        exported.value.clone().filter(|_| holds)
    }
}

fn known(value: &str, at: usize, variables: &Variables) -> Option<Word> {
    let text = value.to_owned();
    Some(filled_in(Word { text, at }, variables)).filter(|word| !word.text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_where_they_are_called() {
        for (line, expected) in [
            ("$ temporal operator", 1),
            ("Run `tctl admin` here", 1),
            ("kubectl exec x -- /usr/bin/temporal a", 1),
            ("tctl a && tctl b", 2),
            ("the mytctl tool, tctl-x temporals", 0),
            ("tctl", 0),
        ] {
            assert_eq!(calls(line).len(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_printed_or_in_a_comment_does_not_run() {
        for (line, expected) in [
            ("temporal a", Fate::Run),
            ("echo \"Running: temporal a\"", Fate::Printed),
            ("  printf '%s\\n' 'temporal a' >&2", Fate::Printed),
            ("echo temporal a | tee log", Fate::Printed),
            ("echo temporal a | sh", Fate::Run),
            (
                "echo \"temporal a\" | kubectl exec -i x -- /bin/bash",
                Fate::Run,
            ),
            ("echo \"temporal a\" | xargs -n1", Fate::Run),
            ("echo \"$(temporal a)\"", Fate::Run),
            ("echo '$(temporal a)'", Fate::Printed),
            ("echo \"`temporal a`\"", Fate::Run),
            ("echo \"a; temporal a\"", Fate::Printed),
            ("echo a; temporal a", Fate::Run),
            ("echo a && temporal a", Fate::Run),
            ("test a || echo \"try temporal a\"", Fate::Printed),
            ("echo it\\'s; temporal a", Fate::Run),
            ("Don't echo; run temporal a", Fate::Run),
            ("x # temporal a", Fate::Comment),
            ("x\t# temporal a", Fate::Comment),
            ("echo \" # \"; temporal a", Fate::Run),
            ("root@x:~# temporal a", Fate::Run),
            ("/ # temporal a", Fate::Run),
            ("~ ❯ temporal a", Fate::Run),
            ("[a@b c]$ echo temporal a", Fate::Printed),
            ("/ # x # temporal a", Fate::Comment),
            ("x=$((16#ff)) temporal a", Fate::Run),
        ] {
            let calls = calls(line);
            assert_eq!(calls[0].fate, expected, "{line}");
        }
    }

    #[test]
    fn the_environment_names_the_server() {
        let variables = Variables::from([("A".to_owned(), Some("a:1".to_owned()))]);
        for (script, expected) in [
            ("TEMPORAL_ADDRESS=b:1 temporal x", "b:1"),
            ("X=1 TEMPORAL_ADDRESS=\"$A\" Y=2 /usr/bin/temporal x", "a:1"),
            ("env TEMPORAL_ADDRESS=b:1 temporal x", "b:1"),
            ("a; TEMPORAL_ADDRESS=b:1 temporal x", "b:1"),
            ("TEMPORAL_ADDRESS=b:1 a; temporal x", "-"),
            ("TEMPORAL_CLI_ADDRESS=b:1 tctl x", "b:1"),
            ("TEMPORAL_CLI_ADDRESS=b:1 temporal x", "-"),
            ("TEMPORAL_ADDRESS=b:1 tctl x", "-"),
            ("export TEMPORAL_ADDRESS=b:1\ntemporal x", "b:1"),
            ("export X=1 TEMPORAL_ADDRESS='b:1' # b\ntemporal x", "b:1"),
            (
                "export TEMPORAL_ADDRESS=$A\nif x; then\n  temporal x",
                "a:1",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\nTEMPORAL_ADDRESS=c:1 temporal x",
                "c:1",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\nTEMPORAL_ADDRESS=c:1\ntemporal x",
                "c:1",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\nexport TEMPORAL_ADDRESS=c:1\ntemporal x",
                "c:1",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\nunset TEMPORAL_ADDRESS\ntemporal x",
                "-",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\ny && export TEMPORAL_ADDRESS=c:1\ntemporal x",
                "-",
            ),
            (
                "if x; then\n  export TEMPORAL_ADDRESS=b:1\nfi\ntemporal x",
                "-",
            ),
            (
                "export TEMPORAL_ADDRESS=b:1\nkubectl exec x -- temporal x",
                "-",
            ),
            ("export TEMPORAL_ADDRESS=b:1\ntctl x", "-"),
            ("TEMPORAL_ADDRESS=b:1\ntemporal x", "-"),
            ("export TEMPORAL_ADDRESS=$X:1\ntemporal x", "$X:1"),
            ("export TEMPORAL_ADDRESS\ntemporal x", "-"),
        ] {
            let mut environment = Environment::default();
            let mut server = None;
            for line in script.lines() {
                environment.line(line, &variables);
                let called = calls(line);
                server = called
                    .first()
                    .and_then(|call| call.server(line, &environment, &variables));
            }
            let server = server.map_or("-".to_owned(), |word| word.text);
            assert_eq!(server, expected, "{script}");
        }
    }
}
