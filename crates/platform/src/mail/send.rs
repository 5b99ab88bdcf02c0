//! Handing a mail to the server.

use std::time::Duration;

use heard_kernel::{Code, Error, Result};
use heard_runtime::Ctx;
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};

use super::texts::Mail;
use crate::settings::{self, MailSecurity, Settings};

/// The mail server did not take the mail (`params.reason`).
pub const MAIL_FAILED: Code = Code::new("mail_failed", 502);
/// There is no mail server in the settings.
pub const MAIL_NOT_SET_UP: Code = Code::new("mail_not_set_up", 409);

/// The longest that a mail server may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Sends a mail. `id` makes the message's id, so that a mail which is sent again is known to be the same.
///
/// # Errors
/// `mail_not_set_up`; `mail_failed` with what the server said; the storage codes.
pub(crate) async fn send(ctx: &Ctx, mail: &Mail, id: uuid::Uuid) -> Result<()> {
    let settings = settings::current(ctx).await?;
    let message = message(&settings, mail, id)?;
    let transport = transport(&settings, settings::mail_password(ctx).await?)?;
    let sent = tokio::time::timeout(PATIENCE * 3, transport.send(message)).await;
    match sent {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(failed(error)),
        Err(_) => Err(failed("timed out")),
    }
}

/// Whether the mail server can be reached and takes the account.
///
/// # Errors
/// `mail_not_set_up`; `mail_failed` with what the server said; the storage codes.
pub(crate) async fn probe(ctx: &Ctx) -> Result<()> {
    let settings = settings::current(ctx).await?;
    let transport = transport(&settings, settings::mail_password(ctx).await?)?;
    match tokio::time::timeout(PATIENCE, transport.test_connection()).await {
        Ok(Ok(true)) => Ok(()),
        Ok(Ok(false)) => Err(failed("the server is not ready")),
        Ok(Err(error)) => Err(failed(error)),
        Err(_) => Err(failed("timed out")),
    }
}

fn failed(reason: impl std::fmt::Display) -> Error {
    Error::new(MAIL_FAILED).with("reason", reason.to_string())
}

fn message(settings: &Settings, mail: &Mail, id: uuid::Uuid) -> Result<Message> {
    let (from, _) = settings.mail.ready().ok_or_else(|| Error::new(MAIL_NOT_SET_UP))?;
    let domain = from.rsplit('@').next().unwrap_or("localhost");
    let (subject, text) = mail.words(&settings.organization);
    let from = Mailbox::new(Some(settings.organization.clone()), from.parse().map_err(failed)?);
    let to = Mailbox::new(None, mail.to.parse().map_err(failed)?);
    Message::builder()
        .from(from)
        .to(to)
        .subject(subject)
        .message_id(Some(format!("<{id}@{domain}>")))
        .header(ContentType::TEXT_PLAIN)
        .body(text)
        .map_err(failed)
}

fn transport(settings: &Settings, password: Option<String>) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let (_, host) = settings.mail.ready().ok_or_else(|| Error::new(MAIL_NOT_SET_UP))?;
    let tls = || TlsParameters::new(host.to_owned()).map_err(failed);
    let tls = match settings.mail.security {
        MailSecurity::None => Tls::None,
        MailSecurity::Starttls => Tls::Required(tls()?),
        MailSecurity::Tls => Tls::Wrapper(tls()?),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(settings.mail.smtp_port)
        .tls(tls)
        .timeout(Some(PATIENCE));
    if let (Some(user), Some(password)) = (&settings.mail.smtp_user, password) {
        builder = builder.credentials(Credentials::new(user.clone(), password));
    }
    Ok(builder.build())
}
