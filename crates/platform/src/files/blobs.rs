//! Contents in the data directory: parts that grow, and finished contents named by their SHA-256.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use heard_kernel::{Error, Result};
use heard_store::storage_error;
use sha2::{Digest, Sha256};

use super::{kinds, model::UploadId};

/// The folders of contents below a data directory.
#[derive(Clone, Debug)]
pub struct Blobs {
    root: PathBuf,
}

/// A finished content.
#[derive(Clone, Debug)]
pub(super) struct Sealed {
    pub(super) sha256: String,
    pub(super) kind: &'static str,
}

impl Blobs {
    /// The contents below a data directory.
    pub fn new(data: &Path) -> Self {
        Self { root: data.to_owned() }
    }

    /// Where the content of a SHA-256 lies: `files/ab/cd/<sha256>`.
    ///
    /// # Errors
    /// `internal` when it is no SHA-256 in hexadecimal; nothing else may become a path.
    pub fn path(&self, sha256: &str) -> Result<PathBuf> {
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Err(Error::internal("a content's name must be a SHA-256"));
        }
        Ok(self.root.join("files").join(&sha256[..2]).join(&sha256[2..4]).join(sha256))
    }

    /// Where the part of an upload grows.
    pub(super) fn part(&self, id: UploadId) -> PathBuf {
        self.root.join("uploads").join(format!("{id}.part"))
    }

    /// Adds bytes to a part at an offset, durably. Bytes beyond the offset, left by a crash before they were counted,
    /// are cut off first; a part that is shorter is gone.
    pub(super) fn append(&self, id: UploadId, offset: u64, bytes: &[u8]) -> Result<()> {
        let path = self.part(id);
        let write = || -> io::Result<bool> {
            create_parent(&path)?;
            let mut file = File::options().create(true).truncate(false).write(true).open(&path)?;
            if file.metadata()?.len() < offset {
                // Parts are in no backup: after a restore nothing may stand for what is gone.
                return Ok(false);
            }
            file.set_len(offset)?;
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(bytes)?;
            file.sync_data().map(|()| true)
        };
        if write().map_err(|e| storage_error(&e))? { Ok(()) } else { Err(Error::not_found("upload")) }
    }

    pub(super) fn remove_part(&self, id: UploadId) {
        // A part that cannot be removed is swept later.
        let _ = fs::remove_file(self.part(id));
    }

    /// Names a complete part by its content.
    pub(super) fn seal(&self, id: UploadId, name: &str) -> Result<Sealed> {
        let (sha256, kind) = read_through(&self.part(id), name).map_err(|e| storage_error(&e))?;
        Ok(Sealed { sha256, kind })
    }

    /// Moves a complete part to its place.
    pub(super) fn place(&self, id: UploadId, sha256: &str) -> Result<()> {
        let part = self.part(id);
        let path = self.path(sha256)?;
        let place = || -> io::Result<()> {
            if path.exists() {
                return fs::remove_file(&part);
            }
            create_parent(&path)?;
            fs::rename(&part, &path)?;
            sync_parent(&path)
        };
        place().map_err(|e| storage_error(&e))
    }

    /// A file on the same disk that is gone when it is not given a place.
    pub(super) fn beside(&self) -> io::Result<tempfile::NamedTempFile> {
        let folder = self.root.join("uploads");
        fs::create_dir_all(&folder)?;
        tempfile::Builder::new().prefix(".fetched-").tempfile_in(folder)
    }

    /// All contents on the disk.
    pub(crate) fn all(&self) -> Result<Vec<String>> {
        self.older_than(i64::MAX)
    }

    /// The contents on the disk that came there before an instant, in milliseconds since 1970.
    pub(super) fn older_than(&self, before: i64) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let mut folders = vec![self.root.join("files")];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(storage_error(&error)),
            };
            for entry in entries.flatten() {
                let Ok(about) = entry.metadata() else { continue };
                if about.is_dir() {
                    folders.push(entry.path());
                    continue;
                }
                let came = about.modified().ok().and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
                let old = came.is_some_and(|came| i128::from(before) > came.as_millis().cast_signed());
                let name = entry.file_name().to_string_lossy().into_owned();
                if old && self.path(&name).is_ok() {
                    found.push(name);
                }
            }
        }
        Ok(found)
    }

    /// Stores bytes and tells their SHA-256.
    pub(super) fn put(&self, bytes: &[u8]) -> Result<String> {
        let sha256 = hex::encode(Sha256::digest(bytes));
        let path = self.path(&sha256)?;
        let place = || -> io::Result<()> {
            if path.exists() {
                return Ok(());
            }
            create_parent(&path)?;
            // Written beside it first, so that a crash leaves no half content under the final name.
            let beside = path.with_extension("tmp");
            let mut file = File::create(&beside)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&beside, &path)?;
            sync_parent(&path)
        };
        place().map_err(|e| storage_error(&e))?;
        Ok(sha256)
    }

    /// Removes a content that nothing refers to any more.
    pub(super) fn remove(&self, sha256: &str) -> Result<()> {
        match fs::remove_file(self.path(sha256)?) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(storage_error(&error)),
            _ => Ok(()),
        }
    }

    /// Removes parts whose upload is not among `known`.
    pub(super) fn remove_parts_except(&self, known: &[UploadId]) -> Result<usize> {
        let entries = match fs::read_dir(self.root.join("uploads")) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(storage_error(&error)),
        };
        let mut removed = 0;
        for entry in entries.flatten() {
            let id = entry.path().file_stem().and_then(|stem| stem.to_str()?.parse::<UploadId>().ok());
            if id.is_some_and(|id| !known.contains(&id)) && fs::remove_file(entry.path()).is_ok() {
                removed += 1;
            }
        }
        Ok(removed)
    }
}

fn read_through(path: &Path, name: &str) -> io::Result<(String, &'static str)> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    let mut head = Vec::with_capacity(kinds::HEAD);
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok((hex::encode(hash.finalize()), kinds::detect(&head, name)));
        }
        hash.update(&buffer[..count]);
        let wanted = kinds::HEAD - head.len();
        head.extend_from_slice(&buffer[..count.min(wanted)]);
    }
}

fn create_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_digest_becomes_a_path() {
        let blobs = Blobs::new(Path::new("/data"));
        assert!(blobs.path("../../etc/passwd").is_err());
        let sha = "ab".repeat(32);
        assert_eq!(blobs.path(&sha).unwrap(), Path::new("/data/files/ab/ab").join(&sha));
    }

    #[test]
    fn bytes_that_were_not_counted_are_cut_off() {
        let dir = std::env::temp_dir().join(format!("heard-blobs-{}", std::process::id()));
        let blobs = Blobs::new(&dir);
        let id = UploadId(uuid::Uuid::from_u128(9));
        blobs.append(id, 0, b"hello world").unwrap();
        blobs.append(id, 5, b"!").unwrap();
        let sealed = blobs.seal(id, "a.txt").unwrap();
        blobs.place(id, &sealed.sha256).unwrap();
        assert_eq!(blobs.older_than(i64::MAX).unwrap(), std::slice::from_ref(&sealed.sha256));
        assert!(blobs.older_than(0).unwrap().is_empty());
        assert_eq!(fs::read(blobs.path(&sealed.sha256).unwrap()).unwrap(), b"hello!");
        assert_eq!(sealed.kind, "text/plain");
        let gone = blobs.append(UploadId(uuid::Uuid::from_u128(10)), 5, b"rest").unwrap_err();
        assert!(gone.is(heard_kernel::codes::NOT_FOUND), "{gone:?}");
        fs::remove_dir_all(dir).unwrap();
    }
}
