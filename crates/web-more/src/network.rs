//! TLS between clusters, and addresses that are other ones for some of them: what most set-ups do without.

use std::cell::RefCell;

use multicluster_core::{ClusterDraft, ClusterField, Diagnostic, Draft, Edit, Path, Setting};
use web_sys::{Element, HtmlInputElement};

use crate::dom::{self, El};
use crate::tools::{Subject, Tool};

/// With more clusters, only addresses that are stated are shown: the number of pairs grows with the square.
const MOST_CLUSTERS: usize = 12;
/// Beyond that.
const OF_MANY: &str = "Of more than 12 clusters, only addresses that are set are shown. Others can be set in a topology file, \
    which Import reads.";
/// What servers dial each other with.
const OF_TLS: [Setting; 3] = [Setting::TlsCa, Setting::TlsCertificate, Setting::TlsKey];
const USE: &str = "use";
/// Carries out the fix at this place.
const FIX: &str = "fix ";
pub(crate) const TITLE: &str = "Network and TLS";

/// The id of the element of a field of this tool.
pub(crate) fn field_id(path: Path) -> String {
    ["network-", &path.slug()].concat()
}

/// A field of this tool.
struct Field {
    input: HtmlInputElement,
    before: String,
    /// What typing into it does.
    typed: Box<dyn Fn(String) -> Edit>,
}

pub(crate) struct Network {
    panel: El,
    draft: RefCell<Draft>,
    tls: RefCell<Option<HtmlInputElement>>,
    fields: RefCell<Vec<Field>>,
    /// What the buttons beside problems do.
    fixes: RefCell<Vec<Vec<Edit>>>,
}

impl Network {
    pub(crate) fn new() -> Self {
        Self {
            panel: El::new("div").attribute("class", "network"),
            draft: RefCell::new(Draft::empty()),
            tls: RefCell::default(),
            fields: RefCell::default(),
            fixes: RefCell::default(),
        }
    }

    /// What is wrong at a place, each with its way out if there is an obvious one.
    fn remarks(&self, subject: &Subject, path: Path) -> Vec<El> {
        let found = subject.resolution.diagnostics().iter();
        let found = found.filter(|found| found.path == path);
        let remark = |found: &Diagnostic| {
            let remark =
                El::text("p", "", &found.message).attribute("data-severity", found.severity.word());
            let Some(fix) = &found.fix else {
                return vec![remark];
            };
            let mut fixes = self.fixes.borrow_mut();
            let action = format!("{FIX}{}", fixes.len());
            fixes.push(fix.edits.clone());
            let name = format!("{}: {}", fix.label, found.message);
            let button = El::button("button", &fix.label, &action).attribute("aria-label", &name);
            vec![remark, button]
        };
        found.flat_map(remark).collect()
    }

    /// What was typed and chosen here.
    fn typed(&self) -> Vec<Edit> {
        let fields = self.fields.borrow();
        let changed = fields
            .iter()
            .filter(|field| field.input.value() != field.before);
        let mut edits: Vec<Edit> = changed
            .map(|field| (field.typed)(field.input.value()))
            .collect();
        if let Some(tls) = &*self.tls.borrow() {
            let was_off = !self.draft.borrow().tls;
            let is_meant = was_off && edits.iter().any(is_for_tls);
            edits.push(Edit::SetTls(tls.checked() || is_meant));
        }
        edits
    }

    /// What is shown in the box and the fields.
    fn values(&self) -> (bool, Vec<String>) {
        let tls = self.tls.borrow();
        let fields = self.fields.borrow();
        let texts = fields.iter().map(|field| field.input.value());
        (
            tls.as_ref().is_some_and(HtmlInputElement::checked),
            texts.collect(),
        )
    }

    fn set_values(&self, tls: bool, texts: &[String]) {
        if texts.is_empty() {
            return;
        }
        if let Some(on) = &*self.tls.borrow() {
            on.set_checked(tls);
        }
        for (field, text) in self.fields.borrow().iter().zip(texts) {
            field.input.set_value(text);
        }
    }

    /// A text field, with what is wrong with it.
    fn field(
        &self,
        subject: &Subject,
        path: Path,
        label: &str,
        value: &str,
        typed: impl Fn(String) -> Edit + 'static,
    ) -> El {
        let id = field_id(path);
        let input = El::new("input")
            .attribute("type", "text")
            .attribute("id", &id)
            .attribute("value", value)
            .attribute("autocomplete", "off")
            .attribute("autocapitalize", "off")
            .attribute("spellcheck", "false");
        let field = El::new("div")
            .attribute("class", "field")
            .child(El::text("label", "", label).attribute("for", &id))
            .child(&input);
        let remarks = self.remarks(subject, path).into_iter();
        let field = remarks.fold(field, El::child);
        self.fields.borrow_mut().push(Field {
            input: input.cast(),
            before: value.to_owned(),
            typed: Box::new(typed),
        });
        field
    }

    fn setting(&self, subject: &Subject, setting: Setting) -> El {
        let value = subject.draft.settings.get(setting);
        let typed = move |text| Edit::SetSetting(setting, text);
        self.field(
            subject,
            Path::Setting(setting),
            setting.label(),
            value,
            typed,
        )
    }

    fn of_cluster(&self, subject: &Subject, place: usize, field: ClusterField, label: &str) -> El {
        let cluster = &subject.draft.clusters[place];
        let id = cluster.id;
        let typed = move |text| Edit::SetField(id, field, text);
        let path = Path::Cluster(place, id, field);
        self.field(subject, path, label, cluster.field(field), typed)
    }

    fn tls(&self, subject: &Subject) -> El {
        let draft = &subject.draft;
        let mut on = El::new("input")
            .attribute("type", "checkbox")
            .attribute("id", &field_id(Path::Tls));
        if draft.tls {
            on = on.attribute("checked", "");
        }
        self.tls.replace(Some(on.cast()));
        let label = El::new("label").child(&on).words(" TLS between clusters");
        let about = "Written into each cluster's file as `global.tls.remoteClusters`: how its servers dial the others, with \
                     paths on their machines. How they are dialled themselves stays in your own configuration. Filling in any \
                     of these turns it on.";
        let remarks = self.remarks(subject, Path::Tls).into_iter();
        let part = remarks
            .fold(part("Servers").child(label), El::child)
            .child(El::new("p").prose(about));
        let part = OF_TLS.into_iter().fold(part, |part, setting| {
            part.child(self.setting(subject, setting))
        });
        draft
            .clusters
            .iter()
            .enumerate()
            .fold(part, |part, (place, of)| {
                let label = format!("TLS server name of {}", name(of, place));
                part.child(self.of_cluster(subject, place, ClusterField::TlsServerName, &label))
            })
    }

    fn tool(&self, subject: &Subject) -> El {
        let about = "Where the tool that scripts and the runbook call finds its files, on the machine where it runs.";
        let settings = [
            Setting::ToolCa,
            Setting::ToolCertificate,
            Setting::ToolKey,
            Setting::ToolServerName,
        ];
        let part = part("Command line tool").child(El::text("p", "", about));
        settings.into_iter().fold(part, |part, setting| {
            part.child(self.setting(subject, setting))
        })
    }

    fn addresses(&self, subject: &Subject) -> El {
        let clusters = &subject.draft.clusters;
        let about = "Where one cluster reaches another one, if not at its RPC address: through a gateway, or out of a container.";
        let mut part = part("Addresses").child(El::text("p", "", about));
        if clusters.len() > MOST_CLUSTERS {
            part = part.child(El::text("p", "", OF_MANY));
        }
        for (place, of) in clusters.iter().enumerate() {
            for (by_place, by) in clusters.iter().enumerate() {
                let field = ClusterField::AddressFrom(by.id);
                let is_shown = clusters.len() <= MOST_CLUSTERS || !of.field(field).is_empty();
                if place != by_place && is_shown {
                    let (of, by) = (name(of, place), name(by, by_place));
                    let label = format!("Address of {of} as seen from {by}");
                    part = part.child(self.of_cluster(subject, place, field, &label));
                }
            }
        }
        part
    }
}

/// Whether this fills in what is of no use without TLS between clusters.
fn is_for_tls(edit: &Edit) -> bool {
    match edit {
        Edit::SetSetting(setting, text) => OF_TLS.contains(setting) && !text.is_empty(),
        Edit::SetField(_, field, text) => *field == ClusterField::TlsServerName && !text.is_empty(),
        _ => false,
    }
}

fn part(title: &str) -> El {
    El::new("fieldset").child(El::text("legend", "", title))
}

fn name(cluster: &ClusterDraft, place: usize) -> String {
    match cluster.name.trim() {
        "" => format!("cluster {}", place + 1),
        name => name.to_owned(),
    }
}

impl Tool for Network {
    fn title(&self) -> &'static str {
        TITLE
    }

    fn panel(&self) -> El {
        self.panel.clone()
    }

    fn show(&self, subject: &Subject) {
        // What was typed for this very draft and was not used yet stays.
        let is_same = *self.draft.borrow() == subject.draft;
        let typed = is_same.then(|| self.values());
        self.fields.borrow_mut().clear();
        self.fixes.borrow_mut().clear();
        self.draft.replace(subject.draft.clone());
        let parts = [
            self.addresses(subject),
            self.tls(subject),
            self.tool(subject),
            El::button("button", "Use these settings", USE),
        ];
        dom::fill(&self.panel.cast::<Element>(), parts);
        if let Some((tls, texts)) = typed {
            self.set_values(tls, &texts);
        }
    }

    fn leads_to(&self, action: &str) -> Option<Draft> {
        let mut edits = self.typed();
        if let Some(place) = action.strip_prefix(FIX) {
            let place: usize = place.parse().ok()?;
            edits.extend(self.fixes.borrow().get(place)?.iter().cloned());
        } else if action != USE {
            return None;
        }
        self.fields.borrow_mut().clear();
        Some(self.draft.borrow().with(&edits))
    }
}
