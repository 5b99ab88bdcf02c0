//! `heard serve`: everything, until a signal.

use std::time::Duration;

use heard_kernel::{Actor, Error, Result};
use heard_runtime::{Config, Ctx, Spine};
use heard_web::AppState;
use tokio::{net::TcpListener, sync::watch};

use crate::features;

/// Serves until the process is told to stop, then lets running work finish.
///
/// # Errors
/// `address_in_use` when the port is taken; `data_dir_in_use`; the storage codes.
pub async fn run(config: Config) -> Result<()> {
    let ctx = crate::open(&config).await?;
    let served = serve(&ctx, &config).await;
    ctx.db().close().await;
    served
}

async fn serve(ctx: &Ctx, config: &Config) -> Result<()> {
    let migrated = ctx.db().migrate(&features::migrations()).await?;
    if migrated > 0 {
        tracing::info!(migrations = migrated, "the database is up to date");
    }
    let listener = listen(config).await?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let product = features::build(ctx).await?;
    ctx.tx(&Actor::system(), async |tx| heard_platform::files::schedule(tx)).await?;
    let spine = Spine::new(ctx.clone(), product.registry).start().await?;
    let (stop_followers, stopped) = watch::channel(false);
    let followers = product.followers.into_iter().map(|start| start(stopped.clone())).collect::<Vec<_>>();

    tokio::spawn(give_back_memory());

    announce(&product.state, &format!("http://{address}"), address.ip().is_loopback()).await?;
    let patience = Duration::from_secs(config.server.drain_seconds);
    let health = product.state.health.clone();
    let hub = product.state.hub.clone();
    let signal = async move {
        wait_for_signal().await;
        tracing::info!("stopping: no new requests, running ones finish");
        health.drain();
        hub.stop();
    };
    let served = heard_web::serve(listener, product.application, signal, patience).await;
    let _ = stop_followers.send(true);
    spine.stop(patience).await;
    for follower in followers {
        let _ = tokio::time::timeout(patience, follower).await;
    }
    tracing::info!("stopped");
    served
}

/// Gives back the memory that only the start needed, and from time to time what a busy hour leaves behind.
async fn give_back_memory() {
    const AFTER_START: Duration = Duration::from_secs(2);
    const EVERY: Duration = Duration::from_secs(600);
    let mut next = AFTER_START;
    loop {
        tokio::time::sleep(next).await;
        if let Ok(Err(error)) = tokio::task::spawn_blocking(heard_memory::give_back).await {
            tracing::debug!(%error, "memory is not given back");
            return;
        }
        next = EVERY;
    }
}

async fn listen(config: &Config) -> Result<TcpListener> {
    let address = config.server.listen;
    TcpListener::bind(address)
        .await
        .map_err(|e| Error::new(super::ADDRESS_NOT_USABLE).with("address", address.to_string()).because(e))
}

/// Prints the address, and before the first run what is needed for it.
async fn announce(state: &AppState, url: &str, loopback: bool) -> Result<()> {
    println!("Heard {} listens on {url}", env!("CARGO_PKG_VERSION"));
    match heard_platform::setup::prepare(&state.ctx).await? {
        Some(_) if loopback => println!("First run: open the address in a browser on this machine"),
        Some(token) => println!("First run: open {url}/setup and enter this one-time token: {token}"),
        None => {}
    }
    Ok(())
}

/// Ctrl-C, or the signal that service managers send.
async fn wait_for_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
