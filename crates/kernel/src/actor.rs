//! Who acts, and what they may do.

use std::{collections::BTreeSet, fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Error, Result, codes};

/// Permission to do one kind of thing, such as `conversation.reply`. Slices declare theirs as constants.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Right(pub &'static str);

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The rights that an actor holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RightSet(Arc<BTreeSet<String>>);

impl RightSet {
    /// Whether the set holds `right`.
    pub fn has(&self, right: Right) -> bool {
        self.0.contains(right.0)
    }

    /// The rights that both sets hold: what a token of limited scope may do.
    pub fn intersect(&self, other: &Self) -> Self {
        self.0.intersection(&other.0).cloned().collect()
    }

    /// The names of the rights, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: Into<String>> FromIterator<S> for RightSet {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        Self(Arc::new(names.into_iter().map(Into::into).collect()))
    }
}

/// What kind of actor it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person inside, signed in by browser or token.
    User,
    /// A person outside, known by a visitor token or a channel identity.
    Contact,
    /// The bot.
    Bot,
    /// Heard itself: reactors, deadlines, jobs, the command line.
    System,
}

impl ActorKind {
    /// The word used in storage and events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Contact => "contact",
            Self::Bot => "bot",
            Self::System => "system",
        }
    }

    /// Reads the word used in storage and events.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "user" => Self::User,
            "contact" => Self::Contact,
            "bot" => Self::Bot,
            "system" => Self::System,
            _ => return None,
        })
    }
}

/// Who acts: every command takes one and checks its rights first, so that people, tokens, bots, jobs and imports
/// are all held to the same rules.
#[derive(Clone, Debug)]
pub struct Actor {
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// The user, contact or bot; `None` for the system.
    pub id: Option<Uuid>,
    /// What the actor may do.
    pub rights: RightSet,
    /// Teams that the user belongs to.
    pub team_ids: Arc<[Uuid]>,
    /// Network address that the request came from, for the audit.
    pub address: Option<Arc<str>>,
    /// The session or API token that the actor came by.
    pub credential_id: Option<Uuid>,
    /// All rights are granted: the system and the command line.
    all_rights: bool,
}

impl Actor {
    /// Heard itself, which may do everything.
    pub fn system() -> Self {
        Self { all_rights: true, ..Self::new(ActorKind::System, None, RightSet::default()) }
    }

    /// A user with the rights of their roles.
    pub fn user(id: Uuid, rights: RightSet) -> Self {
        Self::new(ActorKind::User, Some(id), rights)
    }

    /// A contact, who holds no rights; commands meant for contacts check ownership instead.
    pub fn contact(id: Uuid) -> Self {
        Self::new(ActorKind::Contact, Some(id), RightSet::default())
    }

    fn new(kind: ActorKind, id: Option<Uuid>, rights: RightSet) -> Self {
        Self {
            kind,
            id,
            rights,
            team_ids: Arc::new([]),
            address: None,
            credential_id: None,
            all_rights: false,
        }
    }

    /// Whether the actor holds `right`.
    pub fn may(&self, right: Right) -> bool {
        self.all_rights || self.rights.has(right)
    }

    /// # Errors
    /// `forbidden` with the name of the missing right.
    pub fn require(&self, right: Right) -> Result<()> {
        if self.may(right) { Ok(()) } else { Err(Error::new(codes::FORBIDDEN).with("right", right.0)) }
    }

    /// The id of the acting user.
    ///
    /// # Errors
    /// `user_required` when a contact, the bot or the system acts.
    pub fn user_id(&self) -> Result<Uuid> {
        match (self.kind, self.id) {
            (ActorKind::User, Some(id)) => Ok(id),
            _ => Err(Error::new(codes::USER_REQUIRED)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLY: Right = Right("conversation.reply");

    #[test]
    fn a_user_may_only_what_the_roles_grant() {
        let id = Uuid::from_u128(1);
        let actor = Actor::user(id, ["conversation.reply"].into_iter().collect());
        assert!(actor.require(REPLY).is_ok());
        let refused = actor.require(Right("user.manage")).unwrap_err();
        assert_eq!(refused.code().id, "forbidden");
        assert_eq!(refused.params()["right"], "user.manage");
        assert!(Actor::system().may(REPLY));
        assert!(!Actor::contact(id).may(REPLY));
        assert_eq!(Actor::contact(id).user_id().unwrap_err().code().id, "user_required");
    }

    #[test]
    fn a_scope_narrows_rights() {
        let role: RightSet = ["a", "b"].into_iter().collect();
        let scope: RightSet = ["b", "c"].into_iter().collect();
        assert_eq!(role.intersect(&scope).names().collect::<Vec<_>>(), ["b"]);
    }
}
