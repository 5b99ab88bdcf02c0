//! An agent: follows all conversations of a share and answers each message of a visitor once.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, atomic::Ordering},
};

use serde_json::{Value, json};

use super::{
    View, World,
    follow::{Follower, News},
    http::{Caller, text},
    visitor::fetch,
};

pub(crate) async fn work(
    world: Arc<World>,
    index: usize,
    headers: String,
) -> Result<HashMap<String, View>, String> {
    let mut live = Follower::new(world.address, "/api/v1/realtime", headers.clone(), None);
    let mut caller = Caller::new(world.address, headers);
    let mut views: HashMap<String, View> = HashMap::new();
    let mut answered: HashSet<(String, i64)> = HashSet::new();
    loop {
        let looked_at: Vec<String> = match live.next().await? {
            News::Message(id) if is_mine(&id, index, world.plan.agents) => vec![id],
            News::Everything => all(&mut caller)
                .await?
                .into_iter()
                .filter(|id| is_mine(id, index, world.plan.agents))
                .collect(),
            // Own answers come back as events too, so when all is said and the line is silent the views are complete.
            News::Silence if world.over.load(Ordering::SeqCst) => return Ok(views),
            News::Silence | News::Quiet | News::Message(_) => continue,
        };
        for id in looked_at {
            let view = views.entry(id.clone()).or_default();
            fetch(&mut caller, &format!("/api/v1/conversations/{id}/messages"), view).await?;
            let open: Vec<i64> = view.iter().filter(|line| line.1).map(|line| line.0).collect();
            for no in open {
                if !answered.insert((id.clone(), no)) {
                    continue;
                }
                let message = json!({"kind": "text", "body": format!("回答 {no}"), "client_key": format!("a-{id}-{no}")});
                caller
                    .until_answered("POST", &format!("/api/v1/conversations/{id}/messages"), &message)
                    .await?;
                world.said.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

/// Conversations are shared out by their ids.
fn is_mine(id: &str, index: usize, agents: usize) -> bool {
    let sum: usize = id.bytes().map(usize::from).sum();
    sum % agents == index
}

/// The ids of all conversations.
pub(crate) async fn all(caller: &mut Caller) -> Result<Vec<String>, String> {
    let mut ids = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = caller
            .until_answered("GET", &format!("/api/v1/conversations?view=all&limit=200{cursor}"), &Value::Null)
            .await?;
        for item in page["items"].as_array().ok_or("no items")? {
            ids.push(text(item, "/id")?);
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(ids),
        }
    }
}
