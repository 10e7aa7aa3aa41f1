//! What the exported scripts do in real shells, call by call, among stubs that answer as the tools do.

mod change;

use std::collections::HashSet;
use std::rc::Rc;
use std::thread;

use multicluster_core::model::{ClusterName, Tool};
use multicluster_core::{ArtifactId, Draft, Edit, resolve};
use multicluster_oracle::random::Random;
use multicluster_oracle::shell::{Reply, Run, Shell, Surroundings, shellcheck_all};
use multicluster_oracle::values;

use ArtifactId::{Connect, Disable, PlainCommands, Remove, Runbook, Verify};

const SCRIPTS: [ArtifactId; 4] = [Connect, Verify, Disable, Remove];

/// Names that mean something to a shell, to `test`, `sed` or `awk`, to JSON, or to the stubs.
const HOSTILE: [&str; 22] = [
    "it's",
    "$(touch injected)",
    "\"; exit 3; \"",
    "a\\b\\",
    "<&>",
    "(",
    ")",
    "!",
    "-n",
    "=",
    "-a",
    "`id`",
    "a: \"b\"",
    "%s%n\\n",
    "été 日本 🦀",
    "*",
    "$1",
    "b\",\"address\": \"x",
    "[a-z]*",
    "/&\\1/",
    "no such cluster",
    "{{ .Env }}",
];

/// The clusters of one run, and who speaks with them.
#[derive(Clone)]
struct Plan {
    release: &'static str,
    tool: Tool,
    names: Vec<String>,
    states_shards: bool,
}

impl Plan {
    /// How a cluster is reached by whoever runs the script.
    fn admin(at: usize) -> String {
        format!("admin-{at}.example:7233")
    }

    /// How a cluster is reached by the others: in every form that an address has.
    fn rpc(at: usize) -> String {
        let n = at + 1;
        match at % 5 {
            0 => format!("10.0.0.{n}:7233"),
            1 => format!("[2001:db8::{n}]:7233"),
            2 => format!("[fe80::{n}%eth0]:65535"),
            3 => format!("temporal_{n}.EU-west-1.example.:7233"),
            _ => format!("TEMPORAL-{n}:1"),
        }
    }

    fn size(&self) -> usize {
        self.names.len()
    }

    fn draft(&self) -> Draft {
        let mut draft = Draft::empty();
        self.release.clone_into(&mut draft.server_version);
        draft.tool = self.tool;
        for (at, name) in self.names.iter().enumerate() {
            draft.apply(&Edit::AddCluster);
            let cluster = Rc::make_mut(&mut draft.clusters[at]);
            cluster.name.clone_from(name);
            cluster.rpc_address = Self::rpc(at);
            cluster.admin_address = Self::admin(at);
            cluster.initial_version = (at + 1).to_string();
            if self.states_shards {
                "4".clone_into(&mut cluster.history_shards);
            }
        }
        draft
    }

    fn script(&self, id: ArtifactId) -> String {
        let resolution = resolve(&self.draft());
        let Some(script) = resolution.render(id) else {
            panic!("{id:?} is refused: {:?}", resolution.diagnostics())
        };
        script.text()
    }

    /// Every ordered pair of different clusters, in the order of the clusters.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let size = self.size();
        (0..size)
            .flat_map(move |from| (0..size).map(move |to| (from, to)))
            .filter(|(from, to)| from != to)
    }

    fn lists(&self) -> bool {
        self.release != "1.14.0"
    }

    fn call(&self, tctl: &[&str], temporal: &[&str]) -> Vec<String> {
        let arguments = match self.tool {
            Tool::Tctl => tctl,
            Tool::Temporal => temporal,
        };
        arguments.iter().map(ToString::to_string).collect()
    }

    fn health(&self, at: usize) -> Vec<String> {
        let a = &*Self::admin(at);
        self.call(
            &["--address", a, "cluster", "health"],
            &["operator", "cluster", "health", "--address", a],
        )
    }

    fn describe(&self, at: usize) -> Vec<String> {
        let a = &*Self::admin(at);
        self.call(
            &["--address", a, "admin", "cluster", "describe"],
            &[
                "operator",
                "cluster",
                "describe",
                "--address",
                a,
                "--output",
                "json",
            ],
        )
    }

    #[rustfmt::skip]
    fn probe(&self, at: usize, other: &str) -> Vec<String> {
        let (a, name) = (&*Self::admin(at), &*self.names[at]);
        self.call(
            &["--address", a, "--namespace", "multicluster-probe", "namespace", "register",
              "--global_namespace", "true", "--active_cluster", name, "--clusters", other],
            &["operator", "namespace", "create", "--address", a, "--namespace", "multicluster-probe",
              "--global", "--active-cluster", name, "--cluster", other],
        )
    }

    #[rustfmt::skip]
    fn upsert(&self, (from, to): (usize, usize), enable: bool) -> Vec<String> {
        let (a, remote) = (&*Self::admin(from), &*Self::rpc(to));
        let mut call = self.call(
            &["--address", a, "admin", "cluster", "upsert-remote-cluster", "--frontend_address", remote],
            &["operator", "cluster", "upsert", "--address", a, "--frontend-address", remote],
        );
        match (self.tool, enable) {
            (Tool::Tctl, true) => {}
            (Tool::Tctl, false) => call.push("--enable_connection=false".to_owned()),
            (Tool::Temporal, true) => call.push("--enable-connection".to_owned()),
            (Tool::Temporal, false) => call.push("--enable-connection=false".to_owned()),
        }
        call
    }

    #[rustfmt::skip]
    fn remove(&self, (from, to): (usize, usize)) -> Vec<String> {
        let (a, name) = (&*Self::admin(from), &*self.names[to]);
        self.call(
            &["--address", a, "admin", "cluster", "remove-remote-cluster", "--cluster", name],
            &["operator", "cluster", "remove", "--address", a, "--name", name],
        )
    }

    /// How a script finds out what one cluster knows of another.
    fn look_up(&self, (from, to): (usize, usize)) -> Vec<String> {
        let (a, name) = (&*Self::admin(from), &*self.names[to]);
        if self.lists() {
            self.call(
                &["--address", a, "admin", "cluster", "list"],
                &[
                    "operator",
                    "cluster",
                    "list",
                    "--address",
                    a,
                    "--output",
                    "json",
                ],
            )
        } else {
            self.call(
                &[
                    "--address",
                    a,
                    "admin",
                    "cluster",
                    "describe",
                    "--cluster",
                    name,
                ],
                &[],
            )
        }
    }

    fn namespaces(&self, at: usize) -> Vec<String> {
        let a = &*Self::admin(at);
        self.call(
            &["--address", a, "namespace", "list"],
            &[
                "operator",
                "namespace",
                "list",
                "--address",
                a,
                "--output",
                "json",
            ],
        )
    }

    fn checks(&self) -> Vec<Vec<String>> {
        let checks = |at| {
            [
                self.health(at),
                self.describe(at),
                self.probe(at, "no such cluster"),
            ]
        };
        (0..self.size()).flat_map(checks).collect()
    }

    /// The calls of a script that meets what it expects.
    fn expected(&self, id: ArtifactId) -> Vec<Vec<String>> {
        let mut calls = self.checks();
        let usable = |pair: (usize, usize)| self.probe(pair.0, &self.names[pair.1]);
        match id {
            Connect => {
                calls.extend(self.pairs().map(|pair| self.upsert(pair, true)));
                if self.lists() {
                    calls.extend(self.pairs().map(usable));
                }
            }
            Verify => {
                calls.extend(
                    self.pairs()
                        .flat_map(|pair| [self.look_up(pair), usable(pair)]),
                );
                if self.lists() {
                    calls.extend((0..self.size()).map(|at| self.look(at)));
                }
            }
            Disable => {
                calls.extend(self.pairs().map(|pair| self.upsert(pair, false)));
                if self.lists() {
                    calls.extend(self.pairs().map(|pair| self.look_up(pair)));
                }
            }
            _ => {
                calls.extend((0..self.size()).map(|at| self.namespaces(at)));
                calls.extend(
                    self.pairs()
                        .flat_map(|pair| [self.look_up(pair), self.remove(pair)]),
                );
            }
        }
        calls
    }

    /// What a cluster is asked for by a person who wants to see what it knows.
    fn look(&self, at: usize) -> Vec<String> {
        if self.lists() {
            self.look_up((at, at))
        } else {
            self.describe(at)
        }
    }

    /// The calls of `commands.txt`, pasted whole.
    fn plain_calls(&self) -> Vec<Vec<String>> {
        let all = || 0..self.size();
        let mut calls: Vec<_> = all().map(|at| self.health(at)).collect();
        calls.extend(self.pairs().map(|pair| self.upsert(pair, true)));
        calls.extend(all().map(|at| self.look(at)));
        calls
    }

    /// The calls of the lines of it that are comments.
    fn commented_calls(&self) -> Vec<Vec<String>> {
        let disable = self.pairs().map(|pair| self.upsert(pair, false));
        let remove = self.pairs().map(|pair| self.remove(pair));
        disable.chain(remove).collect()
    }

    /// What the stub answers to exactly this call, whatever stands behind it.
    fn reply(&self, call: &[String]) -> Reply {
        Reply::to(&[self.tool.program(), &call.join(" ")])
    }

    /// A text as it stands in the answers of the tool.
    fn json(&self, text: &str) -> String {
        let json = serde_json::to_string(text).expect("a text is JSON");
        match self.tool {
            // Go's encoding/json is made for the inside of HTML.
            Tool::Tctl => json
                .replace('&', "\\u0026")
                .replace('<', "\\u003c")
                .replace('>', "\\u003e"),
            Tool::Temporal => json,
        }
    }

    /// What a cluster says of itself.
    fn told(&self, told: &Told) -> String {
        let name = self.json(&told.name);
        let Told {
            shards,
            increment,
            initial,
            ..
        } = told;
        match self.tool {
            Tool::Tctl => format!(
                "{{\n  \"supportedClients\": {{\n    \"temporal-cli\": \"\\u003c2.0.0\"\n  }},\n  \
                 \"serverVersion\": \"1.0.0\",\n  \"clusterName\": {name},\n  \
                 \"historyShardCount\": {shards},\n  \"persistenceStore\": \"postgres\",\n  \
                 \"failoverVersionIncrement\": {increment},\n  \
                 \"initialFailoverVersion\": {initial},\n  \
                 \"isGlobalNamespaceEnabled\": true\n}}\n"
            ),
            Tool::Temporal => format!(
                "{{\n  \"serverVersion\": \"1.0.0\",\n  \"clusterId\": \"6f\",\n  \
                 \"clusterName\": {name},\n  \"historyShardCount\": {shards},\n  \
                 \"persistenceStore\": \"sqlite\",\n  \
                 \"failoverVersionIncrement\": \"{increment}\",\n  \
                 \"initialFailoverVersion\": \"{initial}\"\n}}\n"
            ),
        }
    }

    /// What a cluster lists of all of them, connected or not.
    fn listed(&self, on: bool) -> String {
        let [name_key, address_key, on_key] = match self.tool {
            Tool::Tctl => ["cluster_name", "cluster_address", "is_connection_enabled"],
            Tool::Temporal => ["clusterName", "address", "isConnectionEnabled"],
        };
        let row = |(at, name): (usize, &String)| {
            let on = if on {
                format!(",\n    \"{on_key}\": true")
            } else {
                String::new()
            };
            format!(
                "  {{\n    \"{name_key}\": {},\n    \"{address_key}\": \"{}\",\n    \
                 \"initialFailoverVersion\": \"{}\"{on}\n  }}",
                self.json(name),
                Self::rpc(at),
                at + 1
            )
        };
        let rows: Vec<String> = self.names.iter().enumerate().map(row).collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }

    /// A namespace in these clusters, as it is listed.
    fn namespace(&self, clusters: &[&str]) -> String {
        self.namespace_named("early", clusters)
    }

    /// The same of any name; it is active in the first one.
    fn namespace_named(&self, name: &str, clusters: &[&str]) -> String {
        match self.tool {
            Tool::Tctl => format!(
                "Name: {name}\nId: 6f\nDescription: \nActiveClusterName: {}\nClusters: {}\n\n",
                clusters[0],
                clusters.join(", ")
            ),
            Tool::Temporal => {
                let row = |name: &&str| {
                    format!(
                        "      {{\n        \"clusterName\": {}\n      }}",
                        self.json(name)
                    )
                };
                let rows: Vec<String> = clusters.iter().map(row).collect();
                format!(
                    "[\n{{\n  \"namespaceInfo\": {{\n    \"name\": \"{name}\"\n  }},\n  \
                     \"replicationConfig\": {{\n    \"activeClusterName\": {},\n    \
                     \"clusters\": [\n{}\n    ]\n  }}\n}}\n]\n",
                    self.json(clusters[0]),
                    rows.join(",\n")
                )
            }
        }
    }

    fn as_planned(&self, at: usize) -> Told {
        Told {
            name: self.names[at].clone(),
            shards: 4,
            increment: 100,
            initial: at + 1,
        }
    }

    /// The answers of clusters that are as planned, connected or not.
    fn replies(&self, on: bool) -> Vec<Reply> {
        let refused = "Error: Active cluster is not contained in all clusters.\n";
        let mut replies = Vec::new();
        for at in 0..self.size() {
            let probe = match self.tool {
                Tool::Tctl => ["namespace", "register"],
                Tool::Temporal => ["namespace", "create"],
            };
            replies.push(Reply::to(&[&probe.join(" ")]).status(1).stderr(refused));
            if self.lists() {
                let list = self.look_up((at, at));
                replies.push(self.reply(&list).stdout(&self.listed(on)));
            }
            let namespaces = self.namespace(&[&self.names[at]]);
            replies.push(self.reply(&self.namespaces(at)).stdout(&namespaces));
            let told = self.told(&self.as_planned(at));
            replies.push(self.reply(&self.describe(at)).stdout(&told));
            replies.push(self.reply(&self.health(at)).stdout("SERVING\n"));
        }
        replies
    }

    /// The clusters as a script meets them, which first give these answers.
    fn surroundings(&self, id: ArtifactId, first: &[Reply]) -> Surroundings {
        let replies = [first, &self.replies(id != Disable)].concat();
        Surroundings::stubs(&["tctl", "temporal", "sleep"])
            .programs(&["sed", "awk"])
            .replies(&replies)
    }

    /// Runs a script among clusters that first give these answers.
    fn run(&self, shell: Shell, id: ArtifactId, first: &[Reply], arguments: &[&str]) -> Run {
        let surroundings = self.surroundings(id, first).arguments(arguments);
        surroundings.run(shell, &self.script(id))
    }

    fn title(&self, shell: Shell, id: ArtifactId) -> String {
        let (release, tool) = (self.release, self.tool.program());
        format!(
            "{id:?} of {:?} for {release} with {tool} in {shell}",
            self.names
        )
    }

    /// The calls that change something.
    fn changes<'r>(&self, run: &'r Run) -> Vec<&'r [String]> {
        let mut calls = run.calls_of(self.tool.program());
        calls.retain(|call| {
            let mut words = call.iter().take(5).map(String::as_str);
            words.any(|word| {
                [
                    "upsert",
                    "remove",
                    "upsert-remote-cluster",
                    "remove-remote-cluster",
                ]
                .contains(&word)
            })
        });
        calls
    }
}

/// What a cluster says of itself.
struct Told {
    name: String,
    shards: usize,
    increment: usize,
    initial: usize,
}

/// Every release and tool that go together, with 2, 3 and 5 clusters, with hostile names and, where
/// that takes little time, with plain ones.
fn plans() -> Vec<Plan> {
    use Tool::{Tctl, Temporal};
    let mut hostile = HOSTILE.iter().cycle();
    let mut plans = Vec::new();
    for (release, tool) in [
        ("1.14.0", Tctl),
        ("1.15", Tctl),
        ("1.18", Tctl),
        ("1.32", Tctl),
        ("1.18", Temporal),
        ("1.32", Temporal),
    ] {
        for size in [2, 3, 5] {
            let plain = (0..size).map(|at| format!("cluster-{at}")).collect();
            let hostile = hostile
                .by_ref()
                .take(size)
                .map(ToString::to_string)
                .collect();
            let names = [hostile, plain].into_iter();
            for names in names.take(if size < 5 { 2 } else { 1 }) {
                plans.push(Plan {
                    release,
                    tool,
                    names,
                    states_shards: size == 3,
                });
            }
        }
    }
    plans
}

/// One plan for every release and tool, with hostile names.
fn hostile_plans() -> Vec<Plan> {
    let mut plans = plans();
    plans.retain(|plan| plan.states_shards && plan.names[0] != "cluster-0");
    plans
}

/// Does it for every plan and every shell, the plans side by side.
fn for_all(plans: &[Plan], test: impl Fn(&Plan, Shell) + Sync) {
    thread::scope(|scope| {
        for shell in Shell::ALL {
            for part in plans.chunks(plans.len().div_ceil(4)) {
                let test = &test;
                scope.spawn(move || part.iter().for_each(|plan| test(plan, shell)));
            }
        }
    });
}

#[test]
fn every_call_is_the_expected_one() {
    for_all(&plans(), |plan, shell| {
        for id in SCRIPTS {
            let run = plan.run(shell, id, &[], &["-y"]);
            let title = plan.title(shell, id);
            assert_eq!(
                (run.status, &*run.stderr),
                (Some(0), ""),
                "{title}: {}",
                run.stdout
            );
            let calls = run.calls_of(plan.tool.program());
            assert_eq!(calls, plan.expected(id), "{title}");
            assert_eq!(run.calls.len(), calls.len(), "{title}");
        }
    });
}

#[test]
fn a_second_run_makes_the_same_calls() {
    for_all(&hostile_plans(), |plan, shell| {
        for id in SCRIPTS {
            let surroundings = plan.surroundings(id, &[]).arguments(&["-y"]);
            let [first, second] = surroundings.run_twice(shell, &plan.script(id));
            let title = plan.title(shell, id);
            assert_eq!(first.status, Some(0), "{title}: {}", first.stderr);
            assert_eq!(first, second, "{title}");
        }
    });
}

#[test]
fn every_plain_command_is_the_expected_call() {
    for_all(&plans(), |plan, shell| {
        let stub = Surroundings::stubs(&[plan.tool.program()]);
        let script = plan.script(PlainCommands);
        let title = plan.title(shell, PlainCommands);
        let comments = format!("# {} ", plan.tool.program());
        let commented = |line: &&str| line.starts_with(&comments);
        let taken: Vec<&str> = script
            .lines()
            .filter(commented)
            .map(|it| &it[2..])
            .collect();
        for (script, expected) in [
            (&script, plan.plain_calls()),
            (&taken.join("\n"), plan.commented_calls()),
        ] {
            let run = stub.run(shell, script);
            assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
            assert_eq!(run.calls_of(plan.tool.program()), expected, "{title}");
        }
    });
}

/// A shell that takes no comments runs them as the command `#`, whatever names are in them.
#[test]
fn pasted_where_there_are_no_comments_nothing_is_taken_apart() {
    let plans = plans();
    thread::scope(|scope| {
        for part in plans.chunks(plans.len().div_ceil(4)) {
            scope.spawn(move || {
                for plan in part {
                    let stub = Surroundings::stubs(&[plan.tool.program()]);
                    let run = stub.run(Shell::ZshPasted, &plan.script(PlainCommands));
                    let title = plan.title(Shell::ZshPasted, PlainCommands);
                    let calls = run.calls_of(plan.tool.program());
                    assert_eq!(calls, plan.plain_calls(), "{title}: {}", run.stderr);
                }
            });
        }
    });
}

/// Names reach the tool as they are, also within the JSON of a workflow's input.
#[test]
fn commands_of_the_runbook_keep_every_name() {
    for_all(&hostile_plans(), |plan, shell| {
        let commands = commands_in(&plan.script(Runbook));
        let stub = Surroundings::stubs(&[plan.tool.program(), "sh"]);
        let run = stub.run(shell, &commands);
        let title = plan.title(shell, Runbook);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        let calls = run.calls_of(plan.tool.program());
        let said: HashSet<String> = calls
            .into_iter()
            .flatten()
            .flat_map(|word| values_of(word))
            .collect();
        for name in &plan.names {
            assert!(said.contains(name), "{title}: {name:?} is not in {said:?}");
        }
        let input = |word: &String| word.starts_with("{\"Namespace\":");
        let inputs = run.calls_of(plan.tool.program());
        let inputs = inputs.into_iter().flatten().filter(|word| input(word));
        // Each back-fills and hands over: its own steps, taking one out, and taking all apart.
        let hands_over = plan.release == "1.32";
        assert_eq!(
            inputs.count(),
            if hands_over { 3 * 2 } else { 0 },
            "{title}"
        );
    });
}

/// The lines of all blocks of commands of a document.
fn commands_in(document: &str) -> String {
    let mut commands = String::new();
    let mut fence = None;
    for line in document.lines() {
        match fence {
            None => {
                fence = line
                    .strip_suffix("sh")
                    .filter(|marks| marks.starts_with("```"))
            }
            Some(marks) if line == marks => fence = None,
            Some(_) => {
                commands.push_str(line);
                commands.push('\n');
            }
        }
    }
    commands
}

/// A word of a command, and the texts within if it is JSON.
fn values_of(word: &str) -> Vec<String> {
    let mut values = vec![word.to_owned()];
    if word.starts_with('{')
        && let Ok(serde_json::Value::Object(fields)) = serde_json::from_str(word)
    {
        let texts = fields.values().filter_map(serde_json::Value::as_str);
        values.extend(texts.map(str::to_owned));
    }
    values
}

/// Where nobody has set a locale, every byte is a character of its own.
#[test]
fn the_locale_changes_nothing() {
    for_all(&hostile_plans(), |plan, shell| {
        for id in SCRIPTS {
            let surroundings = plan.surroundings(id, &[]).arguments(&["-y"]);
            let surroundings = surroundings.variable("LC_ALL", "C");
            let run = surroundings.run(shell, &plan.script(id));
            let title = plan.title(shell, id);
            assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
            let calls = run.calls_of(plan.tool.program());
            assert_eq!(calls, plan.expected(id), "{title}");
        }
    });
}

/// The global flags of `tctl` stand before the command, those of `temporal` anywhere.
#[test]
fn flags_of_the_environment_come_with_every_call() {
    let flags = ["--tls-ca-path", "/etc/ca.pem", "--tls-server-name=*"];
    for_all(&hostile_plans(), |plan, shell| {
        for id in SCRIPTS {
            let surroundings = plan.surroundings(id, &[]).arguments(&["-y"]);
            let run = surroundings
                .variable("MULTICLUSTER_FLAGS", &flags.join(" "))
                .run(shell, &plan.script(id));
            let expected = plan.expected(id).into_iter().map(|call| {
                let flags = flags.map(str::to_owned).to_vec();
                match plan.tool {
                    Tool::Tctl => [flags, call].concat(),
                    Tool::Temporal => [call, flags].concat(),
                }
            });
            let title = plan.title(shell, id);
            assert_eq!(run.status, Some(0), "{title}: {}", run.stderr);
            let calls = run.calls_of(plan.tool.program());
            assert_eq!(calls, expected.collect::<Vec<_>>(), "{title}");
        }
    });
}

#[test]
fn nothing_is_changed_unless_every_cluster_is_as_planned() {
    for_all(&hostile_plans(), |plan, shell| {
        // The last one: all others have been looked at by then.
        let last = plan.size() - 1;
        let differs = |change: &dyn Fn(&mut Told)| {
            let mut told = plan.as_planned(last);
            change(&mut told);
            plan.reply(&plan.describe(last)).stdout(&plan.told(&told))
        };
        let wrong = [
            (
                "health",
                plan.reply(&plan.health(last)).status(1).stderr("refused\n"),
            ),
            (
                "describe",
                plan.reply(&plan.describe(last))
                    .status(1)
                    .stderr("refused\n"),
            ),
            (
                "name",
                differs(&|told| "another".clone_into(&mut told.name)),
            ),
            ("increment", differs(&|told| told.increment = 1000)),
            ("initial version", differs(&|told| told.initial = 77)),
            ("shards", differs(&|told| told.shards = 8)),
            (
                "global namespaces",
                plan.reply(&plan.probe(last, "no such cluster"))
                    .status(1)
                    .stderr("Cannot register global namespace when not enabled.\n"),
            ),
        ];
        for (at, (what, reply)) in wrong.into_iter().enumerate() {
            // All scripts look at the clusters in the same way: one of them for each problem, and
            // all of them for the first.
            let scripts = if at == 0 {
                &SCRIPTS
            } else {
                &SCRIPTS[at % 4..=at % 4]
            };
            for &id in scripts {
                let run = plan.run(shell, id, std::slice::from_ref(&reply), &["-y"]);
                let title = format!("{what}, {}", plan.title(shell, id));
                assert_eq!(run.status, Some(1), "{title}: {}", run.stderr);
                assert!(
                    run.stderr.contains(&plan.names[last]),
                    "{title}: {}",
                    run.stderr
                );
                assert_eq!(plan.changes(&run), [] as [&[String]; 0], "{title}");
            }
        }
    });
}

/// Servers ask the other cluster even to turn a connection off: who has lost one needs another way.
#[test]
fn the_way_out_is_said_where_a_cluster_is_lost() {
    for_all(&hostile_plans(), |plan, shell| {
        let lost = plan.reply(&plan.health(1)).status(1).stderr("refused\n");
        let removes = match plan.tool {
            Tool::Tctl => "admin cluster remove-remote-cluster --cluster NAME",
            Tool::Temporal => "operator cluster remove --address ADDRESS --name NAME",
        };
        for (id, says) in [(Connect, false), (Disable, true), (Remove, true)] {
            let run = plan.run(shell, id, std::slice::from_ref(&lost), &["-y"]);
            let title = plan.title(shell, id);
            let way_out = format!("If {} is lost", plan.names[1]);
            for text in [&*way_out, removes] {
                assert_eq!(run.stderr.contains(text), says, "{title}: {}", run.stderr);
            }
        }
    });
}

#[test]
fn numbers_of_shards_must_fit_even_if_none_is_stated() {
    let plan = |release| Plan {
        release,
        tool: Tool::Tctl,
        names: ["a", "b"].map(str::to_owned).to_vec(),
        states_shards: false,
    };
    for (release, shards, fits) in [
        ("1.18", 4, true),
        ("1.18", 8, false),
        ("1.32", 8, true),
        ("1.32", 2, true),
        ("1.32", 6, false),
    ] {
        let plan = plan(release);
        for shell in Shell::ALL {
            let told = Told {
                shards,
                ..plan.as_planned(1)
            };
            let reply = plan.reply(&plan.describe(1)).stdout(&plan.told(&told));
            let run = plan.run(shell, Connect, &[reply], &[]);
            let title = format!("{shards} shards, {}", plan.title(shell, Connect));
            assert_eq!(
                run.status,
                Some(i32::from(!fits)),
                "{title}: {}",
                run.stderr
            );
            assert_eq!(plan.changes(&run).is_empty(), !fits, "{title}");
        }
    }
}

#[test]
fn nothing_is_disabled_or_removed_without_being_asked_for() {
    for_all(&hostile_plans(), |plan, shell| {
        for id in [Disable, Remove] {
            let run = plan.run(shell, id, &[], &[]);
            let title = plan.title(shell, id);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(
                run.stderr.contains("Nothing was changed."),
                "{title}: {}",
                run.stderr
            );
            assert_eq!(plan.changes(&run), [] as [&[String]; 0], "{title}");
        }
    });
}

#[test]
fn nothing_is_removed_while_a_namespace_needs_it() {
    for_all(&hostile_plans(), |plan, shell| {
        let last = plan.size() - 1;
        let shared = plan.namespace(&[&plan.names[last], &plan.names[0]]);
        let reply = plan.reply(&plan.namespaces(last)).stdout(&shared);
        let unread = plan.reply(&plan.namespaces(last)).status(1);
        for (reply, says) in [(reply, "early"), (unread, "could not be read")] {
            let run = plan.run(shell, Remove, &[reply], &["-y"]);
            let title = plan.title(shell, Remove);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(run.stderr.contains(says), "{title}: {}", run.stderr);
            assert_eq!(plan.changes(&run), [] as [&[String]; 0], "{title}");
        }
    });
}

/// A change that a cluster refuses ends the script, which says where, and is no success.
#[test]
fn a_refused_change_ends_the_script() {
    for_all(&hostile_plans(), |plan, shell| {
        let refused = (1, 2);
        for (id, call) in [
            (Connect, plan.upsert(refused, true)),
            (Disable, plan.upsert(refused, false)),
            (Remove, plan.remove(refused)),
        ] {
            let reply = plan.reply(&call).status(1).stderr("it says no\n");
            let run = plan.run(shell, id, &[reply], &["-y"]);
            let title = plan.title(shell, id);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(run.stderr.contains("it says no"), "{title}: {}", run.stderr);
            let until: Vec<Vec<String>> = plan
                .pairs()
                .take_while(|&pair| pair != refused)
                .chain([refused])
                .map(|pair| match id {
                    Connect => plan.upsert(pair, true),
                    Disable => plan.upsert(pair, false),
                    _ => plan.remove(pair),
                })
                .collect();
            // A removal is tried again: see below.
            let mut changes = plan.changes(&run);
            changes.dedup();
            assert_eq!(changes, until, "{title}");
        }
    });
}

/// Servers look at the namespaces of some seconds ago, so that a removal is refused for a while.
#[test]
fn a_removal_is_tried_again() {
    for_all(&hostile_plans(), |plan, shell| {
        let call = plan.remove((0, 1));
        let refused = plan.reply(&call).status(1).stderr("still referenced\n");
        let title = plan.title(shell, Remove);
        let run = plan.run(shell, Remove, &[refused.clone().times(2)], &["-y"]);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        assert_eq!(run.calls_of("sleep"), [["2"]; 2], "{title}");
        let run = plan.run(shell, Remove, &[refused], &["-y"]);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(run.calls_of("sleep").len() < 60, "{title}");
        assert!(
            plan.changes(&run).iter().all(|change| *change == call),
            "{title}"
        );
    });
}

/// What cannot be read is not taken for nothing.
#[test]
fn a_list_that_cannot_be_read_removes_nothing() {
    let mut plans = hostile_plans();
    plans.retain(Plan::lists);
    for_all(&plans, |plan, shell| {
        let unread = plan.reply(&plan.look_up((0, 1))).status(1);
        let run = plan.run(shell, Remove, &[unread], &["-y"]);
        let title = plan.title(shell, Remove);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(
            run.stderr.contains("could not be read"),
            "{title}: {}",
            run.stderr
        );
        assert_eq!(plan.changes(&run), [] as [&[String]; 0], "{title}");
    });
}

#[test]
fn what_is_not_connected_is_told_and_not_removed() {
    for_all(&hostile_plans(), |plan, shell| {
        let unknown = |at| {
            let look_up = plan.look_up((at, (at + 1) % plan.size()));
            if plan.lists() {
                plan.reply(&look_up).stdout("[]\n")
            } else {
                plan.reply(&look_up[..look_up.len() - 1]).status(1)
            }
        };
        let replies: Vec<Reply> = (0..plan.size()).map(unknown).collect();
        let run = plan.run(shell, Remove, &replies, &["-y"]);
        let title = plan.title(shell, Remove);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        assert_eq!(plan.changes(&run), [] as [&[String]; 0], "{title}");
        let run = plan.run(shell, Verify, &replies, &[]);
        let title = plan.title(shell, Verify);
        assert_eq!(run.status, Some(1), "{title}");
        let told = run.stdout.matches("not connected: run connect.sh").count();
        assert_eq!(told, plan.pairs().count(), "{title}: {}", run.stdout);
    });
}

#[test]
fn a_connection_that_stays_on_is_told() {
    for_all(&hostile_plans(), |plan, shell| {
        if !plan.lists() {
            return;
        }
        let on = plan.reply(&plan.look_up((0, 1))).stdout(&plan.listed(true));
        let run = plan.run(shell, Disable, &[on], &["-y"]);
        let title = plan.title(shell, Disable);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(run.stderr.contains("is not off"), "{title}: {}", run.stderr);
    });
}

#[test]
fn a_cluster_that_is_not_planned_is_told() {
    for_all(&hostile_plans(), |plan, shell| {
        if !plan.lists() {
            return;
        }
        let mut more = plan.clone();
        more.names.push("\"left over\"".to_owned());
        let list = plan.reply(&plan.look(0)).stdout(&more.listed(true));
        let run = plan.run(shell, Verify, &[list], &[]);
        let title = plan.title(shell, Verify);
        assert_eq!(run.status, Some(1), "{title}");
        let told: Vec<&str> = run
            .stdout
            .lines()
            .filter(|line| line.ends_with("not in the plan"))
            .collect();
        assert_eq!(told.len(), 1, "{title}: {}", run.stdout);
        assert!(told[0].contains("\\\"left over\\\""), "{title}: {told:?}");
    });
}

#[test]
fn connecting_waits_until_connections_can_be_used() {
    let mut plans = hostile_plans();
    plans.retain(Plan::lists);
    for_all(&plans, |plan, shell| {
        let last = plan.size() - 1;
        // Not the one whose name the script asks for before it connects anything.
        let is_usual = |name: &&String| *name != "no such cluster";
        let Some(other) = plan.names.iter().find(is_usual) else {
            panic!("names differ")
        };
        let not_yet = plan
            .reply(&plan.probe(last, other))
            .status(1)
            .stderr("Invalid cluster name\n");
        let title = plan.title(shell, Connect);
        let run = plan.run(shell, Connect, &[not_yet.clone().times(3)], &[]);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        assert_eq!(run.calls_of("sleep"), [["2"]; 3], "{title}");
        if shell == Shell::Dash {
            let run = plan.run(shell, Connect, &[not_yet], &[]);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(
                run.stderr.contains("Invalid cluster name"),
                "{title}: {}",
                run.stderr
            );
        }
    });
}

#[test]
fn shellcheck_finds_nothing() {
    let plans = plans();
    let scripts: Vec<(String, String)> = plans
        .iter()
        .flat_map(|plan| SCRIPTS.map(|id| (plan.title(Shell::Dash, id), plan.script(id))))
        .collect();
    let texts: Vec<&str> = scripts.iter().map(|(_, text)| text.as_str()).collect();
    for ((title, _), findings) in scripts.iter().zip(shellcheck_all(&texts)) {
        assert!(findings.is_empty(), "{title}: {findings:?}");
    }
}

/// `tctl` lists the clusters of a namespace with commas between, so that a name with one looks like
/// two: then nothing is removed, which is the safe side.
#[test]
fn a_name_with_a_comma_keeps_tctl_from_removing() {
    for tool in Tool::ALL {
        let plan = Plan {
            release: "1.32",
            tool,
            names: ["a, b", "c"].map(str::to_owned).to_vec(),
            states_shards: false,
        };
        for shell in Shell::ALL {
            let run = plan.run(shell, Remove, &[], &["-y"]);
            let refuses = tool == Tool::Tctl;
            let title = plan.title(shell, Remove);
            assert_eq!(
                run.status,
                Some(i32::from(refuses)),
                "{title}: {}",
                run.stderr
            );
            assert_eq!(plan.changes(&run).is_empty(), refuses, "{title}");
        }
    }
}

/// Core's quoting, as it stands in a script, against the shells themselves: thousands of names in
/// the table of one script, which is then cut off and asked for its names.
#[test]
fn shells_read_back_exactly_the_name() {
    let mut random = Random::of_case(1, 0);
    let mut names: Vec<String> = HOSTILE.map(str::to_owned).to_vec();
    let mut seen: HashSet<String> = names.iter().cloned().collect();
    while names.len() < 5000 {
        let name = values::any_text(&mut random);
        if ClusterName::parse(&name).is_ok() && seen.insert(name.clone()) {
            names.push(name);
        }
    }
    let table_of = |names: &[String]| {
        let plan = Plan {
            release: "1.32",
            tool: Tool::Temporal,
            names: names.to_vec(),
            states_shards: false,
        };
        let script = plan.script(Verify);
        let Some((table, _)) = script.split_once("\n}\n") else {
            panic!("the table of the clusters is a function")
        };
        // Not the tool, but a function of the shell: in one process, thousands take no time.
        format!("{table}\n}}\nshow() {{ printf '%s\\000' \"$1\"; }}\neach_cluster show\n")
    };
    // As many as the increment of 100 has room for, and addresses have numbers.
    for part in names.chunks(99) {
        let script = table_of(part);
        for shell in Shell::ALL {
            let run = Surroundings::stubs(&[]).run(shell, &script);
            assert_eq!(
                (run.status, &*run.stderr),
                (Some(0), ""),
                "{shell}: {script}"
            );
            let read: Vec<&str> = run.stdout.split_terminator('\0').collect();
            assert_eq!(read, part, "{shell}");
        }
    }
}
