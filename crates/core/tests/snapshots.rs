//! Whole files, as they leave: read them like a reviewer. `UPDATE_EXPECT=1 cargo test` rewrites them.

use std::fmt::Write as _;

use expect_test::expect_file;
use multicluster_core::render::extra::{Flavour, Hindrance, render_extra};
use multicluster_core::{ArtifactId, Draft, link, resolve};

/// The guide's pair, prior to 1.14 and later, with the tools that work there; Temporal's own three
/// development clusters; names, addresses and shards that show every detail of the layout.
const CASES: &[(&str, &str)] = &[
    (
        "guide-prior-to-1.14",
        "v=1&server=1.13&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "guide-1.14-tctl",
        "v=1&server=1.14.0&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "guide-1.32-tctl",
        "v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "guide-1.32-temporal",
        "v=1&server=1.32&tool=temporal&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "development-clusters",
        "v=1&server=1.32&tool=temporal&increment=100&cluster=cluster-a,localhost:7233,1,,32&cluster=cluster-b,localhost:8233,2,,16&cluster=cluster-c,localhost:9233,3,,32",
    ),
    (
        "hostile-names",
        "v=1&server=1.32&tool=temporal&increment=1000&cluster=%24%28id%29%20%60x%60%20%7B%7B.y%7D%7D,%5B2001:db8::7%5D:7233,7!,bastion:9,512&cluster=it%27s%20%22%5C%23%20enable-template,b.example:7233,999!",
    ),
    (
        "forwarding",
        "v=3&server=1.32&tool=temporal&increment=100&redirection=all-apis-forwarding&cluster=us-east,us.example:7233,1&http=us.example:7243&cluster=eu-west,eu.example:7233,2",
    ),
    (
        "forwarding-prior-to-1.14",
        "v=3&server=1.13&tool=tctl&increment=100&redirection=selected-apis-forwarding&cluster=us-east,us.example:7233,1&cluster=eu-west,eu.example:7233,2",
    ),
    (
        "tls",
        "v=3&server=1.32&tool=temporal&increment=100&tls=on&tlsCaFile=%2Fcerts%2Fca.pem&tlsCertFile=%2Fcerts%2Fown.pem&tlsKeyFile=%2Fcerts%2Fown.key&toolTlsCaFile=%2Fhome%2Fme%2Fmy%20ca.pem&toolTlsServerName=temporal.internal&cluster=us-east,us.example:7233,1&http=us-http.example:7243&cluster=eu-west,%5B2001:db8::7%5D:7233,2&name=eu.internal&from=1,nat.example:9233&cluster=ap-south,nat.example:9244,3&name=eu.internal",
    ),
    (
        "seen-otherwise-prior-to-1.14",
        "v=3&server=1.13&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&from=2,host.docker.internal:7233&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "one-runs",
        "v=2&server=1.32&tool=temporal&increment=100&cluster=clusterA,127.0.0.1:7233,1!&running=same&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "one-of-three-is-new-1.14",
        "v=2&server=1.14.0&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1!&running=same&cluster=clusterB,127.0.0.1:8233,2!&running=same&cluster=clusterC,127.0.0.1:9233,3",
    ),
    (
        "one-runs-prior-to-1.14",
        "v=2&server=1.13&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1!&running=same&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "all-run-tls",
        "v=3&server=1.32&tool=temporal&increment=100&tls=on&cluster=us-east,us.example:7233,1!&running=same&cluster=eu-west,eu.example:7233,2!&running=same",
    ),
    (
        "one-cluster",
        "v=1&server=1.20&tool=tctl&increment=10&cluster=only,temporal.example:7233,1",
    ),
];

#[test]
fn whole_files() {
    for (name, link) in CASES {
        let draft = link::decode(link).expect("a link");
        let mut text = String::new();
        for artifact in resolve(&draft).render_all() {
            let _ = write!(text, "==> {} <==\n{}", artifact.name(), artifact.text());
        }
        expect_file![format!("snapshots/{name}.txt")].assert_eq(&text);
    }
}

#[test]
fn the_first_sight_is_the_guides_pair_on_current_servers() {
    let link = CASES[2].1;
    let texts = |draft| {
        let files = resolve(&draft).render_all();
        files.iter().map(|file| file.text()).collect::<Vec<_>>()
    };
    assert_eq!(
        texts(Draft::default()),
        texts(link::decode(link).expect("a link"))
    );
}

#[test]
fn the_file_of_a_cluster_that_runs_is_not_said_to_be_put_in_place_before_it_starts() {
    let link = "v=2&server=1.32&tool=tctl&increment=100&cluster=a,a.example:7233,1!&running=same&cluster=b,b.example:7233,2";
    let resolution = resolve(&link::decode(link).expect("a link"));
    let said = resolution
        .outputs()
        .iter()
        .map(|file| resolution.summary(file.id));
    let said: Vec<&str> = said.take(3).collect();
    assert!(
        said[0].starts_with("This cluster runs: RUNBOOK.md"),
        "{said:?}"
    );
    assert_eq!(said[1], resolution.outputs()[1].id.summary());
    assert_eq!(said[2], ArtifactId::Connect.summary());
}

/// A server does not fail because of a key that it does not read; a person would think that it does something.
#[test]
fn no_file_has_a_key_that_its_own_release_does_not_read() {
    let mixed = "v=3&server=1.13&tool=tctl&increment=100&cluster=a,a.example:7233,1\
                 &cluster=b,b.example:7233,2&http=b.example:7243&release=1.32";
    let resolution = resolve(&link::decode(mixed).expect("a link"));
    let texts: Vec<String> = resolution
        .render_configs()
        .map(|file| file.text())
        .collect();
    let has_key = texts.iter().map(|text| text.contains("httpAddress"));
    assert_eq!(has_key.collect::<Vec<_>>(), [false, true]);
}

/// What people choose from, and what is said of it.
#[test]
fn what_is_said_of_files_and_formats() {
    let mut text = String::new();
    let ids = [
        ArtifactId::Config(Draft::default().clusters[0].id),
        ArtifactId::Connect,
        ArtifactId::Verify,
        ArtifactId::Disable,
        ArtifactId::Remove,
        ArtifactId::PlainCommands,
        ArtifactId::Runbook,
        ArtifactId::Change,
        ArtifactId::ChangeRunbook,
    ];
    for id in ids {
        let (group, name) = (id.group().title(), id.fixed_name());
        let mode = if id.is_executable() { "x" } else { "-" };
        let _ = writeln!(text, "{group} {mode} {name}: {}", id.summary());
    }
    let link = "v=1&server=1.32&tool=tctl&increment=100&cluster=a,a.example:7233,1&cluster=b,b.example:7233,2";
    let resolution = resolve(&link::decode(link).expect("a link"));
    let plan = resolution.plan().expect("a plan");
    for flavour in Flavour::ALL {
        let (name, title, zip) = (flavour.name(), flavour.title(), flavour.zip_name());
        let _ = writeln!(text, "{name}, {title}, {zip}: {}", flavour.summary());
        for file in render_extra(plan, flavour) {
            let (group, mode) = (file.id().group().title(), file.id().is_executable());
            assert_eq!(file.id().summary(), flavour.summary());
            let _ = writeln!(
                text,
                "  {group} {} {}",
                if mode { "x" } else { "-" },
                file.name()
            );
        }
    }
    for hindrance in [
        Hindrance::NothingToRun,
        Hindrance::OneCluster,
        Hindrance::TooManyForLab,
        Hindrance::NoImages,
    ] {
        let _ = writeln!(text, "{hindrance}");
    }
    expect_file!["snapshots/texts-of-files.txt"].assert_eq(&text);
}
