//! Files built into the binary.

use heard_web::{Assets, CONSOLE_POLICY, console};
use rust_embed::RustEmbed;

use crate::world::World;

#[derive(RustEmbed)]
#[folder = "tests/http/site_files"]
struct Files;

#[derive(RustEmbed)]
#[folder = "tests/http/site_files/assets"]
struct NoPage;

const SCRIPT: &str = "GET /assets/app-B_UOfmN8.js";

#[tokio::test]
async fn hashed_files_are_kept_for_good_and_pages_are_asked_for_again() {
    let world = World::with_pages(console(Assets::of::<Files>(CONSOLE_POLICY))).await;
    let script = world.send(SCRIPT, &[("accept-encoding", "br")], "").await;
    assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(script.headers["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(script.headers["content-encoding"], "br");
    let page = world.send("GET /", &[], "").await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(page.headers["cache-control"], "no-cache");
    assert_eq!(page.headers["content-security-policy"], CONSOLE_POLICY);
    let etag = page.headers["etag"].to_str().unwrap();
    let again = world.send("GET /index.html", &[("if-none-match", etag)], "").await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
}

#[tokio::test]
async fn every_address_of_the_console_opens_its_page() {
    let world = World::with_pages(console(Assets::of::<Files>(CONSOLE_POLICY))).await;
    let html = [("accept", "text/html,*/*;q=0.8")];
    assert!(world.send("GET /inbox/mine", &html, "").await.text.contains("<title>Heard"));
    for gone in
        ["GET /assets/app-00000000.js", "GET /api/v1/nothing", "GET /api/nothing", "GET /../secret.txt"]
    {
        let got = world.send(gone, &html, "").await;
        assert_eq!((got.status, got.code().as_str()), (404, "not_found"), "{gone}");
    }
    let got = world.send("GET /inbox", &[("accept", "application/json")], "").await;
    assert_eq!(got.code(), "not_found");
    assert_eq!(world.send("POST /inbox", &html, "").await.code(), "method_not_allowed");
}

#[tokio::test]
async fn a_build_without_pages_says_so() {
    let world = World::with_pages(console(Assets::of::<NoPage>(CONSOLE_POLICY))).await;
    assert_eq!(world.send("GET /", &[], "").await.code(), "console_missing");
}
