//! Settings: what an administrator sets about the organisation, and the mail account. There are none before the first
//! run, and there is one set of them after it.

mod events;
pub mod http;
mod model;
mod service;
mod store;

pub use events::SettingsUpdated;
pub(crate) use model::{Document, within};
pub use model::{
    EMAIL_INVALID, MailSecurity, MailSettings, OUT_OF_RANGE, Settings, URL_INVALID, clean_email,
    clean_time_zone,
};
pub(crate) use service::heard;
pub use service::{apply, current, find, forget, mail_password, stored};
pub(crate) use store::{insert, lock};
