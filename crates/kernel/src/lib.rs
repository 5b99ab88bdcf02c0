//! The words that every part of Heard shares: ids, time, who acts, what they may do, how things fail, how lists page.
//!
//! No I/O and no async here, so that rules can be tested without a world around them.

mod actor;
pub mod calendar;
pub mod clock_policy;
mod error;
mod ids;
mod locale;
pub mod misfit;
mod money;
mod paging;
mod text;
mod time;

pub use actor::{Actor, ActorKind, Right, RightSet};
pub use error::{Code, Error, FieldError, Result, codes};
pub use ids::{Ids, RandomIds, SeededIds};
pub use locale::Locale;
pub use money::{USUAL_CURRENCY, currency_places, is_currency, money, plain_amount};
pub use paging::{Cursor, Page, PageRequest};
pub use text::{REQUIRED, TOO_LONG, clean_name, clean_text, escape_html, fold_key, preview};
pub use time::{Clock, FixedClock, SystemClock, Timestamp};
