//! Keeps what this process remembers in step with the log: what another process changed is forgotten here too.

use std::time::Duration;

use heard_kernel::Result;
use heard_runtime::StoredEvent;
use heard_web::{AppState, realtime::Topic};
use serde_json::json;

use crate::{
    directory::{Directory, UserId},
    presence::{self, Presence, PresenceChanged},
    sessions, settings, system,
};

/// Events per step.
const STEP: usize = 500;
/// Look at least this often, should a wake be lost.
const LONGEST: Duration = Duration::from_secs(2);

/// Follows the log as long as the process lives. To be spawned once at start.
pub async fn follow(state: AppState) {
    system::started(&state.ctx);
    tokio::join!(follow_log(&state), look_who_is_back(&state));
}

/// Who was there before the start and is on no node now gets a minute to come back.
async fn look_who_is_back(state: &AppState) {
    state.hub.acquainted().await;
    let hub = state.hub.clone();
    let back = move |user: UserId| hub.count(Topic::User(user.0)) > 0;
    if let Err(error) = presence::after_start(&state.ctx, back).await {
        tracing::warn!(%error, "who was there before the start could not be read");
    }
}

async fn follow_log(state: &AppState) {
    let mut changed = state.ctx.log_watch();
    let mut seq = None;
    loop {
        changed.mark_unchanged();
        match step(state, seq).await {
            Ok(next) if Some(next) != seq => {
                seq = Some(next);
                continue;
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the log cannot be followed; trying again"),
        }
        tokio::select! {
            result = changed.changed() => if result.is_err() { return },
            () = tokio::time::sleep(LONGEST) => {}
        }
    }
}

async fn step(state: &AppState, seq: Option<i64>) -> Result<i64> {
    let ctx = &state.ctx;
    let Some(seq) = seq else {
        settings::apply(ctx, &state.site).await?;
        return ctx.log_end().await;
    };
    let events = ctx.next_events(seq, STEP).await?;
    let directory = Directory::of(ctx);
    for event in &events {
        directory.heard(event);
        sessions::heard(ctx, event);
        settings::heard(ctx, event);
        show_presence(state, event).await?;
    }
    if events.iter().any(|event| event.subject_kind == "settings") {
        settings::apply(ctx, &state.site).await?;
    }
    Ok(events.last().map_or(seq, |event| event.seq))
}

/// Tells all consoles how somebody's presence is now, so that none has to ask. Another node may have given up somebody
/// who came to this one.
async fn show_presence(state: &AppState, event: &StoredEvent) -> Result<()> {
    let Some(changed) = event.decode::<PresenceChanged>()? else { return Ok(()) };
    let presence = Presence {
        status: changed.status,
        reason: changed.reason,
        since: event.at,
        connected: changed.connected,
    };
    let frame = json!({"type": "presence", "user_id": changed.user_id, "presence": presence});
    state.hub.publish_here(&[Topic::Everyone], &frame, None);
    if !changed.connected && state.hub.is_here(Topic::User(changed.user_id.0)) {
        presence::connected(&state.ctx, changed.user_id).await?;
    }
    Ok(())
}
