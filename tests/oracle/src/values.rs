//! What people, links and importers put into the fields: right, unusual and wrong.

use crate::random::Random;

/// Names that need no thought.
const PLAIN_NAMES: &[&str] = &[
    "clusterA",
    "clusterB",
    "us-east-1",
    "eu_west.2",
    "prod",
    "a",
    "A1",
    "temporal-primary",
];

/// Names that mean something to a YAML reader, a template, a shell or a log, and are names all the same.
#[rustfmt::skip]
const UNUSUAL_NAMES: &[&str] = &[
    // YAML: booleans, nulls, numbers, dates, in the spellings of 1.1 and 1.2.
    "true", "false", "yes", "no", "on", "off", "y", "n", "NO", "True", "null", "Null", "~", "1", "0",
    "-1", "+1", "007", "0x1F", "0o17", "0b1", "1_000", "1.5", "1e3", "-.5", ".inf", "-.INF", ".NaN",
    "2024-01-01", "2001-12-14t21:59:43.10-05:00", "12:30:45", "190:20:30", "<<", "=",
    // YAML: indicators.
    "!!str", "!tag", "&anchor", "*alias", "- item", "-", "? key", "?", ":", "key: value", "a:", "#",
    "# comment", "a #b", "[a]", "{a: b}", "[", "]", "{", "}", ",", "|", ">", "|-", "%YAML 1.2", "@at",
    "`id`", "---", "...", "--- |",
    // Quotes and escapes.
    "'", "\"", "''", "\"\"", "\"a\"", "'a'", "a'b", "a\"b", "\\", "\\\\", "a\\", "\\n", "\\x41",
    "\\u0041", "\\\"", "\\'", "\"\\\"",
    // Shells.
    "$(id)", "$((1))", "${HOME}", "$HOME", "$1", "$$", "!!", "!", "*", "~root", "--", "-rf", "-n", "-e",
    "--address", "%s", "%n", "%", "\\c", "a;b", "a & b", "a|b", "<a>", "(a)", "a=b", "`", "a  b",
    "; exit 1", "'; exit 1; '", "\"; exit 1; \"", "$(exit 1)", "set -e", "done", "}", "EOF",
    // Templates and the word that turns them on.
    "{{", "}}", "{{ .Env }}", "{{{", "}}}", "{ {", "{{/*", "{{ fail \"x\" }}", "{%", "{#", "${{ a }}",
    "enable-template", "# enable-template", "#enable-template {{", "enable-template {{ env \"A\" }}",
    // Letters.
    "été", "日本", "🦀", "ß", "İ", "ſ", "e\u{301}", "אבג", "मुंबई", "ไทย", "ﬀ", "“a”", "‘a’", "…",
    "a\u{A0}b", "a\u{3000}b", "a\u{2009}b", "\u{E000}", "\u{10FFFD}", "\u{D7FF}", "\u{378}",
    // JSON, paths, addresses.
    "null\"", "{\"a\":1}", "../../etc/passwd", "/", "C:\\temp", "127.0.0.1:7233", "http://a", "a,b", "map[]",
    "]", "].", "map[…]",
];

/// Of these, unusual names are put together.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "a", "Z", "0", "9", "-", "_", ".", " ", ":", ": ", " #", "#", "'", "\"", "\\", "/", "$", "`", "!", "*",
    "?", "[", "]", "{", "}", "{{", "}}", "(", ")", "<", ">", "|", "&", ";", "=", ",", "%", "@", "~", "^", "+",
    "é", "ü", "日", "🦀", "א", "\u{A0}", "\u{3000}", "\u{301}", "enable-template", "true", "\\n", "\\u",
    "$(", "map[",
];

/// Text that no name can have in it: control, line-breaking, invisible, direction-changing.
#[rustfmt::skip]
const UNUSABLE: &[&str] = &[
    "\0", "\u{1}", "\t", "\n", "\r", "\r\n", "\u{B}", "\u{1B}[31m", "\u{7F}", "\u{85}", "\u{9F}", "\u{AD}",
    "\u{61C}", "\u{180E}", "\u{200B}", "\u{200D}", "\u{200E}", "\u{2028}", "\u{2029}", "\u{202E}", "\u{2060}", "\u{2066}",
    "\u{FE0F}", "\u{FEFF}", "\u{FFFD}", "\u{FFFE}", "\u{FFFF}", "\u{E0001}", "\u{E0100}", "\u{1FFFE}",
    "\u{10FFFF}", "\n  x: y",
];

/// White space that a name cannot begin or end with.
const SPACES: &[&str] = &[" ", "  ", "\u{A0}", "\u{3000}", "\u{2003}", "\u{1680}"];

/// A name that servers and people can use.
pub fn right_name(random: &mut Random) -> String {
    match random.below(10) {
        0..4 => random.pick(PLAIN_NAMES).to_owned(),
        4..8 => random.pick(UNUSUAL_NAMES).to_owned(),
        8 => {
            let long = random.pick(&["x", "é", "日", "🦀", "\\", "\"", "'", "{", "}", "#"]);
            long.repeat(random.between(200, 255) / long.len())
        }
        _ => text_of(random, PIECES),
    }
}

/// A text that core refuses as a name.
pub fn wrong_name(random: &mut Random) -> String {
    let name = right_name(random);
    match random.below(6) {
        0 => String::new(),
        1 => random.pick(SPACES).to_owned(),
        2 => random.pick(SPACES).to_owned() + &name,
        3 => name + random.pick(SPACES),
        4 => random
            .pick(&["x", "é", "日"])
            .repeat(random.between(256, 300)),
        _ => {
            let ends: Vec<usize> = name.char_indices().map(|(at, _)| at).collect();
            let at = random.pick(&ends);
            format!("{}{}{}", &name[..at], random.pick(UNUSABLE), &name[at..])
        }
    }
}

/// Any text at all, mostly one that is or was nearly a name.
pub fn any_text(random: &mut Random) -> String {
    match random.below(4) {
        0 => right_name(random),
        1 => wrong_name(random),
        2 => {
            let length = random.between(1, 20);
            let any = |_| char::from_u32(random_code(random)).unwrap_or('\u{FFFD}');
            (0..length).map(any).collect()
        }
        _ => {
            let pieces = [PIECES, UNUSABLE, SPACES].concat();
            (0..random.between(1, 12))
                .map(|_| random.pick(&pieces))
                .collect()
        }
    }
}

/// Words that mean something to YAML, to Go or to a template, in the spellings that some reader takes.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "true", "false", "yes", "no", "on", "off", "y", "n", "null", "nil", "~", "<nil>", "inf", ".inf", "-.inf", "+.inf", "nan", ".nan", "NaN",
    "<<", "=", "!", "!!", "!!str", "!!binary", "!!merge", "---", "...", "--- ", "%YAML 1.1", "%TAG ! tag:", "&a", "*a", "?", "? ", "-", "- ",
    "map[]", "[]", "{}", "%!s(MISSING)", "%!d(string=a)", "func", "enable-template", "# enable-template", "{{", "}}", "{{-", "-}}", "{{ . }}",
    "{{ env \"HOME\" }}", "{{`a`}}", "{{/* a */}}", "{{ define \"a\" }}", "{{{", "}}}", "{ {", "${A}", "$A", "0x", "0b", "0o", "_", "+", ".", "e1",
];

/// What numbers, dates and times are made of.
const DIGITS: &[&str] = &[
    "0", "1", "7", "8", "9", "10", "12", "59", "60", "2024", "0x", "0X", "0o", "0b", "-", "+", ".",
    "_", ":", "e", "E", "e+", "T", "t", "Z", " ", "-01", "-12", ":30", ",", "٣", "１", "f", "i",
];

/// What ends a line for some reader and not for others, and what nobody sees.
const ENDS_OF_LINES: &[&str] = &[
    "\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}", "\u{FEFF}", "\0", "\t",
];

/// Any text at all, of everything that a reader of YAML could take for something else.
pub fn hostile_text(random: &mut Random) -> String {
    match random.below(6) {
        0 | 1 => any_text(random),
        2 => {
            let word = random.pick(RESERVED);
            match random.below(4) {
                0 => word.to_uppercase(),
                1 => word[..1].to_uppercase() + &word[1..],
                2 => format!("{word}{}", random.pick(PIECES)),
                _ => word.to_owned(),
            }
        }
        3 => pieces(random, DIGITS),
        4 => pieces(random, &[RESERVED, PIECES, ENDS_OF_LINES].concat()),
        _ => pieces(random, &[DIGITS, SPACES, ENDS_OF_LINES, UNUSABLE].concat()),
    }
}

fn pieces(random: &mut Random, from: &[&str]) -> String {
    (0..random.between(1, 10))
        .map(|_| random.pick(from))
        .collect()
}

/// A code point from one of the planes where characters differ.
fn random_code(random: &mut Random) -> u32 {
    let (first, last) = random.pick(&[
        (0x00, 0xFF),
        (0x20, 0x7E),
        (0x100, 0x2FFF),
        (0x2000, 0x206F),
        (0xF900, 0xFFFF),
        (0x1_F300, 0x1_FAFF),
        (0, 0x10_FFFF),
    ]);
    u32::try_from(random.between(first, last)).unwrap_or(0)
}

/// A text of some pieces that begins and ends with something visible.
fn text_of(random: &mut Random, pieces: &[&str]) -> String {
    let text: String = (0..random.between(1, 12))
        .map(|_| random.pick(pieces))
        .collect();
    match text.trim() {
        "" => "x".to_owned(),
        text => text.to_owned(),
    }
}

/// An address that a server can dial, another one for every cluster.
pub fn right_address(random: &mut Random, cluster: usize) -> String {
    let n = cluster + 1;
    match random.below(12) {
        0..5 => format!("127.0.0.1:{}", 6233 + 1000 * n),
        5 => format!("temporal-{n}.eu-west-1.internal.example:7233"),
        6 => format!("[2001:db8::{n}]:7233"),
        7 => format!("10.0.0.{n}:65535"),
        8 => format!("host_{n}:1"),
        9 => format!("TEMPORAL{n}.EXAMPLE.:7233"),
        10 => format!("[fe80::{n}%eth0]:8233"),
        _ => format!("[::ffff:10.1.0.{n}]:7233"),
    }
}

/// Texts that are no address, for one reason each.
#[rustfmt::skip]
const WRONG_ADDRESSES: &[&str] = &[
    "", " ", "\u{A0}",
    "localhost", "localhost:", "127.0.0.1", "[::1]", "[::1]7233", "[::1]:", "temporal.example",
    "http://localhost:7233", "https://a:1", "dns:///a:1", "dns://8.8.8.8/a:1", "tcp://a:1", "://a:1", "grpc://a",
    "::1", "2001:db8::1:7233", "2001:db8::1", "fe80::1%eth0", "::", "1::2:3",
    "a:b:1", "a::1", "[::1:7233", "::1]:7233", "a]:1", "a[:1", "[[::1]]:1", "[a]:1]", "[::1]:[1]", "[]]:1", "[",
    "]", ":", "::", "[]", "[]:", "]:1", "[:1", "a:[1", "[a:1]", "[::1] :1", "[::1]x:1",
    "a:http", "a:07233", "a:0", "a:65536", "a:-1", "a:+1", "a:1.0", "a:99999999999999999999", "a:1e3", "a:0x1", "a:٧",
    ":7233", ":0", ":http",
    "a/b:1", "user@a:1", "$(id):1", "bücher.example:1", "{{.Host}}:1", "a,b:1", "a;b:1", "a?b:1", "a#b:1",
    "\"a\":1", "'a':1", "a\\b:1", "*:1", "a%b:1", "日本:1", "a b:1", " a:1", "a:1 ", "a: 1", "a:1\n", "\ta:1",
    "a\u{200B}:1", "\u{FEFF}a:1", "a\u{85}:1", "a\u{2028}:1", "a\0:1", "a\u{7F}:1",
    "a..b:1", ".a:1", "..:1", ".:1", "-a:1", "a-:1", "a-.b:1", "256.0.0.1:1", "1.2.3:1", "1.2.3.4.5:1",
    "0x7f.1:1", "127.1:1", "1:1", "01.2.3.4:1", "[localhost]:1", "[]:1", "[127.0.0.1]:1", "[fe80::1%]:1",
    "[fe80::1%25eth0%]:1", "[::g]:1", "[1:2]:1", "[ ::1]:1",
];

/// A text that core refuses as an address.
pub fn wrong_address(random: &mut Random) -> String {
    match random.below(12) {
        0 => format!("{}.example:7233", "a".repeat(random.between(64, 70))),
        1 => format!("{}a:7233", "a.".repeat(random.between(127, 140))),
        _ => random.pick(WRONG_ADDRESSES).to_owned(),
    }
}

/// Of these, texts that look like addresses are put together.
#[rustfmt::skip]
const ADDRESS_PIECES: &[&str] = &[
    ":", ":", ":", "[", "]", "a", "localhost", "127.0.0.1", "::1", "::", "fe80::1", "%eth0", "%", "example.com", ".",
    "..", "-", "_", "7233", "0", "1", "65535", "65536", "007", "http://", "dns:///", "/", "@", " ", "\t", "é", "日",
    "\0", "\u{200B}", "{{", "$(id)", "'", "\"", "\\", "", "A", "2001:db8::7", "[::1]:", "host:",
];

/// A text that is an address or looks like one.
pub fn any_address(random: &mut Random) -> String {
    match random.below(10) {
        0 => wrong_address(random),
        1..4 => {
            let cluster = random.below(9);
            let mut address = right_address(random, cluster);
            // One character of it gone, doubled, or another one: mostly wrong, by very little.
            let at = random.below(address.len());
            match random.below(4) {
                0 => drop(address.remove(at)),
                1 => address.insert(at, address.as_bytes()[at].into()),
                2 => address.insert_str(at, random.pick(ADDRESS_PIECES)),
                _ => {}
            }
            address
        }
        _ => (0..random.between(1, 6))
            .map(|_| random.pick(ADDRESS_PIECES))
            .collect(),
    }
}

/// Texts that core does not take for a number, though some of them are numbers to a YAML reader.
#[rustfmt::skip]
const NOT_NUMBERS: &[&str] = &[
    "1e2", "1.5", "5.0", "010", "007", "00", "0x10", "0o17", "0b11", "1_0", "+1", "+10", "-", "+", "--1", "1-", "1,0",
    "1 0", "abc", "one", "true", "false", "~", "null", ".inf", ".NaN", "1x", "x1", "٣", "１", "2024-01-01", "12:30",
    "[1]", "{}", "- 1", "'1'", "\"1\"", "1: 1", "!!int 1", "!!str 1", "&a 1", "*a", "|", ">", "?", "%", "@", "`", "'",
    "\"", "{{ 1 }}", "1 # one", "# 1", "-0x1", "-1.5", "1\u{A0}0", "1\u{200B}", "1\0",
];

/// A text that core does not take for a number.
pub fn not_a_number(random: &mut Random) -> String {
    random.pick(NOT_NUMBERS).to_owned()
}

/// Nothing, or nothing that can be seen.
pub fn blank(random: &mut Random) -> String {
    random.pick(&["", "", " ", "\t", "\n", "\u{A0}"]).to_owned()
}

/// Whole numbers that are never right: negative, zero, beyond any limit.
pub fn far_number(random: &mut Random) -> String {
    random
        .pick(&[
            "0",
            "0",
            "-0",
            "-1",
            "-2",
            "-100",
            "2147483648",
            "3000000000",
            "4294967296",
            "-2147483648",
            "9223372036854775807",
            "-9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "99999999999999999999",
            "-99999999999999999999",
        ])
        .to_owned()
}

/// A number with the white space around it that a paste brings, and that is ignored.
pub fn pasted(random: &mut Random, number: usize) -> String {
    match random.below(20) {
        0 => format!(" {number}"),
        1 => format!("{number}\t"),
        2 => format!("{number}\n"),
        _ => number.to_string(),
    }
}

/// A server version that is none.
pub fn wrong_server_version(random: &mut Random) -> String {
    let versions = [
        "", " ", "latest", "1", "1.x", "0.9", "v", "1.14.0.1", "1..2", "one",
    ];
    random.pick(&versions).to_owned()
}
