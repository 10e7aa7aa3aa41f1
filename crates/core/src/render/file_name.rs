//! Cluster names as file names.

use std::rc::Rc;

use crate::reading::ClusterReading;

const LONGEST: usize = 100;

/// Names that mean something else: to the server, which reads `base.yaml` before all other
/// files, and to Windows.
const RESERVED: &[&str] = &["base", "con", "prn", "aux", "nul"];
const RESERVED_WITH_DIGIT: &[&str] = &["com", "lpt"];

/// A file name for every cluster: letters, digits, `-`, `_` and `.` only, never hidden, never outside
/// of the folder, and no two alike, not even where case does not count.
pub(crate) fn file_names(clusters: &[ClusterReading]) -> Vec<Rc<str>> {
    let mut taken: Vec<String> = Vec::new();
    let unique = |cluster: &ClusterReading| {
        let stem = stem(&cluster.draft.name, cluster.index);
        let candidates = (1_u32..).map(|count| match count {
            1 => stem.clone(),
            _ => format!("{stem}-{count}"),
        });
        let mut free = candidates.filter_map(|name| {
            let folded = name.to_ascii_lowercase();
            let place = taken.binary_search(&folded).err()?;
            taken.insert(place, folded);
            Some(name)
        });
        let stem = free.next().unwrap_or_default();
        format!("{stem}.yaml").into()
    };
    clusters.iter().map(unique).collect()
}

fn stem(name: &str, index: usize) -> String {
    let safe = |c: char| {
        if c.is_ascii_alphanumeric() || "-_.".contains(c) {
            c
        } else {
            '-'
        }
    };
    let stem: String = name.chars().map(safe).take(LONGEST).collect();
    let stem = stem.trim_matches(['.', '-']);
    if stem.is_empty() {
        format!("cluster-{}", index + 1)
    } else if is_reserved(stem) {
        format!("cluster-{stem}")
    } else {
        stem.to_owned()
    }
}

fn is_reserved(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or(stem).to_ascii_lowercase();
    let without_digit = first.strip_suffix(|c: char| c.is_ascii_digit());
    RESERVED.contains(&first.as_str())
        || without_digit.is_some_and(|word| RESERVED_WITH_DIGIT.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::edit::{ClusterField, Edit};
    use crate::reading::Reading;

    fn names(of: &[&str]) -> Vec<String> {
        let mut draft = Draft::empty();
        for name in of {
            draft.apply(&Edit::AddCluster);
            let id = draft.clusters[draft.clusters.len() - 1].id;
            draft.apply(&Edit::SetField(id, ClusterField::Name, (*name).to_owned()));
        }
        let names = file_names(&Reading::of(&draft).clusters);
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn names_stay_in_the_folder_and_visible() {
        for (name, file) in [
            ("clusterA", "clusterA.yaml"),
            ("us-east_1.a", "us-east_1.a.yaml"),
            ("../../etc/passwd", "etc-passwd.yaml"),
            ("/etc", "etc.yaml"),
            ("..", "cluster-1.yaml"),
            ("", "cluster-1.yaml"),
            ("-rf", "rf.yaml"),
            (".hidden", "hidden.yaml"),
            ("a\\b", "a-b.yaml"),
            ("a\0b\n", "a-b.yaml"),
            ("日本", "cluster-1.yaml"),
            ("base", "cluster-base.yaml"),
            ("CON", "cluster-CON.yaml"),
            ("com1.x", "cluster-com1.x.yaml"),
            ("$(id)", "id.yaml"),
        ] {
            assert_eq!(names(&[name]), [file], "{name:?}");
        }
        assert_eq!(names(&[&"x".repeat(300)])[0].len(), 105);
    }

    #[test]
    fn no_two_clusters_share_a_file() {
        assert_eq!(
            names(&["a/b", "a b", "A-B", "a-b-2"]),
            ["a-b.yaml", "a-b-2.yaml", "A-B-3.yaml", "a-b-2-2.yaml"]
        );
    }
}
