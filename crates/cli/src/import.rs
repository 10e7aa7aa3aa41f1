//! `multicluster import`: a topology of what files and servers say.

use multicluster_core::{Draft, Severity, resolve};
use multicluster_import::{Change, ChangeKind, Chosen, Import as Read, import, topology};

use crate::arguments::Import;
use crate::failure::{Failure, Verdict};
use crate::problem::Problem;
use crate::report::human;
use crate::set_up::{self, NoSetUp};
use crate::sources;
use crate::terminal::{self, Style, harmless};

pub(crate) fn run(wanted: &Import) -> Result<Verdict, Failure> {
    let style = Style::of_messages();
    let base = match &wanted.into {
        None => None,
        Some(path) => match set_up::read(path) {
            Ok(set_up) => Some(set_up.draft),
            Err(NoSetUp::Failure(failure)) => return Err(failure),
            Err(NoSetUp::Wrong(problems)) => {
                set_up::tell_errors(path, &problems);
                return Ok(Verdict::Wrong);
            }
        },
    };
    let read = import(&sources::read_all(&wanted.files)?);
    let problems: Vec<_> = read.findings.iter().map(Problem::of_finding).collect();
    terminal::say(&human::list(&problems, style));
    if read.is_empty() {
        return Err(Failure::new("nothing was found that could be imported"));
    }
    let before = base.clone().unwrap_or_else(Draft::empty);
    let chosen = chosen(&before, &read, &wanted.same)?;
    let (draft, changes) = read.to_draft_as(&before, &chosen);
    let topology = topology::write(&draft);
    terminal::write(topology.as_bytes())?;
    terminal::say(&match base {
        None => assumptions(&read, &draft),
        Some(_) => changes.iter().map(told).collect(),
    });
    terminal::say(gaps(&topology));
    let is_wrong = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    Ok(Verdict::wrong_if(is_wrong))
}

/// Which clusters are which, as the command line says.
fn chosen(before: &Draft, read: &Read, same: &[(String, String)]) -> Result<Chosen, Failure> {
    let mut chosen = Chosen::new();
    for (name, known) in same {
        let mut clusters = before.clusters.iter();
        let of = clusters.find(|cluster| cluster.name == *known);
        let of = of.ok_or_else(|| {
            Failure::new(format!("--same: the topology has no cluster “{known}”"))
        })?;
        chosen.insert(name.clone(), Some(of.id));
    }
    let identities = read.identities(before, &chosen);
    for (name, is) in &chosen {
        if !identities.iter().any(|of| of.name == *name && of.is == *is) {
            let why = "no such cluster was read, or another one is that cluster";
            return Err(Failure::new(format!("--same: “{name}”: {why}")));
        }
    }
    Ok(chosen)
}

/// What stands in a new topology though nothing said so.
fn assumptions(read: &Read, draft: &Draft) -> String {
    if !read.drafts.is_empty() {
        return String::new();
    }
    let clusters = read.observed.merge().clusters;
    let assumed = [
        (
            "serverVersion",
            &*draft.server_version,
            clusters.iter().any(|known| known.server_version.is_some()),
        ),
        ("tool", draft.tool.program(), read.tool.is_some()),
        (
            "failoverVersionIncrement",
            &*draft.increment,
            clusters.iter().any(|known| known.increment.is_some()),
        ),
    ];
    let untold = assumed.iter().filter(|(.., is_told)| !is_told);
    untold
        .map(|(key, value, _)| {
            format!("Nothing tells {key}: {value} is assumed. Correct it if it is another one.\n")
        })
        .collect()
}

/// That a topology cannot be rendered yet.
fn gaps(topology: &str) -> &'static str {
    match topology::read("", topology) {
        Ok(draft) if resolve(&draft).plan().is_some() => "",
        _ => {
            "Something is missing, or cannot be right: `multicluster check` of this topology says \
             what and where.\n"
        }
    }
}

/// What an import adds to a topology or changes in it.
fn told(change: &Change) -> String {
    let Change {
        kind,
        cluster,
        field,
        from,
        to,
        at,
    } = change;
    let owner = cluster
        .as_ref()
        .map_or(String::new(), |name| format!("“{name}”: "));
    let at = at.as_ref().map_or(String::new(), |at| format!(" ({at})"));
    let what = match kind {
        ChangeKind::Added => "added".to_owned(),
        ChangeKind::Reassigned => format!("{field} {from} made room, and is {to}"),
        ChangeKind::Marked => format!("runs with {to}: that can never change"),
        ChangeKind::Changed if from.is_empty() => format!("{field} is {to}"),
        ChangeKind::Changed => format!("{field} was {from}, and is {to}"),
        ChangeKind::Stays(worse) => {
            format!("{field} stays {from}: {to} was read, {}", worse.reason())
        }
    };
    harmless(&format!("{owner}{what}{at}.")) + "\n"
}
