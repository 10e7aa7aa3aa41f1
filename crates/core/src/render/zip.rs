//! `multicluster.zip`: stored files only, a fixed time, the files in the order of the page.
//!
//! Format: PKWARE APPNOTE 6.3, the parts from 1989 that every reader knows.

use super::artifact::Artifact;

const LOCAL_HEADER: u32 = 0x0403_4B50;
const CENTRAL_HEADER: u32 = 0x0201_4B50;
const END_OF_CENTRAL: u32 = 0x0605_4B50;
/// 1980-01-01, the first day that the format knows. The time of export would change the bytes.
const DOS_DATE: u16 = (1 << 5) | 1;
/// Version 2.0 of the format, no more is needed.
const VERSION: u16 = 20;
/// Made on Unix: the file's mode counts.
const MADE_BY_UNIX: u16 = (3 << 8) | VERSION;
/// The modes of regular files.
const MODE_SCRIPT: u32 = 0o100_755;
const MODE_TEXT: u32 = 0o100_644;

/// The archive's bytes, always the same for the same files.
pub(crate) fn zip(artifacts: &[Artifact]) -> Vec<u8> {
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for artifact in artifacts {
        let text = artifact.text();
        let offset = to_u32(archive.len());
        let common = common_fields(&artifact.name, text.as_bytes());
        put32(&mut archive, LOCAL_HEADER);
        archive.extend_from_slice(&common);
        archive.extend_from_slice(artifact.name.as_bytes());
        archive.extend_from_slice(text.as_bytes());

        let mode = if artifact.id.is_executable() {
            MODE_SCRIPT
        } else {
            MODE_TEXT
        };
        put32(&mut directory, CENTRAL_HEADER);
        put16(&mut directory, MADE_BY_UNIX);
        directory.extend_from_slice(&common);
        put16(&mut directory, 0); // comment length
        put16(&mut directory, 0); // disk
        put16(&mut directory, 0); // internal attributes
        put32(&mut directory, mode << 16);
        put32(&mut directory, offset);
        directory.extend_from_slice(artifact.name.as_bytes());
    }
    let (count, directory_at) = (to_u16(artifacts.len()), to_u32(archive.len()));
    archive.extend_from_slice(&directory);
    put32(&mut archive, END_OF_CENTRAL);
    put16(&mut archive, 0); // this disk
    put16(&mut archive, 0); // disk with the directory
    put16(&mut archive, count);
    put16(&mut archive, count);
    put32(&mut archive, to_u32(directory.len()));
    put32(&mut archive, directory_at);
    put16(&mut archive, 0); // comment length
    archive
}

/// The fields that the local and the central header share, from "version needed" to "extra length".
fn common_fields(name: &str, content: &[u8]) -> Vec<u8> {
    let mut fields = Vec::new();
    put16(&mut fields, VERSION);
    put16(&mut fields, 0); // flags: names are ASCII
    put16(&mut fields, 0); // stored
    put16(&mut fields, 0); // time
    put16(&mut fields, DOS_DATE);
    put32(&mut fields, crc32(content));
    put32(&mut fields, to_u32(content.len())); // stored size
    put32(&mut fields, to_u32(content.len())); // real size
    put16(&mut fields, to_u16(name.len()));
    put16(&mut fields, 0); // extra length
    fields
}

fn put16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// Archives stay far below 4 GiB and 65,535 files: a cluster takes about a kilobyte.
fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn to_u16(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The check sum of files in archives: CRC-32 (ISO 3309), bit by bit: the files are small, a table
/// would be larger than they are.
#[must_use]
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let mask = (crc & 1).wrapping_neg();
            crc = (crc >> 1) ^ (0xEDB8_8320 & mask);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, resolve};
    use std::io::{Cursor, Read as _};

    #[test]
    fn crc_of_the_standard_check_text() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn an_independent_reader_finds_every_file() {
        let resolution = resolve(&Draft::default());
        let archive = resolution.zip().expect("no errors");
        let mut read = ::zip::ZipArchive::new(Cursor::new(archive)).expect("an archive");
        let artifacts = resolution.render_all();
        assert_eq!(read.len(), artifacts.len());
        for (at, artifact) in artifacts.iter().enumerate() {
            let mut file = read.by_index(at).expect("a file");
            assert_eq!(file.name(), artifact.name());
            let mode = if artifact.name().ends_with(".sh") {
                0o100_755
            } else {
                0o100_644
            };
            assert_eq!(file.unix_mode(), Some(mode));
            let made = file.last_modified().expect("a time that can be");
            assert_eq!((made.year(), made.month(), made.day()), (1980, 1, 1));
            let mut text = String::new();
            file.read_to_string(&mut text)
                .expect("text with the right checksum");
            assert_eq!(text, artifact.text());
        }
    }

    #[test]
    fn the_same_draft_gives_the_same_bytes() {
        let zip = || resolve(&Draft::default()).zip();
        assert_eq!(zip(), zip());
    }
}
