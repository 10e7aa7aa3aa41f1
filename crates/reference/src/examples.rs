//! A draft for every rule that shows it, as the text of a link.

use multicluster_core::{Draft, link};

/// Each code, and what stands in the link behind `v=3`. The tool is `tctl` and the increment 100 unless
/// it says otherwise.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "address-duplicate",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:7233,2",
    ),
    (
        "address-host-invalid",
        "&server=1.32&cluster=clusterA,temporal..example:7233,1",
    ),
    (
        "address-host-missing",
        "&server=1.32&cluster=clusterA,:7233,1",
    ),
    (
        "address-ipv6-brackets",
        "&server=1.32&cluster=clusterA,2001:db8::7,1",
    ),
    (
        "address-loopback-mixed",
        "&server=1.32&cluster=us-east,127.0.0.1:7233,1&cluster=eu-west,temporal.eu.example:7233,2",
    ),
    ("address-missing", "&server=1.32&cluster=clusterA,,1"),
    (
        "address-not-splittable",
        "&server=1.32&cluster=clusterA,a:b:7233,1",
    ),
    (
        "address-port-invalid",
        "&server=1.32&cluster=clusterA,temporal.example:72333,1",
    ),
    (
        "address-port-missing",
        "&server=1.32&cluster=clusterA,temporal.example,1",
    ),
    (
        "address-scheme",
        "&server=1.32&cluster=clusterA,http://localhost:8233,1",
    ),
    (
        "address-stray-character",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233%20,1",
    ),
    (
        "address-unspecified",
        "&server=1.32&cluster=clusterA,0.0.0.0:7233,1",
    ),
    (
        "cloud-increment",
        "&server=1.32&cloud=open&increment=300&cluster=clusterA,127.0.0.1:7233,1",
    ),
    (
        "cloud-initial-version",
        "&server=1.32&cloud=open&increment=10000000&cluster=clusterA,127.0.0.1:7233,2000001!",
    ),
    (
        "cloud-shards",
        "&server=1.32&cloud=open&cluster=clusterA,127.0.0.1:7233,1,,1000",
    ),
    (
        "http-address-taken",
        "&server=1.32&cluster=clusterA,temporal.example:7233,1&http=temporal.example:7233",
    ),
    (
        "http-address-unread",
        "&server=1.20&cluster=clusterA,temporal.example:7233,1&http=temporal.example:7243",
    ),
    (
        "name-of-role",
        "&server=1.32&cluster=active,10.0.0.1:7233,1&cluster=standby,10.0.0.2:7233,2",
    ),
    (
        "redirection-hides-standby",
        "&server=1.32&redirection=all-apis-forwarding&cluster=clusterA,10.0.0.1:7233,1&cluster=clusterB,10.0.0.2:7233,2",
    ),
    (
        "redirection-unknown",
        "&server=1.14.4&redirection=all-apis-forwarding&cluster=clusterA,10.0.0.1:7233,1&cluster=clusterB,10.0.0.2:7233,2",
    ),
    (
        "address-seen-twice",
        "&server=1.32&cluster=clusterA,a.example:7233,1&cluster=clusterB,b.example:7233,2&from=1,host.docker.internal:7233&cluster=clusterC,c.example:7233,3&from=1,host.docker.internal:7233",
    ),
    (
        "tls-file-invalid",
        "&server=1.32&tls=on&tlsCaFile=%2Fcerts%2Fca.pem%0A&cluster=clusterA,a.example:7233,1&cluster=clusterB,b.example:7233,2",
    ),
    (
        "tls-half-pair",
        "&server=1.32&tls=on&tlsCertFile=%2Fcerts%2Fown.pem&cluster=clusterA,a.example:7233,1&cluster=clusterB,b.example:7233,2",
    ),
    (
        "tls-server-name-invalid",
        "&server=1.32&tls=on&cluster=clusterA,a.example:7233,1&name=temporal.example:7233&cluster=clusterB,b.example:7233,2",
    ),
    (
        "tls-server-names-differ",
        "&server=1.32&tls=on&cluster=clusterA,a.example:7233,1&cluster=clusterB,10.0.0.1:7233,2&name=eu.example&cluster=clusterC,10.0.0.1:8233,3&name=us.example",
    ),
    (
        "tls-unread",
        "&server=1.15&tls=on&cluster=clusterA,a.example:7233,1&cluster=clusterB,b.example:7233,2",
    ),
    ("clusters-missing", "&server=1.32"),
    (
        "clusters-one",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1",
    ),
    (
        "connections-from-file",
        "&server=1.13&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "connections-need-restart",
        "&server=1.14.0&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
    ),
    (
        "increment-out-of-range",
        "&server=1.32&increment=0&cluster=clusterA,127.0.0.1:7233,1",
    ),
    (
        "increment-too-small",
        "&server=1.32&increment=3&cluster=clusterA,10.0.0.1:7233,1&cluster=clusterB,10.0.0.2:7233,2&cluster=clusterC,10.0.0.3:7233,",
    ),
    (
        "initial-version-duplicate",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1!&cluster=clusterB,127.0.0.1:8233,1!",
    ),
    (
        "initial-version-missing",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,!",
    ),
    (
        "initial-version-not-a-number",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,one!",
    ),
    (
        "initial-version-out-of-range",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,0!",
    ),
    (
        "name-case-only",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1&cluster=clustera,127.0.0.1:8233,2",
    ),
    (
        "name-duplicate",
        "&server=1.32&cluster=active,127.0.0.1:7233,1&cluster=active,127.0.0.1:8233,2",
    ),
    ("name-missing", "&server=1.32&cluster=,127.0.0.1:7233,1"),
    (
        "name-surrounding-space",
        "&server=1.32&cluster=clusterA%20,127.0.0.1:7233,1",
    ),
    (
        "name-too-long",
        "&server=1.32&cluster=ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc,127.0.0.1:7233,1",
    ),
    (
        "name-unusable-character",
        "&server=1.32&cluster=clusterA%E2%80%8B,127.0.0.1:7233,1",
    ),
    (
        "name-unusual",
        "&server=1.32&cluster=my%20cluster.1,127.0.0.1:7233,1",
    ),
    (
        "port-dev-ui",
        "&server=1.32&cluster=clusterA,127.0.0.1:8233,1",
    ),
    (
        "port-not-frontend",
        "&server=1.32&cluster=clusterA,temporal.example:7933,1",
    ),
    (
        "releases-too-far-apart",
        "&server=1.32&cluster=clusterA,10.0.0.1:7233,1&release=1.13&cluster=clusterB,10.0.0.2:7233,2",
    ),
    (
        "running-increment-changed",
        "&server=1.32&increment=1000&cluster=clusterA,127.0.0.1:7233,1&running=clusterA,1,100,",
    ),
    (
        "running-renamed",
        "&server=1.32&cluster=clusterZ,127.0.0.1:7233,1&running=clusterA,1,100,",
    ),
    (
        "running-renumbered",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,7!&running=clusterA,1,100,",
    ),
    (
        "running-shards-changed",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1,,1024&running=clusterA,1,100,512",
    ),
    (
        "server-version-unknown",
        "&server=latest&cluster=clusterA,127.0.0.1:7233,1",
    ),
    (
        "shards-invalid",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1,,4k",
    ),
    (
        "shards-not-equal",
        "&server=1.18&cluster=clusterA,127.0.0.1:7233,1,,512&cluster=clusterB,127.0.0.1:8233,2,,1024",
    ),
    (
        "shards-not-multiples",
        "&server=1.32&cluster=clusterA,127.0.0.1:7233,1,,4&cluster=clusterB,127.0.0.1:8233,2,,6&cluster=clusterC,10.0.0.3:7233,3,,12",
    ),
    (
        "tool-too-new-for-server",
        "&server=1.14.4&tool=temporal&cluster=clusterA,127.0.0.1:7233,1",
    ),
];

/// A draft that shows the rule of this code.
pub(crate) fn example(code: &str) -> Option<Draft> {
    let mut examples = EXAMPLES.iter();
    let (_, text) = examples.find(|(known, _)| *known == code)?;
    link::decode(&format!("v=3&increment=100{text}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use multicluster_core::{resolve, rule_texts};

    #[test]
    fn every_rule_has_an_example_that_shows_it() {
        for rule in rule_texts() {
            let draft = example(rule.code.as_str());
            let draft = draft.unwrap_or_else(|| panic!("an example of {}", rule.code));
            let resolution = resolve(&draft);
            let mut found = resolution.diagnostics().iter();
            assert!(found.any(|found| found.code == rule.code), "{}", rule.code);
        }
        assert_eq!(EXAMPLES.len(), rule_texts().count());
    }
}
