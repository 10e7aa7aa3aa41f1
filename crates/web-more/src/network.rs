//! TLS between clusters, and addresses that are other ones for some of them: what most set-ups do without.

use std::cell::RefCell;

use multicluster_core::{ClusterDraft, ClusterField, Draft, Edit, Path, Setting};
use web_sys::{Element, HtmlInputElement};

use crate::dom::{self, El};
use crate::tools::{Subject, Tool};

/// With more clusters, only addresses that are stated are shown: the number of pairs grows with the square.
const MOST_CLUSTERS: usize = 12;
const USE: &str = "use";

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
}

impl Network {
    pub(crate) fn new() -> Self {
        Self {
            panel: El::new("div").attribute("class", "network"),
            draft: RefCell::new(Draft::empty()),
            tls: RefCell::default(),
            fields: RefCell::default(),
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
        let id = ["network-", &path.slug()].concat();
        let input = El::new("input")
            .attribute("type", "text")
            .attribute("id", &id)
            .attribute("value", value)
            .attribute("autocomplete", "off")
            .attribute("autocapitalize", "off")
            .attribute("spellcheck", "false");
        let mut field = El::new("div")
            .attribute("class", "field")
            .child(El::text("label", "", label).attribute("for", &id))
            .child(&input);
        let found = subject.resolution.diagnostics().iter();
        for found in found.filter(|found| found.path == path) {
            let remark =
                El::text("p", "", &found.message).attribute("data-severity", found.severity.word());
            field = field.child(remark);
        }
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
        let mut on = El::new("input").attribute("type", "checkbox");
        if draft.tls {
            on = on.attribute("checked", "");
        }
        self.tls.replace(Some(on.cast()));
        let label = El::new("label").child(&on).words(" TLS between clusters");
        let about = "Written into each cluster's file as `global.tls.remoteClusters`: how its servers dial the others, with \
                     paths on their machines. How they are dialled themselves stays in your own configuration.";
        let settings = [Setting::TlsCa, Setting::TlsCertificate, Setting::TlsKey];
        let part = part("Servers")
            .child(label)
            .child(El::new("p").prose(about));
        let part = settings.into_iter().fold(part, |part, setting| {
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
        "Network and TLS"
    }

    fn panel(&self) -> El {
        self.panel.clone()
    }

    fn show(&self, subject: &Subject) {
        self.fields.borrow_mut().clear();
        self.draft.replace(subject.draft.clone());
        let parts = [
            self.addresses(subject),
            self.tls(subject),
            self.tool(subject),
            El::button("button", "Use these settings", USE),
        ];
        dom::fill(&self.panel.cast::<Element>(), parts);
    }

    fn leads_to(&self, action: &str) -> Option<Draft> {
        if action != USE {
            return None;
        }
        let fields = self.fields.borrow();
        let changed = fields
            .iter()
            .filter(|field| field.input.value() != field.before);
        let mut edits: Vec<Edit> = changed
            .map(|field| (field.typed)(field.input.value()))
            .collect();
        if let Some(tls) = &*self.tls.borrow() {
            edits.push(Edit::SetTls(tls.checked()));
        }
        Some(self.draft.borrow().with(&edits))
    }
}
