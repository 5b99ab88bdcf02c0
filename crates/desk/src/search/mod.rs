//! Search (搜索): messages, contacts and users by what they say or are called, within what one may see.
//!
//! Other crates bring kinds of their own by [`add_kind`]. The index follows the log; it holds no text that could be shown, so what is found is read again and the asker's view
//! of it decides. Rights: `conversation.read` for messages, `contact.read` for contacts.

mod http;
mod kinds;
mod service;
mod source;

use std::sync::OnceLock;

use heard_kernel::Result;
use heard_runtime::Ctx;
use heard_search::Index;
use uuid::Uuid;

pub(crate) use http::routes;
pub use kinds::{FoundText, Kind, add_kind};
pub use source::Documents;

/// The scope of contacts, which everybody with the right to see contacts may find.
const CONTACTS: Uuid = Uuid::from_u128(1);
/// The scope of users, whom everybody inside may find.
const USERS: Uuid = Uuid::from_u128(2);

#[derive(Default)]
struct Shared(OnceLock<Index>);

/// Opens the index in the data directory, for requests and for [`heard_search::follow`].
///
/// # Errors
/// `search_unavailable` when the folder cannot be written.
pub fn open(ctx: &Ctx) -> Result<Index> {
    let index = Index::open(&ctx.config().storage.data.join("search"))?;
    Ok(ctx.shared::<Shared>().0.get_or_init(|| index).clone())
}

fn index(ctx: &Ctx) -> Result<Index> {
    let shared = ctx.shared::<Shared>();
    shared.0.get().cloned().ok_or_else(|| heard_kernel::Error::new(heard_search::SEARCH_UNAVAILABLE))
}
