//! Putting a dossier together.

use std::sync::LazyLock;

use heard_desk::{conversations::ConversationId, messages::transcript};
use heard_kernel::{Actor, Error, Locale, Result, codes};
use heard_platform::files::{self, blocking};
use heard_runtime::Ctx;
use tokio::sync::Semaphore;

use super::{
    events::DossierTaken,
    gather::{Gathered, gather},
    model::{Dossier, Held, LeftOut, LeftReason, Line, MANIFEST, Manifest, Origin, Packed, Role},
    names::safe,
    pack::{Archive, Pack},
    page::{self, readme},
};
use crate::{
    cases::{self, CaseId, EvidenceView},
    ground::sha256,
    progress,
};

/// Dossiers that are written at the same time, so that disk and processor stay free for others.
static WRITING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

pub(super) const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Takes out a dossier as one document.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(super) async fn document(ctx: &Ctx, actor: &Actor, locale: Locale, id: CaseId) -> Result<Vec<u8>> {
    let found = gather(ctx, actor, locale, id, false).await?;
    let text = serde_json::to_string(&found.dossier).map_err(Error::internal)?;
    let bytes = progress::blanked(&text, locale).into_owned().into_bytes();
    tell(ctx, actor, id, "json", false, 1, sha256(&bytes)).await?;
    Ok(bytes)
}

/// Takes out the page of a dossier alone.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(super) async fn page(ctx: &Ctx, actor: &Actor, locale: Locale, id: CaseId) -> Result<Vec<u8>> {
    let found = gather(ctx, actor, locale, id, false).await?;
    let html = page::html(&found, &Packed { alone: true, ..Packed::default() }, &[]);
    let bytes = progress::blanked(&html, locale).into_owned().into_bytes();
    tell(ctx, actor, id, "html", false, 1, sha256(&bytes)).await?;
    Ok(bytes)
}

/// Takes out a dossier as an archive, with its number for people.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub(super) async fn archive(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    id: CaseId,
    notes: bool,
) -> Result<(String, Archive)> {
    // Asked before standing in line: who may not is told at once.
    actor.require(crate::rights::EXPORT)?;
    let _permit = WRITING.acquire().await.map_err(Error::internal)?;
    let mut found = gather(ctx, actor, locale, id, notes).await?;
    let number = found.dossier.case.case.number.clone();
    let folder = ctx.config().storage.data.clone();
    let made = found.dossier.made_at.to_jiff().to_zoned(found.zone.clone());
    let mut pack = blocking(move || Pack::begin(&folder, &made, locale)).await?;
    let mut packed = Packed::default();
    for (index, piece) in found.dossier.case.evidence.clone().into_iter().enumerate() {
        pack = evidence(ctx, pack, &mut packed, &found, index + 1, piece).await?;
    }
    found.dossier.notes = false;
    for conversation in found.dossier.case.conversations.clone() {
        let kept = transcript::keep(ctx, actor, locale, conversation.id, notes, place).await;
        match kept {
            Ok(kept) => {
                found.dossier.notes |= kept.notes;
                pack = hold(ctx, pack, &mut packed, conversation.id, kept).await?;
            }
            Err(error) if error.is(codes::FORBIDDEN) || error.is(codes::NOT_FOUND) => {
                packed.left.push(LeftOut {
                    role: Role::Transcript,
                    id: conversation.id.0,
                    name: conversation.no.map(|no| format!("#{no}")).unwrap_or_default(),
                    reason: LeftReason::NotAllowed,
                    sha256: None,
                });
            }
            Err(error) => return Err(error),
        }
    }
    let with_notes = found.dossier.notes;
    let archive = blocking(move || finish(pack, &found, &packed)).await?;
    tell(ctx, actor, id, "zip", with_notes, archive.files, archive.sha256.clone()).await?;
    Ok((number, archive))
}

/// Notes in the log, and so in the audit, that a dossier was taken out.
async fn tell(
    ctx: &Ctx,
    actor: &Actor,
    id: CaseId,
    format: &'static str,
    notes: bool,
    files: usize,
    sha256: String,
) -> Result<()> {
    ctx.tx(actor, async move |tx| {
        let (case, _) = cases::visible(tx, tx.actor(), id).await?;
        let (format, sha256) = (format.to_owned(), sha256.clone());
        tx.emit(&DossierTaken { standing: (&case).into(), format, notes, files, sha256 })
    })
    .await
}

/// Where a file of a conversation lies, as seen from its transcript.
fn place(no: i64, index: usize, file: &files::Attachment) -> String {
    format!("{no}/{index:02}-{}", safe(&file.name))
}

async fn evidence(
    ctx: &Ctx,
    mut pack: Pack,
    packed: &mut Packed,
    found: &Gathered,
    number: usize,
    piece: EvidenceView,
) -> Result<Pack> {
    let id = piece.id.0;
    let left = |reason: LeftReason, piece: &EvidenceView| LeftOut {
        role: Role::Evidence,
        id,
        name: piece.name.clone(),
        reason,
        sha256: Some(piece.sha256.clone()),
    };
    if piece.removed_at.is_some() || found.recalled.contains(&id) {
        let removed = piece.removed_at.is_some();
        packed.left.push(left(if removed { LeftReason::Removed } else { LeftReason::Recalled }, &piece));
        return Ok(pack);
    }
    let path = format!("evidence/{number:02}-{}", safe(&piece.name));
    let source = files::at_hand(ctx, &piece.sha256).await?;
    let (inside, kept) = (path.clone(), piece.clone());
    let (back, intact) = blocking(move || {
        let origin = |intact: bool| Origin::Evidence {
            id,
            name: kept.name.clone(),
            note: kept.note.clone(),
            given_by: kept.given_by.as_str(),
            added_at: kept.added_at,
            added_by: kept.added_by.as_ref().map(|user| user.name.clone()),
            message_id: kept.message_id.map(|message| message.0),
            recorded_sha256: kept.sha256.clone(),
            intact,
        };
        let intact = pack.copy(&inside, Role::Evidence, &kept.kind, &source, origin, &kept.sha256)?;
        Ok((pack, intact))
    })
    .await?;
    match intact {
        Some(intact) => {
            packed.evidence.insert(id, (path, intact));
        }
        None => packed.left.push(left(LeftReason::Missing, &piece)),
    }
    Ok(back)
}

/// Lays a transcript with its files into the archive.
async fn hold(
    ctx: &Ctx,
    pack: Pack,
    packed: &mut Packed,
    id: ConversationId,
    kept: transcript::Kept,
) -> Result<Pack> {
    let mut sources = Vec::with_capacity(kept.files.len());
    for one in &kept.files {
        sources.push(files::at_hand(ctx, &one.file.sha256).await?);
    }
    let (html, text) = (format!("conversations/{}.html", kept.no), format!("conversations/{}.txt", kept.no));
    let held = Held {
        id: id.0,
        no: kept.no,
        subject: kept.subject.clone(),
        html: html.clone(),
        text: text.clone(),
        files: kept.files.len(),
    };
    let (pack, left) = blocking(move || {
        let (mut pack, mut left) = (pack, Vec::new());
        let origin = || Origin::Conversation { id: id.0, no: kept.no, notes: kept.notes };
        pack.add(&html, Role::Transcript, HTML, origin(), &kept.html)?;
        pack.add(&text, Role::Transcript, TEXT, origin(), &kept.text)?;
        for (one, source) in kept.files.iter().zip(&sources) {
            let path = format!("conversations/{}", one.path);
            let origin = |intact: bool| Origin::Message {
                conversation_no: one.conversation_no,
                message_no: one.message_no,
                author: one.author.clone(),
                at: one.at,
                name: one.file.name.clone(),
                recorded_sha256: one.file.sha256.clone(),
                intact,
            };
            let copied =
                pack.copy(&path, Role::Attachment, &one.file.kind, source, origin, &one.file.sha256)?;
            if copied.is_none() {
                left.push(LeftOut {
                    role: Role::Attachment,
                    id: one.file.id.0,
                    name: one.file.name.clone(),
                    reason: LeftReason::Missing,
                    sha256: Some(one.file.sha256.clone()),
                });
            }
        }
        Ok((pack, left))
    })
    .await?;
    packed.left.extend(left);
    packed.conversations.push(held);
    Ok(pack)
}

/// Adds what is written from the record, and the lists of all files.
fn finish(mut pack: Pack, found: &Gathered, packed: &Packed) -> Result<Archive> {
    let dossier: &Dossier = &found.dossier;
    pack.add_json("case.json", Role::Record, dossier)?;
    let mut lines = String::new();
    for entry in &found.timeline {
        let line = Line { text: page::said(found, entry).unwrap_or_default(), entry: entry.clone() };
        lines.push_str(&serde_json::to_string(&line).map_err(Error::internal)?);
        lines.push('\n');
    }
    pack.add("timeline.jsonl", Role::Timeline, "application/jsonl", Origin::Record, &lines)?;
    let html = page::html(found, packed, &pack.files);
    pack.add("index.html", Role::Page, HTML, Origin::Record, &html)?;
    pack.add("README.txt", Role::Readme, TEXT, Origin::Record, &readme::text(dossier))?;
    pack.files.sort_by(|a, b| a.path.cmp(&b.path));
    let manifest = Manifest {
        schema: MANIFEST,
        case: &dossier.case.case.number,
        product: &dossier.product,
        organization: &dossier.organization,
        made_at: dossier.made_at,
        made_by: dossier.made_by.as_ref(),
        notes: dossier.notes,
        files: &pack.files,
        left_out: &packed.left,
    };
    let mut manifest = serde_json::to_vec_pretty(&manifest).map_err(Error::internal)?;
    manifest.push(b'\n');
    let mut sums = String::new();
    for file in &pack.files {
        sums.push_str(&format!("{}  {}\n", file.sha256, file.path));
    }
    sums.push_str(&format!("{}  manifest.json\n", sha256(&manifest)));
    pack.beside("manifest.json", &manifest)?;
    pack.beside("SHA256SUMS", sums.as_bytes())?;
    pack.finish()
}
