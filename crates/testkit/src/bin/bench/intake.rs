//! Messages taken in: what an agent writes and what visitors write, against the floor.

use heard_testkit::{
    bench::say,
    soak::{Prepared, prepare},
};

use super::{
    Sizes,
    place::{Cost, Place, load},
};

const CONNECTIONS: usize = 256;

pub(crate) async fn measure(place: &dyn Fn() -> Place, sizes: &Sizes) {
    let floor = floor(&place(), sizes).await;
    let here = place();
    let served = here.heard();
    let Prepared { headers, conversations, visitors, .. } =
        prepare(served.address, CONNECTIONS).await.expect("heard is prepared");
    let of_agent = {
        let (headers, conversations) = (json(&headers), conversations.clone());
        load(&served, CONNECTIONS, sizes.messages, move |number| {
            let conversation = &conversations[place_of(number, conversations.len())];
            let body =
                format!(r#"{{"kind":"text","body":"您好，马上帮您查看订单。","client_key":"b{number}"}}"#);
            let path = format!("/api/v1/conversations/{conversation}/messages");
            ("POST", path, headers.clone(), body.into_bytes())
        })
        .await
    };
    tell("an agent's message", &of_agent, &floor);
    let headers: Vec<String> = visitors.iter().map(|headers| json(headers)).collect();
    let of_visitors = load(&served, CONNECTIONS, sizes.messages, move |number| {
        let at = place_of(number, conversations.len());
        let body = format!(r#"{{"body":"请问我的订单什么时候发货？","client_key":"v{number}"}}"#);
        let path = format!("/api/v1/widget/conversations/{}/messages", conversations[at]);
        ("POST", path, headers[at].clone(), body.into_bytes())
    })
    .await;
    tell("a visitor's message", &of_visitors, &floor);
}

async fn floor(place: &Place, sizes: &Sizes) -> Cost {
    let served = place.floor();
    let floor = load(&served, CONNECTIONS, sizes.messages, |_| {
        ("POST", "/message".to_owned(), json(""), br#"{"body":"hello"}"#.to_vec())
    })
    .await;
    say(&format!(
        "floor (bare HTTP, one message row and one event row): {:.0} µs CPU each, {:.0}/s over {CONNECTIONS} connections, \
         p50 {:.1} ms, p99 {:.1} ms",
        floor.cpu, floor.rate, floor.p50, floor.p99
    ));
    floor
}

fn tell(what: &str, cost: &Cost, floor: &Cost) {
    say(&format!(
        "{what}: {:.0} µs CPU each ({:.1} × floor), {:.0}/s over {CONNECTIONS} connections (floor ÷ {:.1}), p50 {:.1} ms, \
         p99 {:.1} ms",
        cost.cpu,
        cost.cpu / floor.cpu,
        cost.rate,
        floor.rate / cost.rate,
        cost.p50,
        cost.p99
    ));
}

fn json(headers: &str) -> String {
    format!("content-type: application/json\r\n{headers}")
}

fn place_of(number: u64, length: usize) -> usize {
    (number % length as u64) as usize
}
