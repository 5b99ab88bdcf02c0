//! What happened to a clock, in its row.

use heard_kernel::{
    Actor, ActorKind, Timestamp,
    clock_policy::{PauseReason, Policy},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A fact of the history. The names of the fields are short because every clock carries some of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Entry {
    /// When it happened.
    #[serde(rename = "t", with = "millis")]
    pub(crate) at: Timestamp,
    /// When it was noted, if that was later.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none", with = "millis_or_none")]
    pub(crate) noted_at: Option<Timestamp>,
    /// Who did it; absent for the product itself.
    #[serde(rename = "by", default, skip_serializing_if = "Option::is_none")]
    pub(crate) by: Option<Who>,
    /// What.
    #[serde(rename = "f")]
    pub(crate) what: What,
}

/// Who noted a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Who {
    #[serde(rename = "k")]
    pub(crate) kind: ActorKind,
    #[serde(rename = "i")]
    pub(crate) id: Option<Uuid>,
}

impl Who {
    /// The actor, unless it is the product itself.
    pub(crate) fn of(actor: &Actor) -> Option<Self> {
        (actor.kind != ActorKind::System).then_some(Self { kind: actor.kind, id: actor.id })
    }
}

/// What can happen to a clock.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    Started,
    Paused {
        reason: PauseReason,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    Resumed,
    CustomerWrote,
    Fulfilled,
    Cancelled {
        reason: String,
    },
    /// What was done or called off is to be done after all.
    Reopened {
        reason: String,
    },
    Breached,
    Warned {
        share: u16,
    },
    Overdue {
        minutes: u32,
    },
    Extended {
        reason: String,
        former: Former,
    },
    Changed {
        reason: String,
        former: Former,
    },
    /// Its calendar changed, and with it the deadline.
    Moved {
        former: Former,
    },
}

/// What held before terms changed; what holds after is in the next change or in the clock.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub(crate) struct Former {
    pub(crate) key: String,
    pub(crate) policy: Policy,
    pub(crate) calendar: Option<String>,
    pub(crate) due: Option<Timestamp>,
}

impl What {
    pub(crate) const fn former(&self) -> Option<&Former> {
        match self {
            Self::Extended { former, .. } | Self::Changed { former, .. } | Self::Moved { former } => {
                Some(former)
            }
            _ => None,
        }
    }

    pub(crate) const fn is_extension(&self) -> bool {
        matches!(self, Self::Extended { .. })
    }

    /// The word of the API.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Paused { .. } => "paused",
            Self::Resumed => "resumed",
            Self::CustomerWrote => "customer_wrote",
            Self::Fulfilled => "fulfilled",
            Self::Cancelled { .. } => "cancelled",
            Self::Reopened { .. } => "reopened",
            Self::Breached => "breached",
            Self::Warned { .. } => "warned",
            Self::Overdue { .. } => "overdue",
            Self::Extended { .. } => "extended",
            Self::Changed { .. } => "changed",
            Self::Moved { .. } => "moved",
        }
    }
}

mod millis {
    use heard_kernel::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(at.millis())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp::from_millis)
    }
}

mod millis_or_none {
    use heard_kernel::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => serializer.serialize_i64(at.millis()),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        Ok(Option::<i64>::deserialize(deserializer)?.map(Timestamp::from_millis))
    }
}
