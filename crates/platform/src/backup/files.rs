//! Attachments on their way into and out of an archive.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use heard_kernel::Result;
use heard_store::storage_error;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{
    Progress, Stage, Watch,
    manifest::{FileSums, FileTotals, Part},
    reader::{is_sha256, out_of_archive},
    writer::ArchiveWriter,
};
use crate::{files::Blobs, vault::KEY_FILE};

/// A content that is not on the disk, from elsewhere; nothing when it is lost.
pub(super) type Fetch<'a> = &'a dyn Fn(&str) -> Result<Option<NamedTempFile>>;

/// Adds the contents of `data_dir`, then those of `wanted` that must be fetched, each in the order of their names, and
/// tells which of `wanted` are nowhere.
pub(super) fn write_files(
    data_dir: &Path,
    writer: &mut ArchiveWriter,
    watch: &Watch,
    mut wanted: BTreeSet<String>,
    fetch: Fetch<'_>,
) -> Result<(FileTotals, Vec<String>)> {
    let root = data_dir.join("files");
    let mut total = 0;
    each_file(&root, &mut |_, _| {
        total += 1;
        Ok(())
    })?;
    let mut sums = FileSums::default();
    let mut done = 0;
    each_file(&root, &mut |path, name| {
        done += 1;
        watch(Progress { stage: Stage::Files, done, total });
        let file = match File::open(path) {
            Ok(file) => file,
            // Removed since it was listed, because nothing refers to it any more.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(storage_error(&error).because(path.display())),
        };
        let size = file.metadata().map_err(|e| storage_error(&e))?.len();
        let actual = writer.add(&format!("files/{name}"), size, file)?;
        sums.add(name, size, &actual);
        wanted.remove(name);
        Ok(())
    })?;
    let mut missing = Vec::new();
    for name in wanted {
        match fetch(&name)? {
            Some(fetched) => {
                let file = fetched.reopen().map_err(|e| storage_error(&e).because(&name))?;
                let size = file.metadata().map_err(|e| storage_error(&e))?.len();
                let actual = writer.add(&format!("files/{name}"), size, file)?;
                sums.add(&name, size, &actual);
            }
            None => missing.push(name),
        }
    }
    Ok((sums.finish(), missing))
}

/// Adds the key of stored secrets, if it is kept in the data directory and not in the configuration.
pub(super) fn write_key(data_dir: &Path, writer: &mut ArchiveWriter) -> Result<Option<Part>> {
    match fs::read(data_dir.join(KEY_FILE)) {
        Ok(key) => {
            let part = Part::of(KEY_FILE.to_owned(), &key);
            writer.add(KEY_FILE, part.size, &key[..])?;
            Ok(Some(part))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(storage_error(&error).because(KEY_FILE)),
    }
}

/// Visits `ab/cd/<sha256>` below `root` in the order of the names. One folder is held in memory at a time.
fn each_file(root: &Path, see: &mut dyn FnMut(&Path, &str) -> Result<()>) -> Result<()> {
    for first in sorted(root)? {
        for second in sorted(&first)? {
            for path in sorted(&second)? {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                // Half-written contents lie beside the finished ones under other names.
                if is_sha256(name) {
                    see(&path, name)?;
                }
            }
        }
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let list = || fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut paths = match list() {
        Ok(paths) => paths,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Vec::new(),
        Err(error) => return Err(storage_error(&error).because(folder.display())),
    };
    paths.sort();
    Ok(paths)
}

/// Where contents are put until the whole archive is known to be sound. Gone with this unless it is moved into place.
pub(super) struct Staging {
    root: PathBuf,
    data_dir: PathBuf,
}

impl Staging {
    pub(super) const NAME: &str = "restore.incomplete";

    pub(super) fn new(data_dir: &Path) -> Result<Self> {
        let root = data_dir.join(Self::NAME);
        fs::create_dir_all(&root).map_err(|e| storage_error(&e).because(root.display()))?;
        Ok(Self { root, data_dir: data_dir.to_owned() })
    }

    /// Stores a content under its name and tells its real SHA-256.
    pub(super) fn store(&self, name: &str, content: &mut dyn Read) -> Result<String> {
        let path = Blobs::new(&self.root).path(name)?;
        let fail = |e: io::Error| storage_error(&e).because(path.display());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(fail)?;
        }
        let mut file = File::options().write(true).create_new(true).open(&path).map_err(fail)?;
        let sha256 = copy(content, &mut |bytes| file.write_all(bytes).map_err(fail))?;
        file.sync_all().map_err(fail)?;
        Ok(sha256)
    }

    /// Stores the key of stored secrets, readable by its owner alone.
    pub(super) fn store_key(&self, key: &[u8]) -> Result<()> {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let write = || -> io::Result<()> {
            let mut file = options.open(self.root.join(KEY_FILE))?;
            file.write_all(key)?;
            file.sync_all()
        };
        write().map_err(|e| storage_error(&e).because(KEY_FILE))
    }

    /// The contents as they lie before they get their place.
    pub(super) fn blobs(&self) -> Blobs {
        Blobs::new(&self.root)
    }

    /// Gives the contents their place in the data directory.
    pub(super) fn into_place(self) -> Result<()> {
        let place = || -> io::Result<()> {
            for name in ["files", KEY_FILE] {
                let staged = self.root.join(name);
                if staged.exists() {
                    fs::rename(&staged, self.data_dir.join(name))?;
                }
            }
            File::open(&self.data_dir)?.sync_all()
        };
        place().map_err(|e| storage_error(&e))
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed is in the way of the next restore, which says so.
        let _ = fs::remove_dir_all(&self.root);
    }
}

/// Copies to the end and tells the SHA-256.
pub(super) fn copy(content: &mut dyn Read, write: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let count = content.read(&mut buffer).map_err(out_of_archive)?;
        if count == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(&buffer[..count]);
        write(&buffer[..count])?;
    }
}
