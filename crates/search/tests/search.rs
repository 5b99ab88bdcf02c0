//! Finding Chinese and English, by word and by character, within what one may see.
#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use heard_search::{Change, Document, Index, Query};
use uuid::Uuid;

const INBOX: Uuid = Uuid::from_u128(100);
const OTHER: Uuid = Uuid::from_u128(200);

fn message(id: u128, body: &str) -> Change {
    Change::Put(Document {
        kind: "message",
        id: Uuid::from_u128(id),
        scope: if id < 50 { INBOX } else { OTHER },
        parent: Some(Uuid::from_u128(1_000)),
        number: Some(id as u64),
        at: id as i64,
        title: String::new(),
        body: body.to_owned(),
    })
}

fn index(dir: &tempfile::TempDir) -> Index {
    let index = Index::open(&dir.path().join("index")).unwrap();
    index
        .apply(vec![
            message(1, "你好，我的订单 SF1234567890 还没有收到"),
            message(2, "我要申請退貨，手機屏幕壞了"),
            message(3, "ＶＩＰ会员可以退款吗？"),
            message(4, "研究生命起源的书"),
            message(5, "My iPhone 15 screen is broken, refund please"),
            message(6, "叫小龘的同学"),
            message(60, "别的班组的退款"),
        ])
        .unwrap();
    index.commit(77).unwrap();
    index
}

fn find(index: &Index, text: &str) -> Vec<u128> {
    let query = Query { text: text.into(), kinds: vec!["message"], scopes: Some(vec![INBOX]), limit: 20 };
    let mut ids: Vec<u128> = index.search(&query).unwrap().into_iter().map(|hit| hit.id.as_u128()).collect();
    ids.sort_unstable();
    ids
}

#[test]
fn finds_what_people_type() {
    let dir = tempfile::tempdir().unwrap();
    let index = index(&dir);
    for (text, expected) in [
        ("订单", vec![1]),
        ("收到订单", vec![1]),
        ("退货", vec![2]),
        ("手机 退貨", vec![2]),
        ("vip", vec![3]),
        ("退款", vec![3]),
        ("生命", vec![4]),
        ("龘", vec![6]),
        ("小龘", vec![6]),
        ("sf1234567890", vec![1]),
        ("SF1234", vec![1]),
        ("iphon", vec![5]),
        ("refund iphone", vec![5]),
        ("没有的词", vec![]),
        ("", vec![]),
        ("？！", vec![]),
    ] {
        assert_eq!(find(&index, text), expected, "{text}");
    }
}

#[test]
fn scopes_and_kinds_limit_what_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let index = index(&dir);
    let all = Query { text: "退款".into(), kinds: vec![], scopes: None, limit: 20 };
    assert_eq!(index.search(&all).unwrap().len(), 2);
    assert!(index.search(&Query { kinds: vec!["contact"], ..all.clone() }).unwrap().is_empty());
    assert!(index.search(&Query { scopes: Some(vec![]), ..all }).unwrap().is_empty());
}

#[test]
fn a_change_replaces_and_a_removal_removes() {
    let dir = tempfile::tempdir().unwrap();
    let index = index(&dir);
    index
        .apply(vec![message(3, "换货"), Change::Remove { kind: "message", id: Uuid::from_u128(1) }])
        .unwrap();
    assert_eq!(find(&index, "订单"), [1], "not before the commit");
    index.commit(78).unwrap();
    assert!(find(&index, "订单").is_empty());
    assert!(find(&index, "退款").is_empty());
    assert_eq!(find(&index, "换货"), [3]);
}

#[test]
fn the_position_survives_and_damage_starts_over() {
    let dir = tempfile::tempdir().unwrap();
    drop(index(&dir));
    let again = Index::open(&dir.path().join("index")).unwrap();
    assert_eq!((again.position(), again.len()), (77, 7));
    drop(again);
    std::fs::write(dir.path().join("index/meta.json"), "broken").unwrap();
    let fresh = Index::open(&dir.path().join("index")).unwrap();
    assert_eq!((fresh.position(), fresh.len()), (0, 0));
}
