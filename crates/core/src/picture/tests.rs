use super::*;
use crate::edit::Edit;
use crate::resolve::resolve;
use expect_test::expect;

fn clusters(count: usize) -> Draft {
    let mut draft = Draft::empty();
    for _ in 0..count {
        draft.apply(&Edit::AddCluster);
    }
    draft
}

fn with(mut draft: Draft, at: usize, field: ClusterField, text: &str) -> Draft {
    let id = draft.clusters[at].id;
    draft.apply(&Edit::SetField(id, field, text.to_owned()));
    draft
}

/// Of a namespace that is active in the first cluster.
fn picture(draft: &Draft) -> Picture {
    let active = draft.clusters.first().map(|cluster| cluster.id);
    Picture::of(draft, &resolve(draft), active)
}

/// Three clusters: the first runs, the second has an address that is none, and the admin address of
/// the third is none.
fn three() -> Draft {
    let draft = clusters(3);
    let draft = with(draft, 1, ClusterField::RpcAddress, "b.example");
    let draft = with(draft, 2, ClusterField::AdminAddress, "c.example");
    draft.with(&[Edit::MarkRunning(draft.clusters[0].id)])
}

#[test]
fn words_say_all_that_is_drawn() {
    expect![[r#"
        3 clusters, failover version increment 100. The namespace is active in “clusterA”.
        1. clusterA: 127.0.0.1:7233, initial failover version 1, Temporal 1.32, running, active.
        2. clusterB: b.example, initial failover version 2, Temporal 1.32, planned, 1 error.
        3. clusterC: 127.0.0.1:9233, initial failover version 3, Temporal 1.32, planned, 1 error.
        3 connections, by commands: each cluster with every other, in both directions. Errors block 5 of 6 directions.
        “clusterA” and “clusterB”: blocked by an error in both directions.
        “clusterA” is told of “clusterC” as planned; an error blocks that “clusterC” is told of “clusterA”.
        “clusterB” and “clusterC”: blocked by an error in both directions."#]]
    .assert_eq(&picture(&three()).words());
    assert_eq!(
        picture(&clusters(0)).words(),
        "No clusters, failover version increment 100."
    );
    assert!(picture(&clusters(2)).words().ends_with(
        "1 connection, by commands: each cluster with every other, in both directions. Nothing blocks \
         them.\n“clusterA” and “clusterB”: planned in both directions."
    ));
}

#[test]
fn mermaid_is_what_is_drawn() {
    expect![[r#"
        flowchart LR
          cluster1["clusterA<br/>127.0.0.1:7233<br/>version 1 · Temporal 1.32<br/>active, running"]:::active
          cluster2["clusterB<br/>b.example<br/>version 2 · Temporal 1.32<br/>planned<br/>1 error"]:::planned
          cluster3["clusterC<br/>127.0.0.1:9233<br/>version 3 · Temporal 1.32<br/>planned<br/>1 error"]:::planned
          cluster1 <-.->|blocked| cluster2
          cluster1 --> cluster3
          cluster3 -.->|blocked| cluster1
          cluster2 <-.->|blocked| cluster3
          classDef planned stroke-dasharray:6 4
          classDef active stroke-width:4px
    "#]]
    .assert_eq(&picture(&three()).mermaid());
}

#[test]
fn the_file_of_a_pair() {
    expect_test::expect_file!["../../tests/snapshots/topology.svg"]
        .assert_eq(&picture(&Draft::default()).drawing().svg());
}

/// What differs by direction is two lines, which stay apart.
#[test]
fn the_file_of_a_pair_with_an_error_in_one_direction() {
    let draft = with(Draft::default(), 1, ClusterField::AdminAddress, "b.example");
    expect_test::expect_file!["../../tests/snapshots/topology-one-way.svg"]
        .assert_eq(&picture(&draft).drawing().svg());
}

/// Boxes in a circle with lines that bend, one of them in two; and dots with labels beside.
#[test]
fn the_files_of_more_than_a_pair() {
    let nine = with(clusters(9), 4, ClusterField::RpcAddress, "e.example");
    let nine = nine.with(&[Edit::MarkRunning(nine.clusters[0].id)]);
    expect_test::expect_file!["../../tests/snapshots/topology-three.svg"]
        .assert_eq(&picture(&three()).drawing().svg());
    expect_test::expect_file!["../../tests/snapshots/topology-nine.svg"]
        .assert_eq(&picture(&nine).drawing().svg());
}

/// All texts of a drawing, in its order.
fn texts(drawing: &Drawing) -> String {
    let svg = drawing.svg();
    let (_, shapes) = svg.split_once("</style>").expect("a style");
    let pieces = shapes.split('<').filter_map(|piece| piece.split_once('>'));
    let texts = pieces.map(|(_, text)| text.trim());
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// What stands in pictures of nothing, of what is missing, of what is too long, and of more than is drawn in full.
#[test]
fn what_is_written_in_pictures() {
    let of_one = |field, text: &str| with(clusters(2), 0, field, text);
    let bare = of_one(ClusterField::RpcAddress, "");
    let bare = with(bare, 0, ClusterField::InitialFailoverVersion, "");
    let bare = bare.with(&[Edit::SetServerVersion(String::new())]);
    let long = of_one(ClusterField::Name, &"name ".repeat(9));
    let long = with(long, 0, ClusterField::RpcAddress, &"address.".repeat(9));
    let wide = with(long.clone(), 0, ClusterField::Name, &"日本".repeat(9));
    let long = with(
        long,
        0,
        ClusterField::InitialFailoverVersion,
        "123456789012",
    );
    let long = with(long, 0, ClusterField::ServerVersion, "1.32 or later");
    let warned = with(clusters(3), 0, ClusterField::RpcAddress, "a.example:8233");
    let warned = with(warned, 0, ClusterField::Name, "not plain");
    let warned = with(warned, 0, ClusterField::HistoryShards, "4k");
    let running = warned.with(&[Edit::MarkRunning(warned.clusters[1].id)]);
    let blocked = clusters(2).with(&[Edit::SetIncrement("0".into())]);
    let many = with(clusters(13), 4, ClusterField::RpcAddress, "e.example");
    let many = many.with(&[Edit::MarkRunning(many.clusters[1].id)]);
    let mut all = String::new();
    for (name, draft) in [
        ("nothing", &clusters(0)),
        ("one", &clusters(1)),
        ("missing", &bare),
        ("long", &long),
        ("wide", &wide),
        ("warned", &running),
        ("blocked", &blocked),
        ("many", &many),
    ] {
        let actives =
            std::iter::once(None).chain(draft.clusters.first().map(|first| Some(first.id)));
        for active in actives {
            let picture = Picture::of(draft, &resolve(draft), active);
            all.push_str(&format!(
                "==> {name}{} <==\n{}\n{}\n{}",
                if active.is_some() { ", active" } else { "" },
                texts(&picture.drawing()),
                picture.words(),
                picture.mermaid()
            ));
        }
    }
    expect_test::expect_file!["../../tests/snapshots/topologies.txt"].assert_eq(&all);
}

#[test]
fn pictures_are_large_enough_for_what_is_in_them() {
    let sizes = [0, 1, 2, 3, 4, 5, 8, 9, 12, 13, 20, 100, 101].map(|count| {
        let drawing = picture(&clusters(count)).drawing();
        format!("{count}: {} × {}", drawing.width, drawing.height)
    });
    expect![[r#"
        0: 328 × 70
        1: 272 × 178
        2: 732 × 178
        3: 752 × 376
        4: 872 × 442
        5: 872 × 442
        8: 872 × 706
        9: 948 × 276
        12: 948 × 320
        13: 948 × 408
        20: 1028 × 540
        100: 1188 × 2322
        101: 1188 × 2344"#]]
    .assert_eq(&sizes.join("\n"));
}

const HOSTILE: &[&str] = &[
    "\"]; cluster1 --> evil[\"x",
    "</text><script>alert(1)</script>",
    "a & b < c > d ' e",
    "]]> <!-- --> <?xml?>",
    "style:x#y;z",
    "classDef: #;",
    "%%{init: {}}%%",
    "end",
    "`**bold**`",
    "a\nb\u{0}c\u{202E}d\u{FFFE}",
    "javascript:alert(1)",
    "#quot;",
    "x\\ny",
    "$$x^2$$",
    "fa:fa-car",
    "été 日本 😀",
];

#[test]
fn no_name_breaks_the_file() {
    for name in HOSTILE {
        let draft = with(clusters(3), 0, ClusterField::Name, name);
        let draft = with(draft, 1, ClusterField::RpcAddress, name);
        let draft = with(draft, 2, ClusterField::InitialFailoverVersion, name);
        let svg = picture(&draft).drawing().svg();
        is_well_formed(&svg);
        assert!(!svg.contains("<script"), "{name}");
        assert!(
            svg.chars()
                .all(|c| c == '\n' || !crate::model::is_unusable(c))
        );
    }
}

#[test]
fn no_name_breaks_mermaid() {
    let plain = picture(&clusters(3)).mermaid();
    for name in HOSTILE {
        let draft = with(clusters(3), 0, ClusterField::Name, name);
        let text = picture(&draft).mermaid();
        assert_eq!(text.lines().count(), plain.lines().count(), "{name}");
        let line = text.lines().nth(1).expect("the first cluster");
        let content = line
            .strip_prefix("  cluster1[\"")
            .and_then(|line| line.split_once("\"]"))
            .map(|(content, _)| content.replace("<br/>", ""))
            .expect("one node");
        assert!(
            !content.contains(['"', '<', '>', '&', '`', '%', '{', '[']),
            "{content}"
        );
        // What is a line end, a formula or an icon once codes are read.
        let read = content
            .replace("#92;", "\\")
            .replace("#36;", "$")
            .replace("#58;", ":");
        assert!(
            !["\\n", "$$", ":fa-"].iter().any(|it| read.contains(it)),
            "{content}"
        );
        // What Mermaid takes for the end of a style.
        let has_style = line.contains("style") || line.contains("classDef");
        assert!(!has_style || !content.contains(':'), "{content}");
    }
}

/// Elements are closed in order, and there is nothing but text, elements and known entities.
fn is_well_formed(xml: &str) {
    let mut open = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        is_text(text);
        let end = tag.find('>').expect("the end of a tag");
        let inside = &tag[1..end];
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
        } else {
            let name = inside.split([' ', '/']).next().expect("a name");
            assert!(
                name.bytes().all(|byte| byte.is_ascii_alphanumeric()),
                "{name}"
            );
            assert_eq!(inside.matches('"').count() % 2, 0, "{inside}");
            is_text(inside);
            if !inside.ends_with('/') {
                open.push(name);
            }
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty());
}

fn is_text(text: &str) {
    for after in text.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;"];
        assert!(
            known.iter().any(|entity| after.starts_with(entity)),
            "{text}"
        );
    }
}

#[test]
fn no_box_and_no_label_covers_another() {
    for count in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 30, 99, 100, 120] {
        let drawing = picture(&clusters(count)).drawing();
        let boxes: Vec<[f64; 4]> = drawing.shapes.iter().filter_map(extent).collect();
        assert_eq!(boxes.len(), count.min(DRAWN_CLUSTERS), "{count}");
        for (at, one) in boxes.iter().enumerate() {
            assert!(one[0] >= 0.0 && one[1] >= 0.0, "{count}");
            assert!(one[2] <= f64::from(drawing.width), "{count}");
            assert!(one[3] <= f64::from(drawing.height), "{count}");
            for other in &boxes[..at] {
                let is_beside = one[0] >= other[2] || other[0] >= one[2];
                let is_below = one[1] >= other[3] || other[1] >= one[3];
                assert!(is_beside || is_below, "{count}: {one:?} {other:?}");
            }
        }
    }
}

/// The left, top, right and bottom of a cluster: its box, or its dot and its label of full length.
fn extent(group: &Shape) -> Option<[f64; 4]> {
    let attribute = |shape: &Shape, name: &str| {
        let mut all = shape.attributes.iter();
        all.find(|(key, _)| *key == name)
            .map(|(_, value)| value.clone())
    };
    if !attribute(group, "class")?.starts_with("node") {
        return None;
    }
    let Child::Shape(first) = &group.children[1] else {
        return None;
    };
    let number = |name: &str| attribute(first, name)?.parse::<f64>().ok();
    if first.name == "rect" {
        let (left, top) = (number("x")?, number("y")?);
        return Some([left, top, left + number("width")?, top + number("height")?]);
    }
    let (x, y) = (number("cx")?, number("cy")?);
    let Child::Shape(label) = &group.children[2] else {
        return None;
    };
    let is_right = attribute(label, "text-anchor")? == "start";
    let width = 25.0 * 9.0 + 16.0;
    let (left, right) = if is_right {
        (x - 7.0, x + width)
    } else {
        (x - width, x + 7.0)
    };
    Some([left, y - 18.0, right, y + 20.0])
}

#[test]
fn above_twelve_clusters_only_the_connections_of_the_active_one_are_drawn() {
    let lines = |draft: &Draft, active: Option<usize>| {
        let active = active.map(|at| draft.clusters[at].id);
        let picture = Picture::of(draft, &resolve(draft), active);
        picture.shown_connections().count()
    };
    assert_eq!(lines(&clusters(12), None), 66);
    assert_eq!(lines(&clusters(13), None), 0);
    assert_eq!(lines(&clusters(13), Some(5)), 12);
    let is_told = |count| {
        let svg = picture(&clusters(count)).drawing().svg();
        svg.contains("Drawn are those of “clusterA”.")
    };
    assert!(!is_told(12) && is_told(13));
    let text = picture(&clusters(30)).words();
    assert!(text.contains("435 connections, by commands"), "{text}");
}

#[test]
fn of_many_clusters_a_hundred_are_drawn_and_the_active_one() {
    let draft = clusters(300);
    let active = draft.clusters[270].id;
    let picture = Picture::of(&draft, &resolve(&draft), Some(active));
    let drawing = picture.drawing();
    let drawn = |id: u32| {
        let id = id.to_string();
        let mut shapes = drawing.shapes.iter();
        shapes.any(|shape| shape.attributes.contains(&("data-cluster", id.clone())))
    };
    assert!(drawn(1) && drawn(active.get()) && !drawn(200));
    assert!(drawing.svg().contains("100 of 300 clusters are drawn."));
    assert!(picture.mermaid().contains("200 more clusters"));
}

#[test]
fn an_error_in_what_all_share_blocks_everything_and_warnings_nothing() {
    let draft = clusters(3).with(&[Edit::SetIncrement("0".into())]);
    assert_eq!(picture(&draft).blocked_directions(), 6);
    // A loopback address beside another one: a warning.
    let draft = with(clusters(3), 0, ClusterField::RpcAddress, "a.example:7233");
    let picture = picture(&draft);
    assert!(picture.nodes().iter().any(|node| node.warnings > 0));
    assert_eq!(picture.blocked_directions(), 0);
}

#[test]
fn files_connect_old_clusters_whatever_the_admin_address_is() {
    let draft = with(clusters(2), 0, ClusterField::AdminAddress, "x");
    assert_eq!(picture(&draft).blocked_directions(), 1);
    let old = draft.with(&[Edit::SetServerVersion("1.13".into())]);
    assert_eq!(picture(&old).blocked_directions(), 0);
    assert!(
        picture(&old)
            .words()
            .contains("by their configuration files")
    );
}

#[test]
fn every_blocked_direction_is_counted_once() {
    let draft = three();
    let picture = picture(&draft);
    let states = picture
        .shown_connections()
        .flat_map(|it| [it.forth, it.back]);
    let blocked = states.filter(|state| *state == State::Blocked).count();
    assert_eq!(blocked, picture.blocked_directions());
}
