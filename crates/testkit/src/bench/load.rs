//! A load generator that costs little: HTTP/1.1 over kept connections, answers read by their length.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Value of the first `Set-Cookie` header, up to its first semicolon.
    pub cookie: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// One kept connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Client {
    /// Connects.
    pub async fn connect(address: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a request and reads its answer. `headers` are whole lines, each with its line end.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> std::io::Result<Answer> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\naccept-encoding: identity\r\ncontent-length: {}\r\n{headers}\r\n",
            body.len()
        );
        let mut request = head.into_bytes();
        request.extend_from_slice(body);
        self.stream.write_all(&request).await?;
        self.read_answer().await
    }

    async fn read_answer(&mut self) -> std::io::Result<Answer> {
        let broken = |why: &str| std::io::Error::new(std::io::ErrorKind::InvalidData, why.to_owned());
        let head_end = loop {
            if let Some(at) = find(&self.buffer, b"\r\n\r\n") {
                break at + 4;
            }
            self.fill().await?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..head_end]).into_owned();
        let header = |name: &str| {
            head.lines().find_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(|| broken("status"))?;
        let cookie = header("set-cookie").map(|c| c.split(';').next().unwrap_or_default().to_owned());
        let length = match header("content-length").and_then(|l| l.parse::<usize>().ok()) {
            Some(length) => length,
            None if status == 204 || status == 304 => 0,
            None => return Err(broken("an answer without a length")),
        };
        while self.buffer.len() < head_end + length {
            self.fill().await?;
        }
        let body = self.buffer[head_end..head_end + length].to_vec();
        self.buffer.drain(..head_end + length);
        Ok(Answer { status, cookie, body })
    }

    async fn fill(&mut self) -> std::io::Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// A request: method, path, header lines, body.
pub type Request = (&'static str, String, String, Vec<u8>);

/// What to send, and how much of it.
pub struct Load {
    /// Where to.
    pub address: SocketAddr,
    /// Connections that send one request after the other.
    pub connections: usize,
    /// Requests in all.
    pub requests: u64,
    /// The request of a number.
    pub make: Arc<dyn Fn(u64) -> Request + Send + Sync>,
}

/// How it went.
#[derive(Debug)]
pub struct Outcome {
    /// From the first request to the last answer.
    pub took: Duration,
    /// Answers with a status below 400.
    pub fine: u64,
    /// Other answers.
    pub refused: u64,
    /// Latency of each request in milliseconds.
    pub latencies: Vec<f64>,
}

impl Load {
    /// Sends everything and waits for all answers.
    pub async fn run(self) -> std::io::Result<Outcome> {
        let next = Arc::new(AtomicU64::new(0));
        let started = Instant::now();
        let mut tasks = Vec::new();
        for _ in 0..self.connections {
            let (next, make, total, address) =
                (Arc::clone(&next), Arc::clone(&self.make), self.requests, self.address);
            tasks.push(tokio::spawn(async move {
                let mut client = Client::connect(address).await?;
                let (mut fine, mut refused, mut latencies) = (0, 0, Vec::new());
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= total {
                        return Ok::<_, std::io::Error>((fine, refused, latencies));
                    }
                    let (method, path, headers, body) = make(number);
                    let sent = Instant::now();
                    let answer = client.send(method, &path, &headers, &body).await?;
                    latencies.push(sent.elapsed().as_secs_f64() * 1e3);
                    if answer.status < 400 { fine += 1 } else { refused += 1 }
                }
            }));
        }
        let mut outcome = Outcome { took: Duration::ZERO, fine: 0, refused: 0, latencies: Vec::new() };
        for task in tasks {
            let (fine, refused, latencies) = task.await.map_err(std::io::Error::other)??;
            outcome.fine += fine;
            outcome.refused += refused;
            outcome.latencies.extend(latencies);
        }
        outcome.took = started.elapsed();
        Ok(outcome)
    }
}
