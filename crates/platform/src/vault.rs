//! Encrypts the few secrets that must be stored readable (mail password, second factors), so that a copy of the
//! database alone gives none of them away.

use std::{
    io::{ErrorKind, Write as _},
    path::Path,
    sync::{Arc, OnceLock},
};

use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use heard_kernel::{Code, Error, Result};
use heard_runtime::Ctx;

/// The key for secrets cannot be read, or is another one than they were encrypted with (`params.path`).
pub const SECRET_KEY_UNUSABLE: Code = Code::new("secret_key_unusable", 500);

/// The name of the key's file in the data directory.
pub const KEY_FILE: &str = "secret.key";

/// Encrypts and decrypts with the key of this installation.
pub struct Vault {
    cipher: XChaCha20Poly1305,
}

#[derive(Default)]
struct Opened(OnceLock<Arc<Vault>>);

const NONCE: usize = 24;

impl Vault {
    /// The vault of a process; the key is read, or made, when it is first asked for.
    ///
    /// # Errors
    /// `secret_key_unusable`.
    pub fn of(ctx: &Ctx) -> Result<Arc<Self>> {
        let opened = ctx.shared::<Opened>();
        if let Some(vault) = opened.0.get() {
            return Ok(Arc::clone(vault));
        }
        let storage = &ctx.config().storage;
        let key = match storage.secret_key.as_deref().filter(|key| !key.is_empty()) {
            Some(text) => parse(text).ok_or_else(|| unusable("storage.secret_key"))?,
            None => read_or_make(&storage.data.join(KEY_FILE), ctx.secret())?,
        };
        let vault = Arc::new(Self { cipher: XChaCha20Poly1305::new(&key.into()) });
        Ok(Arc::clone(opened.0.get_or_init(|| vault)))
    }

    /// Encrypts a secret for one place (`settings.smtp_password`); it cannot be opened for another. `random` must be new
    /// each time.
    ///
    /// # Errors
    /// `internal`: the secret is too long.
    pub fn seal(&self, place: &str, secret: &[u8], random: [u8; 32]) -> Result<Vec<u8>> {
        let nonce = nonce(&random[..NONCE])?;
        let payload = Payload { msg: secret, aad: place.as_bytes() };
        let sealed =
            self.cipher.encrypt(&nonce, payload).map_err(|_| Error::internal("a secret is too long"))?;
        Ok([&random[..NONCE], &sealed].concat())
    }

    /// Decrypts what was encrypted for this place.
    ///
    /// # Errors
    /// `secret_key_unusable` when it was encrypted with another key.
    pub fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let (start, rest) = sealed.split_at_checked(NONCE).ok_or_else(|| unusable(place))?;
        let payload = Payload { msg: rest, aad: place.as_bytes() };
        self.cipher.decrypt(&nonce(start)?, payload).map_err(|_| unusable(place))
    }
}

fn nonce(bytes: &[u8]) -> Result<XNonce> {
    XNonce::try_from(bytes).map_err(Error::internal)
}

fn unusable(path: impl std::fmt::Display) -> Error {
    Error::new(SECRET_KEY_UNUSABLE).with("path", path.to_string())
}

fn parse(text: &str) -> Option<[u8; 32]> {
    hex::decode(text.trim()).ok()?.try_into().ok()
}

/// Reads the key's file, or makes it so that only the owner may read it. Of two processes at once one makes it.
fn read_or_make(path: &Path, fresh: [u8; 32]) -> Result<[u8; 32]> {
    let failed = |error: std::io::Error| unusable(path.display()).because(error);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            file.write_all(hex::encode(fresh).as_bytes()).map_err(failed)?;
            file.sync_all().map_err(failed)?;
            Ok(fresh)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let text = std::fs::read_to_string(path).map_err(failed)?;
            parse(&text).ok_or_else(|| unusable(path.display()))
        }
        Err(error) => Err(failed(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_where_it_belongs() {
        let vault = Vault { cipher: XChaCha20Poly1305::new(&[7; 32].into()) };
        let sealed = vault.seal("a", "密码".as_bytes(), [9; 32]).unwrap();
        assert_eq!(vault.open("a", &sealed).unwrap(), "密码".as_bytes());
        assert!(vault.open("b", &sealed).is_err());
        assert!(vault.open("a", &sealed[..20]).is_err());
        let other = Vault { cipher: XChaCha20Poly1305::new(&[8; 32].into()) };
        assert!(other.open("a", &sealed).unwrap_err().is(SECRET_KEY_UNUSABLE));
    }

    #[test]
    fn the_key_file_is_made_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(KEY_FILE);
        assert_eq!(read_or_make(&path, [1; 32]).unwrap(), [1; 32]);
        assert_eq!(read_or_make(&path, [2; 32]).unwrap(), [1; 32]);
        std::fs::write(&path, "short").unwrap();
        assert!(read_or_make(&path, [2; 32]).is_err());
    }
}
