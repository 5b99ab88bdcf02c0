//! Presence.

use heard_kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::directory::UserId;

/// Whether somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Takes new conversations.
    Online,
    /// There, but takes no new conversations.
    Busy,
    /// Not at the desk.
    Away,
    /// Not there.
    Offline,
}

impl Status {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Busy => "busy",
            Self::Away => "away",
            Self::Offline => "offline",
        }
    }

    pub(crate) fn parse(word: &str) -> Self {
        match word {
            "online" => Self::Online,
            "busy" => Self::Busy,
            "away" => Self::Away,
            _ => Self::Offline,
        }
    }
}

/// The presence of a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Presence {
    /// What they are.
    pub status: Status,
    /// Why they are away.
    #[schema(required = true)]
    pub reason: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// Whether they have a connection.
    pub connected: bool,
}

/// The presence of one of many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct UserPresence {
    /// Who.
    pub user_id: UserId,
    /// Whether they are there.
    pub presence: Presence,
    /// How many open conversations they have.
    pub open_chats: u32,
}

/// A presence as it is stored: what the user chose, and what follows from it and from the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) chosen: Status,
    pub(crate) reason: Option<String>,
    pub(crate) status: Status,
    pub(crate) since: Timestamp,
    pub(crate) connected: bool,
}

impl Standing {
    /// Somebody who was never there.
    pub(crate) fn absent(since: Timestamp) -> Self {
        Self { chosen: Status::Online, reason: None, status: Status::Offline, since, connected: false }
    }

    pub(crate) fn present(self) -> Presence {
        Presence { status: self.status, reason: self.reason, since: self.since, connected: self.connected }
    }

    /// They chose a status. It holds at once; without a connection the next minute decides.
    pub(crate) fn choose(&self, status: Status, reason: Option<String>, now: Timestamp) -> Self {
        let next = Self { chosen: status, reason, status, ..self.clone() };
        self.then(next, now)
    }

    /// They have a connection: they are what they chose.
    pub(crate) fn connect(&self, now: Timestamp) -> Self {
        self.then(Self { connected: true, status: self.chosen, ..self.clone() }, now)
    }

    /// Their last connection is gone. They stay what they are for a while.
    pub(crate) fn disconnect(&self) -> Self {
        Self { connected: false, ..self.clone() }
    }

    /// Nobody came back: they are offline.
    pub(crate) fn give_up(&self, now: Timestamp) -> Self {
        if self.connected {
            self.clone()
        } else {
            self.then(Self { status: Status::Offline, ..self.clone() }, now)
        }
    }

    fn then(&self, next: Self, now: Timestamp) -> Self {
        let same = next.status == self.status && next.reason == self.reason;
        Self { since: if same { self.since } else { now }, ..next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    #[test]
    fn a_short_break_of_the_line_changes_nothing() {
        let busy = Standing::absent(at(0)).connect(at(1)).choose(Status::Busy, None, at(2));
        let back = busy.disconnect().connect(at(30));
        assert_eq!(back, busy);
    }

    #[test]
    fn who_comes_back_is_what_they_chose() {
        let away =
            Standing::absent(at(0)).connect(at(1)).choose(Status::Away, Some("午休".to_owned()), at(2));
        let gone = away.disconnect().give_up(at(62));
        assert_eq!((gone.status, gone.since), (Status::Offline, at(62)));
        let back = gone.connect(at(100));
        assert_eq!((back.status, back.reason.as_deref()), (Status::Away, Some("午休")));
    }

    #[test]
    fn who_is_connected_is_not_given_up() {
        let online = Standing::absent(at(0)).connect(at(1));
        assert_eq!(online.give_up(at(90)), online);
    }

    #[test]
    fn who_chose_offline_stays_so() {
        let off = Standing::absent(at(0)).connect(at(1)).choose(Status::Offline, None, at(2));
        assert_eq!(off.disconnect().connect(at(9)).status, Status::Offline);
    }
}
