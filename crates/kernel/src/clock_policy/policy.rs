//! What a clock demands.

use serde::{Deserialize, Serialize};

use crate::{
    Timestamp,
    calendar::{DayMode, Demand, Problem, Problems, codes},
};

/// How long a clock may run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "unit", rename_all = "snake_case")]
#[schema(as = ClockLimit)]
pub enum Limit {
    /// Minutes of working time.
    WorkingMinutes {
        /// How many.
        minutes: i64,
    },
    /// Working days.
    WorkingDays {
        /// How many.
        days: u32,
        /// How they are counted.
        #[serde(default)]
        mode: DayMode,
    },
    /// Minutes of plain time: nights and holidays count.
    CalendarMinutes {
        /// How many.
        minutes: i64,
    },
    /// A fixed instant, as someone promised it. Pauses do not move it.
    Instant {
        /// The instant.
        at: Timestamp,
    },
}

impl Limit {
    /// The demand on working time, for limits that are one.
    pub(crate) fn demand(self) -> Option<Demand> {
        match self {
            Self::WorkingMinutes { minutes } => Some(Demand::WorkingMinutes { minutes }),
            Self::WorkingDays { days, mode } => Some(Demand::WorkingDays { days, mode }),
            Self::CalendarMinutes { .. } | Self::Instant { .. } => None,
        }
    }
}

/// What a clock waits for while it stands still.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClockPauseReason)]
pub enum PauseReason {
    /// The customer has to answer.
    Customer,
    /// Somebody outside has to act.
    ThirdParty,
    /// Something else, by decision of a person with the right to it.
    Other,
}

/// The rules of one clock.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ClockPolicy)]
pub struct Policy {
    /// How long it may run.
    #[serde(flatten)]
    pub limit: Limit,
    /// The waits that stop it; others are noted and ignored.
    #[serde(default = "default_pauses")]
    pub pause_on: Vec<PauseReason>,
    /// Shares of the limit, in percent, at which it warns.
    #[serde(default = "default_shares")]
    pub warn_at: Vec<u16>,
}

fn default_pauses() -> Vec<PauseReason> {
    vec![PauseReason::Customer, PauseReason::ThirdParty, PauseReason::Other]
}

fn default_shares() -> Vec<u16> {
    vec![50, 80, 100]
}

impl Policy {
    /// A policy with the usual pauses and warnings at 50, 80 and 100 %.
    pub fn new(limit: Limit) -> Self {
        Self { limit, pause_on: default_pauses(), warn_at: default_shares() }
    }

    /// The same policy, never paused.
    #[must_use]
    pub fn unpaused(mut self) -> Self {
        self.pause_on.clear();
        self
    }

    /// Checks the numbers of a policy that came from outside.
    pub fn check(&self) -> Result<(), Problems> {
        use crate::calendar::{MAX_DAYS, MAX_MINUTES};
        let mut problems = Vec::new();
        let mut bounded = |path: &str, value: i64, min: i64, max: i64| {
            if !(min..=max).contains(&value) {
                problems.push(Problem::new(path, codes::AMOUNT_INVALID).with("field", path).with("max", max));
            }
        };
        match self.limit {
            Limit::WorkingMinutes { minutes } | Limit::CalendarMinutes { minutes } => {
                bounded("minutes", minutes, 0, MAX_MINUTES);
            }
            Limit::WorkingDays { days, .. } => bounded("days", i64::from(days), 0, i64::from(MAX_DAYS)),
            Limit::Instant { .. } => {}
        }
        bounded("warn_at", self.warn_at.len().try_into().unwrap_or(i64::MAX), 0, 20);
        for (index, share) in self.warn_at.iter().enumerate() {
            bounded(&format!("warn_at[{index}]"), i64::from(*share), 1, 1_000);
        }
        Problems::none_of(problems)
    }
}
