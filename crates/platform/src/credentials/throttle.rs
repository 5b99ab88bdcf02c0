//! Slows guessing down: by account and address together, by account, and by address. Kept in memory: a restart
//! forgives, which costs an attacker more time than it gives.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use heard_kernel::{Code, Error, Result, Timestamp, fold_key};
use heard_runtime::Ctx;

/// Too many failed attempts; wait (`params.retry_after` seconds).
pub const TOO_MANY_ATTEMPTS: Code = Code::new("too_many_attempts", 429);

/// Counts failures.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<HashMap<Key, Failures>>);

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Timestamp,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Both(String, IpAddr),
    Account(String),
    Address(IpAddr),
}

impl Key {
    /// Failures without a wait, and the longest wait in seconds. An account alone waits little, so that strangers
    /// cannot lock its owner out; somebody who tries one account from one place waits long.
    const fn limits(&self) -> (u32, i64) {
        match self {
            Self::Both(..) => (5, 900),
            Self::Account(_) => (15, 30),
            Self::Address(_) => (30, 300),
        }
    }
}

/// Failures older than this are forgotten.
const MEMORY_SECONDS: i64 = 3_600;
/// Keys at most; beyond it the oldest go.
const MAX_KEYS: usize = 50_000;

/// An attempt that counts as failed until it is said to have succeeded.
pub(crate) struct Attempt {
    throttle: Arc<Throttle>,
    keys: [Key; 3],
}

impl Throttle {
    /// Begins an attempt on an account from an address. It counts at once, so that many at the same time gain nothing.
    ///
    /// # Errors
    /// `too_many_attempts` with the seconds to wait.
    pub(crate) fn attempt(ctx: &Ctx, account: &str, address: IpAddr) -> Result<Attempt> {
        let throttle = ctx.shared::<Self>();
        let (account, address, now) = (fold_key(account), network(address), ctx.now());
        let keys = [Key::Both(account.clone(), address), Key::Account(account), Key::Address(address)];
        let mut kept = throttle.0.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = keys.iter().map(|key| wait(key, kept.get(key), now)).max().unwrap_or(0);
        if wait > 0 {
            return Err(Error::new(TOO_MANY_ATTEMPTS).with("retry_after", (wait + 999) / 1_000));
        }
        if kept.len() >= MAX_KEYS {
            forget_oldest(&mut kept);
        }
        for key in &keys {
            let failures = kept.entry(key.clone()).or_insert(Failures { count: 0, last: now });
            if now.millis_since(failures.last) > MEMORY_SECONDS * 1_000 {
                failures.count = 0;
            }
            *failures = Failures { count: failures.count.saturating_add(1), last: now };
        }
        drop(kept);
        Ok(Attempt { throttle, keys })
    }
}

impl Attempt {
    /// The attempt was neither a failure nor the whole way in: it is not charged, and what was before stays. Whoever
    /// knows the password must not be able to set the count of wrong codes back.
    pub(crate) fn half_way(self) {
        let mut kept = self.throttle.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            if let Some(failures) = kept.get_mut(key) {
                failures.count = failures.count.saturating_sub(1);
            }
        }
    }

    /// The attempt succeeded: the account starts anew, and the address is not charged.
    pub(crate) fn succeeded(self) {
        let mut kept = self.throttle.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys[..2] {
            kept.remove(key);
        }
        if let Some(failures) = kept.get_mut(&self.keys[2]) {
            failures.count = failures.count.saturating_sub(1);
        }
    }
}

/// Milliseconds to wait: one second after the free failures, doubled with each further one.
fn wait(key: &Key, failures: Option<&Failures>, now: Timestamp) -> i64 {
    let Some(failures) = failures else { return 0 };
    let (free, longest) = key.limits();
    if failures.count < free || now.millis_since(failures.last) > MEMORY_SECONDS * 1_000 {
        return 0;
    }
    let seconds = (1_i64 << (failures.count - free).min(20)).min(longest);
    (failures.last.plus_seconds(seconds).millis_since(now)).clamp(0, longest * 1_000)
}

fn forget_oldest(kept: &mut HashMap<Key, Failures>) {
    let mut times: Vec<Timestamp> = kept.values().map(|failures| failures.last).collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    kept.retain(|_, failures| failures.last > median);
}

/// Whoever has one IPv6 address has the whole /64.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let key = Key::Both("a".to_owned(), IpAddr::from([1, 2, 3, 4]));
        let last = Timestamp::from_millis(1_000_000);
        let after = |count, seconds| wait(&key, Some(&Failures { count, last }), last.plus_seconds(seconds));
        assert_eq!(after(4, 0), 0);
        assert_eq!(after(5, 0), 1_000);
        assert_eq!(after(8, 0), 8_000);
        assert_eq!(after(8, 5), 3_000);
        assert_eq!(after(60, 0), 900_000);
        assert_eq!(after(60, 3_601), 0);
        assert_eq!(after(60, -100_000), 900_000, "a clock set back does not lengthen the wait");
    }

    #[test]
    fn an_ipv6_network_is_one_address() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:1.2.3.4"), of("1.2.3.4"));
    }
}
