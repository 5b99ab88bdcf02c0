//! Archives that are cut off, changed or made to do harm, and places that are not empty.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use heard_platform::backup::{Manifest, Part, codes, verify};
use heard_store::codes as store_codes;
use heard_testkit::TestDb;
use sha2::{Digest, Sha256};
use tar::{EntryType, Header};

use crate::world::{back_up, fill, migrations, names, put_back, quiet, write_pair};

async fn sound() -> (tempfile::TempDir, PathBuf) {
    let from = TestDb::sqlite().await;
    fill(&from).await;
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("sound");
    back_up(&from, &archive).await.unwrap();
    (place, archive)
}

fn is_refusal(error: &heard_kernel::Error) -> bool {
    error.is(codes::ARCHIVE_DAMAGED) || error.is(codes::ARCHIVE_UNREADABLE)
}

#[tokio::test]
async fn a_cut_or_changed_archive_is_refused_and_changes_nothing() {
    let (place, archive) = sound().await;
    let bytes = fs::read(&archive).unwrap();
    let bad = place.path().join("bad");
    let to = TestDb::sqlite().await;
    let cuts = (0..40).map(|n| bytes[..bytes.len() * n / 40].to_vec());
    let flips = (0..60).map(|n| {
        let mut changed = bytes.clone();
        changed[bytes.len() * n / 60] ^= 1 << (n % 8);
        changed
    });
    let longer = [[&bytes[..], b"more"].concat(), [&bytes[..], &bytes[..]].concat()];
    for (number, content) in cuts.chain(flips).chain(longer).enumerate() {
        fs::write(&bad, content).unwrap();
        let refused = verify(&bad, quiet()).await.unwrap_err();
        assert!(is_refusal(&refused), "{number}: {refused:?}");
        if number % 5 == 0 {
            assert!(is_refusal(&put_back(&bad, &to).await.unwrap_err()), "{number}");
        }
    }
    assert!(names(to.dir.path()).iter().all(|name| name.starts_with("heard.")), "{:?}", names(to.dir.path()));
    put_back(&archive, &to).await.unwrap();
}

/// Writes an archive of whatever parts.
fn craft(path: &Path, parts: &[(&str, EntryType, Vec<u8>)]) {
    let mut encoder = zstd::Encoder::new(fs::File::create(path).unwrap(), 1).unwrap();
    for (name, kind, content) in parts {
        let mut header = Header::new_ustar();
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        // The library refuses bad names; an attacker does not.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        encoder.write_all(header.as_bytes()).unwrap();
        encoder.write_all(content).unwrap();
        encoder.write_all(&vec![0; (512 - content.len() % 512) % 512]).unwrap();
    }
    encoder.write_all(&[0; 1024]).unwrap();
    encoder.finish().unwrap();
}

#[tokio::test]
async fn names_and_kinds_that_heard_does_not_write_are_refused() {
    let place = tempfile::tempdir().unwrap();
    let bad = place.path().join("bad");
    let file = format!("files/{}", "ab".repeat(32));
    let plain = EntryType::Regular;
    for (name, kind) in [
        ("../../evil", plain),
        ("/tmp/evil", plain),
        ("files/../../evil", plain),
        ("tables/../evil.0.ndjson", plain),
        (file.as_str(), EntryType::Symlink),
        (file.as_str(), EntryType::Link),
        (file.as_str(), EntryType::GNULongName),
        (file.as_str(), EntryType::GNUSparse),
        (file.as_str(), EntryType::XHeader),
        ("manifest.json", EntryType::Directory),
        ("manifest.json", EntryType::Char),
    ] {
        craft(&bad, &[(name, kind, b"evil".to_vec())]);
        let to = TestDb::sqlite().await;
        let refused = put_back(&bad, &to).await.unwrap_err();
        assert!(refused.is(codes::ARCHIVE_UNREADABLE), "{name} {kind:?}: {refused:?}");
        assert_eq!(names(place.path()), ["bad"]);
        assert!(!Path::new("/tmp/evil").exists());
        assert!(names(to.dir.path()).iter().all(|name| name.starts_with("heard.")));
    }
}

#[tokio::test]
async fn what_claims_or_unpacks_to_too_much_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let bad = place.path().join("bad");
    // A size that is not there, far beyond memory.
    for claimed in [u64::from(u32::MAX), 1 << 40, u64::MAX] {
        for name in ["manifest.json", "tables/things.00000.ndjson", &format!("files/{}", "ab".repeat(32))] {
            let mut header = Header::new_ustar();
            header.set_path(name).unwrap();
            header.set_size(claimed);
            header.set_cksum();
            let packed = zstd::encode_all(&header.as_bytes()[..], 1).unwrap();
            fs::write(&bad, packed).unwrap();
            let refused = verify(&bad, quiet()).await.unwrap_err();
            assert!(is_refusal(&refused), "{name} of {claimed}: {refused:?}");
        }
    }
    // Much of nothing, well packed.
    let zeros = vec![0; 300 * 1024 * 1024];
    let name = format!("files/{}", hex::encode(Sha256::digest(b"other")));
    craft(&bad, &[(&name, EntryType::Regular, zeros)]);
    assert!(fs::metadata(&bad).unwrap().len() < 100_000);
    let refused = verify(&bad, quiet()).await.unwrap_err();
    assert!(refused.is(codes::ARCHIVE_DAMAGED) && refused.to_string().contains("measure"), "{refused:?}");
}

fn json(manifest: &impl serde::Serialize) -> Vec<u8> {
    serde_json::to_vec(manifest).unwrap()
}

#[tokio::test]
async fn a_manifest_that_does_not_fit_is_refused() {
    let (place, archive) = sound().await;
    let sound = verify(&archive, quiet()).await.unwrap();
    let bad = place.path().join("bad");
    let no_files = Manifest {
        files: heard_platform::backup::FileTotals {
            names_sha256: hex::encode(Sha256::digest(b"")),
            ..Default::default()
        },
        secret_key: None,
        parts: Vec::new(),
        tables: Vec::new(),
        ..sound.clone()
    };
    let plain = EntryType::Regular;
    craft(&bad, &[("manifest.json", plain, json(&no_files))]);
    verify(&bad, quiet()).await.unwrap();

    craft(&bad, &[("manifest.json", plain, json(&serde_json::json!({ "format": 2, "new": true })))]);
    assert!(verify(&bad, quiet()).await.unwrap_err().is(codes::ARCHIVE_NEWER));
    let twice = ("manifest.json", plain, json(&no_files));
    let stray = ("tables/things.00000.ndjson", plain, b"[1]\n".to_vec());
    let lying = Manifest { parts: sound.parts.clone(), ..no_files.clone() };
    for parts in [
        vec![("manifest.json", plain, b"{}".to_vec())],
        vec![("manifest.json", plain, json(&sound))],
        vec![("manifest.json", plain, json(&lying))],
        vec![twice.clone(), twice.clone()],
        vec![stray.clone(), twice.clone()],
        vec![("secret.key", plain, b"stray".to_vec()), twice.clone()],
        vec![twice, stray],
        vec![],
    ] {
        craft(&bad, &parts);
        let refused = verify(&bad, quiet()).await.unwrap_err();
        assert!(refused.is(codes::ARCHIVE_DAMAGED), "{refused:?}");
    }
}

/// The sums fit, but the rows do not: nothing of it may be served.
#[tokio::test]
async fn rows_that_do_not_fit_leave_a_marked_database() {
    let from = TestDb::sqlite().await;
    from.db.migrate(&migrations()).await.unwrap();
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("a");
    let sound = back_up(&from, &archive).await.unwrap();
    let bad = place.path().join("bad");
    for (rows, count, code) in [
        ("[1,null]\nno row\n", 2, "archive_damaged"),
        ("[1,null]\n[2,\"%%\"]\n", 2, "archive_damaged"),
        ("[1,null]\n", 2, "archive_damaged"),
        ("[1,null]\n[2,null]\n", 1, "archive_damaged"),
        ("[1,null]\n[1,null]\n", 2, "already_exists"),
    ] {
        let mut manifest = sound.clone();
        let name = "tables/lefts.00000.ndjson";
        let sha256 = hex::encode(Sha256::digest(rows));
        manifest.parts = vec![Part { name: name.to_owned(), size: rows.len() as u64, sha256 }];
        manifest.tables.iter_mut().for_each(|t| t.rows = if t.table.name == "lefts" { count } else { 0 });
        let plain = EntryType::Regular;
        craft(&bad, &[(name, plain, rows.into()), ("manifest.json", plain, json(&manifest))]);
        verify(&bad, quiet()).await.unwrap();
        let to = TestDb::sqlite().await;
        let refused = put_back(&bad, &to).await.unwrap_err();
        assert_eq!(refused.code().id, code, "{rows}: {refused:?}");
        let served = to.db.migrate(&migrations()).await.unwrap_err();
        assert!(served.is(store_codes::RESTORE_INCOMPLETE), "{served:?}");
        assert!(put_back(&archive, &to).await.unwrap_err().is(store_codes::RESTORE_INCOMPLETE));
        let again = back_up(&to, &place.path().join("never")).await.unwrap_err();
        assert!(again.is(store_codes::RESTORE_INCOMPLETE));
    }
    assert_eq!(names(place.path()), ["a", "bad"], "a failed backup leaves no file");
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let (place, archive) = sound().await;
    let from = TestDb::sqlite().await;
    from.db.migrate(&migrations()).await.unwrap();
    let before = fs::read(&archive).unwrap();
    let refused = back_up(&from, &archive).await.unwrap_err();
    assert!(refused.is(codes::ARCHIVE_EXISTS));
    assert_eq!(fs::read(&archive).unwrap(), before);
    assert_eq!(names(place.path()), ["sound"]);
    let nowhere = back_up(&from, &place.path().join("no/such/folder")).await.unwrap_err();
    assert!(nowhere.is(codes::ARCHIVE_FOLDER_MISSING));

    write_pair(&from.db, 1).await.unwrap();
    let refused = put_back(&archive, &from).await.unwrap_err();
    assert!(refused.is(store_codes::RESTORE_TARGET_NOT_EMPTY));
    let occupied = TestDb::sqlite().await;
    fs::create_dir(occupied.dir.path().join("files")).unwrap();
    let refused = put_back(&archive, &occupied).await.unwrap_err();
    assert_eq!(refused.params()["found"], "files");
    let no_archive = place.path().join("text");
    fs::write(&no_archive, "no archive at all").unwrap();
    assert!(verify(&no_archive, quiet()).await.unwrap_err().is(codes::ARCHIVE_UNREADABLE));
    let absent = verify(&place.path().join("absent"), quiet()).await.unwrap_err();
    assert!(absent.is(codes::ARCHIVE_MISSING));
}

/// The same content packed anew with a changed byte: the compression's own checksum is no help here.
#[tokio::test]
async fn changes_below_the_compression_are_found() {
    let (place, archive) = sound().await;
    let sound = verify(&archive, quiet()).await.unwrap();
    let unpacked = zstd::decode_all(&fs::read(&archive).unwrap()[..]).unwrap();
    let bad = place.path().join("bad");
    let mut refused = 0;
    let rounds = 120;
    for round in 0..rounds {
        let mut changed = unpacked.clone();
        // Half of them in the last part, the manifest.
        let from = if round % 2 == 0 { 0 } else { unpacked.len() * 49 / 50 };
        let at = from + (unpacked.len() - from) * round / rounds;
        changed[at] ^= 1 << (round % 8);
        if round % 10 == 9 {
            changed.truncate(at);
        }
        fs::write(&bad, zstd::encode_all(&changed[..], 1).unwrap()).unwrap();
        match verify(&bad, quiet()).await {
            // Nothing is read from the space between parts. Of the manifest, what is told but not compared may change.
            Ok(told) => assert_eq!(
                (told.parts, told.files, told.tables.len()),
                (sound.parts.clone(), sound.files.clone(), sound.tables.len(),)
            ),
            Err(error) => {
                assert!(is_refusal(&error) || error.is(codes::ARCHIVE_NEWER), "{at}: {error:?}");
                refused += 1;
            }
        }
    }
    assert!(refused > rounds / 2, "{refused} of {rounds}");
}
