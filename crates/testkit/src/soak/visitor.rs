//! A visitor: says everything, in order, and waits for all answers.

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{
    View, World,
    follow::{Follower, News},
    http::{Caller, text},
};

/// How long a visitor waits for the next answer.
const PATIENCE: Duration = Duration::from_secs(180);

pub(crate) async fn talk(world: Arc<World>, index: usize) -> Result<(String, View), String> {
    let mut nobody = Caller::new(world.address, String::new());
    let session = nobody
        .until_answered("POST", &format!("/api/v1/widget/{}/session", world.inbox_key), &json!({}))
        .await?;
    let token = text(&session, "/token")?;
    let headers = format!("authorization: Visitor {token}\r\n");
    let mut caller = Caller::new(world.address, headers.clone());
    let open = json!({"client_key": format!("v{index}-0"), "message": {"body": "问题 0"}});
    let opened = caller.until_answered("POST", "/api/v1/widget/conversations", &open).await?;
    world.said.fetch_add(1, Ordering::Relaxed);
    let id = text(&opened, "/conversation/id")?;
    let watching = tokio::spawn(watch(Arc::clone(&world), token, headers, id.clone()));
    for n in 1..world.plan.messages {
        let message = json!({"client_key": format!("v{index}-{n}"), "body": format!("问题 {n}")});
        caller
            .until_answered("POST", &format!("/api/v1/widget/conversations/{id}/messages"), &message)
            .await?;
        world.said.fetch_add(1, Ordering::Relaxed);
    }
    let view = watching.await.map_err(|e| e.to_string())??;
    Ok((id, view))
}

/// What the widget shows: everything that came, in the order in which it came.
async fn watch(world: Arc<World>, token: String, headers: String, id: String) -> Result<View, String> {
    let mut live = Follower::new(world.address, "/api/v1/widget/realtime", String::new(), Some(token));
    let mut caller = Caller::new(world.address, headers);
    let mut view: View = Vec::new();
    let expected = world.plan.messages * 2;
    let mut grown = Instant::now();
    while view.len() < expected {
        if grown.elapsed() > PATIENCE {
            return Err(format!("a visitor waits for the rest: {} of {expected} in {id}", view.len()));
        }
        match live.next().await? {
            News::Message(_) | News::Everything => {
                let before = view.len();
                fetch(&mut caller, &format!("/api/v1/widget/conversations/{id}/messages"), &mut view).await?;
                if view.len() > before {
                    grown = Instant::now();
                }
            }
            News::Quiet | News::Silence => {}
        }
    }
    Ok(view)
}

/// Adds what stands after the last known message. Lines that tell what happened are not counted.
pub(crate) async fn fetch(caller: &mut Caller, path: &str, view: &mut View) -> Result<(), String> {
    loop {
        let last = view.last().map_or(0, |line| line.0);
        let page =
            caller.until_answered("GET", &format!("{path}?after={last}&limit=200"), &Value::Null).await?;
        let items = page["items"].as_array().ok_or("no items")?;
        let before = view.len();
        for item in items {
            let no = item["no"].as_i64().ok_or("no number")?;
            let author = item.pointer("/author/kind").and_then(Value::as_str).unwrap_or_default();
            if no <= view.last().map_or(0, |line| line.0) {
                return Err(format!("message {no} came again"));
            }
            if author == "contact" || author == "user" {
                view.push((no, author == "contact", text(item, "/body")?));
            }
        }
        if items.len() < 200 || view.len() == before {
            return Ok(());
        }
    }
}
