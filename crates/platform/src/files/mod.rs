//! Files (附件): resumable uploads, content-addressed storage, thumbnails, safe delivery.
//!
//! A file arrives in chunks as an *upload*; complete, it is named by its SHA-256, its kind is found from its content,
//! and it becomes an *attachment*. The content lies in the data directory as `files/ab/cd/<sha256>` and never changes,
//! so a backup may copy it at any time. With an S3-compatible store configured it lies there under the same name, and the
//! disk holds copies of what was used lately. Who may see an attachment is decided by the slice that owns its conversation.

mod blobs;
mod bucket;
mod kinds;
mod log;
mod model;
mod serve;
mod service;
mod store;
mod sweep;
mod thumbnail;

pub use blobs::Blobs;
pub use bucket::Bucket;
pub use heard_logs::{LogPage, Question as LogQuestion};
pub use kinds::{is_inline, matches_any};
pub use log::read_log;
pub use model::{Attachment, AttachmentId, Owner, Purpose, StoredAttachment, Upload, UploadId};
pub use serve::{Delivery, at_hand, serve};
pub(crate) use service::check_avatar;
pub use service::{
    NewUpload, append_chunk, attachment, attachments_of_messages, blocking, cancel_upload, codes, keep,
    link_to_message, start_upload, store_bytes, stored, upload,
};
pub use sweep::{Sweep, SweepDue, schedule};

pub(crate) use store::contents;
