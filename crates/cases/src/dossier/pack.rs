//! Writing the archive: one file after the other, each summed while it is written.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write},
    path::Path,
};

use heard_kernel::{Error, Locale, Result};
use heard_store::storage_error;
use jiff::Zoned;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::model::{FileEntry, Origin, Role};
use crate::progress;

/// Bytes that are held in memory of a content that is copied.
const BUFFER: usize = 256 * 1024;

/// An archive that is being written, into a file without a name: it goes when it is closed, also after a crash.
pub(super) struct Pack {
    zip: ZipWriter<BufWriter<File>>,
    time: DateTime,
    locale: Locale,
    pub(super) files: Vec<FileEntry>,
}

/// A finished archive.
pub(super) struct Archive {
    pub(super) file: File,
    pub(super) size: u64,
    pub(super) sha256: String,
    pub(super) files: usize,
}

fn failed(error: ZipError) -> Error {
    match error {
        ZipError::Io(error) => storage_error(&error),
        other => Error::internal(other),
    }
}

fn io_failed(error: io::Error) -> Error {
    storage_error(&error)
}

impl Pack {
    /// Begins an archive in a folder. All its files bear the same time, so that the same content gives the same archive.
    pub(super) fn begin(folder: &Path, made: &Zoned, locale: Locale) -> Result<Self> {
        let file = tempfile::tempfile_in(folder).map_err(io_failed)?;
        let part = |value: i8| u8::try_from(value).unwrap_or_default();
        let time = DateTime::from_date_and_time(
            u16::try_from(made.year()).unwrap_or_default(),
            part(made.month()),
            part(made.day()),
            part(made.hour()),
            part(made.minute()),
            part(made.second()),
        );
        Ok(Self {
            zip: ZipWriter::new(BufWriter::new(file)),
            time: time.unwrap_or_default(),
            locale,
            files: Vec::new(),
        })
    }

    fn start(&mut self, path: &str, packed: bool) -> Result<()> {
        let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.time)
            .unix_permissions(0o644);
        self.zip.start_file(path, options).map_err(failed)
    }

    /// Adds a file that was written for the archive, without the secrets of progress pages.
    pub(super) fn add(
        &mut self,
        path: &str,
        role: Role,
        kind: &str,
        origin: Origin,
        text: &str,
    ) -> Result<()> {
        let text = progress::blanked(text, self.locale);
        let bytes = text.as_bytes();
        self.start(path, false)?;
        self.zip.write_all(bytes).map_err(io_failed)?;
        self.files.push(FileEntry {
            path: path.to_owned(),
            role,
            kind: kind.to_owned(),
            size: bytes.len() as u64,
            sha256: crate::ground::sha256(bytes),
            origin,
        });
        Ok(())
    }

    /// Adds a JSON document.
    pub(super) fn add_json(&mut self, path: &str, role: Role, value: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_string_pretty(value).map_err(Error::internal)?;
        text.push('\n');
        self.add(path, role, "application/json", Origin::Record, &text)
    }

    /// Copies a stored content byte for byte and tells whether it has the sum that is on record; nothing when it is gone.
    pub(super) fn copy(
        &mut self,
        path: &str,
        role: Role,
        kind: &str,
        source: &Path,
        origin: impl FnOnce(bool) -> Origin,
        recorded: &str,
    ) -> Result<Option<bool>> {
        let content = match File::open(source) {
            Ok(content) => content,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(io_failed(error)),
        };
        self.start(path, is_packed(kind))?;
        let (size, sha256) = copy_summed(BufReader::new(content), &mut self.zip).map_err(io_failed)?;
        let intact = sha256 == recorded;
        self.files.push(FileEntry {
            path: path.to_owned(),
            role,
            kind: kind.to_owned(),
            size,
            sha256,
            origin: origin(intact),
        });
        Ok(Some(intact))
    }

    /// Adds a file that stands beside the list of files.
    pub(super) fn beside(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        self.start(path, false)?;
        self.zip.write_all(bytes).map_err(io_failed)
    }

    /// Ends the archive and sums it.
    pub(super) fn finish(self) -> Result<Archive> {
        let files = self.files.len();
        let written = self.zip.finish().map_err(failed)?;
        let mut file = written.into_inner().map_err(|error| io_failed(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(io_failed)?;
        let (size, sha256) = copy_summed(&file, &mut io::sink()).map_err(io_failed)?;
        file.seek(SeekFrom::Start(0)).map_err(io_failed)?;
        Ok(Archive { file, size, sha256, files })
    }
}

fn copy_summed(mut from: impl Read, to: &mut impl Write) -> io::Result<(u64, String)> {
    let (mut sum, mut size) = (Sha256::new(), 0_u64);
    let mut buffer = vec![0; BUFFER];
    loop {
        let count = from.read(&mut buffer)?;
        if count == 0 {
            return Ok((size, hex::encode(sum.finalize())));
        }
        sum.update(&buffer[..count]);
        to.write_all(&buffer[..count])?;
        size += count as u64;
    }
}

/// Whether a kind of file is compressed by itself.
fn is_packed(kind: &str) -> bool {
    let family = kind.split('/').next().unwrap_or_default();
    let plain = ["image/svg+xml", "image/bmp", "image/tiff", "audio/x-wav", "audio/wav"];
    let archives =
        ["application/zip", "application/gzip", "application/x-7z-compressed", "application/vnd.rar"];
    (matches!(family, "image" | "video" | "audio") && !plain.contains(&kind)) || archives.contains(&kind)
}
