//! A folder of files that were written before, perhaps, and are to be written now. What was written
//! last is known from the archive in it, which holds a copy of everything: a file that still equals
//! its copy is ours, and any other is somebody's work.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use multicluster_core::Artifact;
use multicluster_import::archived_files;

use crate::failure::Failure;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OutputFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) is_executable: bool,
}

impl OutputFile {
    pub(crate) fn of(artifact: &Artifact) -> Self {
        Self {
            name: artifact.name().to_owned(),
            bytes: artifact.text().into_bytes(),
            is_executable: artifact.id().is_executable(),
        }
    }
}

/// What stands where a file is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    Absent,
    /// The file already.
    Same,
    /// What was written here last.
    Ours,
    /// Something else.
    Foreign,
}

/// A folder, there or not.
pub(crate) struct Directory {
    path: PathBuf,
    /// What was written last, by name.
    own: BTreeMap<String, Vec<u8>>,
}

impl Directory {
    /// `archive` is the name of the archive of what is to be written.
    pub(crate) fn open(path: &Path, archive: &str) -> Result<Self, Failure> {
        if path.exists() && !path.is_dir() {
            return Err(Failure::new(format!("{} is no folder", path.display())));
        }
        let mut own = BTreeMap::new();
        if let Some(bytes) = read(&path.join(archive))?
            && let Some(files) = archived_files(&bytes)
        {
            let copies = files
                .into_iter()
                .map(|(name, bytes)| (name, bytes.to_vec()));
            own.extend(copies);
            own.insert(archive.to_owned(), bytes);
        }
        Ok(Self {
            path: path.to_owned(),
            own,
        })
    }

    pub(crate) fn standing(&self, file: &OutputFile) -> Result<Standing, Failure> {
        let there = read(&self.path.join(&file.name))?;
        Ok(match there {
            None => Standing::Absent,
            Some(bytes) if bytes == file.bytes => Standing::Same,
            Some(bytes) if self.own.get(&file.name) == Some(&bytes) => Standing::Ours,
            Some(_) => Standing::Foreign,
        })
    }

    /// The names of files that were written last, are not written now, and are still there.
    pub(crate) fn left_over(&self, files: &[OutputFile]) -> Vec<&str> {
        let is_written = |name: &str| files.iter().any(|file| file.name == name);
        let names = self.own.keys().map(|name| &**name);
        names
            .filter(|name| !is_written(name) && self.path.join(name).is_file())
            .collect()
    }

    /// Writes all files, or none where one would replace what is not ours. How many of them are new
    /// or changed.
    pub(crate) fn write(&self, files: &[OutputFile], force: bool) -> Result<usize, Failure> {
        let mut standings = Vec::new();
        for file in files {
            standings.push((file, self.standing(file)?));
        }
        let foreign: Vec<&str> = standings
            .iter()
            .filter(|(_, standing)| *standing == Standing::Foreign)
            .map(|(file, _)| &*file.name)
            .collect();
        if !foreign.is_empty() && !force {
            return Err(self.refusal(&foreign));
        }
        fs::create_dir_all(&self.path)
            .map_err(|error| Failure::of_file("make the folder", &self.path, &error))?;
        for (file, standing) in &standings {
            self.write_one(file, *standing)
                .map_err(|error| Failure::of_file("write", &self.path.join(&file.name), &error))?;
        }
        let is_changed = |(_, standing): &&(_, Standing)| *standing != Standing::Same;
        Ok(standings.iter().filter(is_changed).count())
    }

    fn refusal(&self, foreign: &[&str]) -> Failure {
        Failure::new(format!(
            "nothing was written: in {} there is already {}, and it is not what was written there last. \
             Move it away, choose another folder, or overwrite it with --force",
            self.path.display(),
            foreign.join(", ")
        ))
    }

    fn write_one(&self, file: &OutputFile, standing: Standing) -> io::Result<()> {
        let path = self.path.join(&file.name);
        if standing != Standing::Same {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, &file.bytes)?;
        }
        if file.is_executable {
            make_executable(&path)?;
        }
        Ok(())
    }
}

/// What stands there; `None` for nothing.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::of_file("read", path, &error)),
    }
}

/// For everybody who may read it.
#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut permissions = fs::metadata(path)?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2);
    fs::set_permissions(path, permissions)
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> io::Result<()> {
    Ok(())
}
