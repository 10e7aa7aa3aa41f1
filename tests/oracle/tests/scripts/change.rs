//! What `change.sh` does: of four clusters the first two run and are connected with each other and
//! with the last, which leaves; the third is new.

use multicluster_core::change::{Change, between};
use multicluster_core::observed::{Entry, Location, Observed, Told as Said, View, ViewKind};
use multicluster_core::{Artifact, resolve};

use super::*;

const NEW: usize = 2;
const LEAVES: usize = 3;
/// The directions that are missing.
const MISSING: [(usize, usize); 4] = [(0, NEW), (1, NEW), (NEW, 0), (NEW, 1)];

/// All four clusters, as they are asked; and the plan, without the one that leaves.
struct Case {
    all: Plan,
    wanted: Plan,
}

impl Case {
    fn of(all: Plan) -> Self {
        let wanted = Plan {
            names: all.names[..LEAVES].to_vec(),
            ..all.clone()
        };
        Self { all, wanted }
    }

    fn change(&self) -> Change {
        let views = [0, 1, LEAVES].map(|at| self.list(at)).to_vec();
        let resolution = resolve(&self.wanted.draft());
        let Some(plan) = resolution.plan() else {
            panic!("{:?}", resolution.diagnostics())
        };
        between(plan, &Observed { views }.merge())
    }

    /// What a cluster lists: all but the new one.
    fn list(&self, at: usize) -> View {
        let mut view = View::new(ViewKind::ClusterList, place());
        view.of = Some(Said::new(self.all.names[at].clone(), place()));
        view.entries = [0, 1, LEAVES].map(|at| self.entry(at)).to_vec();
        view
    }

    fn entry(&self, at: usize) -> Entry {
        let mut entry = Entry::new(place());
        entry.name = Some(Said::new(self.all.names[at].clone(), place()));
        entry.rpc_address = Some(Said::new(Plan::rpc(at), place()));
        entry.initial_version = i64::try_from(at + 1).ok().map(|n| Said::new(n, place()));
        entry.enabled = Some(Said::new(true, place()));
        entry
    }

    fn artifact(&self, id: ArtifactId) -> String {
        let files = self.change().artifacts();
        let Some(file) = files.iter().find(|file| file.id() == id) else {
            panic!("{id:?} is not among {files:?}")
        };
        Artifact::text(file)
    }

    fn surroundings(&self, first: &[Reply]) -> Surroundings {
        let told = self.all.told(&self.all.as_planned(LEAVES));
        let there = [
            self.reply(&self.all.describe(LEAVES)).stdout(&told),
            self.reply(&self.all.health(LEAVES)).stdout("SERVING\n"),
        ];
        let mut replies = [first, &there].concat();
        let own = self.reply(&self.all.namespaces(LEAVES));
        replies.push(own.stdout(&self.left_there()));
        if self.all.lists() {
            let list = self.all.look_up((LEAVES, 0));
            replies.push(self.reply(&list).stdout(&self.all.listed(true)));
        }
        replies.extend(self.all.replies(true));
        Surroundings::stubs(&["tctl", "temporal", "sleep"])
            .programs(&["sed", "awk"])
            .replies(&replies)
    }

    /// The namespaces of the one that leaves, when all have left: it still lists them, and the server's own.
    fn left_there(&self) -> String {
        let names = &self.all.names;
        let own = self
            .all
            .namespace_named("temporal-system", &[&names[LEAVES]]);
        let others: Vec<String> = (0..LEAVES)
            .map(|at| self.all.namespace(&[&names[at], &names[(at + 1) % LEAVES]]))
            .collect();
        own + &others.concat()
    }

    fn run(&self, shell: Shell, first: &[Reply], arguments: &[&str]) -> Run {
        let surroundings = self.surroundings(first).arguments(arguments);
        surroundings.run(shell, &self.artifact(ArtifactId::Change))
    }

    fn reply(&self, call: &[String]) -> Reply {
        self.all.reply(&reached(call.to_vec()))
    }

    fn title(&self, shell: Shell) -> String {
        self.all.title(shell, ArtifactId::Change)
    }

    fn connecting(&self) -> Vec<Vec<String>> {
        MISSING.map(|pair| self.all.upsert(pair, true)).to_vec()
    }

    fn others_leave(&self) -> Vec<Vec<String>> {
        (0..LEAVES)
            .map(|at| self.all.remove((at, LEAVES)))
            .collect()
    }

    /// The calls of a script that meets what it expects.
    fn expected(&self) -> Vec<Vec<String>> {
        let all = &self.all;
        let mut calls = vec![all.health(LEAVES), all.describe(LEAVES)];
        calls.extend(self.wanted.checks());
        calls.extend(self.connecting());
        if all.lists() {
            calls.extend(MISSING.map(|(from, to)| all.probe(from, &all.names[to])));
        }
        calls.extend((0..LEAVES).map(|at| all.namespaces(at)));
        calls.extend([all.health(LEAVES), all.namespaces(LEAVES)]);
        calls.extend(
            (0..LEAVES).flat_map(|at| [all.look_up((at, LEAVES)), all.remove((at, LEAVES))]),
        );
        calls.extend((0..LEAVES).flat_map(|at| {
            let pair = (LEAVES, at);
            [all.health(LEAVES), all.look_up(pair), all.remove(pair)]
        }));
        calls.into_iter().map(reached).collect()
    }
}

/// Nothing was read of how a cluster that leaves is reached from here, but by the others.
fn reached(mut call: Vec<String>) -> Vec<String> {
    for word in &mut call {
        if *word == Plan::admin(LEAVES) {
            *word = Plan::rpc(LEAVES);
        }
    }
    call
}

fn place() -> Location {
    Location {
        source: "lists".into(),
        line: 1,
        column: 1,
    }
}

/// One case for every release and tool, with hostile names: all of them are met.
fn cases() -> Vec<Plan> {
    let mut hostile = HOSTILE.iter().cycle();
    let mut cases = hostile_plans();
    for plan in &mut cases {
        let names = hostile.by_ref().take(LEAVES + 1);
        plan.names = names.map(ToString::to_string).collect();
    }
    assert!(cases.len() * (LEAVES + 1) >= HOSTILE.len());
    cases
}

fn for_all_cases(test: impl Fn(&Case, Shell) + Sync) {
    for_all(&cases(), |plan, shell| test(&Case::of(plan.clone()), shell));
}

#[test]
fn every_call_is_the_expected_one() {
    for_all_cases(|case, shell| {
        let run = case.run(shell, &[], &["-y"]);
        let title = case.title(shell);
        assert_eq!(
            (run.status, &*run.stderr),
            (Some(0), ""),
            "{title}: {}",
            run.stdout
        );
        let calls = run.calls_of(case.all.tool.program());
        assert_eq!(calls, case.expected(), "{title}");
        assert_eq!(run.calls.len(), calls.len(), "{title}");
    });
}

#[test]
fn a_second_run_makes_the_same_calls_in_any_locale() {
    for_all_cases(|case, shell| {
        let surroundings = case.surroundings(&[]).arguments(&["-y"]);
        let surroundings = surroundings.variable("LC_ALL", "C");
        let [first, second] = surroundings.run_twice(shell, &case.artifact(ArtifactId::Change));
        let title = case.title(shell);
        assert_eq!(
            first.calls_of(case.all.tool.program()),
            case.expected(),
            "{title}"
        );
        assert_eq!(first, second, "{title}");
    });
}

#[test]
fn nothing_is_done_without_being_asked_for() {
    for_all_cases(|case, shell| {
        let run = case.run(shell, &[], &[]);
        let title = case.title(shell);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(
            run.stderr.contains("Nothing was changed."),
            "{title}: {}",
            run.stderr
        );
        assert_eq!(run.calls, [], "{title}");
    });
}

/// What is missing is connected all the same: namespaces may have to move there.
#[test]
fn nothing_is_removed_while_a_namespace_is_in_what_leaves() {
    for_all_cases(|case, shell| {
        let names = &case.all.names;
        let asked = case.all.namespaces(1);
        let of = |clusters: &[&str]| case.reply(&asked).stdout(&case.all.namespace(clusters));
        let leaving = of(&[&names[0], &names[LEAVES]]);
        let unread = case.reply(&asked).status(1);
        for (reply, says) in [(leaving, "early"), (unread, "could not be read")] {
            let run = case.run(shell, &[reply], &["-y"]);
            let title = case.title(shell);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(run.stderr.contains(says), "{title}: {}", run.stderr);
            assert_eq!(case.all.changes(&run), case.connecting(), "{title}");
        }
        let others = of(&[&names[0], &names[1]]);
        let run = case.run(shell, &[others], &["-y"]);
        assert_eq!(
            (run.status, &*run.stderr),
            (Some(0), ""),
            "{}",
            case.title(shell)
        );
    });
}

/// Those that stay may not know it: it would end with what leaves.
#[test]
fn nothing_is_removed_while_a_namespace_is_active_in_what_leaves_only() {
    for_all_cases(|case, shell| {
        let names = &case.all.names;
        let asked = case.all.namespaces(LEAVES);
        let title = case.title(shell);
        let left = case.left_there();
        let of = |clusters: &[&str]| {
            let own = case.all.namespace_named("only-there", clusters);
            case.reply(&asked).stdout(&format!("{left}{own}"))
        };
        let alone = of(&[&names[LEAVES]]);
        let active = of(&[&names[LEAVES], &names[0]]);
        let unread = case.reply(&asked).status(1);
        for (reply, says) in [
            (alone.clone(), "  only-there\n"),
            (active, "  only-there\n"),
            (unread, "could not be read"),
        ] {
            let run = case.run(shell, &[reply], &["-y"]);
            assert_eq!(run.status, Some(1), "{title}");
            assert!(run.stderr.contains(says), "{title}: {}", run.stderr);
            for other in ["early", "temporal-system"] {
                assert!(!run.stderr.contains(other), "{title}: {}", run.stderr);
            }
            assert_eq!(case.all.changes(&run), case.connecting(), "{title}");
        }
        let run = case.run(shell, &[alone], &["--give-up-namespaces", "-y"]);
        assert_eq!(run.status, Some(0), "{title}: {}", run.stderr);
        assert!(run.stderr.contains("only-there"), "{title}: {}", run.stderr);
        let calls = run.calls_of(case.all.tool.program());
        assert_eq!(calls, case.expected(), "{title}");
    });
}

#[test]
fn connections_alone_are_made_without_a_question() {
    for_all_cases(|case, shell| {
        let run = case.run(shell, &[], &["--connect-only"]);
        let title = case.title(shell);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        assert_eq!(case.all.changes(&run), case.connecting(), "{title}");
        let calls = run.calls_of(case.all.tool.program());
        let is_asked = |call: &&[String]| call.contains(&Plan::rpc(LEAVES));
        assert!(!calls.iter().any(is_asked), "{title}: {calls:?}");
        assert!(run.stdout.contains("Nothing was taken out"), "{title}");
    });
}

#[test]
fn nothing_is_done_at_an_option_that_there_is_not() {
    for_all_cases(|case, shell| {
        let run = case.run(shell, &[], &["-y", "--connect_only"]);
        let title = case.title(shell);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(
            run.stderr.contains("--connect_only"),
            "{title}: {}",
            run.stderr
        );
        assert_eq!(run.calls, [], "{title}");
    });
}

#[test]
fn a_lost_cluster_is_forgotten_by_the_others() {
    for_all_cases(|case, shell| {
        let lost = case.reply(&case.all.health(LEAVES)).status(1);
        let run = case.run(shell, &[lost], &["-y"]);
        let title = case.title(shell);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        assert!(
            run.stdout.contains("It does not answer there"),
            "{title}: {}",
            run.stdout
        );
        let unseen = "its own namespaces could not be looked at";
        assert!(run.stdout.contains(unseen), "{title}: {}", run.stdout);
        let expected = [case.connecting(), case.others_leave()].concat();
        assert_eq!(case.all.changes(&run), expected, "{title}");
    });
}

#[test]
fn nothing_is_changed_if_another_cluster_answers_than_the_one_that_leaves() {
    for_all_cases(|case, shell| {
        let mut told = case.all.as_planned(LEAVES);
        "another".clone_into(&mut told.name);
        let another = case
            .reply(&case.all.describe(LEAVES))
            .stdout(&case.all.told(&told));
        let run = case.run(shell, &[another], &["-y"]);
        let title = case.title(shell);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(
            run.stderr.contains("Nothing was changed."),
            "{title}: {}",
            run.stderr
        );
        assert_eq!(case.all.changes(&run), [] as [&[String]; 0], "{title}");
    });
}

#[test]
fn nothing_is_removed_where_a_connection_is_refused() {
    for_all_cases(|case, shell| {
        let connecting = case.connecting();
        let reply = case.reply(&connecting[1]).status(1).stderr("it says no\n");
        let run = case.run(shell, &[reply], &["-y"]);
        let title = case.title(shell);
        assert_eq!(run.status, Some(1), "{title}");
        assert!(run.stderr.contains("it says no"), "{title}: {}", run.stderr);
        assert_eq!(case.all.changes(&run), &connecting[..2], "{title}");
    });
}

#[test]
fn commands_of_the_runbook_keep_every_name() {
    for_all_cases(|case, shell| {
        let commands = commands_in(&case.artifact(ArtifactId::ChangeRunbook));
        let stub = Surroundings::stubs(&[case.all.tool.program(), "sh"]);
        let run = stub.run(shell, &commands);
        let title = case.title(shell);
        assert_eq!((run.status, &*run.stderr), (Some(0), ""), "{title}");
        let calls = run.calls_of(case.all.tool.program());
        let said: HashSet<&String> = calls.into_iter().flatten().collect();
        for name in &case.wanted.names {
            assert!(said.contains(name), "{title}: {name:?} is not in {said:?}");
        }
    });
}

#[test]
fn shellcheck_finds_nothing() {
    let cases: Vec<Case> = cases().into_iter().map(Case::of).collect();
    let scripts: Vec<String> = cases
        .iter()
        .map(|case| case.artifact(ArtifactId::Change))
        .collect();
    let texts: Vec<&str> = scripts.iter().map(String::as_str).collect();
    for (case, findings) in cases.iter().zip(shellcheck_all(&texts)) {
        assert!(
            findings.is_empty(),
            "{}: {findings:?}",
            case.title(Shell::Dash)
        );
    }
}
