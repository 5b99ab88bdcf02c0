//! The whole product under people and kills: `make soak`. Each message that was acknowledged must be there once and in
//! order, on both sides; a backup that was taken meanwhile, and one of the end, must hold the same elsewhere.
//!
//! `soak [sqlite|postgres]`; both when nothing is named and `HEARD_TEST_POSTGRES` names a server. The sizes are
//! `HEARD_SOAK_VISITORS`, `HEARD_SOAK_AGENTS`, `HEARD_SOAK_MESSAGES` (of all, answers counted) and `HEARD_SOAK_KILLS`.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what cannot go on stops")]

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode, Stdio},
};

use heard_testkit::{
    TestDb,
    bench::say,
    soak::{Plan, Server, compare, run_with},
};

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::main]
async fn main() -> ExitCode {
    let (visitors, agents) =
        (number("HEARD_SOAK_VISITORS", 200).max(1), number("HEARD_SOAK_AGENTS", 20).max(1));
    let messages = (number("HEARD_SOAK_MESSAGES", 20_000) / visitors / 2).max(1);
    let plan = Plan { visitors, agents, messages, kills: number("HEARD_SOAK_KILLS", 3) };
    let wanted = std::env::args().nth(1);
    let runs = |engine: &str| wanted.as_deref().is_none_or(|wanted| wanted == engine);
    let mut fine = true;
    if runs("sqlite") {
        fine &= tell("SQLite", plan, soak(plan, None, None).await);
    }
    if runs("postgres") && (wanted.is_some() || std::env::var_os("HEARD_TEST_POSTGRES").is_some()) {
        // The data of the run, and of what is restored while it goes on and after it.
        let (first, second) = (TestDb::postgres().await, TestDb::postgres().await);
        fine &= tell("PostgreSQL", plan, soak(plan, first.url(), second.url()).await);
    }
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn tell(engine: &str, plan: Plan, outcome: Result<String, String>) -> bool {
    let Plan { visitors, agents, kills, .. } = plan;
    let people = format!("{engine}: {visitors} visitors, {agents} agents, {kills} kills");
    match &outcome {
        Ok(report) => say(&format!("{people}: {report}")),
        Err(why) => say(&format!("{people}: FAILED: {why}")),
    }
    outcome.is_ok()
}

/// `heard` beside this program, or what `HEARD_BIN` names.
fn binary() -> PathBuf {
    let beside = std::env::current_exe().unwrap().with_file_name("heard");
    std::env::var_os("HEARD_BIN").map_or(beside, PathBuf::from)
}

fn heard(verb: &str, file: &Path, data: &Path, database: Option<&String>) -> Result<(), String> {
    let mut command = Command::new(binary());
    command.arg(verb).arg(file).arg("--data").arg(data).env("HEARD_LOG_LEVEL", "error").stdout(Stdio::null());
    if let Some(url) = database {
        command.args(["--database", url]);
    }
    let status = command.status().map_err(|e| e.to_string())?;
    if status.success() { Ok(()) } else { Err(format!("heard {verb}: {status}")) }
}

async fn soak(plan: Plan, database: Option<String>, elsewhere: Option<String>) -> Result<String, String> {
    let folder = tempfile::tempdir().map_err(|e| e.to_string())?;
    let at = |name: &str| folder.path().join(name);
    let (data, live, end) = (at("data"), at("live.heard"), at("end.heard"));
    let server = Server::of_product(binary(), data.clone(), database.clone())?;
    let (from, to, url) = (data.clone(), live.clone(), database.clone());
    let report = run_with(server, plan, move || heard("backup", &to, &from, url.as_ref())).await?;
    heard("backup", &end, &data, database.as_ref())?;

    // Each backup comes back into the other kind of place where there is one.
    heard("restore", &live, &at("restored-live"), elsewhere.as_ref())?;
    let restored = Server::of_product(binary(), at("restored-live"), elsewhere)?;
    let meanwhile = compare(restored, &report, false).await?;
    heard("restore", &end, &at("restored-end"), None)?;
    let whole = compare(Server::of_product(binary(), at("restored-end"), None)?, &report, true).await?;
    Ok(format!(
        "{} messages in {:.1} s, each there once and in order on both sides; restored elsewhere: {meanwhile} of a backup \
         that was taken meanwhile, {whole} of one of the end, the same",
        report.messages,
        report.took.as_secs_f64()
    ))
}
