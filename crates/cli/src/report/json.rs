//! Problems for other programs.

use multicluster_core::observed::Location;
use serde_json::{Value, json};

use crate::problem::Problem;

/// The version of the form: raised when something in it changes its meaning or goes away.
const FORMAT_VERSION: u32 = 1;

pub(crate) fn problems(problems: &[Problem]) -> String {
    let problems: Vec<Value> = problems.iter().map(problem).collect();
    let whole = json!({ "version": FORMAT_VERSION, "problems": problems });
    format!("{whole:#}\n")
}

fn problem(problem: &Problem) -> Value {
    let mut value = place(&problem.at);
    value["code"] = problem.code.into();
    value["severity"] = problem.severity.word().into();
    value["message"] = (&*problem.message).into();
    value["help"] = (&*problem.help).into();
    value["server"] = problem.server.clone().into();
    value["fix"] = problem.fix.clone().into();
    value["text"] = (&*problem.line).into();
    value["related"] = problem.related.iter().map(place).collect();
    value
}

fn place(at: &Location) -> Value {
    json!({ "file": &*at.source, "line": at.line, "column": at.column })
}
