//! Texts that core writes, and addresses that it takes apart, against the code of the servers.

use std::rc::Rc;

use multicluster_core::model::{ClusterName, HostPort};
use multicluster_core::render::double_quoted;
use multicluster_core::{ArtifactId, Draft, Edit, resolve};
use multicluster_oracle::judge::{Judge, Release};
use multicluster_oracle::random::Random;
use multicluster_oracle::settings::Settings;
use multicluster_oracle::values;

/// The YAML reader of 1.13 and that of all later releases.
const READERS: [Release; 2] = [Release::V1_13_0, Release::V1_32_1];

/// How many texts of each kind are judged, unless `ORACLE_CASES` says otherwise.
const CASES: usize = 100_000;

fn settings() -> Settings {
    let settings = Settings::or(1, CASES);
    println!(
        "ORACLE_SEED={} ORACLE_CASES={}",
        settings.seed, settings.cases
    );
    settings
}

#[test]
fn yaml_readers_read_back_exactly_the_text() {
    let Settings { seed, cases } = settings();
    let text = |case| values::hostile_text(&mut Random::of_case(seed, case));
    let texts: Vec<String> = (0..cases).map(text).collect();
    let scalars: Vec<String> = texts.iter().map(|text| double_quoted(text)).collect();
    for release in READERS {
        for (text, read) in texts.iter().zip(Judge::start(release).scalar(&scalars)) {
            let read = read.unwrap_or_else(|e| panic!("{release}, {text:?}: {e}"));
            assert_eq!(&read.text, text, "{release}");
            assert_eq!(read.resolved, "string", "{release}, {text:?}");
        }
    }
    // What a template begins with would be taken out before any YAML is read.
    let opens = scalars.iter().find(|it| it.contains("{{"));
    assert_eq!(opens, None);
}

#[test]
fn files_have_names_as_they_are_quoted() {
    let Settings { seed, cases } = settings();
    let mut names = 0;
    for case in 0..cases / 50 {
        let name = values::any_text(&mut Random::of_case(seed, case));
        if ClusterName::parse(&name).is_ok() {
            assert_eq!(written(&name), double_quoted(&name));
            names += 1;
        }
    }
    assert!(names > cases / 500, "{names}");
}

/// The scalar that core writes for a name.
fn written(name: &str) -> String {
    let mut draft = Draft::empty();
    draft.apply(&Edit::AddCluster);
    let cluster = Rc::make_mut(&mut draft.clusters[0]);
    name.clone_into(&mut cluster.name);
    let id = ArtifactId::Config(cluster.id);
    let resolution = resolve(&draft);
    let Some(file) = resolution.render(id) else {
        panic!("{name:?}: {:?}", resolution.diagnostics())
    };
    let text = file.text();
    let mut lines = text.lines();
    let line = lines.find_map(|line| line.strip_prefix("  currentClusterName: "));
    line.map_or_else(|| panic!("no name in {text}"), str::to_owned)
}

#[test]
fn addresses_are_taken_apart_as_go_does() {
    let Settings { seed, cases } = settings();
    let address = |case| values::any_address(&mut Random::of_case(seed, case));
    let addresses: Vec<String> = (0..cases).map(address).collect();
    let (mut accepted, mut refused) = (0, 0);
    let splits = Judge::start(Release::V1_32_1).host_port(&addresses);
    for (address, split) in addresses.iter().zip(splits) {
        match (HostPort::parse(address), split) {
            (Ok(ours), Ok(go)) => {
                accepted += 1;
                assert_eq!(ours.port().to_string(), go.port, "{address:?}");
                let host = if go.host.contains(':') {
                    format!("[{}]", go.host)
                } else {
                    go.host
                };
                assert_eq!(format!("{host}:{}", go.port), ours.as_str());
            }
            (Ok(_), Err(e)) => panic!("core takes {address:?}, and Go says {e}"),
            (Err(_), Err(_)) => refused += 1,
            // Stricter than Go where no server could be reached.
            (Err(_), Ok(_)) => {}
        }
    }
    println!("{accepted} accepted by both, {refused} refused by both");
    assert!(
        accepted > cases / 50 && refused > cases / 50,
        "{accepted}, {refused}"
    );
}
