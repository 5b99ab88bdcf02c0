//! Listening and stopping.

use std::{future::Future, net::SocketAddr, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
};
use heard_kernel::Result;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustix::process::{Resource, getrlimit, setrlimit};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    time::timeout,
};
use tower::ServiceExt as _;

/// How long the head of a request may take, from the opening of the connection or from the answer before. Longer than
/// proxies keep their idle connections (60 s), so that none closes under a request.
const HEAD_PATIENCE: Duration = Duration::from_secs(75);
/// Bytes that the head of a request may have.
const MAX_HEAD: usize = 64 * 1024;
/// The pause when no more files can be opened.
const BREATH: Duration = Duration::from_millis(100);

/// Serves until `stop` ends, then takes no more and lets running requests finish for `patience`.
///
/// # Errors
/// None at present: a listener that fails is tried again.
pub async fn serve(
    listener: TcpListener,
    application: Router,
    stop: impl Future<Output = ()> + Send,
    patience: Duration,
) -> Result<()> {
    raise_file_limit();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_PATIENCE).max_buf_size(MAX_HEAD);
    let server = Arc::new(Server { builder, application });
    let (stopping, stopped) = watch::channel(false);
    // Nobody sends on it: it ends when the last connection has dropped its end.
    let (running, mut ended) = mpsc::channel::<()>(1);
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let (server, stopped, running) = (Arc::clone(&server), stopped.clone(), running.clone());
                    tokio::spawn(async move {
                        server.connection(stream, peer, stopped).await;
                        drop(running);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(BREATH).await;
                }
            },
            () = &mut stop => break,
        }
    }
    drop((listener, running));
    stopping.send_replace(true);
    if timeout(patience, ended.recv()).await.is_err() {
        tracing::warn!("some requests did not end in time and were cut off");
    }
    Ok(())
}

struct Server {
    builder: http1::Builder,
    application: Router,
}

impl Server {
    async fn connection(&self, stream: TcpStream, peer: SocketAddr, mut stopped: watch::Receiver<bool>) {
        // Live frames are small and must not wait for one another.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "the connection is gone already");
            return;
        }
        let service = service_fn(|request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            self.application.clone().oneshot(request)
        });
        let mut connection =
            pin!(self.builder.serve_connection(TokioIo::new(stream), service).with_upgrades());
        let told = async {
            let _ = stopped.wait_for(|stopped| *stopped).await;
        };
        let result = tokio::select! {
            result = connection.as_mut() => result,
            () = told => {
                connection.as_mut().graceful_shutdown();
                connection.await
            }
        };
        if let Err(error) = result {
            tracing::debug!(%error, "a connection broke");
        }
    }
}

/// Every connection is an open file, and systems allow few unless asked.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    if limit.current == limit.maximum {
        return;
    }
    let wanted = rustix::process::Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, wanted) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}
