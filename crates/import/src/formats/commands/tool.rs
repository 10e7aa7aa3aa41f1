//! What a command of `tctl` or `temporal` really does, whatever its writer meant. Measured on
//! tctl 1.13 to 1.18 and temporal 1.5.

use super::flags::{self, Flag, Given, parse_bool};
use super::words::Word;

/// What a command does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    /// `--address`: the server that is asked.
    pub(crate) server: Option<Word>,
    pub(crate) deed: Deed,
    /// A flag in it that only some releases of the tool have.
    pub(crate) only: Option<&'static Flag>,
}

impl Command {
    const fn fails(server: Option<Word>, message: String) -> Self {
        Self {
            server,
            deed: Deed::Fails(message),
            only: None,
        }
    }
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
    /// This word decides, and is filled in later.
    Unknown(Word),
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
    let before = flags::go(arguments, flags::TCTL);
    if let Some(refused) = before.refused {
        return is_called(&before.words).then_some(Command::fails(None, refused));
    }
    let (server, only) = (before.value("address"), before.of_some_releases());
    let rest = behind(&before.words, &["admin", "adm"])?;
    let admin = flags::go(rest, flags::TCTL_ADMIN);
    if let Some(refused) = admin.refused {
        return is_called(&before.words).then_some(Command::fails(server, refused));
    }
    let (name, rest) = behind(&admin.words, &["cluster", "cl"])?.split_first()?;
    let deed = match &*name.text {
        // Without anything behind it, it is spoken of and not called.
        "upsert-remote-cluster" | "urc" | "remove-remote-cluster" | "rrc" if rest.is_empty() => {
            return None;
        }
        "upsert-remote-cluster" | "urc" => tctl_upsert(&flags::go(rest, flags::TCTL_UPSERT))?,
        "remove-remote-cluster" | "rrc" => tctl_about(rest, |given| {
            let name = given.value("cluster");
            name.map_or_else(
                || Deed::Fails("Required flag \"cluster\" not set".to_owned()),
                |name| Deed::Remove { name },
            )
        })?,
        "list" | "ls" => tctl_deed(&flags::go(rest, flags::TCTL_LIST), |_| Deed::List)?,
        "describe" | "d" => tctl_about(rest, |given| Deed::Describe {
            other: given.value("cluster"),
        })?,
        _ => return None,
    };
    Some(Command { server, deed, only })
}

/// What stands behind one of these words, if the first one is.
fn behind<'w>(words: &'w [Word], wanted: &[&str]) -> Option<&'w [Word]> {
    let (first, rest) = words.split_first()?;
    wanted.contains(&&*first.text).then_some(rest)
}

/// Whether a command of tctl that is about clusters stands somewhere in these words.
fn is_called(words: &[Word]) -> bool {
    let names: Vec<&str> = words.iter().map(|word| &*word.text).collect();
    let is_admin = |name: &&str| ["admin", "adm"].contains(name);
    names.iter().any(is_admin)
        && names.windows(2).any(|pair| {
            ["cluster", "cl"].contains(&pair[0])
                && [
                    "upsert-remote-cluster",
                    "urc",
                    "remove-remote-cluster",
                    "rrc",
                ]
                .contains(&pair[1])
        })
}

fn tctl_about(rest: &[Word], deed: impl FnOnce(&Given) -> Deed) -> Option<Deed> {
    tctl_deed(&flags::go(rest, flags::TCTL_OF_A_CLUSTER), deed)
}

/// What is done, unless the tool refuses a flag or prints its help.
fn tctl_deed(given: &Given, deed: impl FnOnce(&Given) -> Deed) -> Option<Deed> {
    match &given.refused {
        Some(refused) => Some(Deed::Fails(refused.clone())),
        None if given.is_on("help") == Some(true) => None,
        None => Some(deed(given)),
    }
}

fn tctl_upsert(given: &Given) -> Option<Deed> {
    tctl_deed(given, |given| {
        let Some(address) = given.value("frontend_address") else {
            return Deed::Fails("Required flag \"fad\" not set".to_owned());
        };
        let mut words = given.words.iter();
        let says_false = words.next().and_then(|word| parse_bool(&word.text)) == Some(false);
        let Some(enable) = given.value("enable_connection") else {
            return upsert(address, Connection::On);
        };
        match parse_bool(&enable.text) {
            None => Deed::Unknown(enable),
            Some(false) => upsert(address, Connection::Off),
            Some(true) if says_false => upsert(address, Connection::OnDespiteFalse),
            Some(true) => upsert(address, Connection::On),
        }
    })
}

const fn upsert(address: Word, connection: Connection) -> Deed {
    Deed::Upsert {
        address,
        connection,
    }
}

/// Reads a command of temporal. `None` where it is about something else.
pub(crate) fn temporal(arguments: &[Word]) -> Option<Command> {
    const ALL: &[&[Flag]] = &[
        flags::TEMPORAL,
        flags::TEMPORAL_UPSERT,
        flags::TEMPORAL_REMOVE,
        flags::TEMPORAL_DESCRIBE,
        flags::TEMPORAL_LIST,
    ];
    let all = flags::posix(arguments, ALL);
    let mut words = all.words.iter();
    // What stands in front may be the value of a flag that is not known.
    let is_first = |word: &Word| word.text == "operator";
    if words.position(is_first)? > all.unknown || words.next()?.text != "cluster" {
        return None;
    }
    let name = &*words.next()?.text;
    let known = match name {
        // Without anything else, it is spoken of and not called.
        "upsert" | "remove" if arguments.len() == 3 => return None,
        "upsert" => flags::TEMPORAL_UPSERT,
        "remove" => flags::TEMPORAL_REMOVE,
        "list" => flags::TEMPORAL_LIST,
        "describe" => flags::TEMPORAL_DESCRIBE,
        _ => return None,
    };
    let given = flags::posix(arguments, &[flags::TEMPORAL, known]);
    let extra = words.next();
    let deed = match (&given.refused, extra, name) {
        (Some(refused), _, _) => Deed::Fails(refused.clone()),
        _ if given.is_on("help") == Some(true) => return None,
        (_, Some(extra), "upsert" | "remove") if flags::is_open(&extra.text) => {
            Deed::Unknown(extra.clone())
        }
        (_, Some(extra), "upsert" | "remove") => Deed::Fails(format!(
            "unknown command \"{}\" for \"temporal operator cluster {name}\"",
            extra.text
        )),
        (_, _, "upsert") => temporal_upsert(&given),
        (_, _, "remove") => given
            .value("name")
            .map_or_else(|| missing("name"), |name| Deed::Remove { name }),
        (_, _, "list") => Deed::List,
        _ => Deed::Describe { other: None },
    };
    Some(Command {
        server: given.value("address"),
        deed,
        only: given.of_some_releases(),
    })
}

fn missing(flag: &str) -> Deed {
    Deed::Fails(format!("required flag(s) \"{flag}\" not set"))
}

fn temporal_upsert(given: &Given) -> Deed {
    let Some(address) = given.value("frontend-address") else {
        return missing("frontend-address");
    };
    let Some(enable) = given.value("enable-connection") else {
        return upsert(address, Connection::OffByDefault);
    };
    match parse_bool(&enable.text) {
        Some(true) => upsert(address, Connection::On),
        Some(false) => upsert(address, Connection::Off),
        None => Deed::Unknown(enable),
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
            Deed::Unknown(word) => format!("unknown: {}", word.text),
            Deed::Fails(message) => format!("fails: {message}"),
        };
        let only = command.only.and_then(|flag| flag.only);
        server + &deed + &only.map_or(String::new(), |only| format!(" ({only})"))
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
            (
                "temporal -address a:1 operator cluster list",
                "fails: unknown shorthand flag: 'a' in -address",
            ),
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
            (
                "temporal operator cluster upsert --address a:1 --frontend-address b:1 --enable-conection",
                "a:1: fails: unknown flag: --enable-conection",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-connection --insecure",
                "fails: unknown flag: --insecure",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --name b",
                "fails: unknown flag: --name",
            ),
            (
                "temporal --adress a:1 operator cluster list",
                "fails: unknown flag: --adress",
            ),
            ("temporal --adress a:1 workflow list", "-"),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-replication",
                "b:1 OffByDefault (1.6 and later)",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --color never -nx --tls=true -o=json",
                "b:1 OffByDefault",
            ),
            (
                "temporal operator cluster list --context-timeout 5",
                "list (0.13 and earlier)",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-connection=no",
                "fails: invalid argument \"no\" for \"--enable-connection\" flag: strconv.ParseBool: parsing \"no\": invalid syntax",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 --enable-connection=$ON",
                "unknown: $ON",
            ),
            (
                "temporal operator cluster upsert --frontend-address b:1 $MORE",
                "unknown: $MORE",
            ),
            (
                "temporal operator cluster upsert --frontend-address",
                "fails: flag needs an argument: --frontend-address",
            ),
            (
                "temporal operator cluster list -n",
                "fails: flag needs an argument: 'n' in -n",
            ),
            ("temporal operator cluster list -- x", "list"),
            ("temporal operator cluster upsert --help", "-"),
            (
                "tctl --address a:1 admin cluster urc --fad b:1 --ec=no",
                "a:1: fails: invalid boolean value \"no\" for -ec: parse error",
            ),
            (
                "tctl admin cluster urc --fad",
                "fails: flag needs an argument: -fad",
            ),
            (
                "tctl --adress a:1 admin cluster urc --fad b:1",
                "fails: flag provided but not defined: -adress",
            ),
            (
                "tctl admin --address a:1 cluster urc --fad b:1",
                "fails: flag provided but not defined: -address",
            ),
            ("tctl --adress a:1 namespace list", "-"),
            (
                "tctl --auth x --ns y --yes admin cluster urc --fad b:1",
                "fails: flag provided but not defined: -yes",
            ),
            (
                "tctl --auth x --ns y admin cluster urc --fad b:1",
                "b:1 On (1.16 and later)",
            ),
            ("tctl admin cluster urc --help", "-"),
            (
                "tctl admin cluster describe --nope",
                "fails: flag provided but not defined: -nope",
            ),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
