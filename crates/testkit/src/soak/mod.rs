//! Visitors and agents who really talk, over HTTP and live connections, while the server is killed and started again.
//!
//! Everybody retries what was not acknowledged with the same key and follows the live connection as a widget or a console
//! does: an event says that there is something new, and the messages after the last known one are fetched. At the end
//! each side's own view must hold every acknowledged message once and in order; nobody reloads.

mod agent;
mod compare;
mod follow;
mod http;
mod stage;
mod visitor;

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

pub use compare::compare;
pub use stage::{Prepared, Server, Stage, prepare, visits};

/// How much is said.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Visitors, each with one conversation.
    pub visitors: usize,
    /// Agents, who share the conversations and answer every message once.
    pub agents: usize,
    /// Messages of each visitor.
    pub messages: usize,
    /// How often the server is killed meanwhile.
    pub kills: usize,
}

/// What everybody shares.
pub(crate) struct World {
    pub(crate) address: std::net::SocketAddr,
    pub(crate) inbox_key: String,
    pub(crate) plan: Plan,
    pub(crate) said: AtomicU64,
    pub(crate) over: AtomicBool,
}

/// One side's view of a conversation: numbers, who wrote, and the text, in the order in which they came.
pub(crate) type View = Vec<(i64, bool, String)>;

/// Runs the plan and checks both sides.
///
/// # Errors
/// What was lost, doubled or out of order, in words.
pub async fn run(server: Server, plan: Plan) -> Result<Report, String> {
    run_with(server, plan, || Ok(())).await
}

/// Runs the plan, does `meanwhile` on a thread of its own after the last kill while everybody talks, and checks both sides.
///
/// # Errors
/// What was lost, doubled or out of order, in words; what `meanwhile` fails with.
pub async fn run_with(
    mut server: Server,
    plan: Plan,
    meanwhile: impl FnOnce() -> Result<(), String> + Send + 'static,
) -> Result<Report, String> {
    let started = std::time::Instant::now();
    let stage = Stage::set(&server, plan.agents).await?;
    let world = Arc::new(World {
        address: server.address(),
        inbox_key: stage.inbox_key.clone(),
        plan,
        said: AtomicU64::new(0),
        over: AtomicBool::new(false),
    });
    let agents: Vec<_> = stage
        .agents
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, who)| tokio::spawn(agent::work(Arc::clone(&world), index, who)))
        .collect();
    let visitors: Vec<_> =
        (0..plan.visitors).map(|index| tokio::spawn(visitor::talk(Arc::clone(&world), index))).collect();

    let total = (plan.visitors * plan.messages * 2) as u64;
    for kill in 1..=plan.kills as u64 {
        let mark = total * kill / (plan.kills as u64 + 1);
        while world.said.load(Ordering::Relaxed) < mark {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server.kill_and_restart()?;
    }
    let meanwhile = tokio::task::spawn_blocking(meanwhile);
    let mut views = HashMap::new();
    for visitor in visitors {
        let (conversation, view) = visitor.await.map_err(|e| e.to_string())??;
        views.insert(conversation, view);
    }
    world.over.store(true, Ordering::SeqCst);
    let mut seen_by_agents = HashMap::new();
    for agent in agents {
        seen_by_agents.extend(agent.await.map_err(|e| e.to_string())??);
    }
    let took = started.elapsed();
    meanwhile.await.map_err(|e| e.to_string())??;
    check(plan, &views, &seen_by_agents)?;
    server.stop()?;
    let agent = stage.agents.first().cloned().unwrap_or_default();
    Ok(Report { messages: total, took, views, agent })
}

/// How it went.
#[derive(Debug)]
pub struct Report {
    /// Messages that both sides hold.
    pub messages: u64,
    /// How long it took, with the restarts.
    pub took: Duration,
    /// What both sides hold, by conversation.
    pub(crate) views: HashMap<String, View>,
    /// Header lines of an agent's session.
    pub(crate) agent: String,
}

/// Both sides hold the same conversation, and in it what each visitor and agent said, once and in order.
fn check(plan: Plan, visitors: &HashMap<String, View>, agents: &HashMap<String, View>) -> Result<(), String> {
    if visitors.len() != plan.visitors {
        return Err(format!("{} conversations instead of {}", visitors.len(), plan.visitors));
    }
    for (conversation, view) in visitors {
        let other =
            agents.get(conversation).ok_or_else(|| format!("no agent saw conversation {conversation}"))?;
        if view != other {
            return Err(format!(
                "the two sides of {conversation} differ: {} and {} messages",
                view.len(),
                other.len()
            ));
        }
        let from =
            |contact: bool| view.iter().filter(move |line| line.1 == contact).map(|line| line.2.as_str());
        let expected: Vec<String> = (0..plan.messages).map(|n| format!("问题 {n}")).collect();
        if !from(true).eq(expected.iter().map(String::as_str)) {
            return Err(format!(
                "the visitor's words in {conversation} are not as they were said: {:?}",
                from(true).collect::<Vec<_>>()
            ));
        }
        let mut answers: Vec<&str> = from(false).collect();
        answers.sort_unstable();
        answers.dedup();
        if answers.len() != plan.messages || from(false).count() != plan.messages {
            return Err(format!(
                "{} answers in {conversation}, {} of them different, instead of {}",
                from(false).count(),
                answers.len(),
                plan.messages
            ));
        }
    }
    Ok(())
}
