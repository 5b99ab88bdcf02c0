//! Slow hashes of passwords, computed beside the async threads and only a few at a time.

use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use heard_kernel::{Error, Result, codes};
use heard_runtime::Ctx;
use tokio::sync::Semaphore;

/// Memory in KiB and rounds: 50 to 100 ms on a small server, above the OWASP minimum (19 MiB, 2 rounds).
const MEMORY: u32 = 32 * 1024;
const ROUNDS: u32 = 3;
/// Hashes at the same time: each takes a core and 32 MiB.
const AT_ONCE: usize = 2;
/// Callers that may wait for their turn, about three seconds' worth.
const WAITING: usize = 64;

/// A hash of a password that nobody has, so that an unknown account costs the same time as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=32768,t=3,p=1$aGVhcmQtbm9ib2R5LXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct Turnstile {
    permits: Semaphore,
    waiting: AtomicUsize,
}

impl Default for Turnstile {
    fn default() -> Self {
        Self { permits: Semaphore::new(AT_ONCE), waiting: AtomicUsize::new(0) }
    }
}

/// Hashes a password.
///
/// # Errors
/// `overloaded` when too many wait.
pub(crate) async fn hash(ctx: &Ctx, password: &str) -> Result<String> {
    let (password, random) = (password.to_owned(), ctx.secret());
    slowly(ctx, move || {
        let hashed = hasher()?.hash_password_with_salt(password.as_bytes(), &random[..16]);
        hashed.map(|hash| hash.to_string()).map_err(Error::internal)
    })
    .await
}

/// Whether a password belongs to a stored hash. Without one it takes as long and the answer is no.
///
/// # Errors
/// `overloaded` when too many wait.
pub(crate) async fn verify(ctx: &Ctx, stored: Option<&str>, password: &str) -> Result<bool> {
    let (known, stored) = (stored.is_some(), stored.unwrap_or(NOBODY).to_owned());
    let password = password.to_owned();
    slowly(ctx, move || {
        let stored = PasswordHash::new(&stored).map_err(Error::internal)?;
        Ok(hasher()?.verify_password(password.as_bytes(), &stored).is_ok() && known)
    })
    .await
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, ROUNDS, 1, None).map_err(Error::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

async fn slowly<T: Send + 'static>(
    ctx: &Ctx,
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let turnstile = ctx.shared::<Turnstile>();
    if turnstile.waiting.fetch_add(1, Ordering::Relaxed) >= WAITING {
        turnstile.waiting.fetch_sub(1, Ordering::Relaxed);
        return Err(Error::new(codes::OVERLOADED).with("retry_after", 3));
    }
    let permit = turnstile.permits.acquire().await;
    turnstile.waiting.fetch_sub(1, Ordering::Relaxed);
    let _permit = permit.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let somebody = hasher().unwrap().hash_password_with_salt(b"correct horse", &[1; 16]).unwrap();
        assert_eq!(nobody.params, somebody.params);
        assert_eq!(nobody.algorithm, somebody.algorithm);
        assert_eq!(nobody.hash.unwrap().as_bytes().len(), somebody.hash.unwrap().as_bytes().len());
        assert!(hasher().unwrap().verify_password(b"", &nobody).is_err());
        assert!(hasher().unwrap().verify_password(b"correct horse", &somebody).is_ok());
    }
}
