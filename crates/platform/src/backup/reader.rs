//! Reading an archive that may be anything.

use std::{
    fs::File,
    io::{self, BufReader, ErrorKind, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use heard_kernel::{Error, Result};
use heard_store::storage_error;
use zstd::Decoder;

use super::{
    Progress, Stage, Watch, codes,
    files::{Staging, copy},
    manifest::{FileSums, Manifest, Part},
};
use crate::vault::KEY_FILE;

/// The largest part of rows: it is held in memory as a whole.
pub(super) const MAX_PART: u64 = 128 * 1024 * 1024;

/// The largest manifest.
const MAX_MANIFEST: u64 = 64 * 1024 * 1024;

/// An archive that unpacks to more than this, and to more than so many times its size, was made to do harm.
const BOMB: u64 = 256 * 1024 * 1024;
const BOMB_RATIO: u64 = 1_000;

/// The largest key of stored secrets.
const MAX_KEY: u64 = 4096;

/// What a part of an archive is, by its name. Nothing else may become a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Rows { table: String },
    File { sha256: String },
    Key,
    Manifest,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        if name == "manifest.json" {
            return Some(Self::Manifest);
        }
        if name == KEY_FILE {
            return Some(Self::Key);
        }
        if let Some(sha256) = name.strip_prefix("files/") {
            return is_sha256(sha256).then(|| Self::File { sha256: sha256.to_owned() });
        }
        let (table, number) = name.strip_prefix("tables/")?.strip_suffix(".ndjson")?.rsplit_once('.')?;
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'_';
        let fits =
            !table.is_empty() && table.bytes().all(plain) && number.bytes().all(|c| c.is_ascii_digit());
        fits.then(|| Self::Rows { table: table.to_owned() })
    }
}

pub(super) fn is_sha256(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// An archive, opened.
pub(super) struct Archive {
    tar: tar::Archive<Bounded>,
    /// Bytes of the file that were read.
    read: Arc<AtomicU64>,
    size: u64,
}

pub(super) type Entry<'a> = tar::Entry<'a, Bounded>;

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let fail = |e: io::Error| storage_error(&e).because(path.display());
        let mut file = File::open(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::new(codes::ARCHIVE_MISSING).with("path", path.display().to_string())
            }
            _ => fail(error),
        })?;
        let mut magic = [0; 4];
        let zstd = file.read_exact(&mut magic).is_ok() && magic == [0x28, 0xB5, 0x2F, 0xFD];
        if !zstd {
            return Err(Error::new(codes::ARCHIVE_UNREADABLE).because("not compressed with zstd"));
        }
        let file = File::open(path).map_err(fail)?;
        let size = file.metadata().map_err(fail)?.len();
        let read = Arc::new(AtomicU64::new(0));
        let counting = Counting { file, read: Arc::clone(&read) };
        let mut decoder =
            Decoder::with_buffer(BufReader::with_capacity(1 << 20, counting)).map_err(out_of_archive)?;
        // Memory for looking back: what the usual levels use, not what a header asks for.
        decoder.window_log_max(27).map_err(out_of_archive)?;
        let limit = BOMB.max(size.saturating_mul(BOMB_RATIO));
        Ok(Self { tar: tar::Archive::new(Bounded { decoder, left: limit }), read, size })
    }

    /// The parts in their order. Raw, so that no extension header is believed.
    pub(super) fn parts(&mut self) -> Result<impl Iterator<Item = Result<(Kind, Entry<'_>)>>> {
        let entries = self.tar.entries().map_err(out_of_archive)?.raw(true);
        Ok(entries.map(|entry| {
            let entry = entry.map_err(out_of_archive)?;
            let foreign = || Error::new(codes::ARCHIVE_UNREADABLE).because("a part that Heard did not write");
            if entry.header().entry_type() != tar::EntryType::Regular {
                return Err(foreign());
            }
            let kind =
                std::str::from_utf8(&entry.path_bytes()).ok().and_then(Kind::of).ok_or_else(foreign)?;
            Ok((kind, entry))
        }))
    }

    /// Reads what stands behind the parts, so that the checksum of the whole is compared.
    fn finish(self) -> Result<()> {
        let mut rest = self.tar.into_inner();
        let mut buffer = [0; 16 * 1024];
        loop {
            let count = rest.read(&mut buffer).map_err(out_of_archive)?;
            if count == 0 {
                return Ok(());
            }
            if buffer[..count].iter().any(|byte| *byte != 0) {
                return Err(damaged("something stands behind the end"));
            }
        }
    }
}

/// The content of a part that must fit into memory.
pub(super) fn content(entry: &mut Entry<'_>, limit: u64) -> Result<Vec<u8>> {
    let size = entry.size();
    if size > limit {
        return Err(damaged("a part is too large"));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(out_of_archive)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(damaged("a part is cut off")) }
}

/// Reads an archive to its end, puts its contents into `staging` when there is one, and compares all of it with the
/// manifest.
pub(super) fn read_through(path: &Path, staging: Option<&Staging>, watch: &Watch) -> Result<Manifest> {
    let mut archive = Archive::open(path)?;
    let (read, total) = (Arc::clone(&archive.read), archive.size);
    let mut manifest = None;
    let mut parts = Vec::new();
    let mut sums = FileSums::default();
    let mut last_file = String::new();
    let mut key = None;
    for part in archive.parts()? {
        let (kind, mut entry) = part?;
        if manifest.is_some() {
            return Err(damaged("a part stands behind the manifest"));
        }
        match kind {
            Kind::Rows { .. } => {
                let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                parts.push(Part::of(name, &content(&mut entry, MAX_PART)?));
            }
            Kind::File { sha256 } if sha256 > last_file => {
                let actual = match staging {
                    Some(staging) => staging.store(&sha256, &mut entry)?,
                    None => copy(&mut entry, &mut |_| Ok(()))?,
                };
                sums.add(&sha256, entry.size(), &actual);
                last_file = sha256;
            }
            Kind::File { .. } => return Err(damaged("attachments are out of order")),
            Kind::Key if key.is_none() => {
                let bytes = content(&mut entry, MAX_KEY)?;
                staging.map_or(Ok(()), |staging| staging.store_key(&bytes))?;
                key = Some(Part::of(KEY_FILE.to_owned(), &bytes));
            }
            Kind::Key => return Err(damaged("there are two keys")),
            Kind::Manifest => manifest = Some(Manifest::read(&content(&mut entry, MAX_MANIFEST)?)?),
        }
        watch(Progress { stage: Stage::Checking, done: read.load(Ordering::Relaxed), total });
    }
    archive.finish()?;
    let manifest = manifest.ok_or_else(|| damaged("the manifest is missing"))?;
    if manifest.parts != parts {
        return Err(damaged("rows are not those of the manifest"));
    }
    if manifest.secret_key != key {
        return Err(damaged("the key is not that of the manifest"));
    }
    if manifest.files != sums.finish() {
        return Err(damaged("attachments are not those of the manifest"));
    }
    watch(Progress { stage: Stage::Checking, done: total, total });
    Ok(manifest)
}

pub(super) fn damaged(detail: &str) -> Error {
    Error::new(codes::ARCHIVE_DAMAGED).because(detail)
}

/// A failure to read: of the disk when the operating system says so, else of the archive.
pub(super) fn out_of_archive(error: io::Error) -> Error {
    match error.raw_os_error() {
        Some(_) => storage_error(&error),
        None => Error::new(codes::ARCHIVE_DAMAGED).because(error),
    }
}

struct Counting {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// What is unpacked, up to a limit.
pub(super) struct Bounded {
    decoder: Decoder<'static, BufReader<Counting>>,
    left: u64,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(buffer)?;
        match self.left.checked_sub(count as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::new(ErrorKind::InvalidData, "it unpacks beyond all measure")),
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_parts() {
        let sha = "ab".repeat(32);
        assert_eq!(Kind::of("tables/things.00012.ndjson"), Some(Kind::Rows { table: "things".to_owned() }));
        assert_eq!(Kind::of(&format!("files/{sha}")), Some(Kind::File { sha256: sha }));
        for name in [
            "",
            "/etc/passwd",
            "../manifest.json",
            "./manifest.json",
            "files/../../x",
            "files/abc",
            "tables/../x.0.ndjson",
            "tables/x/y.0.ndjson",
            "tables/.0.ndjson",
            "tables/x.0.sql",
            "tables/X.0.ndjson",
            "tables/x.ndjson",
            "manifest.json\0",
        ] {
            assert_eq!(Kind::of(name), None, "{name:?}");
        }
    }
}
