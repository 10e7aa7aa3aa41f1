//! What leaves in other formats arrives: Helm's values through Temporal's chart, the lab through the
//! reader of Docker Compose, and scripts that call the tool elsewhere through real shells.

use std::collections::BTreeSet;
use std::rc::Rc;

use multicluster_core::model::Tool;
use multicluster_core::presets::PRESETS;
use multicluster_core::render::extra::{Flavour, render_extra};
use multicluster_core::{Artifact, ArtifactId, Draft, Edit, Resolution, resolve};
use multicluster_oracle::formats::{self, Service};
use multicluster_oracle::generate::cases;
use multicluster_oracle::judge::{Judge, Release};
use multicluster_oracle::random::Random;
use multicluster_oracle::settings::Settings;
use multicluster_oracle::shell::{Shell, Surroundings, shellcheck_all};
use multicluster_oracle::values;

/// How many drafts there are for each release, unless `ORACLE_CASES` says otherwise.
const CASES: usize = 1500;

/// Names that mean something to a YAML library, to a template, or to whoever folds long lines.
const NAMES: &[&str] = &[
    "on",
    "off",
    "yes",
    "n",
    "true",
    "null",
    "~",
    "1",
    "1e3",
    "0x1",
    "0o7",
    "017",
    "1_000",
    "0b1",
    ".inf",
    "-.5",
    "12:30:45",
    "2024-01-01",
    "<<",
    "=",
    "- a",
    "? a",
    "a: b",
    "a #b",
    "&a",
    "*a",
    "!a",
    "|",
    ">-",
    "%a",
    "@a",
    "`a`",
    "{a}",
    "[a]",
    "'a'",
    "\"a\"",
    "\\",
    "{{",
    "{{{",
    "{{{{",
    "}}",
    "{{`",
    "`}}",
    "{{`{{`}}",
    "{{ env \"HOME\" }}",
    "{{- /* a",
    "{{\"{{\"}}",
    "{{ `\\x7B` }}",
    "# enable-template",
    "__ENV_TEMPORAL_DEFAULT_STORE_PASSWORD__",
    "日本 🦀 {{日本}}",
];

#[test]
fn helm_brings_every_value_to_servers_of_1_13() {
    helm_brings_every_value(Release::V1_13_0);
}

#[test]
fn helm_brings_every_value_to_servers_of_1_14() {
    helm_brings_every_value(Release::V1_14_1);
}

#[test]
fn helm_brings_every_value_to_servers_of_1_32() {
    helm_brings_every_value(Release::V1_32_1);
}

/// What a server reads through Helm and the chart is what it reads of the file of the page.
fn helm_brings_every_value(release: Release) {
    let Settings { seed, cases: count } = Settings::or(1, CASES);
    let generated = cases(release, seed, count).map(|case| case.draft);
    let drafts = generated.chain(named_drafts(release, seed));
    let (mut plain, mut values, mut shards) = (Vec::new(), Vec::new(), Vec::new());
    for draft in drafts {
        let resolution = resolve(&draft);
        let Some(plan) = resolution.plan() else {
            continue;
        };
        let files = render_extra(plan, Flavour::Helm);
        values.extend(files.iter().map(Artifact::text));
        plain.extend(draft.clusters.iter().map(|one| config(&resolution, one.id)));
        let stated =
            |one: &multicluster_core::Cluster| one.history_shards().map_or(0, |it| it.get());
        shards.extend(plan.clusters().iter().map(stated));
    }
    assert!(values.len() > count / 2, "{} files", values.len());
    assert_eq!(values.len(), plain.len());
    let read: Vec<_> = formats::helm(&values)
        .into_iter()
        .zip(&values)
        .map(|(read, text)| read.unwrap_or_else(|e| panic!("seed {seed}, {e}: {text}")))
        .collect();
    let texts: Vec<&str> = read.iter().map(|read| &*read.text).collect();
    let mut judge = Judge::start(release);
    let (by_helm, by_hand) = (judge.boot(&texts), judge.boot(&plain));
    for (at, (helm, hand)) in by_helm.iter().zip(&by_hand).enumerate() {
        let (values, text) = (&values[at], &texts[at]);
        assert_eq!(hand.boot, Ok(()), "{}", plain[at]);
        assert_eq!(helm.boot, Ok(()), "seed {seed}: {values}\nbecomes {text}");
        assert!(hand.config.is_some());
        assert_eq!(
            helm.config, hand.config,
            "seed {seed}: {values}\nbecomes {text}"
        );
        assert_eq!(read[at].shards, shards[at], "{values}");
    }
}

fn config(resolution: &Resolution, id: multicluster_core::ClusterId) -> String {
    let file = resolution.render(ArtifactId::Config(id));
    file.expect("there is a plan").text()
}

/// Pairs with each of the names, alone and amid a long text that is folded, and with large numbers.
fn named_drafts(release: Release, seed: u64) -> Vec<Draft> {
    let mut random = Random::of_case(seed, usize::MAX);
    let long = |name: &str| format!("{0} {name} {0}", "word ".repeat(20).trim());
    let names = NAMES
        .iter()
        .flat_map(|name| [(*name).to_owned(), long(name)]);
    let more: Vec<String> = (0..300).map(|_| values::right_name(&mut random)).collect();
    // As long as a name can be, and a key of YAML.
    let braces = ["{".repeat(255), "{{a".repeat(85)];
    let names = names.chain(more).chain(braces);
    names.map(|name| named(release, name)).collect()
}

fn named(release: Release, name: String) -> Draft {
    let mut draft = Draft::empty();
    draft.server_version = release.tag().to_owned();
    draft.tool = Tool::Tctl;
    draft.increment = "2147483647".to_owned();
    draft.apply(&Edit::AddCluster);
    draft.apply(&Edit::AddCluster);
    let first = Rc::make_mut(&mut draft.clusters[0]);
    first.name = name;
    first.initial_version = "2147483646".to_owned();
    draft
}

/// Every lab that can be written is read, and is what it says: each server waits for its tables, what
/// connects them waits for all, every file is there, and nothing is reached from outside.
#[test]
fn docker_compose_reads_every_lab() {
    let Settings { seed, cases: count } = Settings::or(1, CASES);
    let generated = cases(Release::V1_32_1, seed, count).map(|case| case.draft);
    let drafts = generated
        .chain(named_drafts(Release::V1_32_1, seed))
        .chain(PRESETS.iter().map(|preset| preset.draft()));
    let labs: Vec<Vec<Artifact>> = drafts
        .filter_map(|draft| Some(render_extra(resolve(&draft).plan()?, Flavour::Compose)))
        .filter(|files| !files.is_empty())
        .collect();
    assert!(labs.len() > count / 4, "{} labs", labs.len());
    let texts: Vec<String> = labs.iter().map(|files| files[0].text()).collect();
    for ((read, files), text) in formats::compose(&texts).into_iter().zip(&labs).zip(&texts) {
        let services = read.unwrap_or_else(|e| panic!("seed {seed}, {e}: {text}"));
        is_a_lab(&services, files, text);
    }
}

fn is_a_lab(services: &[Service], files: &[Artifact], text: &str) {
    let names: BTreeSet<&str> = files.iter().map(Artifact::name).collect();
    let mounted: Vec<&String> = services.iter().flat_map(|it| &it.mounts).collect();
    for mount in &mounted {
        assert!(
            names.contains(&*format!("compose/{mount}")),
            "{mount}: {text}"
        );
    }
    assert_eq!(files[0].name(), "compose/compose.yaml");
    for file in &files[1..] {
        let is_mounted = |mount: &&String| file.name() == format!("compose/{mount}");
        assert!(mounted.iter().any(is_mounted), "{}", file.name());
    }
    let servers: Vec<&Service> = services.iter().filter(|it| !it.ports.is_empty()).collect();
    assert_eq!(services.len(), 2 * servers.len() + 2, "{text}");
    let mut ports = BTreeSet::new();
    for server in &servers {
        assert_eq!(server.entrypoint[0], "temporal-server");
        let schema = format!("{}-schema service_completed_successfully", server.name);
        assert_eq!(server.after, [schema]);
        let [port] = &server.ports[..] else {
            panic!("{:?}", server.ports)
        };
        assert!(port.starts_with("127.0.0.1:"), "{port}");
        assert!(
            ports.insert(port.split(':').nth(1)),
            "{port} is taken: {text}"
        );
        assert!(is_host_name(&server.name), "{}", server.name);
    }
    let connect = services.iter().find(|it| it.name == "connect");
    let mut healthy: Vec<String> = servers
        .iter()
        .map(|server| format!("{} service_healthy", server.name))
        .collect();
    healthy.sort();
    assert_eq!(connect.expect("it is there").after, healthy);
}

/// A label of RFC 1123, or with an underscore, as container networks have them.
fn is_host_name(name: &str) -> bool {
    let safe = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    (1..=63).contains(&name.len())
        && name.bytes().all(safe)
        && !name.starts_with('-')
        && !name.ends_with('-')
}

/// Whatever clusters are called, the place of the tool is taken apart right, and every argument comes
/// through as one.
#[test]
fn every_shell_hands_every_argument_on() {
    let mut random = Random::of_case(1, 3);
    for round in 0..12 {
        let mut draft = named(Release::V1_32_1, values::right_name(&mut random));
        draft.tool = random.pick(&Tool::ALL);
        draft.server_version = random.pick(&["1.24", "1.32"]).to_owned();
        let resolution = resolve(&draft);
        let Some(plan) = resolution.plan() else {
            continue;
        };
        for (flavour, program) in [(Flavour::Kubectl, "kubectl"), (Flavour::Docker, "docker")] {
            let files = render_extra(plan, flavour);
            let scripts: Vec<String> = files.iter().map(Artifact::text).collect();
            for (found, file) in shellcheck_all(&scripts).iter().zip(&files) {
                assert_eq!(found, &[], "{}", file.name());
            }
            for shell in Shell::ALL {
                let run = Surroundings::stubs(&[program, "sleep"])
                    .programs(&["sed", "awk"])
                    .variable("CONTEXT_2", "arn:aws:eks:a:1:cluster/two words")
                    .variable("NAMESPACE_2", "b")
                    .variable("CONTAINER_2", "tools b")
                    .run(shell, &scripts[1]);
                let calls = run.calls_of(program);
                assert!(calls.len() >= 2, "{shell}, {round}: {run:?}");
                for call in calls {
                    goes_where_it_should(call, flavour, draft.clusters[1].rpc_address.as_str());
                }
                let name = &draft.clusters[0].name;
                let brings = |call: &&[String]| call.contains(name);
                assert!(run.calls_of(program).iter().any(brings), "{name}: {run:?}");
            }
        }
    }
}

fn goes_where_it_should(call: &[String], flavour: Flavour, second: &str) {
    let address = call.iter().position(|word| word == "--address");
    let address = &call[address.expect("every call has an address") + 1];
    let is_second = address == second;
    let expected: &[&str] = match (flavour, is_second) {
        (Flavour::Kubectl, false) => {
            &["exec", "-n", "temporal", "deploy/temporal-admintools", "--"]
        }
        (Flavour::Kubectl, true) => &[
            "--context=arn:aws:eks:a:1:cluster/two words",
            "exec",
            "-n",
            "b",
            "deploy/temporal-admintools",
            "--",
        ],
        (_, false) => &["exec", "temporal-admin-tools"],
        (_, true) => &["exec", "tools b"],
    };
    assert_eq!(&call[..expected.len()], expected);
    assert!(
        Tool::from_program(&call[expected.len()]).is_some(),
        "{call:?}"
    );
}
