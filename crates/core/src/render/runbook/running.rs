//! From clusters of which some run, or all, to connected ones. `CHANGE.md` has what must change from what was read of them; this is
//! the way where nothing was read.

use crate::change::Impossible;
use crate::edit::ClusterField;
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, Layout};

use super::super::artifact::{ArtifactId, Line};
use super::super::commands::Commands;
use super::super::markdown::{Document, code_span};
use super::super::plain_commands::MOST_CLUSTERS;
use super::super::shell::Argument;
use super::super::topic::GuideTopic;
use super::{admin, changes, code, list, set_up};

/// When a changed file counts.
pub(super) const READ_AT_START: &str = "Servers read a changed file when they start. Where no step below restarts them, that \
     can wait for the next time.";

/// What else happens with the restart that enables global namespaces.
pub(super) const ENABLED_FOR_THE_FIRST_TIME: &str = "With `enableGlobalNamespace: true` for the first time, they take their \
     initial failover version and increment from the file, and keep them from then on. There is no way back.";

/// The clusters of a plan, some of which run.
struct Parts<'p> {
    plan: &'p Plan,
    running: Vec<&'p Cluster>,
    new: Vec<&'p Cluster>,
}

pub(super) fn chapter(document: &mut Document, plan: &Plan) {
    let (running, new) = plan.clusters.iter().partition(|cluster| cluster.runs());
    let parts = Parts { plan, running, new };
    parts.before(document);
    parts.look(document);
    parts.files(document);
    parts.start(document);
    if plan.clusters.len() < 2 {
        return;
    }
    match plan.release.layout() {
        Layout::OwnCluster => {
            parts.connect(document);
            parts.go_back(document);
        }
        Layout::AllClusters => set_up::nothing_to_connect(document),
    }
}

impl Parts<'_> {
    fn are_connected_by_file(&self) -> bool {
        self.plan.release.layout() == Layout::AllClusters
    }

    /// Whether all clusters run, on files that need not change.
    fn nothing_is_new_by_file(&self) -> bool {
        self.new.is_empty() && !self.are_connected_by_file()
    }

    fn before(&self, document: &mut Document) {
        set_up::what_is_needed(document, self.plan);
        let (running, runs) = (list(&self.running), of(&self.running, "runs", "run"));
        document.point(format!(
            "{running} {runs} already, with the names and numbers above. What can never change of that is listed at the end."
        ));
        set_up::experimental(document);
    }

    fn look(&self, document: &mut Document) {
        document.step(GuideTopic::LookAtRunning, "Look at what runs");
        let running = list(&self.running);
        if self.are_connected_by_file() {
            document.paragraph(format!(
                "In the files that the servers of {running} run on now, name, initial failover version and increment must be \
                 those above: these servers follow their files, and with other numbers what has happened would belong to \
                 another cluster. Keep these files: they are the way back."
            ));
        } else {
            document.paragraph(format!(
                "Ask {running}, before anything is changed. These commands change nothing:"
            ));
            document.commands(self.questions());
            document.paragraph(
                "Expect the name, the initial failover version and the increment that stand above. What is not printed, as in older \
                 releases, stands in the configuration file that the servers run on: look there. If anything else comes, change the \
                 plan, and not the cluster. Keep what is printed: it is the way back.",
            );
        }
        let (given, next) = (
            if self.are_connected_by_file() {
                "These files"
            } else {
                "What these commands print, pasted together with the commands,"
            },
            if self.plan.clusters.len() > 1 {
                "Create a global namespace"
            } else {
                "What can never change"
            },
        );
        document.paragraph(format!(
            "{given} can be imported on the page that this runbook is from, or given to `multicluster plan`, which then write \
             `CHANGE.md`, and `change.sh` where there is anything to run: only what must change. Where they are beside this file, follow \
             `CHANGE.md`, and go on here at \"{next}\"."
        ));
    }

    fn questions(&self) -> Vec<Line> {
        let commands = Commands::of(self.plan);
        let lists = self.plan.release.has(Capability::ListsClusters);
        let ask = |cluster: &&Cluster| {
            let at = || admin(cluster);
            let list = lists.then(|| commands.list(at()));
            let asked = [commands.describe(at())].into_iter().chain(list);
            let asked = asked.map(|line| line.from(cluster.admin_path()));
            asked.collect::<Vec<_>>()
        };
        self.running.iter().flat_map(ask).collect()
    }

    fn files(&self, document: &mut Document) {
        let title = if self.nothing_is_new_by_file() {
            "Compare the files"
        } else {
            "Put each file in place"
        };
        document.step(GuideTopic::PutFiles, title);
        for cluster in &self.new {
            set_up::belongs(document, cluster);
        }
        for cluster in &self.running {
            let (file, name) = (code_span(cluster.file_name()), code(cluster));
            document.point(match cluster.release().layout() {
                Layout::AllClusters => format!("{file} replaces the one of every server of {name}, which runs."),
                Layout::OwnCluster => {
                    format!("{file} is compared with the one of {name}, which runs, and replaces it only as said below.")
                }
            });
        }
        set_up::put_in_place(document, self.plan);
        document.turn_to(GuideTopic::FilesOfRunning);
        if self.are_connected_by_file() {
            document.paragraph(set_up::ALL_TOGETHER);
        }
        let mut kept = self.running.iter().copied();
        if let Some(one) = kept.find(|cluster| cluster.release().layout() == Layout::OwnCluster) {
            self.which_are_replaced(document, one);
        }
        document.paragraph(if self.are_connected_by_file() {
            "To go back, restore the previous files of all that run, and restart their servers. A namespace cannot leave a cluster in \
             these releases: that works while none is in a new one."
        } else {
            "To go back, restore the previous files, and restart the servers that were restarted. Global namespaces stay enabled."
        });
    }

    /// What in the file of a running cluster needs a restart; of `one` for example.
    fn which_are_replaced(&self, document: &mut Document, one: &Cluster) {
        document.paragraph(
            "Since 1.14 the database of a cluster keeps its name, its numbers and its connections, and other clusters are not in its \
             file: for a cluster that joins, the file stays as it is. What the file says of its own cluster decides:",
        );
        document.point("As in the exported file, in every key: nothing is to be done, and the servers go on running.");
        if one.release().has(Capability::EnablesGlobalNamespacesLater) {
            document.point(format!(
                "`enableGlobalNamespace` is not `true`: replace it, and restart the servers before anything is connected. \
                 {ENABLED_FOR_THE_FIRST_TIME}"
            ));
        } else {
            let stays_off = Impossible::GlobalNamespacesStayOff {
                cluster: one.name().clone(),
            };
            document.point(format!(
                "`enableGlobalNamespace` is not `true`: stop here. {} {}",
                stays_off.message_with(code_span),
                stays_off.way_with(code_span)
            ));
        }
        if self.plan.stated.tls.is_some() && one.release().has(Capability::RemoteClusterTls) {
            document.point(
                "`global.tls.remoteClusters` is another one: replace it, and restart the servers before anything is connected.",
            );
        }
        document.point(format!(
            "Anything else differs: replace it. {READ_AT_START}"
        ));
    }

    fn start(&self, document: &mut Document) {
        let title = if self.nothing_is_new_by_file() {
            "Ask whether they serve"
        } else {
            "Start the servers"
        };
        document.step(GuideTopic::Start, title);
        document.turn_to(GuideTopic::StartBeside);
        let (new, running) = (list(&self.new), list(&self.running));
        let starts = if self.new.is_empty() {
            String::new()
        } else {
            format!("Start all servers of {new}. ")
        };
        document.paragraph(if self.are_connected_by_file() {
            format!("{starts}Restart all servers of {running}, in any order. Then ask every cluster:")
        } else {
            format!(
                "{starts}The servers of {running} go on running, unless the step before says that they are restarted. Then ask every \
                 cluster:"
            )
        });
        set_up::ask_all(document, self.plan);
        if !self.new.is_empty() {
            set_up::fresh_database(document, self.plan);
        }
    }

    fn connect(&self, document: &mut Document) {
        document.step(GuideTopic::Connect, "Connect the clusters");
        document.turn_to(GuideTopic::ConnectRunning);
        set_up::run_connect(document, self.plan);
        document.paragraph(
            "Connections that are there already are made again by the same command: that changes nothing where they are on and \
             lead to the addresses above, and puts right where not.",
        );
        let added = self.added_at_running();
        if !added.is_empty() && self.plan.clusters.len() <= MOST_CLUSTERS {
            let (at, adds) = (
                list(&self.running),
                of(&added, "this command adds", "these commands add"),
            );
            document.paragraph(format!("At {at} it changes nothing but what {adds}:"));
            document.commands(added);
        }
        set_up::verify(document);
    }

    /// The commands that tell those that run of those that are new.
    fn added_at_running(&self) -> Vec<Line> {
        let commands = Commands::of(self.plan);
        let add = |at: &Cluster, new: &Cluster| {
            let address = Argument::Value(new.address_from(at).as_str());
            let line = commands.upsert(admin(at), address, true);
            line.from(new.member.path(ClusterField::RpcAddress))
        };
        let at = self.running.iter();
        at.flat_map(|at| self.new.iter().map(|new| add(at, new)))
            .collect()
    }

    fn go_back(&self, document: &mut Document) {
        document.step(GuideTopic::BackToBefore, "Go back, if need be");
        document.paragraph(
            "`disable.sh` and `remove.sh` are about all connections, those too that were there before.",
        );
        if self.new.is_empty() {
            return self.remove_by_hand(document);
        }
        let (new, running) = (list(&self.new), list(&self.running));
        document.paragraph(format!(
            "While no namespace is in {new}, {running} on the one side and {new} on the other can forget each other."
        ));
        changes::look_before(document, self.plan, &self.running);
        document.paragraph("Then:");
        let commands = Commands::of(self.plan);
        let forget = |new: &&Cluster| changes::forget_each_other(&commands, &self.running, new);
        document.commands(self.new.iter().flat_map(forget).collect());
        self.after_removing(document);
        document.paragraph(format!("Then stop the servers of {new}."));
    }

    /// Which connections were there before is known to who has asked.
    fn remove_by_hand(&self, document: &mut Document) {
        let lines = if self.plan.clusters.len() <= MOST_CLUSTERS {
            format!(
                ", each by its line at the end of {}",
                code_span(ArtifactId::PlainCommands.fixed_name())
            )
        } else {
            String::new()
        };
        document.paragraph(format!(
            "While no namespace uses it, remove only what was not connected before{lines}."
        ));
        changes::look_before(document, self.plan, &self.running);
        self.after_removing(document);
    }

    fn after_removing(&self, document: &mut Document) {
        document.paragraph(if self.plan.release.has(Capability::RefreshesConnections) {
            "Servers read it within a minute. Do not connect them again before."
        } else {
            "Then restart the servers where it was removed."
        });
    }
}

fn of<'w, T>(things: &[T], one: &'w str, many: &'w str) -> &'w str {
    if things.len() == 1 { one } else { many }
}
