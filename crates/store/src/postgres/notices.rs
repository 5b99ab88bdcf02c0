//! What processes on one database tell each other with LISTEN and NOTIFY.

use futures_util::StreamExt as _;
use heard_kernel::Result;
use tokio_postgres::{AsyncMessage, types::Type};

use super::connect::Server;
use crate::{
    db::closed,
    error::{from_connect, from_postgres},
};

/// Says and hears over one connection until it breaks.
pub(super) async fn exchange<F>(
    server: &Server,
    channel: &'static str,
    outgoing: impl Fn() -> F + Send,
    heard: impl Fn(Option<&str>) + Send + Sync,
) -> Result<()>
where
    F: Future<Output = String> + Send,
{
    let (client, mut connection) = server.config().connect(server.tls()).await.map_err(from_connect)?;
    let mut messages = std::pin::pin!(futures_util::stream::poll_fn(move |cx| connection.poll_message(cx)));
    let hearing = async {
        loop {
            match messages.next().await {
                Some(Ok(AsyncMessage::Notification(notice))) => heard(Some(notice.payload())),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(from_connect(error)),
                None => return Err(closed()),
            }
        }
    };
    let saying = async {
        client.batch_execute(&format!("LISTEN {channel}")).await.map_err(from_postgres)?;
        // Whatever was said before the subscription stood is made up for by the caller.
        heard(None);
        loop {
            let text = outgoing().await;
            let named =
                [(&channel as &(dyn tokio_postgres::types::ToSql + Sync), Type::TEXT), (&text, Type::TEXT)];
            client.query_typed("SELECT pg_notify($1, $2)", &named).await.map_err(from_postgres)?;
        }
    };
    // The connection is driven by the one and used by the other.
    tokio::select! {
        result = hearing => result,
        result = saying => result,
    }
}
