//! The floor: the least that a durable message over HTTP can cost with the same parts. Bare axum, one transaction with
//! a message row and an event row.

use std::{path::PathBuf, sync::Arc};

use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
use heard_kernel::{Clock, Ids, RandomIds, SystemClock};
use heard_store::{Db, DbConfig, Migration, Sizing, params};
use serde::Deserialize;
use uuid::Uuid;

const TABLES: &[Migration] = &[Migration::portable(
    2026112290,
    "floor",
    "CREATE TABLE floor_messages (id UUID PRIMARY KEY, conversation_id UUID NOT NULL, no BIGINT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL); \
     CREATE TABLE floor_events (id UUID PRIMARY KEY, kind TEXT NOT NULL, data TEXT NOT NULL, at BIGINT NOT NULL);",
)];

#[derive(Deserialize)]
struct Words {
    body: String,
}

#[derive(Clone)]
struct Floor {
    db: Db,
    ids: Arc<RandomIds>,
}

/// Serves the floor until it is killed. `url` names a PostgreSQL database; without one the folder holds the database.
///
/// # Errors
/// When it cannot listen or open the database.
pub async fn serve(dir: PathBuf, url: Option<String>) -> Result<(), Box<dyn std::error::Error>> {
    let config = match url {
        Some(url) => DbConfig::Postgres { url, connections: 16 },
        None => DbConfig::Sqlite { dir, sizing: Sizing::default() },
    };
    let db = Db::open(&config).await?;
    db.migrate(TABLES).await?;
    let app =
        Router::new().route("/message", post(receive)).with_state(Floor { db, ids: Arc::new(RandomIds) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    super::say(&format!("floor on http://{}", listener.local_addr()?));
    axum::serve(listener, app).await?;
    Ok(())
}

async fn receive(State(floor): State<Floor>, Json(words): Json<Words>) -> Result<StatusCode, StatusCode> {
    let now = SystemClock.now();
    let (id, event): (Uuid, Uuid) = (floor.ids.uuid(now), floor.ids.uuid(now));
    floor
        .db
        .tx(async move |tx| {
            tx.execute(
                "INSERT INTO floor_messages (id, conversation_id, no, body, at) VALUES ($1, $2, $3, $4, $5)",
                &params![id, Uuid::from_u128(1), 1, &words.body, now],
            )
            .await?;
            tx.execute(
                "INSERT INTO floor_events (id, kind, data, at) VALUES ($1, $2, $3, $4)",
                &params![event, "message.posted", "{\"no\":1}", now],
            )
            .await
        })
        .await
        .map(|_| StatusCode::CREATED)
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
