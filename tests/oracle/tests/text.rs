//! Texts that core writes, and addresses that it takes apart, against the code of the servers.

use std::rc::Rc;

use multicluster_core::model::{ClusterName, HostPort};
use multicluster_core::{ArtifactId, Draft, Edit, resolve};
use multicluster_oracle::judge::{Judge, Release};
use multicluster_oracle::random::Random;
use multicluster_oracle::values;

/// The YAML reader of 1.13 and that of all later releases.
const READERS: [Release; 2] = [Release::V1_13_0, Release::V1_32_1];

#[test]
fn yaml_readers_read_back_exactly_the_text() {
    let mut random = Random::of_case(1, 1);
    let mut names = Vec::new();
    let mut scalars = Vec::new();
    while names.len() < 10_000 {
        let name = values::any_text(&mut random);
        if ClusterName::parse(&name).is_ok() {
            scalars.push(written(&name));
            names.push(name);
        }
    }
    for release in READERS {
        for (name, read) in names.iter().zip(Judge::start(release).scalar(&scalars)) {
            let read = read.unwrap_or_else(|e| panic!("{release}, {name:?}: {e}"));
            assert_eq!(&read.text, name, "{release}");
            assert_eq!(read.resolved, "string", "{release}, {name:?}");
        }
    }
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
    let mut random = Random::of_case(1, 2);
    let addresses: Vec<String> = (0..40_000)
        .map(|_| values::any_address(&mut random))
        .collect();
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
    assert!(accepted > 1000 && refused > 1000, "{accepted}, {refused}");
}
