//! From what was typed to what is true.

use std::rc::Rc;

use crate::diagnostics::{Diagnostic, Path, Severity};
use crate::draft::{ClusterId, Draft};
use crate::edit::ClusterField;
use crate::model::{FilePath, HostName, HostPort};
use crate::plan::{Cluster, ConfigFile, Member, Plan, Stated, TlsFiles, ToolTls};
use crate::reading::{ClusterReading, Reading};
use crate::release::{Capability, Layout, ServerVersion};
use crate::render::{self, Artifact, ArtifactId, file_names};
use crate::rules;
use crate::settings::Setting;

/// Everything that is known about a draft: its problems, and what can be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    diagnostics: Vec<Diagnostic>,
    outputs: Vec<Output>,
    configs: Vec<Option<ConfigFile>>,
    releases: Vec<(ClusterId, Option<ServerVersion>)>,
    plan: Option<Plan>,
    has_common_master: bool,
}

/// A file that the draft leads to, ready or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Which file it is.
    pub id: ArtifactId,
    /// Its name, different from that of every other output.
    pub name: Rc<str>,
    /// Places in [`Resolution::diagnostics`] of the errors that make it wrong; empty if it is ready.
    pub blocked_by: Rc<[usize]>,
}

impl Output {
    /// Whether it can be copied and downloaded.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.blocked_by.is_empty()
    }
}

/// Reads a draft, checks every rule, and proves what can be proved. Never fails, and reports
/// everything at once.
#[must_use]
pub fn resolve(draft: &Draft) -> Resolution {
    let reading = Reading::of(draft);
    let diagnostics = rules::check_all(&reading);
    let names: Vec<Rc<str>> = file_names(&reading.clusters);
    let outputs = outputs(&reading, &names, &diagnostics);
    let configs = config_files(&reading, &outputs);
    let plan = plan(&reading, &names, &diagnostics);
    let clusters = reading.clusters.iter();
    let clusters = clusters.map(|cluster| (cluster.draft.id, cluster.release));
    Resolution {
        diagnostics,
        outputs,
        configs,
        releases: clusters.collect(),
        plan,
        has_common_master: reading.layout() == Layout::AllClusters,
    }
}

impl Resolution {
    /// All problems: errors first, then warnings, then notes, each in the order of the form.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether any file names a common master: that of a release prior to 1.14.
    #[must_use]
    pub const fn has_common_master(&self) -> bool {
        self.has_common_master
    }

    /// How many problems of this severity there are.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        let same = |found: &&Diagnostic| found.severity == severity;
        self.diagnostics.iter().filter(same).count()
    }

    /// Every file that the draft leads to, in the order in which they are shown.
    #[must_use]
    pub fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// The whole set-up, if no rule found an error.
    #[must_use]
    pub const fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The release of the servers of a cluster, where that is known.
    pub(crate) fn release_of(&self, cluster: ClusterId) -> Option<ServerVersion> {
        let mut releases = self.releases.iter();
        releases.find(|(id, _)| *id == cluster)?.1
    }

    /// The proved configuration files, one per cluster that is not blocked.
    pub fn config_files(&self) -> impl Iterator<Item = &ConfigFile> {
        self.configs.iter().flatten()
    }

    /// One file; `None` if it does not exist or an error blocks it.
    #[must_use]
    pub fn render(&self, id: ArtifactId) -> Option<Artifact> {
        let output = self.output(id)?;
        self.render_output(output)
    }

    /// The configuration file of a cluster; `None` if there is none or an error blocks it. The same as
    /// [`render`](Self::render), for a program that shall not hold every writer.
    #[must_use]
    pub fn render_config(&self, id: ArtifactId) -> Option<Artifact> {
        let ArtifactId::Config(cluster) = id else {
            return None;
        };
        let name = self.output(id)?.name.clone();
        let mut files = self.configs.iter().flatten();
        let file = files.find(|file| file.current().id == cluster)?;
        Some(render::config_file(file, name))
    }

    /// What is known of a file; `None` if the draft does not lead to it.
    #[must_use]
    pub fn output(&self, id: ArtifactId) -> Option<&Output> {
        self.outputs.iter().find(|output| output.id == id)
    }

    /// One sentence for the person about to use a file.
    #[must_use]
    pub fn summary(&self, id: ArtifactId) -> &'static str {
        let runs = |file: &ConfigFile| {
            id == ArtifactId::Config(file.current().id) && file.current().runs()
        };
        if self.config_files().any(runs) {
            ArtifactId::SUMMARY_OF_RUNNING
        } else {
            id.summary()
        }
    }

    /// Every file that is ready.
    #[must_use]
    pub fn render_all(&self) -> Vec<Artifact> {
        let others = self.outputs.iter().skip(self.configs.len());
        let others = others.filter_map(|output| self.render_output(output));
        self.render_configs().chain(others).collect()
    }

    /// Every configuration file that is ready.
    pub fn render_configs(&self) -> impl Iterator<Item = Artifact> {
        // The outputs begin with one for each cluster.
        let files = self.configs.iter().zip(&self.outputs);
        let ready = files.filter_map(|(file, output)| Some((file.as_ref()?, output)));
        ready.map(|(file, output)| render::config_file(file, output.name.clone()))
    }

    /// `multicluster.zip` with every file, always the same bytes for the same draft; `None` while
    /// any file is blocked, as a half set-up must not travel as a whole one.
    #[must_use]
    pub fn zip(&self) -> Option<Vec<u8>> {
        self.zip_with(Vec::new())
    }

    /// The same with other files behind them, such as those of a [`Change`](crate::change::Change).
    #[must_use]
    pub fn zip_with(&self, others: Vec<Artifact>) -> Option<Vec<u8>> {
        self.plan.as_ref()?;
        let mut files = self.render_all();
        files.extend(others);
        Some(render::zip(&files))
    }

    fn render_output(&self, output: &Output) -> Option<Artifact> {
        match output.id {
            config @ ArtifactId::Config(_) => self.render_config(config),
            other => Some(render::for_plan(
                self.plan.as_ref()?,
                other,
                output.name.clone(),
            )),
        }
    }
}

fn outputs(reading: &Reading, names: &[Rc<str>], diagnostics: &[Diagnostic]) -> Vec<Output> {
    let errors = Errors::of(diagnostics, reading);
    let (all, in_config) = (Rc::<[usize]>::from(errors.all), errors.in_config);
    let in_any_config = Rc::<[usize]>::from(errors.in_any_config);
    let configs = reading
        .clusters
        .iter()
        .zip(names)
        .map(|(cluster, name)| Output {
            id: ArtifactId::Config(cluster.draft.id),
            name: name.clone(),
            blocked_by: match cluster.layout() {
                Layout::AllClusters => in_any_config.clone(),
                Layout::OwnCluster => in_config[cluster.index].as_slice().into(),
            },
        });
    let others = render::ids_for_plan(reading.common_layout(), reading.clusters.len())
        .iter()
        .map(|&id| Output {
            id,
            name: id.fixed_name().into(),
            blocked_by: all.clone(),
        });
    configs.chain(others).collect()
}

/// Places of the errors among the diagnostics, by what they make wrong.
struct Errors {
    all: Vec<usize>,
    in_any_config: Vec<usize>,
    /// By the place of the cluster.
    in_config: Vec<Vec<usize>>,
}

impl Errors {
    fn of(diagnostics: &[Diagnostic], reading: &Reading) -> Self {
        let clusters = reading.clusters.len();
        let with_tls = reading.draft.tls;
        let lists_all = reading.layout() == Layout::AllClusters;
        let mut errors = Self {
            all: Vec::new(),
            in_any_config: Vec::new(),
            in_config: vec![Vec::new(); clusters],
        };
        let found = diagnostics.iter().enumerate();
        for (at, error) in found.filter(|(_, found)| found.is_error()) {
            errors.all.push(at);
            let mut concerns_config = false;
            for path in error.paths() {
                let concerned = match path {
                    // With TLS every file says how the others are dialled.
                    Path::Cluster(_, _, field) if with_tls && field.is_dialled() => 0..clusters,
                    Path::Cluster(_, _, ClusterField::AddressFrom(by)) => {
                        let by = reading.draft.position(by);
                        by.filter(|_| lists_all).map_or(0..0, |by| by..by + 1)
                    }
                    Path::Cluster(of, _, field) if field.is_in_config_file() => of..of + 1,
                    Path::Setting(setting) if !with_tls || !setting.is_of_servers() => continue,
                    Path::Cluster(..) | Path::Tool => continue,
                    Path::ServerVersion
                    | Path::Increment
                    | Path::Master
                    | Path::Redirection
                    | Path::Tls
                    | Path::Setting(_)
                    | Path::Clusters => 0..clusters,
                };
                concerns_config = true;
                for config in &mut errors.in_config[concerned] {
                    if config.last() != Some(&at) {
                        config.push(at);
                    }
                }
            }
            if concerns_config {
                errors.in_any_config.push(at);
            }
        }
        errors
    }
}

fn config_files(reading: &Reading, outputs: &[Output]) -> Vec<Option<ConfigFile>> {
    let Ok(increment) = reading.increment else {
        return Vec::new();
    };
    let stated = stated(reading);
    let is_of_all = reading.layout() == Layout::AllClusters || stated.tls.is_some();
    let everyone: Option<Rc<[Member]>> = if is_of_all {
        reading.clusters.iter().map(member).collect()
    } else {
        None
    };
    let ready = outputs.iter().map(Output::is_ready);
    let file = |(cluster, ready): (&ClusterReading, bool)| {
        if !ready {
            return None;
        }
        let file = ConfigFile::new(
            cluster.layout(),
            increment,
            member(cluster),
            everyone.clone(),
            reading.draft.master_position(),
        )?;
        let others = everyone.iter().flat_map(|everyone| everyone.iter());
        Some(file.stating(&stated, cluster.release, others))
    };
    reading.clusters.iter().zip(ready).map(file).collect()
}

fn plan(reading: &Reading, names: &[Rc<str>], diagnostics: &[Diagnostic]) -> Option<Plan> {
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let clusters = reading.clusters.iter().zip(names);
    Some(Plan {
        release: reading.release?,
        tool: reading.draft.tool,
        increment: reading.increment.ok()?,
        clusters: clusters
            .map(|(cluster, name)| plan_cluster(cluster, name))
            .collect::<Option<_>>()?,
        master: reading.draft.master_position(),
        stated: stated(reading),
        tool_tls: tool_tls(reading),
    })
}

fn stated(reading: &Reading) -> Stated {
    use Setting::{TlsCa, TlsCertificate, TlsKey};
    Stated {
        redirection: reading.draft.redirection,
        tls: (reading.draft.tls).then(|| tls_files(reading, [TlsCa, TlsCertificate, TlsKey])),
    }
}

fn tool_tls(reading: &Reading) -> ToolTls {
    use Setting::{ToolCa, ToolCertificate, ToolKey, ToolServerName};
    ToolTls {
        files: tls_files(reading, [ToolCa, ToolCertificate, ToolKey]),
        server_name: HostName::parse(reading.draft.settings.get(ToolServerName)),
    }
}

fn tls_files(reading: &Reading, settings: [Setting; 3]) -> TlsFiles {
    let [ca, certificate, key] = settings.map(|it| FilePath::parse(reading.draft.settings.get(it)));
    TlsFiles {
        ca,
        pair: certificate.zip(key),
    }
}

fn plan_cluster(cluster: &ClusterReading, file_name: &Rc<str>) -> Option<Cluster> {
    Some(Cluster {
        member: member(cluster)?,
        admin_address: cluster.admin_address.clone().transpose().ok()?,
        history_shards: cluster.history_shards.transpose().ok()?,
        release: cluster.release?,
        file_name: file_name.clone(),
    })
}

/// What is stated and would be read.
fn http_address(cluster: &ClusterReading) -> Option<Option<HostPort>> {
    let stated = cluster.http_address.clone().transpose().ok()?;
    let is_read = cluster
        .release
        .is_none_or(|it| it.has(Capability::HttpAddress));
    Some(stated.filter(|_| is_read))
}

/// What could be read: what could not be blocks what depends on it.
fn seen_from(cluster: &ClusterReading) -> Rc<[(ClusterId, HostPort)]> {
    let seen = cluster.seen_from.iter();
    seen.filter_map(|seen| Some((seen.by, seen.address.clone().ok()?)))
        .collect()
}

fn member(cluster: &ClusterReading) -> Option<Member> {
    Some(Member {
        id: cluster.draft.id,
        index: cluster.index,
        name: cluster.name.clone().ok()?,
        initial_version: cluster.initial_version.ok()?,
        rpc_address: cluster.rpc_address.clone().ok()?,
        http_address: http_address(cluster)?,
        seen_from: seen_from(cluster),
        tls_server_name: cluster.tls_server_name.clone().flatten(),
        runs: cluster.draft.running.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Edit;
    use ClusterField::{AddressFrom, AdminAddress, Name, RpcAddress, TlsServerName};

    /// The clusters whose files are ready when the first one has this in a field.
    fn ready(
        release: &str,
        with_tls: bool,
        field: fn(&Draft) -> ClusterField,
        text: &str,
    ) -> Vec<usize> {
        let mut draft = Draft::default();
        draft.apply(&Edit::AddCluster);
        draft.apply(&Edit::SetServerVersion(release.to_owned()));
        draft.apply(&Edit::SetTls(with_tls));
        let (id, field) = (draft.clusters[0].id, field(&draft));
        draft.apply(&Edit::SetField(id, field, text.to_owned()));
        let resolution = resolve(&draft);
        assert!(resolution.plan().is_none(), "{field:?} {text}");
        let configs = resolution.outputs().iter().take(3).enumerate();
        let ready = configs.filter(|(_, output)| output.is_ready());
        ready.map(|(at, _)| at).collect()
    }

    /// What a file has in it makes it wrong, and nothing else does.
    #[test]
    fn an_error_blocks_the_files_that_it_makes_wrong() {
        let [all, others, none] = [&[0, 1, 2][..], &[1, 2], &[]];
        let by_second: fn(&Draft) -> ClusterField = |draft| AddressFrom(draft.clusters[1].id);
        for (field, text, without_tls, with_tls, prior_to_1_14) in [
            (
                (|_| Name) as fn(&Draft) -> ClusterField,
                "",
                others,
                none,
                none,
            ),
            (|_| RpcAddress, "x", others, none, none),
            (|_| AdminAddress, "x", all, all, all),
            (by_second, "x", all, none, none),
        ] {
            assert_eq!(ready("1.32", false, field, text), without_tls, "{text}");
            assert_eq!(ready("1.32", true, field, text), with_tls, "{text}");
            assert_eq!(ready("1.13", false, field, text), prior_to_1_14, "{text}");
        }
        assert_eq!(ready("1.32", true, |_| TlsServerName, "a b"), none);
    }

    /// The files with which servers do TLS are in the files of all, once it is on; those of the tool are in none.
    #[test]
    fn an_error_in_a_setting_blocks_the_files_that_have_it() {
        for (setting, tls, are_ready) in [
            (Setting::TlsCa, true, false),
            (Setting::TlsCa, false, true),
            (Setting::ToolCa, true, true),
            (Setting::ToolCa, false, true),
        ] {
            let unseen = Edit::SetSetting(setting, "/ca\u{200B}.pem".to_owned());
            let draft = Draft::default().with(&[Edit::SetTls(tls), unseen]);
            let resolution = resolve(&draft);
            assert!(resolution.plan().is_none());
            let mut configs = resolution.outputs().iter().take(2);
            assert!(
                configs.all(|it| it.is_ready() == are_ready),
                "{setting:?} {tls}"
            );
        }
    }
}
