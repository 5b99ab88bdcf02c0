//! Who may grant what.

use heard_kernel::{Actor, ActorKind, Code, Error, Result};

/// This would give, or act on somebody who holds, a right that the actor does not hold (`params.right`).
pub const RIGHTS_EXCEEDED: Code = Code::new("rights_exceeded", 403);

/// Checks that the actor holds every one of these rights.
///
/// # Errors
/// `rights_exceeded` with the first right that is missing.
pub fn covers<'a>(actor: &Actor, rights: impl IntoIterator<Item = &'a str>) -> Result<()> {
    if actor.kind == ActorKind::System {
        return Ok(());
    }
    let missing = rights.into_iter().find(|right| !actor.rights.names().any(|held| held == *right));
    match missing {
        Some(right) => Err(Error::new(RIGHTS_EXCEEDED).with("right", right)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nobody_grants_what_they_do_not_hold() {
        let actor = Actor::user(Uuid::from_u128(1), ["user.manage", "user.read"].into_iter().collect());
        assert!(covers(&actor, ["user.read"]).is_ok());
        let refused = covers(&actor, ["user.read", "audit.read"]).unwrap_err();
        assert_eq!(refused.params()["right"], "audit.read");
        assert!(covers(&Actor::system(), ["audit.read"]).is_ok());
        assert!(covers(&Actor::contact(Uuid::from_u128(1)), ["audit.read"]).is_err());
    }
}
