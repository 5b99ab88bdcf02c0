//! The frames on the wire, as text.

use axum::extract::ws::Utf8Bytes;
use heard_kernel::Timestamp;
use heard_runtime::StoredEvent;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// A frame that more than one connection may send.
pub(super) type Frame = Utf8Bytes;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Outgoing<'a> {
    Welcome { seq: i64 },
    Pong { seq: i64 },
    Resync { seq: i64 },
    Event { seq: i64, kind: &'a str, subject: Subject<'a>, at: Timestamp, data: &'a Value },
}

#[derive(Serialize)]
struct Subject<'a> {
    kind: &'a str,
    id: Uuid,
}

/// Everything after `seq` will follow.
pub(super) fn welcome(seq: i64) -> Frame {
    text(&Outgoing::Welcome { seq })
}

/// An answer to a ping; everything up to `seq` that concerns the client has been sent before.
pub(super) fn pong(seq: i64) -> Frame {
    text(&Outgoing::Pong { seq })
}

/// Something was left out; everything after `seq` will follow.
pub(super) fn resync(seq: i64) -> Frame {
    text(&Outgoing::Resync { seq })
}

/// An event with its own data or with what an audience may see of it.
pub(super) fn event(event: &StoredEvent, data: Option<&Value>) -> Frame {
    text(&Outgoing::Event {
        seq: event.seq,
        kind: &event.kind,
        subject: Subject { kind: &event.subject_kind, id: event.subject_id },
        at: event.at,
        data: data.unwrap_or(&event.data),
    })
}

/// Any frame. What cannot be written as JSON becomes an empty object, which clients leave alone.
pub(super) fn text(frame: &impl Serialize) -> Frame {
    serde_json::to_string(frame).unwrap_or_else(|_| "{}".to_owned()).into()
}
