//! The inbox page of 50, small and large.

use heard_kernel::{Clock, SystemClock};
use heard_testkit::{
    bench::say,
    seed,
    soak::{Prepared, prepare},
};

use super::{
    Sizes,
    place::{Cost, Place, load},
};

/// Connections that ask for pages.
const READERS: usize = 8;

pub(crate) async fn measure(place: &dyn Fn() -> Place, sizes: &Sizes) {
    let small = page(&place(), sizes.small, sizes).await;
    let large = page(&place(), sizes.large, sizes).await;
    say(&format!(
        "inbox page of 50: {:.0} µs CPU at {} conversations (p50 {:.2} ms), {:.0} µs at {} (p50 {:.2} ms); ratio {:.2}",
        small.cpu,
        sizes.small,
        small.p50,
        large.cpu,
        sizes.large,
        large.p50,
        large.cpu / small.cpu
    ));
}

async fn page(place: &Place, conversations: u64, sizes: &Sizes) -> Cost {
    let served = place.heard();
    let Prepared { headers, inbox, user, .. } = prepare(served.address, 0).await.expect("heard is prepared");
    served.stop().expect("heard stops");
    let db = place.open().await;
    let now = SystemClock.now();
    let plan = seed::Plan { inbox, agents: vec![user], conversations, messages: 1, events: false, now };
    seed::fill(&db, &plan, |_| {}).await.expect("the database is filled");
    db.close().await;
    let served = place.heard();
    say(&format!(
        "start to listening with {conversations} conversations: {} ms",
        served.started_in.as_millis()
    ));
    load(&served, READERS, sizes.requests, move |_| {
        let path = "/api/v1/conversations?view=all&limit=50".to_owned();
        ("GET", path, headers.clone(), Vec::new())
    })
    .await
}
