//! What is told about clocks.

use heard_kernel::{Timestamp, clock_policy::PauseReason};
use heard_platform::directory::UserId;
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::{Clock, ClockId, SubjectKind};

/// Where a clock stands; part of every event about it, so that listeners know whom it concerns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Standing {
    /// Which one.
    pub clock_id: ClockId,
    /// Key of its rule.
    pub key: String,
    /// What it is on.
    pub subject_kind: SubjectKind,
    /// Which one it is on.
    pub subject_id: Uuid,
    /// The case that it belongs to.
    pub case_id: Option<Uuid>,
    /// Who has to keep it, where that is another than who owns the case.
    pub owner_id: Option<UserId>,
    /// Key of its chain of escalation.
    pub escalation: Option<String>,
    /// When it is due; absent while it is on hold.
    pub due_at: Option<Timestamp>,
}

impl From<&Clock> for Standing {
    fn from(clock: &Clock) -> Self {
        Self {
            clock_id: clock.id,
            key: clock.terms.key.clone(),
            subject_kind: clock.subject.kind,
            subject_id: clock.subject.id,
            case_id: clock.case_id,
            owner_id: clock.owner_id,
            escalation: clock.terms.escalation.clone(),
            due_at: clock.due_at,
        }
    }
}

macro_rules! clock_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Where the clock stands after it.
            #[serde(flatten)]
            pub standing: Standing,
            $($(#[$about])* pub $field: $ty,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::new("clock", self.standing.clock_id)
            }
        }
    )+};
}

clock_events! {
    /// A clock began to run.
    ClockStarted = "clock.started" {
        /// From when it runs.
        at: Timestamp,
    }
    /// It stands still.
    ClockPaused = "clock.paused" {
        /// Why.
        reason: PauseReason,
    }
    /// It goes on.
    ClockResumed = "clock.resumed" {
        /// Whether a message of the customer ended the wait.
        by_customer: bool,
    }
    /// What it asks for was done.
    ClockFulfilled = "clock.fulfilled" {
        /// When.
        at: Timestamp,
        /// Whether that was too late.
        late: bool,
    }
    /// A share of its limit is used up.
    ClockWarned = "clock.warned" {
        /// Percent.
        share: u16,
        /// When it was reached.
        at: Timestamp,
    }
    /// Time ran out.
    ClockBreached = "clock.breached" {
        /// When; earlier than the event when the process was down then.
        at: Timestamp,
    }
    /// It is late by so much and still open.
    ClockOverdue = "clock.overdue" {
        /// Minutes after the breach.
        minutes: u32,
        /// When that was reached.
        at: Timestamp,
    }
    /// It was given more time.
    ClockExtended = "clock.extended" {
        /// When it was due before.
        former_due_at: Option<Timestamp>,
    }
    /// It came under another rule.
    ClockChanged = "clock.changed" {
        /// Key of the rule before.
        former_key: String,
        /// When it was due before.
        former_due_at: Option<Timestamp>,
    }
    /// Its calendar changed, and with it the deadline.
    ClockMoved = "clock.moved" {
        /// When it was due before.
        former_due_at: Option<Timestamp>,
    }
    /// What it asks for is to be done after all, or again; it goes on with its history.
    ClockReopened = "clock.reopened" {
        /// When.
        at: Timestamp,
    }
    /// It was called off.
    ClockCancelled = "clock.cancelled" {
        /// When.
        at: Timestamp,
    }
}
