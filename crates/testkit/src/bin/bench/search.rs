//! Search over many messages.

use std::time::{Duration, Instant};

use heard_kernel::{Clock, SystemClock};
use heard_testkit::{
    bench::{Client, say},
    seed,
    soak::{Prepared, prepare},
};

use super::{
    Sizes,
    place::{Place, load, quiet},
};

/// Two or three terms, as they arrive: 会员 扣费, 订单 发货, 手机 短信 谢谢, 耳机 没有 声音, 酒店 退款, 账号 无法 登录.
const ASKED: [&str; 6] = [
    "%E4%BC%9A%E5%91%98%20%E6%89%A3%E8%B4%B9",
    "%E8%AE%A2%E5%8D%95%20%E5%8F%91%E8%B4%A7",
    "%E6%89%8B%E6%9C%BA%20%E7%9F%AD%E4%BF%A1%20%E8%B0%A2%E8%B0%A2",
    "%E8%80%B3%E6%9C%BA%20%E6%B2%A1%E6%9C%89%20%E5%A3%B0%E9%9F%B3",
    "%E9%85%92%E5%BA%97%20%E9%80%80%E6%AC%BE",
    "%E8%B4%A6%E5%8F%B7%20%E6%97%A0%E6%B3%95%20%E7%99%BB%E5%BD%95",
];

/// Messages of a conversation.
const EACH: u64 = 10;

pub(crate) async fn measure(place: &Place, sizes: &Sizes) {
    let served = place.heard();
    let Prepared { headers, inbox, user, .. } = prepare(served.address, 0).await.expect("heard is prepared");
    served.stop().expect("heard stops");
    let db = place.open().await;
    let conversations = (sizes.searched / EACH).max(1);
    let plan = seed::Plan {
        inbox,
        agents: vec![user],
        conversations,
        messages: EACH,
        events: true,
        now: SystemClock.now(),
    };
    seed::fill(&db, &plan, |_| {}).await.expect("the database is filled");
    db.close().await;

    let served = place.heard();
    let begun = Instant::now();
    let last = seed::last_word(&plan);
    while !found(&served, &headers, &last).await {
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    let messages = conversations * EACH;
    say(&format!(
        "search index over {messages} messages built anew in {:.0} s",
        begun.elapsed().as_secs_f64()
    ));
    quiet(&served).await;
    served.stop().expect("heard stops");

    let served = place.heard();
    let cost = load(&served, 1, sizes.requests, move |number| {
        let asked = ASKED[(number % ASKED.len() as u64) as usize];
        ("GET", format!("/api/v1/search?kinds=message&limit=20&q={asked}"), headers.clone(), Vec::new())
    })
    .await;
    say(&format!(
        "search of two or three terms in {messages} messages, 20 shown: p50 {:.2} ms, p99 {:.2} ms, {:.0} µs CPU each; \
         resident with search and dictionary {} MB",
        cost.p50,
        cost.p99,
        cost.cpu,
        served.rss().unwrap() / 1_000_000
    ));
}

async fn found(served: &heard_testkit::bench::Served, headers: &str, word: &str) -> bool {
    let mut client = Client::connect(served.address).await.unwrap();
    let path = format!("/api/v1/search?kinds=message&limit=1&q={word}");
    let answer = client.send("GET", &path, headers, b"").await.unwrap();
    let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    body["items"].as_array().is_some_and(|items| !items.is_empty())
}
