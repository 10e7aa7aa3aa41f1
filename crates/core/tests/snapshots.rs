//! Whole files, as they leave: read them like a reviewer. `UPDATE_EXPECT=1 cargo test` rewrites them.

use std::fmt::Write as _;

use expect_test::expect_file;
use multicluster_core::render::extra::{Flavour, Hindrance, render_extra};
use multicluster_core::{ArtifactId, Diagnostic, Draft, link, resolve};

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
        "v=3&server=1.32&tool=temporal&increment=100&tls=on&tlsCaFile=%2Fcerts%2Fca.pem&tlsCertFile=%2Fcerts%2Fown.pem&tlsKeyFile=%2Fcerts%2Fown.key&toolTlsCaFile=%2Fhome%2Fme%2Fmy%20ca.pem&toolTlsCertFile=%2Fme.pem&toolTlsKeyFile=%2Fme.key&toolTlsServerName=temporal.internal&cluster=us-east,us.example:7233,1&http=us-http.example:7243&cluster=eu-west,%5B2001:db8::7%5D:7233,2&name=eu.internal&from=1,nat.example:9233&cluster=ap-south,nat.example:9244,3&name=eu.internal",
    ),
    (
        "three-1.20-tctl",
        "v=3&server=1.20&tool=tctl&increment=100&redirection=noop&toolTlsCaFile=%2Fca.pem&toolTlsCertFile=%2Fme.pem&toolTlsKeyFile=%2Fme.key&toolTlsServerName=temporal.internal&cluster=us-east,us.example:7233,1,,4&cluster=eu-west,eu.example:7233,2,,8&cluster=ap-south,ap.example:7233,3,10.0.0.3:7233,16",
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
    (
        "one-cluster-prior-to-1.14",
        "v=1&server=1.13&tool=tctl&increment=10&cluster=only,temporal.example:7233,1",
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

/// The import reads for which release a script was made in the first of these lines.
#[test]
fn a_script_for_several_releases_names_all_of_them() {
    let mixed = "v=3&server=1.20&tool=temporal&increment=100&cluster=a,a.example:7233,1\
                 &cluster=b,b.example:7233,2&release=1.32&cluster=c,c.example:7233,3&release=1.24";
    let resolution = resolve(&link::decode(mixed).expect("a link"));
    let script = resolution.render(ArtifactId::Connect).expect("a script");
    let text = script.text();
    let said = "# For Temporal 1.20, with temporal.\n\
                # The clusters run 1.20 and 1.24 to 1.29 and 1.32 and later: what the oldest of them can do, they all can.\n";
    assert!(text.contains(said), "{text}");
}

/// Drafts with as many mistakes of a kind as go together: what stands in the link behind the release.
const MISTAKES: &[(&str, &str)] = &[
    (
        "addresses",
        "&tool=tctl&increment=100&cluster=a,temporal..example:7233,1&cluster=b,:7233,2&cluster=c,2001:db8::7,3&cluster=d,,4\
         &cluster=e,a:b:7233,5&cluster=f,f.example:72333,6&cluster=g,g.example,7&cluster=h,http://h.example:8233,8\
         &cluster=i,i.example:7233%20,9&cluster=j,0.0.0.0:7233,10&cluster=k,dns:///k.example:7233,11\
         &cluster=l,%5B::1%5D7233,12&cluster=m,m.example:,13",
    ),
    (
        "admin addresses",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1,temporal..example:7233&cluster=b,b.example:7233,2,:7233\
         &cluster=c,c.example:7233,3,2001:db8::7&cluster=d,d.example:7233,4,d.example:x&cluster=e,e.example:7233,5,e.example\
         &cluster=f,f.example:7233,6,tcp://f.example:7233&cluster=g,g.example:7233,7,g%E2%80%8B.example:7233\
         &cluster=h,h.example:7233,8,%5B::%5D:7233",
    ),
    (
        "one address for two",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1&cluster=b,A.example:7233,2&cluster=c,c.example:7233,3,a.example:7233\
         &cluster=d,d.example:7233,4,n.example:1&from=1,nat.example:7233&cluster=e,e.example:7233,5,n.example:1&from=1,nat.example:7233",
    ),
    (
        "ports and machines",
        "&tool=tctl&increment=100&cluster=a,127.0.0.1:7233,1&cluster=b,b.example:7933,2&cluster=c,c.example:8233,3\
         &cluster=d,d.example:7234,4,d.example:7235&cluster=e,localhost:8233,5",
    ),
    (
        "addresses for HTTP",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1&http=a.example:7233&cluster=b,b.example:7233,2&http=a.example:7243\
         &cluster=c,c.example:7233,3&http=a.example:7243&cluster=d,d.example:7233,4&http=d.example",
    ),
    (
        "names",
        "&tool=tctl&increment=100&cluster=,a.example:7233,1&cluster=b%20,b.example:7233,2&cluster=c%E2%80%8B,c.example:7233,3\
         &cluster=my%20cluster.1,d.example:7233,4&cluster=east,e.example:7233,5&cluster=EAST,f.example:7233,6\
         &cluster=east,g.example:7233,7&cluster=standby,h.example:7233,8",
    ),
    (
        "names of clusters that run",
        "&tool=tctl&increment=100&cluster=b%20,b.example:7233,2!&running=b%20,2,100,&cluster=standby,c.example:7233,3!&running=standby,3,100,\
         &cluster=east,d.example:7233,4!&running=east,4,100,&cluster=east,e.example:7233,5!&running=east,5,100,",
    ),
    (
        "numbers",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,!&cluster=b,b.example:7233,one!&cluster=c,c.example:7233,0!\
         &cluster=d,d.example:7233,100!&cluster=e,e.example:7233,1.5!&cluster=f,f.example:7233,010!\
         &cluster=g,g.example:7233,-1!&cluster=h,h.example:7233,7!&cluster=i,i.example:7233,7!\
         &cluster=j,j.example:7233,2147483648!",
    ),
    (
        "numbers of clusters that run",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,7!&running=a,7,100,&cluster=b,b.example:7233,7!&running=b,7,100,\
         &cluster=c,c.example:7233,7!",
    ),
    (
        "values that a cluster keeps",
        "&tool=tctl&increment=1000&cluster=a,a.example:7233,7!,,512&running=z,1,100,4&cluster=b,b.example:7233,2!,,512&running=b,2,1000,512\
         &cluster=c,c.example:7233,!&running=c,3,1000,",
    ),
    (
        "an increment that a cluster keeps",
        "&tool=tctl&increment=1000&cluster=a,a.example:7233,1!&running=a,1,100,&cluster=b,b.example:7233,2",
    ),
    (
        "values that cannot be put back",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,7!,,512&running=z,1,100,6&cluster=z,z.example:7233,1!,,4\
         &cluster=c,c.example:7233,9!,,512&running=c,%203%20,100,8&cluster=d,d.example:7233,8!,,4&running=d,100,100,x",
    ),
    (
        "an increment with clusters that run",
        "&tool=tctl&increment=5&cluster=a,a.example:7233,1!&running=a,1,10,&cluster=b,b.example:7233,2!&running=b,2,10,",
    ),
    (
        "increments that differ",
        "&tool=tctl&increment=5&cluster=a,a.example:7233,1!&running=a,1,10,&cluster=b,b.example:7233,2!&running=b,2,100,",
    ),
    (
        "an increment of clusters that run without room",
        "&tool=tctl&increment=5&cluster=a,a.example:7233,1!&running=a,1,3,&cluster=b,b.example:7233,2&cluster=c,c.example:7233,3",
    ),
    (
        "an increment of 0 with the last number below 100",
        "&tool=tctl&increment=0&cluster=a,a.example:7233,99!",
    ),
    (
        "an increment of 0 with the first number above",
        "&tool=tctl&increment=0&cluster=a,a.example:7233,100!",
    ),
    (
        "an increment with the largest number",
        "&tool=tctl&increment=0&cluster=a,a.example:7233,2147483646!",
    ),
    (
        "an increment of 0",
        "&tool=tctl&increment=0&cluster=a,a.example:7233,1&cluster=b,b.example:7233,2",
    ),
    (
        "a negative increment",
        "&tool=tctl&increment=-1&cluster=a,a.example:7233,1",
    ),
    (
        "an increment that is too large",
        "&tool=tctl&increment=2147483648&cluster=a,a.example:7233,1",
    ),
    (
        "an increment that is no number",
        "&tool=tctl&increment=ten&cluster=a,a.example:7233,1",
    ),
    (
        "an increment of 1",
        "&tool=tctl&increment=1&cluster=a,a.example:7233,1",
    ),
    (
        "an increment without room",
        "&tool=tctl&increment=3&cluster=a,a.example:7233,1&cluster=b,b.example:7233,2&cluster=c,c.example:7233,!",
    ),
    (
        "shards",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1,,4k&cluster=b,b.example:7233,2,,0&cluster=c,c.example:7233,3,,4\
         &cluster=d,d.example:7233,4,,6&cluster=e,e.example:7233,5!,,8&running=e,5,100,8",
    ),
    (
        "the way to the cloud",
        "&tool=tctl&cloud=open&increment=3000000&cluster=a,a.example:7233,1000001!,,1000&cluster=b,b.example:7233,2!,,4096",
    ),
    (
        "TLS",
        "&tool=tctl&increment=100&tls=on&tlsCaFile=%2Fca.pem%0A&tlsCertFile=%2Fown.pem&toolTlsKeyFile=%2Fme.key&toolTlsServerName=a:1\
         &cluster=a,a.example:7233,1&name=a.example:7233&cluster=b,10.0.0.1:7233,2&name=b.example\
         &cluster=c,10.0.0.1:8233,3&name=c.example",
    ),
    (
        "redirection",
        "&tool=tctl&increment=100&redirection=all-apis-forwarding&cluster=a,a.example:7233,1&cluster=b,b.example:7233,2",
    ),
    (
        "releases",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1&release=1.13&cluster=b,b.example:7233,2&release=1.32\
         &cluster=c,c.example:7233,3&release=latest",
    ),
    ("no cluster", "&tool=tctl&increment=100"),
    (
        "one cluster",
        "&tool=tctl&increment=100&cluster=a,a.example:7233,1",
    ),
    (
        "a tool that is too new",
        "&tool=temporal&increment=100&cluster=a,a.example:7233,1&cluster=b,b.example:7233,2",
    ),
];

/// A problem in full, with what its fix changes in the link.
fn problem(draft: &Draft, found: &Diagnostic) -> String {
    let mut text = format!("{} {} {}", found.severity.word(), found.code, found.path);
    for path in &found.related {
        let _ = write!(text, ", {path}");
    }
    let _ = writeln!(text, "\n  {}\n  {}", found.message, found.help);
    if let Some(server) = &found.server {
        let _ = writeln!(text, "  server: {server}");
    }
    if let Some(fix) = &found.fix {
        let (before, after) = (link::encode(draft), link::encode(&draft.with(&fix.edits)));
        let is_new = |part: &&str| !before.split('&').any(|known| known == *part);
        let new: Vec<&str> = after.split('&').filter(is_new).collect();
        let _ = writeln!(text, "  {}: {}", fix.label, new.join("&"));
    }
    text
}

/// What is said with current releases, and what is said in another way with older ones, and with none.
#[test]
fn problems_in_full() {
    let mut text = String::new();
    for (mistakes, link) in MISTAKES {
        let mut told = Vec::new();
        for server in ["1.32", "1.20", "1.14.0", "1.13", "latest"] {
            let _ = writeln!(text, "==> {mistakes}, {server} <==");
            let draft = link::decode(&format!("v=3&server={server}{link}")).expect("a link");
            for found in resolve(&draft).diagnostics() {
                let problem = problem(&draft, found);
                if !told.contains(&problem) {
                    text.push_str(&problem);
                    told.push(problem);
                }
            }
        }
    }
    expect_file!["snapshots/problems.txt"].assert_eq(&text);
}

/// What is said of a cluster that is removed from the plan while it runs.
#[test]
fn how_one_that_runs_is_taken_out() {
    let mut text = String::new();
    for (server, tool) in [("1.32", "temporal"), ("1.14.0", "tctl"), ("1.13", "tctl")] {
        let link = format!(
            "v=2&server={server}&tool={tool}&increment=100&cluster=a,a.example:7233,1!&running=same\
             &cluster=b,b.example:7233,2!&running=same&cluster=c,c.example:7233,3&cluster=d,d.example:7233,4!&running=same"
        );
        let resolution = resolve(&link::decode(&link).expect("a link"));
        let plan = resolution.plan().expect("a plan");
        let file = plan.take_out(1).expect("others run");
        assert!(!file.text().contains("c.example"), "it knows nobody yet");
        let _ = write!(text, "==> {}, {server} <==\n{}", file.name(), file.text());
        assert_eq!(plan.take_out(4), None);
    }
    let alone = "v=2&server=1.32&tool=tctl&increment=100&cluster=a,a.example:7233,1!&running=same&cluster=b,b.example:7233,2";
    let resolution = resolve(&link::decode(alone).expect("a link"));
    assert_eq!(resolution.plan().expect("a plan").take_out(0), None);
    expect_file!["snapshots/take-out.txt"].assert_eq(&text);
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
