//! The S3-compatible store in which contents lie when one is configured. What is on the disk is a copy then, which may
//! be fetched again.

use std::{
    io::Write as _,
    path::Path,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures_util::StreamExt as _;
use heard_kernel::{Code, Error, Result, codes as kernel_codes};
use heard_runtime::{
    Ctx,
    config::{BucketStyle, Storage},
};
use heard_store::storage_error;
use reqwest::{Client, Method, Response, StatusCode, header::CONTENT_LENGTH};
use rusty_s3::{Bucket as Place, Credentials, S3Action, UrlStyle};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio_util::io::ReaderStream;

use super::blobs::Blobs;

/// The store cannot be reached or is in trouble (`params.retry_after` seconds).
pub const FILE_STORE_UNREACHABLE: Code = Code::new("file_store_unreachable", 503);
/// The store refuses what Heard asks for (`params.status`): its keys or the name of the bucket are wrong.
pub const FILE_STORE_REFUSED: Code = Code::new("file_store_refused", 503);

/// How long a signed address is good. Only this process knows it.
const SIGNED_FOR: Duration = Duration::from_secs(3_600);
/// How long the store may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// A bucket of an S3-compatible store. Cheap to clone; its keys are in no log.
#[derive(Clone)]
pub struct Bucket(Arc<Inner>);

struct Inner {
    client: Client,
    place: Place,
    credentials: Credentials,
}

/// The bucket of this process, once it was asked for.
#[derive(Default)]
struct Known(OnceLock<Option<Bucket>>);

impl Bucket {
    /// The configured bucket, if there is one.
    ///
    /// # Errors
    /// `config_invalid` when its address cannot be read.
    pub fn of(ctx: &Ctx) -> Result<Option<Self>> {
        let known = ctx.shared::<Known>();
        if let Some(bucket) = known.0.get() {
            return Ok(bucket.clone());
        }
        let bucket = Self::configured(&ctx.config().storage)?;
        Ok(known.0.get_or_init(|| bucket).clone())
    }

    /// The bucket of a configuration, if it names one.
    ///
    /// # Errors
    /// `config_invalid` when its address cannot be read.
    pub fn configured(storage: &Storage) -> Result<Option<Self>> {
        if storage.s3_endpoint.is_empty() {
            return Ok(None);
        }
        let invalid = |reason: String| {
            Error::new(heard_runtime::config::CONFIG_INVALID)
                .with("reason", format!("storage.s3_endpoint and storage.s3_bucket: {reason}"))
        };
        let endpoint = storage.s3_endpoint.parse().map_err(|e| invalid(format!("{e}")))?;
        let style = match storage.s3_style {
            BucketStyle::Path => UrlStyle::Path,
            BucketStyle::Host => UrlStyle::VirtualHost,
        };
        let place = Place::new(endpoint, style, storage.s3_bucket.clone(), storage.s3_region.clone())
            .map_err(|e| invalid(format!("{e}")))?;
        let secret = storage.s3_secret_key.clone().unwrap_or_default();
        let credentials = Credentials::new(storage.s3_access_key.clone(), secret);
        Ok(Some(Self(Arc::new(Inner { client: client()?, place, credentials }))))
    }

    /// Brings a content to the store, unless it is there.
    pub(crate) async fn put(&self, sha256: &str, content: &Path) -> Result<()> {
        let key = key(sha256)?;
        if self.holds(&key).await? {
            return Ok(());
        }
        let file = tokio::fs::File::open(content).await.map_err(|e| storage_error(&e))?;
        let length = file.metadata().await.map_err(|e| storage_error(&e))?.len();
        self.send(&key, Body::File(ReaderStream::new(file), length)).await
    }

    async fn holds(&self, key: &str) -> Result<bool> {
        let action = self.0.place.head_object(Some(&self.0.credentials), key);
        let answer = self.ask(Method::HEAD, action).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(false);
        }
        good(&answer).map(|()| true)
    }

    async fn send(&self, key: &str, body: Body) -> Result<()> {
        let url = self.0.place.put_object(Some(&self.0.credentials), key).sign(SIGNED_FOR);
        let request = self.0.client.put(url);
        let request = match body {
            Body::File(stream, length) => {
                request.header(CONTENT_LENGTH, length).body(reqwest::Body::wrap_stream(stream))
            }
            Body::Text(text) => request.body(text),
        };
        good(&request.send().await.map_err(unreachable)?)
    }

    /// Brings a content to its place on the disk. Tells whether the store has it.
    pub(crate) async fn fetch(&self, sha256: &str, blobs: &Blobs) -> Result<bool> {
        let path = blobs.path(sha256)?;
        let Some(file) = self.download(sha256, blobs).await? else { return Ok(false) };
        let place = || -> std::io::Result<()> {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        place().map_err(|e| storage_error(&e))?;
        Ok(true)
    }

    /// Brings a content to a file that is gone with what is given back; nothing when the store does not have it.
    pub(crate) async fn download(&self, sha256: &str, blobs: &Blobs) -> Result<Option<NamedTempFile>> {
        let key = key(sha256)?;
        let action = self.0.place.get_object(Some(&self.0.credentials), &key);
        let answer = self.ask(Method::GET, action).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        good(&answer)?;
        let mut file = blobs.beside().map_err(|e| storage_error(&e))?;
        let mut hash = Sha256::new();
        let mut chunks = answer.bytes_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(unreachable)?;
            hash.update(&chunk);
            file.write_all(&chunk).map_err(|e| storage_error(&e))?;
        }
        if hex::encode(hash.finalize()) != sha256 {
            return Err(Error::new(kernel_codes::STORAGE_DAMAGED)
                .because(format!("the file store has other bytes under {sha256}")));
        }
        Ok(Some(file))
    }

    /// Removes a content that nothing refers to any more.
    pub(super) async fn remove(&self, sha256: &str) -> Result<()> {
        self.delete(&key(sha256)?).await
    }

    async fn delete(&self, key: &str) -> Result<()> {
        let action = self.0.place.delete_object(Some(&self.0.credentials), key);
        let answer = self.ask(Method::DELETE, action).await?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(());
        }
        good(&answer)
    }

    /// Writes, reads and removes something, to see whether the store can be used.
    ///
    /// # Errors
    /// `file_store_unreachable`, `file_store_refused`.
    pub(crate) async fn probe(&self) -> Result<()> {
        let key = "heard-check";
        self.send(key, Body::Text("Heard was here")).await?;
        good(&self.ask(Method::GET, self.0.place.get_object(Some(&self.0.credentials), key)).await?)?;
        self.delete(key).await
    }

    async fn ask<'a>(&self, method: Method, action: impl S3Action<'a>) -> Result<Response> {
        self.0.client.request(method, action.sign(SIGNED_FOR)).send().await.map_err(unreachable)
    }
}

enum Body {
    File(ReaderStream<tokio::fs::File>, u64),
    Text(&'static str),
}

/// Where a content lies: named as below the data directory, so that a folder can be copied as it is.
fn key(sha256: &str) -> Result<String> {
    let path = Blobs::new(Path::new("")).path(sha256)?;
    path.to_str().map(str::to_owned).ok_or_else(|| Error::internal("a content's name is text"))
}

/// An answer that is not good, as Heard's error.
fn good(answer: &Response) -> Result<()> {
    let status = answer.status();
    if status.is_success() {
        Ok(())
    } else if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        Err(busy().because(format!("the file store answers {status}")))
    } else {
        Err(Error::new(FILE_STORE_REFUSED).with("status", status.as_u16()))
    }
}

/// Without the address, which is signed.
fn unreachable(error: reqwest::Error) -> Error {
    busy().because(format!("{:?}", error.without_url()))
}

fn busy() -> Error {
    Error::new(FILE_STORE_UNREACHABLE).with("retry_after", 5)
}

fn client() -> Result<Client> {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Client::builder()
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(PATIENCE)
        .read_timeout(PATIENCE)
        .build()
        .map_err(Error::internal)
}
