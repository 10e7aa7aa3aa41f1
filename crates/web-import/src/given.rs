//! What was pasted, chosen and dropped.

use multicluster_import::Source;

/// What the pasted text is called in findings.
pub(crate) const PASTED: &str = "pasted text";

/// Everything that was given to be imported. It stays until it is imported or taken away.
#[derive(Debug, Default)]
pub(crate) struct Given {
    /// The text in the field.
    pub(crate) text: String,
    /// Files, each with a name of its own.
    files: Vec<Source>,
}

impl Given {
    /// Adds a file. Files of one name are told apart, as there is a `config.yaml` for every cluster.
    pub(crate) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        let mut own = name.to_owned();
        for number in 2.. {
            if self.files.iter().all(|file| file.name != own) && own != PASTED {
                break;
            }
            own = format!("{name} ({number})");
        }
        self.files.push(Source::new(own, bytes));
    }

    /// Takes a file away.
    pub(crate) fn remove(&mut self, name: &str) {
        self.files.retain(|file| file.name != name);
    }

    /// The names of the files and their sizes in bytes.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, usize)> {
        self.files
            .iter()
            .map(|file| (file.name.as_str(), file.bytes.len()))
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.text.trim().is_empty()
    }

    /// Everything, to be read.
    pub(crate) fn sources(&self) -> Vec<Source> {
        let mut sources = self.files.clone();
        if !self.text.trim().is_empty() {
            sources.push(Source::new(PASTED, self.text.as_bytes()));
        }
        sources
    }
}

/// A size for people.
pub(crate) fn size(bytes: usize) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart() {
        let mut given = Given::default();
        for _ in 0..3 {
            given.add("config.yaml", Vec::new());
        }
        given.add(PASTED, Vec::new());
        let names: Vec<_> = given.files().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            [
                "config.yaml",
                "config.yaml (2)",
                "config.yaml (3)",
                "pasted text (2)"
            ]
        );
        given.remove("config.yaml (2)");
        assert_eq!(given.files().count(), 3);
    }

    #[test]
    fn space_is_nothing() {
        let mut given = Given {
            text: " \n".to_owned(),
            ..Given::default()
        };
        assert!(given.is_empty() && given.sources().is_empty());
        given.text.push('x');
        assert_eq!(given.sources().len(), 1);
    }

    #[test]
    fn sizes_are_readable() {
        let sizes = [0, 999, 1_000, 1_001, 4_000_000].map(size);
        assert_eq!(sizes, ["0 bytes", "999 bytes", "1 kB", "2 kB", "4 MB"]);
    }
}
