//! What a command of `tctl` or `temporal` really does, whatever its writer meant. Measured on
//! tctl 1.13 to 1.18 and temporal 1.5.

use super::words::Word;

/// What a command does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    /// `--address`: the server that is asked.
    pub(crate) server: Option<Word>,
    pub(crate) deed: Deed,
}

/// What it asks the server for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Connects or disconnects the cluster at an address.
    Upsert {
        address: Word,
        connection: Connection,
    },
    /// Removes a cluster.
    Remove { name: Word },
    /// Prints all clusters.
    List,
    /// Prints the server's own cluster, or of another one what the server knows.
    Describe { other: Option<Word> },
    /// Nothing: the tool ends with this message.
    Fails(String),
}

/// What happens to the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// It is on.
    On,
    /// It is off, as written.
    Off,
    /// It is on, although `false` was written.
    OnDespiteFalse,
    /// It is off, because nothing was written.
    OffByDefault,
}

/// Reads a command of tctl. `None` where it is about something else.
pub(crate) fn tctl(arguments: &[Word]) -> Option<Command> {
    const GLOBAL_SWITCHES: &[&str] = &[
        "help",
        "h",
        "version",
        "v",
        "tls_disable_host_verification",
        "auto_confirm",
        "yes",
        "y",
    ];
    let mut server = None;
    let mut rest = arguments;
    for wanted in [&["admin", "adm"][..], &["cluster", "cl"]] {
        let flags = GoFlags::parse(rest, GLOBAL_SWITCHES);
        server = flags.value(&["address", "ad"]).or(server);
        let (first, behind) = flags.rest.split_first()?;
        if !wanted.contains(&&*first.text) {
            return None;
        }
        rest = behind;
    }
    let (name, rest) = rest.split_first()?;
    let deed = match &*name.text {
        // Without anything behind it, it is spoken of and not called.
        "upsert-remote-cluster" | "urc" | "remove-remote-cluster" | "rrc" if rest.is_empty() => {
            return None;
        }
        "upsert-remote-cluster" | "urc" => tctl_upsert(rest),
        "remove-remote-cluster" | "rrc" => tctl_remove(rest),
        "list" | "ls" => Deed::List,
        "describe" | "d" => Deed::Describe {
            other: GoFlags::parse(rest, &["help", "h"]).value(&["cluster"]),
        },
        _ => return None,
    };
    Some(Command { server, deed })
}

fn tctl_upsert(arguments: &[Word]) -> Deed {
    let flags = GoFlags::parse(arguments, &["enable_connection", "ec", "help", "h"]);
    if let Some(unknown) = flags.unknown(&[
        "frontend_address",
        "fad",
        "enable_connection",
        "ec",
        "help",
        "h",
    ]) {
        return Deed::Fails(format!("flag provided but not defined: -{unknown}"));
    }
    let Some(address) = flags.value(&["frontend_address", "fad"]) else {
        return Deed::Fails("Required flag \"fad\" not set".to_owned());
    };
    let connection = match flags
        .value(&["enable_connection", "ec"])
        .map(|value| parse_bool(&value.text))
    {
        None => Connection::On,
        Some(Some(false)) => Connection::Off,
        Some(Some(true))
            if flags
                .rest
                .first()
                .is_some_and(|word| parse_bool(&word.text) == Some(false)) =>
        {
            Connection::OnDespiteFalse
        }
        Some(Some(true)) => Connection::On,
        Some(None) => {
            return Deed::Fails(
                "could not parse the value of -enable_connection as bool value".to_owned(),
            );
        }
    };
    Deed::Upsert {
        address,
        connection,
    }
}

fn tctl_remove(arguments: &[Word]) -> Deed {
    let flags = GoFlags::parse(arguments, &["help", "h"]);
    match flags.unknown(&["cluster", "help", "h"]) {
        Some(unknown) => Deed::Fails(format!("flag provided but not defined: -{unknown}")),
        None => flags.value(&["cluster"]).map_or_else(
            || Deed::Fails("Required flag \"cluster\" not set".to_owned()),
            |name| Deed::Remove { name },
        ),
    }
}

/// Flags as Go's own package reads them: one dash or two, `=value` or the next word, and nothing
/// behind the first other word is a flag.
struct GoFlags<'w> {
    flags: Vec<(String, Word)>,
    rest: &'w [Word],
}

impl<'w> GoFlags<'w> {
    fn parse(words: &'w [Word], switches: &[&str]) -> Self {
        let mut flags = Vec::new();
        let mut rest = words;
        while let Some((word, behind)) = rest.split_first() {
            let Some(flag) = word.text.strip_prefix('-').filter(|flag| !flag.is_empty()) else {
                break;
            };
            let flag = flag.strip_prefix('-').unwrap_or(flag);
            rest = behind;
            let (name, value) = match flag.split_once('=') {
                Some((name, value)) => (
                    name,
                    Word {
                        text: value.to_owned(),
                        at: word.at,
                    },
                ),
                None if switches.contains(&flag) => (
                    flag,
                    Word {
                        text: "true".to_owned(),
                        at: word.at,
                    },
                ),
                None => {
                    let Some((value, behind)) = rest.split_first() else {
                        break;
                    };
                    rest = behind;
                    (flag, value.clone())
                }
            };
            flags.push((name.to_owned(), value));
        }
        Self { flags, rest }
    }

    /// The last one counts.
    fn value(&self, names: &[&str]) -> Option<Word> {
        let is_it = |(name, _): &&(String, Word)| names.contains(&&**name);
        self.flags
            .iter()
            .rev()
            .find(is_it)
            .map(|(_, value)| value.clone())
    }

    fn unknown(&self, known: &[&str]) -> Option<&str> {
        self.flags
            .iter()
            .map(|(name, _)| &**name)
            .find(|name| !known.contains(name))
    }
}

/// Reads a command of temporal. `None` where it is about something else.
pub(crate) fn temporal(arguments: &[Word]) -> Option<Command> {
    let flags = PosixFlags::parse(arguments);
    let mut words = flags.words.iter().map(|word| &*word.text);
    if words.next() != Some("operator") || words.next() != Some("cluster") {
        return None;
    }
    let name = words.next()?;
    let is_spoken_of = flags.flags.is_empty() && flags.words.len() == 3;
    let deed = match name {
        "upsert" | "remove" if is_spoken_of => return None,
        "upsert" | "remove" | "list" | "describe" if flags.refused.is_some() => {
            Deed::Fails(flags.refused.clone()?)
        }
        "upsert" | "remove" => match words.next() {
            Some(extra) => Deed::Fails(format!(
                "unknown command \"{extra}\" for \"temporal operator cluster {name}\""
            )),
            None if name == "upsert" => temporal_upsert(&flags),
            None => flags
                .value("name")
                .map_or_else(|| missing("name"), |name| Deed::Remove { name }),
        },
        "list" => Deed::List,
        "describe" => Deed::Describe { other: None },
        _ => return None,
    };
    Some(Command {
        server: flags.value("address"),
        deed,
    })
}

fn missing(flag: &str) -> Deed {
    Deed::Fails(format!("required flag(s) \"{flag}\" not set"))
}

fn temporal_upsert(flags: &PosixFlags) -> Deed {
    let Some(address) = flags.value("frontend-address") else {
        return missing("frontend-address");
    };
    let connection = match flags
        .value("enable-connection")
        .map(|value| parse_bool(&value.text))
    {
        None => Connection::OffByDefault,
        Some(Some(true)) => Connection::On,
        Some(Some(false)) => Connection::Off,
        Some(None) => {
            return Deed::Fails("invalid argument for \"--enable-connection\" flag".to_owned());
        }
    };
    Deed::Upsert {
        address,
        connection,
    }
}

/// Flags as pflag reads them: two dashes, one for a single letter, anywhere between other words.
struct PosixFlags {
    flags: Vec<(String, Word)>,
    words: Vec<Word>,
    /// What the tool ends with, as it refuses a flag.
    refused: Option<String>,
}

impl PosixFlags {
    fn parse(arguments: &[Word]) -> Self {
        const SWITCHES: &[&str] = &[
            "enable-connection",
            "enable-replication",
            "detail",
            "help",
            "tls",
            "tls-disable-host-verification",
            "no-json-shorthand-payloads",
            "disable-config-file",
            "disable-config-env",
        ];
        let mut parsed = Self {
            flags: Vec::new(),
            words: Vec::new(),
            refused: None,
        };
        let mut rest = arguments.iter();
        while let Some(word) = rest.next() {
            if let Some(flag) = word.text.strip_prefix("--") {
                let (name, value) = match flag.split_once('=') {
                    Some((name, value)) => (
                        name,
                        Some(Word {
                            text: value.to_owned(),
                            at: word.at,
                        }),
                    ),
                    None if SWITCHES.contains(&flag) => (
                        flag,
                        Some(Word {
                            text: "true".to_owned(),
                            at: word.at,
                        }),
                    ),
                    None => (flag, None),
                };
                // No flag of the tool has an underscore; tctl's have.
                if name.contains('_') {
                    parsed
                        .refused
                        .get_or_insert(format!("unknown flag: --{name}"));
                }
                if let Some(value) = value.or_else(|| rest.next().cloned()) {
                    parsed.flags.push((name.to_owned(), value));
                }
            } else if let Some(letters) = word
                .text
                .strip_prefix('-')
                .filter(|letters| !letters.is_empty())
            {
                if letters.starts_with(['n', 'o']) {
                    if letters.len() == 1 {
                        rest.next();
                    }
                } else if let Some(letter) = letters.chars().next().filter(|letter| *letter != 'h')
                {
                    parsed
                        .refused
                        .get_or_insert(format!("unknown shorthand flag: '{letter}' in -{letters}"));
                }
            } else {
                parsed.words.push(word.clone());
            }
        }
        parsed
    }

    fn value(&self, name: &str) -> Option<Word> {
        self.flags
            .iter()
            .rev()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.clone())
    }
}

/// Go's `strconv.ParseBool`.
fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    fn read(line: &str) -> Option<Command> {
        let all = words(line, 0);
        if all[0].text == "tctl" {
            tctl(&all[1..])
        } else {
            temporal(&all[1..])
        }
    }

    /// In one line: `server: deed`.
    fn told(line: &str) -> String {
        let Some(command) = read(line) else {
            return "-".to_owned();
        };
        let server = command
            .server
            .map_or(String::new(), |word| format!("{}: ", word.text));
        let deed = match command.deed {
            Deed::Upsert {
                address,
                connection,
            } => format!("{} {connection:?}", address.text),
            Deed::Remove { name } => format!("remove {}", name.text),
            Deed::List => "list".to_owned(),
            Deed::Describe { other } => {
                format!("describe {}", other.map_or(String::new(), |word| word.text))
            }
            Deed::Fails(message) => format!("fails: {message}"),
        };
        server + &deed
    }

    #[test]
    fn commands_do_what_they_did_on_real_servers() {
        for (line, expected) in [
            (
                "tctl -address a:1 admin cluster upsert-remote-cluster --frontend_address \"b:1\"",
                "a:1: b:1 On",
            ),
            (
                "tctl --ad a:1 adm cluster urc -fad b:1 -ec=false",
                "a:1: b:1 Off",
            ),
            (
                "tctl admin cluster upsert-remote-cluster --frontend_address b:1 --enable_connection false",
                "b:1 OnDespiteFalse",
            ),
            (
                "tctl admin cluster upsert-remote-cluster --enable_connection false --frontend_address b:1",
                "fails: Required flag \"fad\" not set",
            ),
            (
                "tctl admin cluster upsert-remote-cluster --frontend_address b:1 --enable_connection=false",
                "b:1 Off",
            ),
            (
                "tctl admin cluster upsert-remote-cluster --frontend_address b:1 --enable_connection",
                "b:1 On",
            ),
            (
                "tctl admin cluster upsert-remote-cluster --frontend-address b:1",
                "fails: flag provided but not defined: -frontend-address",
            ),
            (
                "tctl admin cluster upsert-remote-cluster -address a:1 --frontend_address b:1",
                "fails: flag provided but not defined: -address",
            ),
            (
                "tctl --address a:1 admin cluster remove-remote-cluster --cluster \"clusterB\"",
                "a:1: remove clusterB",
            ),
            ("tctl --address a:1 admin cluster list", "a:1: list"),
            ("tctl admin cluster describe --cluster b", "describe b"),
            ("tctl --ns x namespace register --clusters a b", "-"),
            ("tctl cluster health", "-"),
            (
                "temporal operator cluster upsert --address a:1 --frontend-address b:1 --enable-connection",
                "a:1: b:1 On",
            ),
            (
                "temporal --address a:1 operator cluster upsert --frontend-address=b:1",
                "a:1: b:1 OffByDefault",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-connection=false",
                "b:1 Off",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-connection false",
                "fails: unknown command \"false\" for \"temporal operator cluster upsert\"",
            ),
            (
                "temporal operator cluster upsert --frontend_address=\"127.0.2.1\"",
                "fails: unknown flag: --frontend_address",
            ),
            ("temporal -address a:1 operator cluster list", "-"),
            (
                "temporal operator cluster list -address a:1",
                "fails: unknown shorthand flag: 'a' in -address",
            ),
            (
                "temporal operator cluster upsert --enable-connection",
                "fails: required flag(s) \"frontend-address\" not set",
            ),
            (
                "temporal operator cluster list -o json --address a:1",
                "a:1: list",
            ),
            ("temporal operator cluster remove --name b", "remove b"),
            ("temporal operator namespace create -n x", "-"),
            ("temporal operator cluster upsert", "-"),
            ("tctl admin cluster upsert-remote-cluster", "-"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
