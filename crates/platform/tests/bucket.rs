//! Attachments in an S3-compatible store: a real one, which checks signatures and keeps objects in a folder.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, StatusCode, header::RANGE},
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use heard_kernel::{Actor, Error, SeededIds};
use heard_platform::{
    MIGRATIONS,
    backup::{Contents, backup, restore},
    files::{
        Attachment, Bucket, Delivery, NewUpload, Purpose, Sweep, append_chunk, attachment, codes, serve,
        start_upload, store_bytes, upload,
    },
};
use heard_runtime::{Config, Ctx, Registry, Spine, config::Storage};
use heard_testkit::{TestDb, base_config};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use uuid::Uuid;

const SECRET: &str = "wJalrXUtnFEMI";

/// A store with the bucket `heard`.
struct Store {
    dir: tempfile::TempDir,
    endpoint: String,
    down: Arc<AtomicBool>,
}

impl Store {
    async fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("heard")).unwrap();
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(dir.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("keeper", SECRET));
        let service = builder.build();
        let down = Arc::new(AtomicBool::new(false));
        let app = Router::new().fallback({
            let down = Arc::clone(&down);
            async move |request: Request| -> Response {
                if down.load(Ordering::SeqCst) {
                    return StatusCode::SERVICE_UNAVAILABLE.into_response();
                }
                tower::Service::call(&mut service.clone(), request).await.unwrap().map(Body::new)
            }
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        Self { dir, endpoint, down }
    }

    fn storage(&self, data: &Path) -> Storage {
        Storage {
            data: data.to_owned(),
            s3_endpoint: self.endpoint.clone(),
            s3_bucket: "heard".into(),
            s3_access_key: "keeper".into(),
            s3_secret_key: Some(SECRET.into()),
            ..base_config().storage
        }
    }

    fn object(&self, sha256: &str) -> PathBuf {
        place(&self.dir.path().join("heard"), sha256)
    }
}

fn place(root: &Path, sha256: &str) -> PathBuf {
    root.join("files").join(&sha256[..2]).join(&sha256[2..4]).join(sha256)
}

/// A process that keeps its attachments in a store.
async fn process(db: &TestDb, storage: Storage) -> Ctx {
    db.db.migrate(&[heard_runtime::MIGRATIONS, MIGRATIONS].concat()).await.unwrap();
    let config = Config { storage, ..base_config() };
    Ctx::new(db.db.clone(), db.clock.clone(), Arc::new(SeededIds::new(7)), Arc::new(config))
}

fn me() -> Actor {
    Actor::contact(Uuid::from_u128(1))
}

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

async fn stored(ctx: &Ctx, text: &'static str) -> Attachment {
    store_bytes(ctx, &me(), new("说明.txt", 0), Bytes::from_static(text.as_bytes())).await.unwrap()
}

async fn read(ctx: &Ctx, shown: &Attachment, range: Option<&str>) -> Result<Bytes, Error> {
    let known = attachment(ctx, shown.id).await.unwrap();
    let headers = HeaderMap::from_iter(range.map(|range| (RANGE, range.parse().unwrap())));
    let answer = serve(ctx, &known, Delivery::Original, &headers).await?;
    Ok(to_bytes(answer.into_body(), usize::MAX).await.unwrap())
}

async fn sweep(ctx: &Ctx) {
    ctx.tx(&Actor::system(), async |tx| tx.enqueue(&Sweep).await).await.unwrap();
    let mut registry = Registry::default();
    registry.job(Sweep);
    Spine::new(ctx.clone(), registry).settle().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn contents_go_to_the_store_and_come_back() {
    let (db, store) = (TestDb::sqlite().await, Store::start().await);
    let ctx = process(&db, store.storage(db.dir.path())).await;
    let shown = stored(&ctx, "hello world").await;
    let (copy, object) = (place(db.dir.path(), &shown.sha256), store.object(&shown.sha256));
    assert_eq!(fs::read(&object).unwrap(), b"hello world");
    // Another node, or this one after its disk was lost.
    fs::remove_file(&copy).unwrap();
    assert_eq!(read(&ctx, &shown, Some("bytes=6-8")).await.unwrap(), "wor");
    assert_eq!(fs::read(&copy).unwrap(), b"hello world", "it was fetched once");
    fs::remove_file(&copy).unwrap();
    fs::write(&object, "other bytes").unwrap();
    let damaged = read(&ctx, &shown, None).await.unwrap_err();
    assert!(damaged.is(heard_kernel::codes::STORAGE_DAMAGED) && !copy.exists(), "{damaged:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_copies_go_and_what_is_forgotten_goes_everywhere() {
    let (db, store) = (TestDb::sqlite().await, Store::start().await);
    let ctx = process(&db, store.storage(db.dir.path())).await;
    let shown = stored(&ctx, "kept").await;
    let (copy, object) = (place(db.dir.path(), &shown.sha256), store.object(&shown.sha256));
    let came = UNIX_EPOCH + Duration::from_millis(ctx.now().millis().try_into().unwrap());
    fs::File::options().write(true).open(&copy).unwrap().set_modified(came).unwrap();
    // Stored before there was a store: it is brought there before the copy goes.
    fs::remove_file(&object).unwrap();
    db.clock.set(ctx.now().plus_seconds(6 * 86_400));
    sweep(&ctx).await;
    assert!(copy.exists() && !object.exists(), "used lately");
    db.clock.set(ctx.now().plus_seconds(2 * 86_400));
    sweep(&ctx).await;
    assert!(!copy.exists() && object.exists());
    assert_eq!(read(&ctx, &shown, None).await.unwrap(), "kept");
    db.clock.set(ctx.now().plus_seconds(40 * 86_400));
    sweep(&ctx).await;
    assert!(!copy.exists() && !object.exists(), "nobody sent it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_in_trouble_loses_nothing_and_says_what_is_wrong() {
    let (db, store) = (TestDb::sqlite().await, Store::start().await);
    let ctx = process(&db, store.storage(db.dir.path())).await;
    let started = start_upload(&ctx, &me(), new("a.txt", 5)).await.unwrap();
    store.down.store(true, Ordering::SeqCst);
    let failed = append_chunk(&ctx, &me(), started.id, 0, Bytes::from_static(b"hello")).await.unwrap_err();
    assert!(failed.is(codes::FILE_STORE_UNREACHABLE), "{failed:?}");
    let standing = upload(&ctx, &me(), started.id).await.unwrap();
    assert_eq!((standing.offset, standing.attachment), (5, None), "nothing is acknowledged, nothing is lost");
    store.down.store(false, Ordering::SeqCst);
    let done = append_chunk(&ctx, &me(), started.id, 5, Bytes::new()).await.unwrap();
    assert_eq!(fs::read(store.object(&done.attachment.unwrap().sha256)).unwrap(), b"hello");

    let good = store.storage(db.dir.path());
    let wrong = [
        (Storage { s3_secret_key: Some("guessed".into()), ..good.clone() }, codes::FILE_STORE_REFUSED),
        (Storage { s3_endpoint: "http://127.0.0.1:1".into(), ..good }, codes::FILE_STORE_UNREACHABLE),
    ];
    for (storage, code) in wrong {
        // A process has one store, so this is another process.
        let other = TestDb::sqlite().await;
        let ctx = process(&other, storage).await;
        let failed = store_bytes(&ctx, &me(), new("b.txt", 0), Bytes::from_static(b"b")).await.unwrap_err();
        assert!(failed.is(code), "{failed:?}");
        let told = format!("{failed:?} {failed}");
        assert!(!told.contains(SECRET) && !told.contains("Signature") && !told.contains("guessed"), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_what_only_the_store_has() {
    let (from, store) = (TestDb::sqlite().await, Store::start().await);
    let ctx = process(&from, store.storage(from.dir.path())).await;
    let (near, far) = (stored(&ctx, "on the disk").await, stored(&ctx, "in the store alone").await);
    fs::remove_file(place(from.dir.path(), &far.sha256)).unwrap();
    let archive = from.dir.path().join("heard.backup");
    let of = |store: &Store, data: &Path| Contents {
        data_dir: data.to_owned(),
        bucket: Bucket::configured(&store.storage(data)).unwrap(),
    };
    let made =
        backup(&from.db, of(&store, from.dir.path()), &archive, ctx.now(), Arc::new(|_| ())).await.unwrap();
    assert_eq!((made.files.count, made.missing.len()), (2, 0));

    let (to, other) = (TestDb::sqlite().await, Store::start().await);
    let tables = [heard_runtime::MIGRATIONS, MIGRATIONS].concat();
    other.down.store(true, Ordering::SeqCst);
    let away =
        restore(&archive, &to.db, of(&other, to.dir.path()), &tables, Arc::new(|_| ())).await.unwrap_err();
    assert!(away.is(codes::FILE_STORE_UNREACHABLE), "{away:?}");
    other.down.store(false, Ordering::SeqCst);
    restore(&archive, &to.db, of(&other, to.dir.path()), &tables, Arc::new(|_| ())).await.unwrap();
    for (shown, text) in [(near, "on the disk"), (far, "in the store alone")] {
        assert_eq!(fs::read_to_string(other.object(&shown.sha256)).unwrap(), text);
        assert_eq!(fs::read_to_string(place(to.dir.path(), &shown.sha256)).unwrap(), text);
    }
}
