//! The server that is killed, and the people who are there before it begins.

use std::{net::SocketAddr, path::PathBuf, process::Command};

use serde_json::json;

use super::http::{Caller, text};
use crate::bench::Served;

/// A server that can be killed and started again on the same port with the same data.
pub struct Server {
    make: Box<dyn Fn(SocketAddr) -> Command + Send + Sync>,
    address: SocketAddr,
    served: Option<Served>,
}

impl Server {
    /// Serves a data directory with the product's binary, with limits that so many people at one address do not reach.
    ///
    /// # Errors
    /// When it does not start.
    pub fn of_product(binary: PathBuf, data: PathBuf, database: Option<String>) -> Result<Self, String> {
        Self::start(move |address| {
            let mut command = Command::new(&binary);
            command.args(["serve", "--listen", &address.to_string(), "--data"]).arg(&data);
            command.env("HEARD_LIMITS_VISITOR_MESSAGES_PER_MINUTE", "100000");
            command.env("HEARD_LIMITS_VISITS_PER_ADDRESS_PER_MINUTE", "100000");
            command.env("HEARD_LOG_LEVEL", "error");
            if let Some(url) = &database {
                command.args(["--database", url]);
            }
            command
        })
    }

    /// Starts the command that `make` gives for a free port.
    ///
    /// # Errors
    /// When it does not start.
    pub fn start(make: impl Fn(SocketAddr) -> Command + Send + Sync + 'static) -> Result<Self, String> {
        let probe = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
        let address = probe.local_addr().map_err(|e| e.to_string())?;
        drop(probe);
        let mut server = Self { make: Box::new(make), address, served: None };
        server.launch()?;
        Ok(server)
    }

    fn launch(&mut self) -> Result<(), String> {
        self.served = Some(Served::start((self.make)(self.address)).map_err(|e| e.to_string())?);
        Ok(())
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `kill -9`, and at once a new start.
    pub(crate) fn kill_and_restart(&mut self) -> Result<(), String> {
        drop(self.served.take());
        self.launch()
    }

    /// Lets it stop by itself.
    ///
    /// # Errors
    /// When it does not stop in time.
    pub fn stop(mut self) -> Result<(), String> {
        self.served.take().map_or(Ok(()), |served| served.stop().map_err(|e| e.to_string()))
    }
}

/// An organisation with an inbox and agents.
pub struct Stage {
    pub(crate) inbox_key: String,
    pub(crate) agents: Vec<String>,
}

/// Long enough, and not on any list.
const PASSWORD: &str = "lange-genug-für-alle-7";

impl Stage {
    /// Does the first run and makes inbox and agents. Each agent is the header lines of a session.
    pub(crate) async fn set(server: &Server, agents: usize) -> Result<Self, String> {
        let mut nobody = Caller::new(server.address, String::new());
        let (admin, _) = first_run(&mut nobody).await?;
        let mut admin = Caller::new(server.address, admin);
        let inbox = admin
            .until_answered("POST", "/api/v1/inboxes", &json!({"kind": "web_chat", "name": "网站"}))
            .await?;
        let roles = admin.until_answered("GET", "/api/v1/roles", &json!(null)).await?;
        let role = roles["items"]
            .as_array()
            .and_then(|list| list.iter().find(|role| role["key"] == "agent"))
            .ok_or("no role for agents")?;
        let mut sessions = Vec::new();
        for index in 0..agents {
            let email = format!("agent{index}@example.com");
            let user = json!({"name": format!("坐席 {index}"), "email": email, "password": PASSWORD, "role_ids": [role["id"]], "team_ids": []});
            admin.until_answered("POST", "/api/v1/users", &user).await?;
            let answer = nobody
                .once("POST", "/api/v1/session", &json!({"email": email, "password": PASSWORD}))
                .await
                .ok_or("no answer to the sign-in")?;
            let signed: serde_json::Value =
                serde_json::from_slice(&answer.body).map_err(|e| e.to_string())?;
            sessions.push(session(
                &answer.cookie.ok_or_else(|| format!("no session: {signed}"))?,
                &signed["me"],
            )?);
        }
        Ok(Self { inbox_key: text(&inbox, "/key")?, agents: sessions })
    }
}

fn session(cookie: &str, me: &serde_json::Value) -> Result<String, String> {
    Ok(format!("cookie: {cookie}\r\nx-csrf-token: {}\r\n", text(me, "/csrf_token")?))
}

/// A server with an administrator, an inbox and some conversations, for measuring.
pub struct Prepared {
    /// Header lines of the administrator's session.
    pub headers: String,
    /// The inbox.
    pub inbox: uuid::Uuid,
    /// What the inbox is called in addresses.
    pub inbox_key: String,
    /// The administrator.
    pub user: uuid::Uuid,
    /// Conversations in it.
    pub conversations: Vec<String>,
    /// Header lines of the visitor of each conversation.
    pub visitors: Vec<String>,
}

/// Does the first run and opens conversations as visitors.
///
/// # Errors
/// What was answered instead, in words.
pub async fn prepare(address: SocketAddr, conversations: usize) -> Result<Prepared, String> {
    let mut nobody = Caller::new(address, String::new());
    let (headers, me) = first_run(&mut nobody).await?;
    let mut admin = Caller::new(address, headers.clone());
    let inbox =
        admin.until_answered("POST", "/api/v1/inboxes", &json!({"kind": "web_chat", "name": "网站"})).await?;
    let inbox_key = text(&inbox, "/key")?;
    let (mut opened, mut visitors) = (Vec::new(), Vec::new());
    for (index, token) in visits(address, &inbox_key, conversations as u64).await?.into_iter().enumerate() {
        visitors.push(format!("authorization: Visitor {token}\r\n"));
        let mut visitor = Caller::new(address, visitors[index].clone());
        let open = json!({"client_key": format!("o{index}"), "message": {"body": "你好"}});
        let answer = visitor.until_answered("POST", "/api/v1/widget/conversations", &open).await?;
        opened.push(text(&answer, "/conversation/id")?);
    }
    let id = |value: &serde_json::Value| text(value, "/id")?.parse().map_err(|e: uuid::Error| e.to_string());
    let (inbox, user) = (id(&inbox)?, id(&me)?);
    Ok(Prepared { headers, inbox, inbox_key, user, conversations: opened, visitors })
}

/// Begins visits and gives the visitors' tokens.
///
/// # Errors
/// What was answered instead, in words.
pub async fn visits(address: SocketAddr, inbox_key: &str, count: u64) -> Result<Vec<String>, String> {
    let mut nobody = Caller::new(address, String::new());
    let path = format!("/api/v1/widget/{inbox_key}/session");
    let mut tokens = Vec::new();
    for _ in 0..count {
        tokens.push(text(&nobody.until_answered("POST", &path, &json!({})).await?, "/token")?);
    }
    Ok(tokens)
}

async fn first_run(nobody: &mut Caller) -> Result<(String, serde_json::Value), String> {
    let setup = json!({"locale": "zh-CN", "organization": "测试公司", "time_zone": "Asia/Shanghai", "name": "管理员", "email": "admin@example.com", "password": PASSWORD});
    let answer = nobody.once("POST", "/api/v1/setup", &setup).await.ok_or("the server does not answer")?;
    let me: serde_json::Value = serde_json::from_slice(&answer.body).map_err(|e| e.to_string())?;
    let cookie = answer.cookie.ok_or_else(|| format!("no session after the first run: {me}"))?;
    Ok((session(&cookie, &me)?, me))
}
