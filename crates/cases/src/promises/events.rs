//! What is told about promises.

use heard_desk::{conversations::ConversationId, messages::MessageId};
use heard_kernel::Timestamp;
use heard_platform::directory::UserId;
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::{Promise, PromiseId};

/// Where a promise stands; part of every event about it, so that listeners know whom it concerns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PromiseStanding {
    /// Which one.
    pub promise_id: PromiseId,
    /// Who has to keep it.
    pub owner_id: UserId,
    /// The case that it was made in.
    pub case_id: Option<Uuid>,
    /// The conversation that it was made in.
    pub conversation_id: Option<ConversationId>,
    /// The message that it was made with.
    pub message_id: Option<MessageId>,
}

impl From<&Promise> for PromiseStanding {
    fn from(promise: &Promise) -> Self {
        Self {
            promise_id: promise.id,
            owner_id: promise.owner_id,
            case_id: promise.case_id,
            conversation_id: promise.conversation_id,
            message_id: promise.message_id,
        }
    }
}

macro_rules! promise_events {
    ($($(#[$meta:meta])* $name:ident = $kind:literal { $($(#[$about:meta])* $field:ident: $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// Where the promise stands after it.
            #[serde(flatten)]
            pub standing: PromiseStanding,
            $($(#[$about])* pub $field: $ty,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
            fn subject(&self) -> Subject {
                Subject::new("promise", self.standing.promise_id)
            }
        }
    )+};
}

promise_events! {
    /// Somebody promised something.
    PromiseMade = "promise.made" {
        /// When.
        at: Timestamp,
    }
    /// It was done, in time or late.
    PromiseKept = "promise.kept" {
        /// When.
        at: Timestamp,
        /// Whether that was too late: it counts as broken.
        late: bool,
    }
    /// Time ran out.
    PromiseBroken = "promise.broken" {
        /// When; earlier than the event when the process was down then.
        at: Timestamp,
    }
    /// Somebody else has to keep it: whoever had to is recused from the case, and whoever owns the case took its place.
    PromiseReassigned = "promise.reassigned" {
        /// Who had to keep it before.
        former_owner_id: UserId,
    }
    /// It was said to be done and is not after all.
    PromiseReopened = "promise.reopened" {}
    /// It was taken back.
    PromiseWithdrawn = "promise.withdrawn" {}
}
