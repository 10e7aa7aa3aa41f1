//! `change.sh`: only the connections that must change, made of the parts of the other scripts.

use std::rc::Rc;

use crate::change::{Change, ConnectionChange, Leaving};
use crate::model::Tool;
use crate::plan::{Cluster, Plan};
use crate::release::Capability;

use super::super::artifact::{Artifact, ArtifactId};
use super::super::topic::ScriptTopic;
use super::{
    AS_SEEN, CHECK, CHECK_ALL, CHECK_NOW, CONFIRM, CONNECT, Call, Caller, FAIL, NO_ANSWER,
    NOT_AT_ONCE, Part, REMOVE, RESTART, USABLE, WAIT, body, head, json, refreshes, removal,
    sees_otherwise, shards, table, when_read,
};

const OPTIONS: Part = Part(ScriptTopic::CallOptions, include_str!("options.sh"), &[]);
const EACH_OF: Part = Part(ScriptTopic::EachOf, include_str!("each_of.sh"), &[]);
const EACH_OF_SEEN: Part = Part(ScriptTopic::EachOf, include_str!("each_of_seen.sh"), &[]);
const EACH_LEAVING_PAIR: Part = Part(
    ScriptTopic::EachLeavingPair,
    include_str!("each_leaving_pair.sh"),
    &[],
);
const CHECK_LEAVING: Part = Part(
    ScriptTopic::CheckLeaving,
    include_str!("check_leaving.sh"),
    &[],
);
const LOOK_FOR_USERS: Part = Part(
    ScriptTopic::LookForUsers,
    include_str!("look_for_users.sh"),
    &[],
);
const LOOK_FOR_OWN: Part = Part(
    ScriptTopic::LookForOwn,
    include_str!("look_for_own.sh"),
    &[Call::Health],
);
const REMOVE_THERE: Part = Part(
    ScriptTopic::RemoveThere,
    include_str!("remove_there.sh"),
    &[],
);
const TAKE_OUT_CONFIRM: Part = Part(
    ScriptTopic::TakeOutConfirm,
    include_str!("take_out_confirm.sh"),
    &[],
);
const CONNECT_LISTED: Part = Part(
    ScriptTopic::ConnectListed,
    include_str!("connect_listed.sh"),
    &[],
);
const CONNECT_LISTED_WAIT: Part = Part(
    ScriptTopic::WaitForAll,
    include_str!("connect_listed_wait.sh"),
    &[],
);
const TAKE_OUT: Part = Part(ScriptTopic::TakeOut, include_str!("take_out.sh"), &[]);

/// Writes `change.sh`.
pub(in super::super) fn change(change: &Change, name: Rc<str>) -> Artifact {
    let plan = &change.wanted;
    let connecting: Vec<&ConnectionChange> = change.to_connect().collect();
    let taking_out = !change.leaving.is_empty();
    let caller = Caller::Person;
    let parts = parts(plan, !connecting.is_empty(), taking_out);
    let title = title(&connecting, &change.leaving);
    let mut lines = head(plan, caller, &title, &remarks(taking_out), &parts);
    lines.extend(table::clusters(
        plan,
        caller,
        taking_part(change).into_iter(),
    ));
    if taking_out {
        lines.extend(table::leaving(&change.leaving));
    }
    if !connecting.is_empty() {
        lines.extend(table::connections(&connecting));
    }
    lines.extend(table::seen(plan));
    lines.extend(body(plan, caller, &parts));
    Artifact {
        id: ArtifactId::Change,
        name,
        lines,
    }
}

fn title(connecting: &[&ConnectionChange], leaving: &[Leaving]) -> String {
    let connects = match connecting {
        [] => None,
        [one] => Some(format!("connects {} to {}", one.from, one.to)),
        many => Some(format!("makes {} connections", many.len())),
    };
    let removes = match leaving {
        [] => None,
        [one] => Some(format!("takes {} out", one.name)),
        many => Some(format!("takes {} clusters out", many.len())),
    };
    let does: Vec<String> = connects.into_iter().chain(removes).collect();
    format!("Changes only what must change: {}.", does.join(", then "))
}

fn remarks(taking_out: bool) -> Vec<&'static str> {
    let mut remarks =
        vec!["Changes nothing unless every cluster below answers and is the one that was planned."];
    if taking_out {
        remarks.push(
            "Takes nothing out while a namespace is in what leaves. Asks first; -y goes on without.",
        );
        remarks
            .push("--connect-only makes the connections, and stops before it takes anything out.");
        remarks.push(
            "--give-up-namespaces takes out also where namespaces are active in no cluster that stays: they are lost.",
        );
    }
    remarks
}

fn parts(plan: &Plan, connecting: bool, taking_out: bool) -> Vec<Part> {
    let mut parts = vec![
        FAIL,
        json(plan.tool),
        shards(plan),
        NO_ANSWER,
        CHECK,
        CHECK_ALL,
    ];
    if connecting {
        if sees_otherwise(plan) {
            parts.extend([EACH_OF_SEEN, AS_SEEN]);
        } else {
            parts.push(EACH_OF);
        }
        if refreshes(plan) {
            parts.extend([USABLE, WAIT]);
        }
        parts.push(CONNECT);
    }
    if taking_out {
        parts.extend([OPTIONS, CONFIRM, EACH_LEAVING_PAIR, CHECK_LEAVING]);
        parts.extend(removal(plan));
        parts.extend([LOOK_FOR_USERS, own_namespaces(plan.tool), keep(plan)]);
        parts.extend([LOOK_FOR_OWN, REMOVE, REMOVE_THERE, TAKE_OUT_CONFIRM]);
    }
    parts.push(CHECK_NOW);
    if connecting {
        parts.push(CONNECT_LISTED);
        parts.push(if refreshes(plan) {
            CONNECT_LISTED_WAIT
        } else {
            RESTART
        });
    }
    if taking_out {
        parts.extend([TAKE_OUT, when_read(plan)]);
        if refreshes(plan) {
            parts.push(NOT_AT_ONCE);
        }
    }
    parts
}

/// The namespaces that end with a cluster that leaves.
const fn own_namespaces(tool: Tool) -> Part {
    let text = match tool {
        Tool::Tctl => include_str!("own_namespaces_tctl.sh"),
        Tool::Temporal => include_str!("own_namespaces_temporal.sh"),
    };
    Part(ScriptTopic::OwnNamespaces, text, &[Call::Namespaces])
}

/// What must be done with them where they are wanted.
fn keep(plan: &Plan) -> Part {
    let text = match plan.tool {
        _ if !plan.release.has(Capability::ShrinksNamespaces) => include_str!("keep_all.sh"),
        Tool::Tctl => include_str!("keep_tctl.sh"),
        Tool::Temporal => include_str!("keep_temporal.sh"),
    };
    Part(ScriptTopic::Keep, text, &[])
}

/// The clusters where anything is done: all of them, where one leaves.
fn taking_part(change: &Change) -> Vec<&Cluster> {
    let takes_part = |cluster: &&Cluster| {
        let is_end = |end: &ConnectionChange| [&end.from, &end.to].contains(&cluster.name());
        !change.leaving.is_empty() || change.to_connect().any(is_end)
    };
    change.wanted.clusters.iter().filter(takes_part).collect()
}
