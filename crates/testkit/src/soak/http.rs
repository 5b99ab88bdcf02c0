//! Calls that go on until they are answered.

use std::{net::SocketAddr, time::Duration};

use serde_json::Value;

use crate::bench::{Answer, Client};

/// A caller who connects again when the server went away.
pub(crate) struct Caller {
    address: SocketAddr,
    headers: String,
    client: Option<Client>,
}

impl Caller {
    pub(crate) fn new(address: SocketAddr, headers: String) -> Self {
        Self { address, headers: format!("content-type: application/json\r\n{headers}"), client: None }
    }

    /// One attempt.
    pub(crate) async fn once(&mut self, method: &str, path: &str, body: &Value) -> Option<Answer> {
        if self.client.is_none() {
            self.client = Client::connect(self.address).await.ok();
        }
        let client = self.client.as_mut()?;
        let bytes = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        match client.send(method, path, &self.headers, &bytes).await {
            Ok(answer) => Some(answer),
            Err(_) => {
                self.client = None;
                None
            }
        }
    }

    /// Asks until there is an answer that is not the server's trouble (5xx) or haste (429).
    pub(crate) async fn until_answered(
        &mut self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, String> {
        for _ in 0..3_000 {
            match self.once(method, path, body).await {
                Some(answer) if answer.status < 400 => {
                    return if answer.body.is_empty() {
                        Ok(Value::Null)
                    } else {
                        serde_json::from_slice(&answer.body).map_err(|e| e.to_string())
                    };
                }
                Some(answer) if answer.status < 500 && answer.status != 429 => {
                    return Err(format!(
                        "{method} {path}: {} {}",
                        answer.status,
                        String::from_utf8_lossy(&answer.body)
                    ));
                }
                _ => tokio::time::sleep(Duration::from_millis(30)).await,
            }
        }
        Err(format!("{method} {path}: no answer"))
    }
}

/// A text within an answer.
pub(crate) fn text(value: &Value, pointer: &str) -> Result<String, String> {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| format!("no {pointer} in {value}"))
}
