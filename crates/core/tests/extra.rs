//! The other formats: whole files, and what holds for them whatever was typed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use expect_test::expect_file;
use multicluster_core::model::RedirectionPolicy;
use multicluster_core::presets::PRESETS;
use multicluster_core::release::RANGES;
use multicluster_core::render::extra::{
    Flavour, Hindrance, MOST_CLUSTERS_IN_LAB, render_extra, zip_of,
};
use multicluster_core::{Artifact, ClusterField, Draft, Edit, Plan, link, resolve};

fn plan(draft: &Draft) -> Plan {
    let resolution = resolve(draft);
    let found = resolution.diagnostics();
    resolution
        .plan()
        .unwrap_or_else(|| panic!("{found:?}"))
        .clone()
}

fn draft(release: &str, clusters: usize) -> Draft {
    let mut draft = Draft::empty();
    draft.apply(&Edit::SetServerVersion(release.to_owned()));
    (0..clusters).for_each(|_| draft.apply(&Edit::AddCluster));
    draft
}

/// What stands in the way of scripts as they always are is held by other tests.
const HOSTILE: &str = "v=1&server=1.24&tool=temporal&increment=1000&cluster=%24%28id%29%20%60x%60%20%7B%7B%7B.y%7D%7D,%5B2001:db8::7%5D:7233,7!,127.0.0.1:9000,512&cluster=it%27s%20%22%5C%23%20enable-template,b.example:7233,999!&cluster=enable-template,postgres:7233,1!";

#[test]
fn whole_files() {
    let cases = [
        ("guide-1.32", Draft::default()),
        ("guide-prior-to-1.14", draft("1.13", 2)),
        ("docker", PRESETS[3].draft()),
        ("hostile-names", link::decode(HOSTILE).expect("a link")),
    ];
    for (name, draft) in cases {
        let plan = plan(&draft);
        let mut text = String::new();
        for flavour in Flavour::ALL {
            if let Some(hindrance) = flavour.hindrance(&plan) {
                let _ = writeln!(text, "==> {}: {hindrance}", flavour.name());
            }
            for file in render_extra(&plan, flavour) {
                let _ = write!(text, "==> {} <==\n{}", file.name(), file.text());
            }
        }
        expect_file![format!("snapshots/extra-{name}.txt")].assert_eq(&text);
    }
}

fn every_plan() -> impl Iterator<Item = Plan> {
    let ranges = RANGES.iter().flat_map(|range| {
        [1, 2, 3, MOST_CLUSTERS_IN_LAB, MOST_CLUSTERS_IN_LAB + 1]
            .map(|clusters| draft(range.value, clusters))
    });
    let presets = PRESETS.iter().map(|preset| preset.draft());
    let hostile = link::decode(HOSTILE).expect("a link");
    let drafts = ranges.chain(presets).chain([hostile]);
    drafts
        .map(|draft| plan(&draft))
        .collect::<Vec<_>>()
        .into_iter()
}

#[test]
fn there_are_files_or_a_reason_why_not() {
    for plan in every_plan() {
        for flavour in Flavour::ALL {
            let files = render_extra(&plan, flavour);
            assert_eq!(
                files.is_empty(),
                flavour.hindrance(&plan).is_some(),
                "{flavour:?} of {} clusters of {}",
                plan.clusters().len(),
                plan.release()
            );
        }
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let all = |plan: &Plan| Flavour::ALL.map(|flavour| zip_of(&render_extra(plan, flavour)));
    for plan in every_plan() {
        assert_eq!(all(&plan), all(&plan.clone()));
    }
}

#[test]
fn no_two_files_share_a_name_or_an_id_in_any_format() {
    for plan in every_plan() {
        let files: Vec<Artifact> = Flavour::ALL
            .into_iter()
            .flat_map(|flavour| render_extra(&plan, flavour))
            .collect();
        let names: BTreeSet<String> = files
            .iter()
            .map(|file| file.name().to_ascii_lowercase())
            .collect();
        let ids: BTreeSet<_> = files.iter().map(Artifact::id).collect();
        assert_eq!((names.len(), ids.len()), (files.len(), files.len()));
        for file in &files {
            let safe = |part: &str| !part.is_empty() && !part.starts_with('.');
            assert!(file.name().split('/').all(safe), "{}", file.name());
            assert_eq!(file.id().is_executable(), file.name().ends_with(".sh"));
        }
    }
}

/// Servers look for the word in comments, and send the whole file through templates where they find it.
#[test]
fn what_is_typed_never_turns_templates_on_nor_stands_in_one() {
    for plan in every_plan() {
        for flavour in [Flavour::Config, Flavour::Compose] {
            let files = render_extra(&plan, flavour).into_iter();
            for file in files.filter(|file| file.name().contains("config/")) {
                let text = file.text();
                let mut comments = text.lines().filter(|line| line.trim().starts_with('#'));
                assert!(
                    comments.all(|line| !line.contains("enable-template")),
                    "{text}"
                );
                assert!(!text.contains("{{"), "{text}");
            }
        }
    }
}

/// As it was typed where that is this machine, else the next that is free as the guide counts them.
#[test]
fn every_server_of_the_largest_lab_has_a_port_of_its_own() {
    for (first, ports) in [
        (
            "a.example:7233",
            [7233, 8233, 9233, 10233, 11233, 12233, 13233, 14233],
        ),
        (
            "127.0.0.1:8233",
            [8233, 9233, 10233, 11233, 12233, 13233, 14233, 15233],
        ),
        (
            "127.0.0.1:17233",
            [17233, 8233, 9233, 10233, 11233, 12233, 13233, 14233],
        ),
    ] {
        let mut draft = draft("1.32", MOST_CLUSTERS_IN_LAB);
        for (at, cluster) in draft.clusters.clone().iter().enumerate() {
            let address = match at {
                0 => first.to_owned(),
                _ => format!("{at}.example:7233"),
            };
            draft.apply(&Edit::SetField(
                cluster.id,
                ClusterField::RpcAddress,
                address,
            ));
        }
        let files = render_extra(&plan(&draft), Flavour::Compose);
        let compose = files[0].text();
        let published = compose.lines().filter_map(|line| {
            let port = line.trim().strip_prefix("- \"127.0.0.1:")?;
            port.split(':').next()?.parse::<u16>().ok()
        });
        assert_eq!(published.collect::<Vec<_>>(), ports, "{first}");
    }
}

#[test]
fn the_reasons_why_not() {
    for (release, clusters, flavour, expected) in [
        ("1.13", 2, Flavour::Helm, None),
        ("1.13", 2, Flavour::Kubectl, Some(Hindrance::NothingToRun)),
        ("1.13", 2, Flavour::Compose, Some(Hindrance::NoImages)),
        ("1.20", 2, Flavour::Compose, Some(Hindrance::NoImages)),
        ("1.24", 2, Flavour::Compose, None),
        ("1.32", 1, Flavour::Compose, Some(Hindrance::OneCluster)),
        ("1.32", 1, Flavour::Docker, Some(Hindrance::OneCluster)),
        ("1.32", 1, Flavour::Config, None),
        ("1.32", 8, Flavour::Compose, None),
        ("1.32", 9, Flavour::Compose, Some(Hindrance::TooManyForLab)),
    ] {
        let found = flavour.hindrance(&plan(&draft(release, clusters)));
        assert_eq!(found, expected, "{flavour:?}, {clusters} of {release}");
    }
}

#[test]
fn a_number_of_shards_that_is_not_stated_goes_with_those_that_are() {
    let mut draft = draft("1.19", 2);
    let id = draft.clusters[1].id;
    draft.apply(&Edit::SetField(id, ClusterField::HistoryShards, "7".into()));
    for file in &render_extra(&plan(&draft), Flavour::Config)[..2] {
        assert!(file.text().contains("  numHistoryShards: 7\n"));
    }
}

/// What other clusters call must be listened to, here and between containers.
#[test]
fn a_stated_http_address_is_listened_to_and_a_policy_is_in_every_file() {
    let mut draft = draft("1.32", 2);
    for (at, address) in [(0, "127.0.0.1:7234"), (1, "127.0.0.1:8243")] {
        let id = draft.clusters[at].id;
        draft.apply(&Edit::SetField(
            id,
            ClusterField::HttpAddress,
            address.into(),
        ));
    }
    draft.apply(&Edit::SetRedirection(Some(RedirectionPolicy::AllApis)));
    let plan = plan(&draft);
    let text = |flavour, name: &str| {
        let files = render_extra(&plan, flavour);
        let mut files = files.iter().filter(|file| file.name().ends_with(name));
        files.next().expect("it is there").text()
    };
    for (flavour, name, expected) in [
        (Flavour::Config, "clusterA.yaml", "      httpPort: 7234\n"),
        (
            Flavour::Config,
            "clusterA.yaml",
            "httpAddress: \"127.0.0.1:7234\"\n",
        ),
        (
            Flavour::Config,
            "clusterA.yaml",
            "\ndcRedirectionPolicy:\n  policy: ",
        ),
        (Flavour::Compose, "clusterA.yaml", "      httpPort: 7243\n"),
        (
            Flavour::Compose,
            "clusterA.yaml",
            "httpAddress: \"cluster-a:7243\"\n",
        ),
        (
            Flavour::Helm,
            "clusterA.values.yaml",
            "\n    dcRedirectionPolicy:\n      policy: ",
        ),
        (
            Flavour::Helm,
            "clusterA.values.yaml",
            "          httpAddress: \"127.0.0.1:7234\"\n",
        ),
    ] {
        let text = text(flavour, name);
        assert!(text.contains(expected), "{expected} in\n{text}");
    }
    let ports = text(Flavour::Config, "clusterA.yaml");
    assert_eq!(
        ports.matches("Port: 7234\n").count(),
        1,
        "no port is taken twice"
    );
}

#[test]
fn the_images_of_a_release_decide_which_tool_is_called() {
    for (release, tool) in [("1.14.4", "tctl"), ("1.24", "tctl"), ("1.30", "temporal")] {
        let files = render_extra(&plan(&draft(release, 2)), Flavour::Docker);
        let call = format!("docker exec \"$container\" {tool} ");
        assert!(files[0].text().contains(&call), "{release}");
    }
}
