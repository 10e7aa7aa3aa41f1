//! A field of the form: its label, its input, and what is wrong with it.

use multicluster_core::{Diagnostic, Path, Resolution, Severity};
use yew::html::{onchange, oninput};
use yew::virtual_dom::Key;
use yew::{AttrValue, Callback, Html, InputEvent};

use super::Dispatch;
use super::element::{all, on, tag};
use crate::platform;
use crate::state::{Action, TextField};

/// A problem as it is shown beneath its field.
#[derive(Clone, PartialEq)]
pub(super) struct Remark {
    pub(super) path: Path,
    severity: Severity,
    message: AttrValue,
}

impl From<&Diagnostic> for Remark {
    fn from(found: &Diagnostic) -> Self {
        Self {
            path: found.path,
            severity: found.severity,
            message: found.message.clone().into(),
        }
    }
}

impl Remark {
    fn view(&self, key: usize) -> Html {
        let text = self.message.clone();
        let remark = tag!("p", "data-severity" = self.severity.word(); text);
        remark.key(key).html()
    }
}

/// All problems, sorted by where they are shown.
pub(super) struct AllRemarks {
    general: Vec<Remark>,
    /// In the order of the clusters; shorter if the last ones have none.
    clusters: Vec<Vec<Remark>>,
}

impl AllRemarks {
    pub(super) fn of(resolution: &Resolution) -> Self {
        let mut all = Self {
            general: Vec::new(),
            clusters: Vec::new(),
        };
        for found in resolution.diagnostics() {
            let list = match found.path {
                Path::Cluster(place, _, _) => {
                    if all.clusters.len() <= place {
                        all.clusters.resize_with(place + 1, Vec::new);
                    }
                    &mut all.clusters[place]
                }
                _ => &mut all.general,
            };
            list.push(Remark::from(found));
        }
        all
    }

    /// About the servers as a whole.
    pub(super) fn general(&self) -> &[Remark] {
        &self.general
    }

    /// About the cluster at this place.
    pub(super) fn of_cluster(&self, place: usize) -> &[Remark] {
        self.clusters.get(place).map_or(&[], Vec::as_slice)
    }

    /// About the list of clusters.
    pub(super) fn of_list(&self) -> impl Iterator<Item = &Remark> {
        let general = self.general.iter();
        general.filter(|remark| remark.path == Path::Clusters)
    }
}

/// Remarks in their order, beneath whatever they are about.
pub(super) fn remarks(list: &mut dyn Iterator<Item = &Remark>, id: Option<AttrValue>) -> Html {
    let list = list.enumerate().map(|(at, remark)| remark.view(at));
    tag!("div", "class" = "remarks", "id" = id; all(list)).html()
}

/// The problems of one field.
pub(super) struct Remarks<'r> {
    id: String,
    list: Vec<&'r Remark>,
}

impl<'r> Remarks<'r> {
    /// The remarks about this place, for the field with this id. Notes stand in the list of
    /// problems only.
    pub(super) fn of(id: &str, path: &dyn Fn(Path) -> bool, all: &'r [Remark]) -> Self {
        Self {
            id: [id, "-remarks"].concat(),
            list: all
                .iter()
                .filter(|remark| path(remark.path) && remark.severity != Severity::Note)
                .collect(),
        }
    }

    /// `aria-invalid`.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        let mut list = self.list.iter();
        list.any(|remark| remark.severity == Severity::Error)
            .then_some("true")
    }

    /// The worst of them, for the look of the field.
    pub(super) fn severity(&self) -> Option<&'static str> {
        self.list.first().map(|remark| remark.severity.word())
    }

    /// `aria-describedby`, together with a hint.
    pub(super) fn described_by(&self, hint: Option<&str>) -> Option<AttrValue> {
        match (self.list.is_empty(), hint) {
            (true, None) => None,
            (true, Some(hint)) => Some(hint.to_owned().into()),
            (false, None) => Some(self.id.clone().into()),
            (false, Some(hint)) => Some([&*self.id, " ", hint].concat().into()),
        }
    }

    /// The text beneath the field.
    pub(super) fn view(&self) -> Html {
        remarks(&mut self.list.iter().copied(), Some(self.id.clone().into()))
    }
}

/// Stands beside a field that holds what a cluster runs with.
pub(super) const LOCKED: &str = "can never change: in use";

/// What a text field is made of.
pub(super) struct TextInput<'t> {
    pub(super) field: TextField,
    pub(super) id: String,
    pub(super) label: &'static str,
    /// Stands beside the label, and is read after it.
    pub(super) hint: &'static str,
    pub(super) value: &'t str,
    pub(super) class: &'static str,
    pub(super) numeric: bool,
    /// The id of a list of suggestions.
    pub(super) suggestions: Option<&'static str>,
    /// It can be read only; the hint says why.
    pub(super) locked: bool,
    pub(super) remarks: Remarks<'t>,
    /// Stands within the input, at its end.
    pub(super) inside: Option<Html>,
}

/// Shows a text field that changes the draft with every keystroke.
pub(super) fn text_input(mut input: TextInput, dispatch: &Dispatch) -> Html {
    if input.locked {
        input.hint = LOCKED;
    }
    let hint_id = (!input.hint.is_empty()).then(|| [&*input.id, "-hint"].concat());
    let oninput = {
        let (field, dispatch) = (input.field, dispatch.clone());
        Callback::from(move |event: InputEvent| {
            dispatch.emit(Action::Edit(field.typed(platform::typed(&event))).into());
        })
    };
    let onchange = on(dispatch, Action::TypingEnded);
    let key = Key::from(&*input.id);
    let id = AttrValue::from(input.id);
    let typed = tag!("input",
        "id" = id.clone(),
        "type" = "text",
        "readonly" = input.locked,
        "list" = input.suggestions,
        "inputmode" = input.numeric.then_some("numeric"),
        "autocomplete" = "off",
        "autocapitalize" = "off",
        "spellcheck" = "false",
        "aria-invalid" = input.remarks.invalid(),
        "aria-describedby" = input.remarks.described_by(hint_id.as_deref());
    );
    let typed = typed.holds(input.value).on([
        oninput::Wrapper::__macro_new(oninput),
        onchange::Wrapper::__macro_new(onchange),
    ]);
    let field = tag!("div", "class" = input.class, "data-severity" = input.remarks.severity();
        tag!("div", "class" = "label";
            tag!("label", "for" = id; input.label),
            tag!("span", "class" = "hint", "id" = hint_id; input.hint),
        ),
        tag!("div", "class" = "input"; typed, input.inside),
        input.remarks.view(),
    );
    field.key(key).html()
}
