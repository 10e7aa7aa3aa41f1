//! `multicluster.zip` as we write it: files that are stored, not compressed.
//!
//! Format: PKWARE APPNOTE 6.3, local headers only. Everything in it is checked against the size of
//! the archive, so that it cannot grow by being read.

use multicluster_core::render::crc32;

use crate::limits;

/// The first bytes of every archive.
pub(crate) const SIGNATURE: &[u8] = b"PK\x03\x04";
const HEADER_BYTES: usize = 30;

/// A file in an archive.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Member<'a> {
    pub(crate) name: String,
    pub(crate) bytes: &'a [u8],
}

impl Member<'_> {
    /// Whether it tells what the others do not: a configuration or a topology, or the script that has the tables of
    /// all scripts and changes nothing.
    pub(crate) fn is_read(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        let mut ends = [".yaml", ".yml", ".json"].into_iter();
        self.is_script() || ends.any(|end| name.ends_with(end))
    }

    /// Whether it is that script, in whatever folder.
    pub(crate) fn is_script(&self) -> bool {
        self.name.rsplit('/').next() == Some("verify.sh")
    }
}

/// The files of an archive, or why it cannot be read.
pub(crate) fn members(archive: &[u8]) -> Result<Vec<Member<'_>>, String> {
    let mut members = Vec::new();
    let mut rest = archive;
    while rest.starts_with(SIGNATURE) {
        if members.len() == limits::SOURCES {
            return Err(format!("It has more than {} files.", limits::SOURCES));
        }
        let (member, behind) = member(rest)?;
        members.push(member);
        rest = behind;
    }
    Ok(members)
}

fn member(archive: &[u8]) -> Result<(Member<'_>, &[u8]), String> {
    let cut = || "It ends in the middle of a file.".to_owned();
    let (header, rest) = archive.split_at_checked(HEADER_BYTES).ok_or_else(cut)?;
    let u16_at = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
    let u32_at = |at: usize| {
        u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (name, rest) = rest.split_at_checked(u16_at(26)).ok_or_else(cut)?;
    let name = String::from_utf8_lossy(name).into_owned();
    if u16_at(8) != 0 || u16_at(6) & 0b1001 != 0 {
        return Err(format!("“{name}” in it is compressed or encrypted."));
    }
    let (_, rest) = rest.split_at_checked(u16_at(28)).ok_or_else(cut)?;
    let size = usize::try_from(u32_at(18)).map_err(|_| cut())?;
    let (bytes, rest) = rest.split_at_checked(size).ok_or_else(cut)?;
    if crc32(bytes) != u32_at(14) {
        return Err(format!("“{name}” in it is damaged."));
    }
    Ok((Member { name, bytes }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use multicluster_core::{Draft, resolve};

    #[test]
    fn our_own_archives_are_read() {
        let resolution = resolve(&Draft::default());
        let archive = resolution.zip().expect("no error");
        let members = members(&archive).expect("ours");
        let files: Vec<_> = members
            .iter()
            .filter(|member| member.is_read())
            .map(|member| &*member.name)
            .collect();
        assert_eq!(files, ["clusterA.yaml", "clusterB.yaml", "verify.sh"]);
        assert_eq!(
            members[0].bytes,
            resolution.render_all()[0].text().as_bytes()
        );
    }

    #[test]
    fn damaged_and_compressed_archives_are_refused() {
        let archive = resolve(&Draft::default()).zip().expect("no error");
        for cut in [10, 35, 200] {
            assert!(members(&archive[..cut]).is_err(), "{cut}");
        }
        let mut damaged = archive.clone();
        damaged[60] ^= 1;
        assert!(members(&damaged).is_err());
        let mut compressed = archive;
        compressed[8] = 8;
        assert!(
            members(&compressed)
                .expect_err("compressed")
                .contains("compressed")
        );
    }
}
