//! Holding back who asks too often.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    http::HeaderValue,
    response::{IntoResponseParts, ResponseParts},
};
use heard_kernel::{Clock, Error, Result, codes};

/// How often something may happen: `burst` times at once, then once per `every`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How often at once.
    pub burst: u32,
    /// After which time once more.
    pub every: Duration,
}

impl Rate {
    /// `count` times within `span`, all at once if wanted.
    pub const fn per(count: u32, span: Duration) -> Self {
        let count = if count == 0 { 1 } else { count };
        Self { burst: count, every: Duration::from_micros(span.as_micros() as u64 / count as u64) }
    }
}

/// Counts by key (an address, a visitor, an account) in memory. Cheap to clone.
///
/// One number is kept for each key: the time at which its allowance is whole again (the generic cell rate algorithm).
/// Their count is bounded: when it is reached, the keys that are nearest to a whole allowance are forgotten.
#[derive(Clone)]
pub struct RateLimiter(Arc<Inner>);

struct Inner {
    clock: Arc<dyn Clock>,
    rate: Rate,
    max_keys: usize,
    whole_at: Mutex<HashMap<Box<str>, i64>>,
}

/// What is left. As part of an answer it tells the caller: `Ok((allowance, Json(value)))`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How often at once.
    pub limit: u32,
    /// How often still.
    pub remaining: u32,
    /// Seconds until the allowance is whole again.
    pub reset_seconds: u64,
}

impl RateLimiter {
    /// A limiter that remembers up to `max_keys` keys.
    pub fn new(clock: Arc<dyn Clock>, rate: Rate, max_keys: usize) -> Self {
        Self(Arc::new(Inner { clock, rate, max_keys: max_keys.max(1), whole_at: Mutex::default() }))
    }

    /// Takes one from the key's allowance.
    ///
    /// # Errors
    /// `rate_limited` with `params.retry_after` seconds when nothing is left.
    pub fn check(&self, key: &str) -> Result<Allowance> {
        let Inner { clock, rate, max_keys, whole_at } = &*self.0;
        let now = clock.now().millis().saturating_mul(1_000);
        let step = micros(rate.every).max(1);
        let span = step.saturating_mul(i64::from(rate.burst));
        let mut keys = whole_at.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        // A time beyond the whole span is from before the clock was set back, which must lock nobody out.
        let plausible = now..=now.saturating_add(span);
        let known = keys.get(key).copied().filter(|whole| plausible.contains(whole)).unwrap_or(now);
        let next = known.saturating_add(step);
        if next > now.saturating_add(span) {
            let wait = next - span - now;
            return Err(Error::new(codes::RATE_LIMITED)
                .with("retry_after", seconds_up(wait))
                .with("limit", rate.burst)
                .with("reset", seconds_up(known - now)));
        }
        if !keys.contains_key(key) && keys.len() >= *max_keys {
            forget(&mut keys, now);
        }
        keys.insert(key.into(), next);
        let remaining = (span - (next - now)) / step;
        Ok(Allowance {
            limit: rate.burst,
            remaining: u32::try_from(remaining).unwrap_or(0),
            reset_seconds: seconds_up(next - now),
        })
    }

    /// Gives the key its whole allowance back, as after a successful sign-in.
    pub fn forgive(&self, key: &str) {
        self.0.whole_at.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).remove(key);
    }
}

/// Drops the keys whose allowance is whole, and at least an eighth, so that a flood of new keys pays for it rarely.
fn forget(keys: &mut HashMap<Box<str>, i64>, now: i64) {
    let mut times: Vec<i64> = keys.values().copied().collect();
    let eighth = times.len() / 8;
    let (_, limit, _) = times.select_nth_unstable(eighth);
    let limit = (*limit).max(now);
    keys.retain(|_, whole| *whole > limit);
}

fn micros(span: Duration) -> i64 {
    i64::try_from(span.as_micros()).unwrap_or(i64::MAX)
}

fn seconds_up(micros: i64) -> u64 {
    u64::try_from(micros).unwrap_or(0).div_ceil(1_000_000).max(1)
}

impl IntoResponseParts for Allowance {
    type Error = Infallible;
    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        let headers = parts.headers_mut();
        headers.insert("ratelimit-limit", HeaderValue::from(self.limit));
        headers.insert("ratelimit-remaining", HeaderValue::from(self.remaining));
        headers.insert("ratelimit-reset", HeaderValue::from(self.reset_seconds));
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use heard_kernel::{FixedClock, Timestamp};

    use super::*;

    fn limiter(rate: Rate, max_keys: usize) -> (Arc<FixedClock>, RateLimiter) {
        let clock = Arc::new(FixedClock::new(Timestamp::from_millis(1_790_000_000_000)));
        (clock.clone(), RateLimiter::new(clock, rate, max_keys))
    }

    #[test]
    fn a_burst_is_let_through_and_then_one_at_a_time() {
        let (clock, limiter) = limiter(Rate::per(3, Duration::from_secs(30)), 100);
        for remaining in [2, 1, 0] {
            assert_eq!(limiter.check("a").unwrap().remaining, remaining);
        }
        let refused = limiter.check("a").unwrap_err();
        assert_eq!(refused.code().id, "rate_limited");
        assert_eq!((&refused.params()["retry_after"], &refused.params()["reset"]), (&10.into(), &30.into()));
        assert!(limiter.check("b").is_ok());
        clock.advance(Duration::from_secs(10));
        assert_eq!(limiter.check("a").unwrap().remaining, 0);
        assert!(limiter.check("a").is_err());
        limiter.forgive("a");
        assert_eq!(limiter.check("a").unwrap().remaining, 2);
    }

    #[test]
    fn a_clock_that_is_set_back_locks_nobody_out() {
        let (clock, limiter) = limiter(Rate::per(2, Duration::from_secs(2)), 100);
        limiter.check("a").unwrap();
        limiter.check("a").unwrap();
        clock.set(Timestamp::from_millis(1_000));
        assert!(limiter.check("a").is_ok());
    }

    #[test]
    fn memory_is_bounded_and_offenders_are_remembered() {
        let (clock, limiter) = limiter(Rate::per(2, Duration::from_secs(60)), 64);
        limiter.check("offender").unwrap();
        limiter.check("offender").unwrap();
        for number in 0..10_000 {
            clock.advance(Duration::from_millis(1));
            limiter.check(&format!("key {number}")).unwrap();
        }
        assert!(limiter.0.whole_at.lock().unwrap().len() <= 64);
        assert!(limiter.check("offender").is_err());
    }
}
