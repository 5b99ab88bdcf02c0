//! Writing an archive beside its final name.

use std::{
    fs::File,
    io::{BufWriter, Read},
    path::{Path, PathBuf},
};

use heard_kernel::{Error, Result, Timestamp};
use heard_store::storage_error;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use zstd::Encoder;

use super::{codes, manifest::Manifest, manifest::Part};

pub(super) struct ArchiveWriter {
    tar: tar::Builder<Encoder<'static, BufWriter<NamedTempFile>>>,
    out: PathBuf,
    parts: Vec<Part>,
    seconds: u64,
}

impl ArchiveWriter {
    pub(super) fn create(out: &Path, now: Timestamp) -> Result<Self> {
        let exists = || Error::new(codes::ARCHIVE_EXISTS).with("path", out.display().to_string());
        if out.file_name().is_none() || out.symlink_metadata().is_ok() {
            return Err(exists());
        }
        let folder = folder(out);
        if !folder.is_dir() {
            let missing = folder.display().to_string();
            return Err(Error::new(codes::ARCHIVE_FOLDER_MISSING).with("folder", missing));
        }
        // Readable by its owner alone, and gone when it is not finished.
        let beside = tempfile::Builder::new().prefix(".heard-backup-").tempfile_in(folder);
        let mut encoder = beside
            .and_then(|file| Encoder::new(BufWriter::with_capacity(1 << 20, file), 3))
            .map_err(|e| storage_error(&e).because(out.display()))?;
        encoder.include_checksum(true).map_err(|e| storage_error(&e))?;
        let seconds = u64::try_from(now.millis() / 1_000).unwrap_or(0);
        Ok(Self { tar: tar::Builder::new(encoder), out: out.to_owned(), parts: Vec::new(), seconds })
    }

    pub(super) fn add_rows(&mut self, table: &str, number: u32, content: &[u8]) -> Result<()> {
        let part = Part::of(format!("tables/{table}.{number:05}.ndjson"), content);
        if part.size > super::reader::MAX_PART {
            return Err(Error::internal(format!("a row of table {table} is too large for an archive")));
        }
        self.add(&part.name, part.size, content)?;
        self.parts.push(part);
        Ok(())
    }

    /// Adds `size` bytes and tells their SHA-256.
    pub(super) fn add(&mut self, name: &str, size: u64, content: impl Read) -> Result<String> {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_path(name).map_err(|e| Error::internal(format!("{name}: {e}")))?;
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        header.set_cksum();
        let mut content = Hashing { inner: content.take(size), hash: Sha256::new(), count: 0 };
        self.tar.append(&header, &mut content).map_err(|e| storage_error(&e).because(name))?;
        if content.count != size {
            return Err(Error::internal(format!("{name} became shorter while it was read")));
        }
        Ok(hex::encode(content.hash.finalize()))
    }

    pub(super) fn take_parts(&mut self) -> Vec<Part> {
        std::mem::take(&mut self.parts)
    }

    /// Adds the manifest and gives the file its name, when all of it is on the disk.
    pub(super) fn finish(mut self, manifest: &Manifest) -> Result<()> {
        let text = serde_json::to_vec_pretty(manifest).map_err(Error::internal)?;
        self.add("manifest.json", text.len() as u64, &text[..])?;
        let out = self.out;
        let fail = |e: std::io::Error| storage_error(&e).because(out.display());
        let encoder = self.tar.into_inner().map_err(fail)?;
        let file = encoder.finish().map_err(fail)?.into_inner().map_err(|e| fail(e.into_error()))?;
        file.as_file().sync_all().map_err(fail)?;
        file.persist_noclobber(&out).map_err(|e| match e.error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Error::new(codes::ARCHIVE_EXISTS).with("path", out.display().to_string())
            }
            _ => fail(e.error),
        })?;
        File::open(folder(&out)).and_then(|folder| folder.sync_all()).map_err(fail)
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Passes bytes on and sums them up.
struct Hashing<R> {
    inner: R,
    hash: Sha256,
    count: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.count += count as u64;
        Ok(count)
    }
}
