//! Uploads and attachments.

use heard_kernel::{Actor, ActorKind, Result, Timestamp};
use heard_store::{FromRow, Json, Row, id_type};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::kinds;

id_type!(
    /// Names an upload.
    UploadId
);
id_type!(
    /// Names an attachment.
    AttachmentId
);

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Goes with a message.
    Message,
    /// Shows a user.
    Avatar,
    /// A logo; public.
    Branding,
    /// Proof in a case.
    Evidence,
}

impl Purpose {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Avatar => "avatar",
            Self::Branding => "branding",
            Self::Evidence => "evidence",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "avatar" => Self::Avatar,
            "branding" => Self::Branding,
            "evidence" => Self::Evidence,
            _ => Self::Message,
        }
    }
}

/// Who sent a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Owner {
    /// What kind of actor.
    pub kind: ActorKind,
    /// Which one; nil for the system.
    pub id: Uuid,
}

impl Owner {
    /// The actor as the owner of a file.
    pub fn of(actor: &Actor) -> Self {
        Self { kind: actor.kind, id: actor.id.unwrap_or_default() }
    }
}

/// A file on its way.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// File name as the sender gave it, cleaned.
    pub name: String,
    /// Bytes that were announced.
    pub size: u64,
    /// Bytes that have arrived; the next chunk starts here.
    pub offset: u64,
    /// The attachment, once all bytes have arrived.
    #[schema(required = true)]
    pub attachment: Option<Attachment>,
}

/// A stored file, as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// File name.
    pub name: String,
    /// Media type, found from the content.
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the content, in hexadecimal.
    pub sha256: String,
    /// Width in pixels, of an image.
    #[schema(required = true)]
    pub width: Option<u32>,
    /// Height in pixels, of an image.
    #[schema(required = true)]
    pub height: Option<u32>,
    /// Whether there is a thumbnail.
    pub has_thumbnail: bool,
    /// Whether a browser may show it in the page.
    pub inline: bool,
}

/// A stored file with what decides who may see it.
#[derive(Clone, Debug)]
pub struct StoredAttachment {
    /// As it is shown.
    pub attachment: Attachment,
    /// What it is for.
    pub purpose: Purpose,
    /// The conversation that it belongs to.
    pub conversation_id: Option<Uuid>,
    /// The message that it goes with; absent until the message is sent.
    pub message_id: Option<Uuid>,
    /// Who sent it.
    pub owner: Owner,
    /// SHA-256 of the thumbnail.
    pub thumbnail_sha256: Option<String>,
    /// When it was stored.
    pub created_at: Timestamp,
}

/// Columns in the order of [`StoredAttachment::from_row`].
pub(super) const ATTACHMENT_COLUMNS: &str = "id, name, kind, size, sha256, width, height, thumbnail_sha256, purpose, \
     conversation_id, message_id, owner_kind, owner_id, created_at";

impl FromRow for StoredAttachment {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let kind: String = row.get(2)?;
        let thumbnail_sha256: Option<String> = row.get(7)?;
        Ok(Self {
            attachment: Attachment {
                id: row.get(0)?,
                name: row.get(1)?,
                inline: kinds::is_inline(&kind),
                kind,
                size: row.get(3)?,
                sha256: row.get(4)?,
                width: row.get(5)?,
                height: row.get(6)?,
                has_thumbnail: thumbnail_sha256.is_some(),
            },
            purpose: Purpose::parse(&row.get::<String>(8)?),
            conversation_id: row.get(9)?,
            message_id: row.get(10)?,
            owner: owner(&row.get::<String>(11)?, row.get(12)?),
            thumbnail_sha256,
            created_at: row.get(13)?,
        })
    }
}

/// An upload as it is stored.
#[derive(Clone, Debug)]
pub(super) struct StoredUpload {
    pub(super) id: UploadId,
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) received: u64,
    pub(super) purpose: Purpose,
    pub(super) conversation_id: Option<Uuid>,
    pub(super) owner: Owner,
    pub(super) kinds: Vec<String>,
    pub(super) attachment_id: Option<AttachmentId>,
}

pub(super) const UPLOAD_COLUMNS: &str =
    "id, name, size, received, purpose, conversation_id, owner_kind, owner_id, kinds, attachment_id";

impl FromRow for StoredUpload {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            size: row.get(2)?,
            received: row.get(3)?,
            purpose: Purpose::parse(&row.get::<String>(4)?),
            conversation_id: row.get(5)?,
            owner: owner(&row.get::<String>(6)?, row.get(7)?),
            kinds: row.get::<Json<Vec<String>>>(8)?.0,
            attachment_id: row.get(9)?,
        })
    }
}

fn owner(kind: &str, id: Uuid) -> Owner {
    Owner { kind: ActorKind::parse(kind).unwrap_or(ActorKind::System), id }
}
