//! The inbox that an organisation begins with, so that the widget works from the first minute.

use std::sync::Arc;

use heard_kernel::Locale;
use heard_platform::setup::{Answers, Furnish, Furniture};
use heard_runtime::{Ctx, LocalFuture, Tx};

use super::{model::InboxKind, service};

struct FirstInbox;

impl Furnish for FirstInbox {
    fn furnish<'a>(&'a self, tx: &'a Tx<'a>, answers: &'a Answers) -> LocalFuture<'a, ()> {
        Box::pin(async move {
            let name = match answers.locale {
                Locale::ZhCn => "网站",
                Locale::En => "Website",
            };
            let mut inbox = service::new(tx, InboxKind::WebChat, name)?;
            inbox.config.hours.time_zone.clone_from(&answers.time_zone);
            if let Some(chat) = &mut inbox.config.web_chat {
                chat.brand_name = answers.organization.chars().take(60).collect();
            }
            service::add(tx, &inbox).await
        })
    }
}

/// Tells the first run who makes it.
pub(crate) fn install(ctx: &Ctx) {
    Furniture::install(ctx, Arc::new(FirstInbox));
}
