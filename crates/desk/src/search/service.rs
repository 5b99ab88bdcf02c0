//! Asking the index, and reading again what it found.

use std::collections::HashMap;

use heard_kernel::{Actor, Error, Locale, Result, TOO_LONG, Timestamp, escape_html};
use heard_platform::directory;
use heard_runtime::Ctx;
use heard_search::{Hit, Query, snippet};
use heard_store::Tx;
use uuid::Uuid;

use super::{CONTACTS, USERS, http::SearchHit, index};
use crate::{
    contacts::{self, ContactId, display_name},
    inboxes,
    messages::{
        MessageId,
        feed::{self, Indexed},
    },
    rights,
};

/// Characters of a search that are looked at.
const LONGEST: usize = 200;
/// Characters of a message that are shown.
const SNIPPET: usize = 90;

/// Finds what the actor may see, the best first.
///
/// # Errors
/// `validation_failed` when the text is too long; `search_unavailable`; the storage codes.
pub(super) async fn find(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    text: String,
    kinds: Vec<&'static str>,
    limit: usize,
) -> Result<Vec<SearchHit>> {
    if text.chars().count() > LONGEST {
        return Err(Error::field("q", TOO_LONG).with("max", LONGEST));
    }
    let asker = actor.clone();
    let mut scopes = ctx.read(async move |tx| scopes(tx, &asker).await).await?;
    let brought = super::kinds::kinds(ctx);
    scopes.extend(brought.iter().flat_map(|kind| kind.scopes(actor)));
    let index = index(ctx)?;
    let query = Query { text: text.clone(), kinds, scopes: Some(scopes), limit };
    let found =
        tokio::task::spawn_blocking(move || index.search(&query)).await.map_err(Error::internal)??;
    let asker = actor.clone();
    ctx.read(async move |tx| {
        let messages = Messages::of(tx, &found).await?;
        let mut hits = Vec::with_capacity(found.len());
        for hit in &found {
            hits.extend(match brought.iter().find(|kind| kind.kind() == hit.kind) {
                Some(kind) => kind.shown(tx, &asker, hit, locale).await?.map(|found| SearchHit {
                    title: found.title,
                    snippet: marked(&snippet(&found.text, &text, SNIPPET)),
                    ..base(hit)
                }),
                None if hit.kind == "message" => messages.shown(hit, &text, locale),
                None => shown(tx, hit, locale).await?,
            });
        }
        Ok(hits)
    })
    .await
}

/// What every find has.
fn base(hit: &Hit) -> SearchHit {
    SearchHit {
        kind: hit.kind.clone(),
        id: hit.id,
        title: String::new(),
        snippet: String::new(),
        conversation_id: hit.parent,
        message_no: hit.number,
        at: (hit.at > 0).then(|| Timestamp::from_millis(hit.at)),
    }
}

async fn scopes(tx: &Tx<'_>, actor: &Actor) -> Result<Vec<Uuid>> {
    let mut scopes = vec![USERS];
    if actor.may(rights::READ) {
        let (inboxes, _) = inboxes::visible_ids(tx, actor).await?;
        scopes.extend(inboxes.into_iter().map(|id| id.0));
    }
    if actor.may(rights::CONTACT_READ) {
        scopes.push(CONTACTS);
    }
    Ok(scopes)
}

/// The messages among the finds, read together, with the names of their contacts.
struct Messages {
    messages: HashMap<Uuid, Indexed>,
    names: HashMap<ContactId, Option<String>>,
}

impl Messages {
    async fn of(tx: &Tx<'_>, found: &[Hit]) -> Result<Self> {
        let ids: Vec<MessageId> =
            found.iter().filter(|hit| hit.kind == "message").map(|hit| MessageId(hit.id)).collect();
        let messages = feed::many(tx, &ids).await?;
        let contacts: Vec<ContactId> = messages.iter().map(|message| message.contact_id).collect();
        let names = contacts::labels(tx, &contacts).await?;
        let messages = messages.into_iter().map(|message| (message.message_id.0, message)).collect();
        Ok(Self { messages, names })
    }

    /// A message as it is shown; nothing when it is gone since it was indexed.
    fn shown(&self, hit: &Hit, text: &str, locale: Locale) -> Option<SearchHit> {
        let message = self.messages.get(&hit.id)?;
        let name = self.names.get(&message.contact_id).and_then(Option::as_deref);
        Some(SearchHit {
            title: display_name(message.contact_id, name, locale),
            snippet: marked(&snippet(&message.body, text, SNIPPET)),
            ..base(hit)
        })
    }
}

/// Another find as it is shown; nothing when it is gone since it was indexed.
async fn shown(tx: &Tx<'_>, hit: &Hit, locale: Locale) -> Result<Option<SearchHit>> {
    let base = base(hit);
    Ok(match hit.kind.as_str() {
        "contact" => {
            let id = ContactId(hit.id);
            let label = contacts::labels(tx, &[id]).await?.remove(&id).flatten();
            contacts::find(tx, id).await?.map(|contact| SearchHit {
                title: display_name(id, label.as_deref(), locale),
                // What stands above already is not said twice.
                snippet: marked(
                    &contact
                        .email
                        .or(contact.phone)
                        .filter(|it| Some(it) != label.as_ref())
                        .unwrap_or_default(),
                ),
                ..base
            })
        }
        _ => directory::user_refs(tx, &[hit.id])
            .await?
            .remove(&hit.id)
            .map(|user| SearchHit { title: user.name, ..base }),
    })
}

/// The text as HTML in which only the marks are elements.
fn marked(text: &str) -> String {
    escape_html(text).replace('⟦', "<mark>").replace('⟧', "</mark>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_marks_are_elements() {
        assert_eq!(marked("<b>⟦退款⟧ & \"x\""), "&lt;b&gt;<mark>退款</mark> &amp; &quot;x&quot;");
    }
}
