//! Kinds of things that other crates bring to the search.

use std::sync::{Arc, PoisonError, RwLock};

use heard_kernel::{Actor, Locale};
use heard_runtime::{Ctx, LocalFuture};
use heard_search::Hit;
use heard_store::Tx;
use uuid::Uuid;

/// What is shown of something that was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FoundText {
    /// What it is called.
    pub title: String,
    /// The text in which the words are looked for.
    pub text: String,
}

/// A kind of things that can be found.
pub trait Kind: Send + Sync + 'static {
    /// Its word in the index and in the API.
    fn kind(&self) -> &'static str;

    /// The scopes in which an actor may find such things; none when they may find nothing.
    fn scopes(&self, actor: &Actor) -> Vec<Uuid>;

    /// What of a find an actor may see; nothing when it is gone, or not for them.
    fn shown<'a>(
        &'a self,
        tx: &'a Tx<'a>,
        actor: &'a Actor,
        hit: &'a Hit,
        locale: Locale,
    ) -> LocalFuture<'a, Option<FoundText>>;
}

#[derive(Default)]
struct Kinds(RwLock<Vec<Arc<dyn Kind>>>);

/// Adds a kind to the search of this process.
pub fn add_kind(ctx: &Ctx, kind: impl Kind) {
    let kinds = ctx.shared::<Kinds>();
    let mut known = kinds.0.write().unwrap_or_else(PoisonError::into_inner);
    known.retain(|earlier| earlier.kind() != kind.kind());
    known.push(Arc::new(kind));
}

/// The kinds that other crates brought.
pub(super) fn kinds(ctx: &Ctx) -> Vec<Arc<dyn Kind>> {
    ctx.shared::<Kinds>().0.read().unwrap_or_else(PoisonError::into_inner).clone()
}
