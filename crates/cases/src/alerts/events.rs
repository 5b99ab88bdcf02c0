//! What is told about alerts.

use heard_platform::directory::UserId;
use heard_runtime::{Event, Subject};
use serde::{Deserialize, Serialize};

use super::model::{AlertId, AlertKind};
use crate::cases::CaseId;

/// A user is told something.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AlertRaised {
    /// Which alert.
    pub alert_id: AlertId,
    /// Who is told.
    pub user_id: UserId,
    /// What it is about.
    pub kind: AlertKind,
    /// The case that it is about; none when it is about a conversation or a plan.
    pub case_id: Option<CaseId>,
    /// How many the user has not read.
    pub unread: i64,
}

impl Event for AlertRaised {
    const KIND: &'static str = "alert.raised";
    fn subject(&self) -> Subject {
        Subject::new("alert", self.alert_id)
    }
}

/// A user has read alerts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AlertsRead {
    /// Who.
    pub user_id: UserId,
    /// How many the user has not read.
    pub unread: i64,
}

impl Event for AlertsRead {
    const KIND: &'static str = "alert.read";
    fn subject(&self) -> Subject {
        Subject::new("alert", self.user_id)
    }
}
