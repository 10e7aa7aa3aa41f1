//! How findings and changes are shown.

use multicluster_import::Finding;

use crate::dom::{ACTION, El};
use crate::given::PASTED;
use crate::preview::{Choice, Fate, Group, Value};

/// Goes to a line of the pasted text: `go 12`.
pub(crate) const GO: &str = "go ";

/// One finding as an item of a list.
pub(crate) fn finding(finding: &Finding) -> El {
    let severity = finding.severity().word();
    let heading = El::new("p")
        .child(El::text("span", "severity", severity))
        .words(" ")
        .child(El::text("strong", "", "").prose(&finding.message));
    let place = El::new("p")
        .attribute("class", "place")
        .child(place(finding));
    let place = if finding.line.is_empty() {
        place
    } else {
        place
            .words(" ")
            .child(El::text("code", "source", finding.line.trim_end()))
    };
    El::new("li")
        .attribute("data-code", finding.code())
        .attribute("data-severity", severity)
        .child(heading)
        .child(place)
        .child(El::text("p", "hint", "").prose(finding.help()))
}

/// Where it is: of the pasted text a button that goes there.
fn place(finding: &Finding) -> El {
    let at = finding.at.to_string();
    if &*finding.at.source == PASTED {
        El::button("link", &at, &format!("{GO}{}", finding.at.line))
    } else {
        El::text("span", "", &at)
    }
}

/// What happens to a cluster, as an item of a list.
pub(crate) fn group(group: &Group) -> El {
    let stays = !group.values.is_empty() && group.values.iter().all(|value| value.stays);
    let word = match group.fate {
        Fate::Added => "added",
        Fate::Kept if stays => "stays",
        Fate::Kept => "changed",
        Fate::Removed => "removed",
    };
    let heading = El::new("p")
        .child(El::text("strong", "", &group.title))
        .words(" ")
        .child(El::text("span", "fate", word));
    let item = El::new("li").attribute("data-fate", word).child(heading);
    if group.values.is_empty() {
        return item;
    }
    let values = group.values.iter().map(value);
    item.child(values.fold(El::new("dl"), |list, [name, change]| {
        list.child(name).child(change)
    }))
}

fn value(value: &Value) -> [El; 2] {
    let name = El::text("dt", "", value.label);
    let change = El::new("dd");
    let change = if value.stays {
        change.words(&value.from)
    } else {
        becomes(change, value)
    };
    let change = if value.note.is_empty() {
        change
    } else {
        change
            .words(" ")
            .child(El::text("span", "hint", &value.note))
    };
    [name, change]
}

fn becomes(change: El, value: &Value) -> El {
    let change = if value.from.is_empty() {
        change
    } else {
        change
            .child(El::text("del", "", &value.from))
            .child(El::text("span", "visually-hidden", " becomes "))
            .child(El::text("span", "arrow", " → ").attribute("aria-hidden", "true"))
    };
    let to = if value.to.is_empty() {
        "(empty)"
    } else {
        &value.to
    };
    change.child(El::text("ins", "", to))
}

/// Chooses which cluster it is that was read: `is clusterA`.
pub(crate) const IS: &str = "is ";

/// A cluster that was read, with the list of those that it can be.
pub(crate) fn choice(choice: &Choice) -> El {
    let option = |value: &str, text: &str, is_chosen: bool| {
        let option = El::text("option", "", text).attribute("value", value);
        if is_chosen {
            option.attribute("selected", "")
        } else {
            option
        }
    };
    let list = El::new("select").attribute(ACTION, &format!("{IS}{}", choice.name));
    let list = list.child(option("", "a new cluster", choice.is.is_none()));
    let list = choice.options.iter().fold(list, |list, (id, called)| {
        list.child(option(
            &id.get().to_string(),
            called,
            choice.is == Some(*id),
        ))
    });
    let list = if choice.left_out == 0 {
        list
    } else {
        let more = format!("({} more are not listed)", choice.left_out);
        list.child(option("", &more, false).attribute("disabled", ""))
    };
    let label = El::new("label")
        .child(El::text("strong", "", &choice.name))
        .words(" is ")
        .child(list);
    El::new("li").child(label)
}
