//! Users and teams as others see them.

use heard_kernel::{Actor, ActorKind, Locale, fold_key};
use heard_store::id_type;
use pinyin::ToPinyin as _;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

id_type!(
    /// Names a user.
    UserId
);
id_type!(
    /// Names a team or department.
    TeamId
);

/// The user who acts, if it is one.
pub fn acting_user(actor: &Actor) -> Option<UserId> {
    actor.id.filter(|_| actor.kind == ActorKind::User).map(UserId)
}

/// A user where one is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UserRef {
    /// Which one.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// The picture.
    #[schema(required = true)]
    pub avatar_attachment_id: Option<Uuid>,
}

/// A team or department where one is mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TeamRef {
    /// Which one.
    pub id: TeamId,
    /// The name that is shown.
    pub name: String,
    /// Whether it serves contacts or solves cases.
    pub kind: TeamKind,
}

/// What a team is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TeamKind {
    /// Agents who share queues.
    Team,
    /// A department that solves cases.
    Department,
}

impl TeamKind {
    /// The word used in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Team => "team",
            Self::Department => "department",
        }
    }

    /// Reads the word used in storage.
    pub fn parse(word: &str) -> Self {
        if word == "department" { Self::Department } else { Self::Team }
    }
}

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// May sign in.
    Active,
    /// May not sign in; what they did stays under their name.
    Disabled,
}

impl UserState {
    /// The word used in storage.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// Reads the word used in storage.
    pub fn parse(word: &str) -> Self {
        if word == "active" { Self::Active } else { Self::Disabled }
    }
}

/// A user to be stored. Names and addresses are clean already.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Which id it gets.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The language of the console.
    pub locale: Locale,
    /// An IANA time zone.
    pub time_zone: String,
}

/// A team to be stored. The name is clean already.
#[derive(Clone, Debug)]
pub struct NewTeam {
    /// Which id it gets.
    pub id: TeamId,
    /// The name that is shown.
    pub name: String,
    /// What it is for.
    pub kind: TeamKind,
    /// What people should know about it.
    pub description: String,
    /// Who leads it.
    pub lead_id: Option<UserId>,
    /// Who belongs to it.
    pub member_ids: Vec<UserId>,
}

/// A key that sorts Chinese names by pinyin among Latin ones: each character becomes its syllable with the tone, and the
/// name itself stands behind, so that homophones keep an order.
pub fn sort_key(name: &str) -> String {
    let folded = fold_key(name);
    let mut key = String::with_capacity(folded.len() * 3);
    for c in folded.chars() {
        match c.to_pinyin() {
            Some(syllable) => {
                key.push_str(syllable.with_tone_num_end());
                key.push(' ');
            }
            None => key.push(c),
        }
    }
    key.push('\u{1}');
    key.push_str(&folded);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_pinyin() {
        let mut names = ["张伟", "Bob", "李娜", "阿强", "王芳", "alice", "李纳"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["阿强", "alice", "Bob", "李娜", "李纳", "王芳", "张伟"]);
        assert_ne!(sort_key("李娜"), sort_key("李纳"));
    }
}
