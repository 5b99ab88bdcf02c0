//! Notices (告知): what the customer is told, made of the parts of a template of the plan.
//!
//! A *draft* is a template with its variables filled; what nobody knows stays a gap `{{?}}` that a person fills. A notice is
//! *sent* only when every mandatory part has words and no gap is left, through a conversation of the case or, recorded, by
//! telephone, letter or another way. It is written in the customer's language unless another is chosen. It is kept as it was sent, with its SHA-256. Acknowledgements and notices of the result
//! count for the stages that ask for them.
//!
//! Events: `case.notice_sent`. Rights: `case.read`, `case.work`, for conversations `conversation.reply`.

mod events;
mod http;
mod model;
mod rules;
mod service;
mod store;

pub use events::NoticeSent;
pub(crate) use http::show;
pub use http::{NoticeView, routes};
pub use model::{Channel, Draft, DraftPart, NewNotice, Notice, NoticeId, NoticePart};
pub(crate) use rules::{instant, text_of};
pub(crate) use service::of_case;
pub use service::{Setting, draft, list, send};
