//! Listening and stopping.

use std::{sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
    time::{Instant, sleep},
};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

async fn ask(address: std::net::SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(REQUEST).await.unwrap();
    stream
}

#[tokio::test]
async fn running_requests_finish_and_no_new_ones_are_taken() {
    let stop = Arc::new(Notify::new());
    let app = Router::new().route(
        "/",
        get(async || {
            sleep(Duration::from_millis(300)).await;
            "done"
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let signal = Arc::clone(&stop);
    let server = tokio::spawn(heard_web::serve(
        listener,
        app,
        async move { signal.notified().await },
        Duration::from_secs(5),
    ));
    let mut running = ask(address).await;
    // Open, but without a request: it must not hold up the end.
    let _idle = TcpStream::connect(address).await.unwrap();
    sleep(Duration::from_millis(100)).await;
    stop.notify_one();
    let started = Instant::now();
    let mut answer = String::new();
    running.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("done"), "{answer}");
    server.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(2));
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn requests_that_never_end_are_cut_off() {
    let stop = Arc::new(Notify::new());
    let app = Router::new().route("/", get(std::future::pending::<()>));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let signal = Arc::clone(&stop);
    let patience = Duration::from_millis(200);
    let server =
        tokio::spawn(heard_web::serve(listener, app, async move { signal.notified().await }, patience));
    let _running = ask(address).await;
    sleep(Duration::from_millis(100)).await;
    stop.notify_one();
    let started = Instant::now();
    server.await.unwrap().unwrap();
    assert!(started.elapsed() < Duration::from_secs(2));
}
