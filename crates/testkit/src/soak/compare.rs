//! Whether another server, filled from a backup, tells the same.

use super::{
    Report, Server, View,
    http::{Caller, text},
    visitor::fetch,
};

/// Reads every conversation from a server that was filled from a backup. Each must hold what both sides held, from the
/// first message on: all of it when the backup is `whole`, or up to the moment of the backup. Tells how many messages
/// were compared.
///
/// # Errors
/// What is missing or different, in words.
pub async fn compare(server: Server, report: &Report, whole: bool) -> Result<u64, String> {
    let mut caller = Caller::new(server.address(), report.agent.clone());
    let mut compared = 0;
    let mut missing = report.views.len();
    for id in super::agent::all(&mut caller).await? {
        let held = report.views.get(&id).ok_or_else(|| format!("{id} is a conversation that nobody had"))?;
        let conversation = caller
            .until_answered("GET", &format!("/api/v1/conversations/{id}"), &serde_json::Value::Null)
            .await?;
        let mut view = View::new();
        fetch(
            &mut caller,
            &format!("/api/v1/conversations/{}/messages", text(&conversation, "/id")?),
            &mut view,
        )
        .await?;
        if !held.starts_with(&view) || (whole && view.len() != held.len()) {
            return Err(format!(
                "{id} holds {} messages that are not the {} there were",
                view.len(),
                held.len()
            ));
        }
        compared += view.len() as u64;
        missing -= 1;
    }
    if whole && missing > 0 {
        return Err(format!("{missing} conversations are missing"));
    }
    server.stop()?;
    Ok(compared)
}
