//! Handing a file to a browser so that it is shown or saved, but never run.

use std::path::PathBuf;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use heard_kernel::{Error, Result};
use heard_runtime::Ctx;
use heard_store::storage_error;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::{blobs::Blobs, bucket::Bucket, model::StoredAttachment};

/// Which form of a file is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// The file itself, shown in the page when its kind allows it.
    Original,
    /// The file itself, always as a download.
    Download,
    /// The thumbnail.
    Thumbnail,
}

/// Answers with a file, or with the part of it that `Range` asks for (RFC 9110, 14.2; one range).
///
/// # Errors
/// `not_found` when there is no thumbnail or the content is gone; the storage codes.
pub async fn serve(
    ctx: &Ctx,
    stored: &StoredAttachment,
    delivery: Delivery,
    headers: &HeaderMap,
) -> Result<Response> {
    let shown = &stored.attachment;
    let is_thumbnail = delivery == Delivery::Thumbnail;
    let sha256 = if is_thumbnail {
        stored.thumbnail_sha256.as_deref().ok_or_else(|| Error::not_found("thumbnail"))?
    } else {
        &shown.sha256
    };
    let tag = format!("\"{sha256}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return build(
            Response::builder().status(StatusCode::NOT_MODIFIED).header(header::ETAG, tag),
            Body::empty(),
        );
    }
    let mut file = open(ctx, sha256).await?;
    let length = file.metadata().await.map_err(|e| storage_error(&e))?.len();
    let kind = if is_thumbnail { thumbnail_kind(&mut file).await? } else { shown.kind.as_str() };
    let inline = (shown.inline && delivery != Delivery::Download) || is_thumbnail;

    let mut response = Response::builder()
        .header(header::ETAG, tag)
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CACHE_CONTROL, "private, max-age=31536000, immutable")
        .header(header::CONTENT_TYPE, if inline { kind } else { "application/octet-stream" })
        .header(header::CONTENT_DISPOSITION, disposition(&shown.name, inline))
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; media-src 'self'; sandbox")
        .header("cross-origin-resource-policy", "same-origin");
    let range = headers
        .get(header::RANGE)
        .and_then(|value| value.to_str().ok())
        .map(|text| parse_range(text, length));
    let (start, end) = match range {
        None => (0, length),
        Some(Some(range)) => {
            let (start, end) = range;
            response = response
                .status(StatusCode::PARTIAL_CONTENT)
                .header(header::CONTENT_RANGE, format!("bytes {start}-{}/{length}", end - 1));
            range
        }
        Some(None) => {
            let response = response
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .header(header::CONTENT_RANGE, format!("bytes */{length}"));
            return build(response, Body::empty());
        }
    };
    file.seek(std::io::SeekFrom::Start(start)).await.map_err(|e| storage_error(&e))?;
    let body = Body::from_stream(ReaderStream::new(file.take(end - start)));
    build(response.header(header::CONTENT_LENGTH, end - start), body)
}

/// Opens a content, which is fetched when the disk has no copy of it.
async fn open(ctx: &Ctx, sha256: &str) -> Result<tokio::fs::File> {
    let path = at_hand(ctx, sha256).await?;
    tokio::fs::File::open(&path).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::not_found("attachment").because(&error),
        _ => storage_error(&error),
    })
}

/// Where a content lies on the disk, fetched from the file store when there is one and the disk has no copy. Nothing
/// lies there when the content is lost.
///
/// # Errors
/// `file_store_unreachable`, `file_store_refused`; the storage codes.
pub async fn at_hand(ctx: &Ctx, sha256: &str) -> Result<PathBuf> {
    let blobs = Blobs::new(&ctx.config().storage.data);
    let path = blobs.path(sha256)?;
    if let Some(bucket) = Bucket::of(ctx)?
        && !tokio::fs::try_exists(&path).await.map_err(|e| storage_error(&e))?
    {
        bucket.fetch(sha256, &blobs).await?;
    }
    Ok(path)
}

fn build(response: axum::http::response::Builder, body: Body) -> Result<Response> {
    response.body(body).map_err(Error::internal)
}

/// Thumbnails are PNG, JPEG or the small original itself.
async fn thumbnail_kind(file: &mut tokio::fs::File) -> Result<&'static str> {
    let mut head = [0; 16];
    let count = file.read(&mut head).await.map_err(|e| storage_error(&e))?;
    Ok(infer::get(&head[..count]).map_or("application/octet-stream", |found| found.mime_type()))
}

/// The first byte and the byte after the last, when the range lies within the file.
fn parse_range(text: &str, length: u64) -> Option<(u64, u64)> {
    let (first, last) = text.strip_prefix("bytes=")?.split_once('-')?;
    let (start, end) = match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (Some(start), Some(last)) => (start, last.saturating_add(1).min(length)),
        (Some(start), None) if last.is_empty() => (start, length),
        (None, Some(tail)) if first.is_empty() => (length.saturating_sub(tail), length),
        _ => return None,
    };
    (start < end).then_some((start, end))
}

/// `Content-Disposition` with the name in plain ASCII and in full (RFC 6266, RFC 8187).
fn disposition(name: &str, inline: bool) -> HeaderValue {
    let word = if inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' })
        .collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&format!("{word}; filename=\"{plain}\"; filename*=UTF-8''{full}"))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stay_within_the_file() {
        assert_eq!(parse_range("bytes=0-9", 100), Some((0, 10)));
        assert_eq!(parse_range("bytes=90-", 100), Some((90, 100)));
        assert_eq!(parse_range("bytes=-5", 100), Some((95, 100)));
        assert_eq!(parse_range("bytes=90-500", 100), Some((90, 100)));
        assert_eq!(parse_range("bytes=100-", 100), None);
        assert_eq!(parse_range("bytes=5-2", 100), None);
        assert_eq!(parse_range("lines=1-2", 100), None);
    }

    #[test]
    fn names_cannot_break_out_of_the_header() {
        let value = disposition("订单\"\r\nX: y.png", true);
        let text = value.to_str().unwrap();
        assert!(text.starts_with("inline; filename=\"_____X_ y.png\"; filename*=UTF-8''%E8%AE%A2"), "{text}");
    }
}
