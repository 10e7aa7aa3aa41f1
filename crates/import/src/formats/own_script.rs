//! Our own scripts. They hold what files of servers do not tell: where the tool reaches each cluster and with
//! which files, and where clusters reach others that are at another address for them.

use multicluster_core::model::{HostPort, Tool};
use multicluster_core::release::RANGES;
use multicluster_core::render::tls_flag_names;
use multicluster_core::{ClusterField, ClusterId, Draft, Edit, Setting};

use super::Reader;
use super::commands::words;
use crate::text::Place;

/// What every script begins with.
const FIRST_LINE: &str = "#!/bin/sh";
/// The tables in them, and the function that calls the tool.
const CLUSTERS: &str = "each_cluster() {";
const SEEN: &str = "each_seen() {";
const ASK: &str = "ask() {";
/// What a row of a table begins with, and how many values one of clusters has behind it.
const ROW: &str = "\"$@\" ";

impl Reader<'_> {
    /// Reads the script of ours that begins at this line; returns the line behind it.
    pub(crate) fn own_script(&mut self, at: usize) -> Option<usize> {
        let lines = &self.text.lines[at..];
        if lines[0].trim() != FIRST_LINE {
            return None;
        }
        let next = lines
            .iter()
            .skip(1)
            .position(|line| line.trim() == FIRST_LINE);
        let end = next.map_or(lines.len(), |next| next + 1);
        let draft = draft(&lines[..end])?;
        self.outcome
            .add_draft(self.text.location(Place::new(at, 0)), draft);
        Some(at + end)
    }
}

/// The set-up of a script; what it does not tell is empty.
fn draft(script: &[String]) -> Option<Draft> {
    let mut draft = Draft::empty();
    let (release, tool) = made_for(script)?;
    draft.apply(&Edit::SetServerVersion(release.to_owned()));
    draft.apply(&Edit::SetTool(tool));
    let increment = script
        .iter()
        .find_map(|line| line.strip_prefix("increment="))?;
    draft.apply(&Edit::SetIncrement(increment.to_owned()));
    for row in rows(script, CLUSTERS) {
        add(&mut draft, &row)?;
    }
    for row in rows(script, SEEN) {
        let [by, of, address] = &row[..] else {
            return None;
        };
        let id = |name: &str| {
            draft
                .clusters
                .iter()
                .find(|it| it.name == name)
                .map(|it| it.id)
        };
        let (by, of) = (id(by)?, id(of)?);
        let field = ClusterField::AddressFrom(by);
        draft.apply(&Edit::SetField(of, field, address.clone()));
    }
    for (setting, text) in flags(script, tool) {
        draft.apply(&Edit::SetSetting(setting, text));
    }
    (!draft.clusters.is_empty()).then_some(draft)
}

/// `# For Temporal 1.32 and later, with temporal.`: the release as it is kept, and the tool.
fn made_for(script: &[String]) -> Option<(&'static str, Tool)> {
    let mut found = script.iter().filter_map(|line| {
        let (label, tool) = line
            .strip_prefix("# For Temporal ")?
            .split_once(", with ")?;
        let range = RANGES.iter().find(|range| range.label == label)?;
        let program = tool.split([' ', '.']).next()?;
        Some((range.value, Tool::from_program(program)?))
    });
    found.next()
}

/// The values in the rows of a table; none, if there is no such table.
fn rows(script: &[String], table: &str) -> Vec<Vec<String>> {
    let lines = script.iter().skip_while(|line| *line != table).skip(1);
    let rows = lines
        .map(|line| line.trim())
        .take_while(|line| *line != "}");
    let rows = rows.filter_map(|line| {
        let begin = line.starts_with(ROW).then_some(ROW.len())?;
        let values = words::words(line, begin).into_iter();
        Some(values.map(|word| word.text).collect())
    });
    rows.collect()
}

/// A row of the table of clusters: name, initial failover version, shards, address for the script, address
/// for others. In a script that calls the tool elsewhere, the fourth value is the place.
fn add(draft: &mut Draft, row: &[String]) -> Option<ClusterId> {
    let [name, version, shards, admin, rpc] = row else {
        return None;
    };
    let shards = if shards == "-" { "" } else { shards };
    let is_admin = admin != rpc && HostPort::parse(admin).is_ok();
    let admin = if is_admin { admin } else { "" };
    let id = draft.add_named(name);
    for (field, text) in [
        (ClusterField::InitialFailoverVersion, &**version),
        (ClusterField::HistoryShards, shards),
        (ClusterField::AdminAddress, admin),
        (ClusterField::RpcAddress, rpc),
    ] {
        draft.apply(&Edit::SetField(id, field, text.to_owned()));
    }
    Some(id)
}

/// With which files the tool is called.
fn flags(script: &[String], tool: Tool) -> Vec<(Setting, String)> {
    let ask = script.iter().skip_while(|line| *line != ASK);
    let mut calls = ask.map(|line| line.trim()).take_while(|line| *line != "}");
    let call = calls.find_map(|line| line.strip_prefix(tool.program()));
    let words = call.map_or_else(Vec::new, |call| words::words(call, 0));
    let pairs = words.windows(2);
    let found = pairs.filter_map(|pair| {
        let names = tls_flag_names(tool).into_iter();
        let mut settings = names.zip(SETTINGS);
        let (_, setting) = settings.find(|(name, _)| *name == pair[0].text)?;
        Some((setting, pair[1].text.clone()))
    });
    found.collect()
}

/// What the flags state, in their order.
const SETTINGS: [Setting; 4] = [
    Setting::ToolCa,
    Setting::ToolCertificate,
    Setting::ToolKey,
    Setting::ToolServerName,
];
