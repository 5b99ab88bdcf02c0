//! Contacts (客户): the people who are served, and by what they are recognised (身份).
//!
//! An identity stands for one contact at most: e-mail, phone and external id everywhere, a visitor's token and an openid
//! within their inbox. A visitor who turns out to be somebody known becomes part of that contact.
//!
//! Events: `contact.updated`, `contact.absorbed`. Rights: `contact.read`, `contact.manage`.

mod events;
mod http;
mod model;
mod query;
mod rules;
mod service;
pub(crate) mod store;

pub use events::{ContactAbsorbed, ContactUpdated};
pub use http::{ContactView, routes};
pub use model::{
    Claim, Contact, ContactId, Identity, IdentityId, IdentityKind, Profile, Track, TrackId, display_name,
};
pub use query::{Known, list, one, tracks};
pub use rules::{CONTACT_BLOCKED, PHONE_INVALID};
pub use service::{Patch, arrive, create, find, identify, labels, names, resolve, touch, track, update};
pub use store::ContactSort;

pub(crate) use rules::{check_words, clean_page_url, optional_name};
pub(crate) use service::{get, hold, known_as};
