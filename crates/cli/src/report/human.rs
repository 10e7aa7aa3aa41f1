//! Problems for people: the place, the line, the message, why, the way out.

use std::fmt::Write as _;

use multicluster_core::Severity;

use crate::problem::{Problem, count};
use crate::terminal::{Style, harmless};

/// All of them.
pub(crate) fn list(problems: &[Problem], style: Style) -> String {
    problems
        .iter()
        .map(|problem| one(problem, style) + "\n")
        .collect()
}

fn one(problem: &Problem, style: Style) -> String {
    let severity = problem.severity;
    let kind = format!("{}[{}]", severity.word(), problem.code);
    let margin = " ".repeat(problem.at.line.to_string().len());
    let mut text = format!(
        "{}{}\n{margin}{} {}\n",
        style.of_severity(severity, &kind),
        style.bold(&format!(": {}", harmless(&problem.message))),
        style.faint("-->"),
        harmless(&problem.at.to_string())
    );
    // Writing into a String cannot fail.
    if !problem.line.trim().is_empty() {
        let bar = style.faint("|");
        let _ = write!(
            text,
            "{margin} {bar}\n{} {bar} {}\n{margin} {bar} {}\n",
            style.faint(&problem.at.line.to_string()),
            harmless(&problem.line),
            style.of_severity(severity, &carets(problem))
        );
    }
    for (label, value) in notes(problem) {
        let label = style.bold(&format!("{label}:"));
        let _ = writeln!(
            text,
            "{margin} {} {label} {}",
            style.faint("="),
            harmless(&value)
        );
    }
    text
}

/// Carets under the value, with the line's own tabs before them.
fn carets(problem: &Problem) -> String {
    let before = (problem.at.column as usize).saturating_sub(1);
    let blank = |c| if c == '\t' { '\t' } else { ' ' };
    let mut carets: String = problem.line.chars().take(before).map(blank).collect();
    carets.push_str(&"^".repeat(problem.width()));
    carets
}

fn notes(problem: &Problem) -> Vec<(&'static str, String)> {
    let mut notes = vec![("help", problem.help.clone())];
    notes.extend(
        problem
            .server
            .iter()
            .map(|said| ("the server says", said.clone())),
    );
    notes.extend(problem.fix.iter().map(|fix| ("fix", fix.clone())));
    notes.extend(problem.related.iter().map(|at| ("see", at.to_string())));
    notes
}

/// How many there are.
pub(crate) fn summary(problems: &[Problem], files: usize) -> String {
    let files = counted(files, "file");
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (count(problems, severity), severity.word()))
        .filter(|(number, _)| *number > 0)
        .map(|(number, word)| counted(number, word))
        .collect();
    if counts.is_empty() {
        return format!("{files}: nothing found.\n");
    }
    format!(
        "{files}: {}. `multicluster explain CODE` tells more of each.\n",
        counts.join(", ")
    )
}

/// `1 file`, `2 files`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
