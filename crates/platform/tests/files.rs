//! Uploading, sealing and linking files on both engines.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use bytes::Bytes;
use heard_kernel::Actor;
use heard_platform::{
    MIGRATIONS,
    files::{
        NewUpload, Purpose, append_chunk, attachment, attachments_of_messages, codes, link_to_message,
        start_upload, store_bytes, upload,
    },
};
use heard_runtime::Ctx;
use heard_testkit::{TestDb, on_both_engines};
use uuid::Uuid;

fn new(name: &str, size: u64) -> NewUpload {
    NewUpload {
        name: name.into(),
        size,
        purpose: Purpose::Message,
        conversation_id: None,
        limit: 1_000_000,
        kinds: Vec::new(),
    }
}

async fn world(db: &TestDb) -> Ctx {
    db.ctx(&[heard_runtime::MIGRATIONS, MIGRATIONS].concat()).await
}

fn visitor(n: u128) -> Actor {
    Actor::contact(Uuid::from_u128(n))
}

async fn a_file_arrives_in_chunks_over_a_bad_line(db: TestDb) {
    let ctx = world(&db).await;
    let me = visitor(1);
    let started = start_upload(&ctx, &me, new("说明.txt", 11)).await.unwrap();
    append_chunk(&ctx, &me, started.id, 0, Bytes::from_static(b"hello ")).await.unwrap();
    let again = append_chunk(&ctx, &me, started.id, 0, Bytes::from_static(b"hello ")).await.unwrap_err();
    assert!(again.is(codes::UPLOAD_OFFSET_MISMATCH));
    assert_eq!(again.params()["offset"], 6);
    assert_eq!(upload(&ctx, &me, started.id).await.unwrap().offset, 6);
    let done = append_chunk(&ctx, &me, started.id, 6, Bytes::from_static(b"world")).await.unwrap();
    let shown = done.attachment.unwrap();
    assert_eq!((shown.kind.as_str(), shown.size, shown.inline), ("text/plain", 11, false));
    assert_eq!(shown.sha256, "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9");
    let repeated = append_chunk(&ctx, &me, started.id, 11, Bytes::new()).await.unwrap();
    assert_eq!(repeated.attachment.unwrap().id, shown.id, "the last chunk may be repeated");
}

async fn strangers_and_lies_are_refused(db: TestDb) {
    let ctx = world(&db).await;
    let me = visitor(1);
    let started = start_upload(&ctx, &me, new("a", 4)).await.unwrap();
    assert_eq!(upload(&ctx, &visitor(2), started.id).await.unwrap_err().code().status, 404);
    let over = append_chunk(&ctx, &me, started.id, 0, Bytes::from_static(b"12345")).await.unwrap_err();
    assert!(over.is(codes::ATTACHMENT_TOO_LARGE));
    assert!(start_upload(&ctx, &me, new("b", 2_000_000)).await.unwrap_err().is(codes::ATTACHMENT_TOO_LARGE));
    assert!(start_upload(&ctx, &me, new("b", 0)).await.unwrap_err().is(codes::ATTACHMENT_EMPTY));
    let program = Bytes::from([b"\x7fELF\x02\x01\x01".as_slice(), &[0; 64]].concat());
    let refused = store_bytes(&ctx, &me, new("cute.png", 0), program).await.unwrap_err();
    assert!(refused.is(codes::ATTACHMENT_KIND_REFUSED), "{refused:?}");
}

async fn an_attachment_goes_with_one_message_of_its_owner(db: TestDb) {
    let ctx = world(&db).await;
    let me = visitor(1);
    let shown =
        store_bytes(&ctx, &me, new("../a\u{202E}.txt", 0), Bytes::from_static(b"text")).await.unwrap();
    assert_eq!(shown.name, ".._a.txt");
    let (conversation, message) = (Uuid::from_u128(7), Uuid::from_u128(8));
    let id = shown.id;
    let stolen =
        ctx.tx(&visitor(2), async move |tx| link_to_message(tx, &[id], conversation, message).await).await;
    assert!(stolen.unwrap_err().is(codes::ATTACHMENT_NOT_USABLE));
    ctx.tx(&me, async move |tx| link_to_message(tx, &[id], conversation, message).await).await.unwrap();
    let twice = ctx.tx(&me, async move |tx| link_to_message(tx, &[id], conversation, message).await).await;
    assert!(twice.unwrap_err().is(codes::ATTACHMENT_NOT_USABLE));
    let found = ctx.read(async move |tx| attachments_of_messages(tx, &[message]).await).await.unwrap();
    assert_eq!(found[&message], [shown]);
    assert_eq!(attachment(&ctx, id).await.unwrap().conversation_id, Some(conversation));
}

on_both_engines!(
    a_file_arrives_in_chunks_over_a_bad_line,
    strangers_and_lies_are_refused,
    an_attachment_goes_with_one_message_of_its_owner,
);
