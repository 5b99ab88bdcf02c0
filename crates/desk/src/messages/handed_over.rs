//! Messages as a contact may take them away: who in the team did what stays inside, names too where the inbox hides them.

use std::collections::HashSet;

use super::{
    model::{AuthorKind, MessageId, SystemLine},
    service::Shown,
    view::MessageView,
};
use crate::inboxes::Inbox;

/// What the inbox tells its customers about the team.
pub(super) struct Face {
    /// What stands instead of a name.
    brand: String,
    /// Whether agents have names.
    named: bool,
}

impl Face {
    /// What the inbox is set to.
    pub(super) fn of(inbox: &Inbox) -> Self {
        let chat = inbox.config.web_chat.as_ref();
        let brand = chat.map(|chat| chat.brand_name.trim()).filter(|brand| !brand.is_empty());
        Self {
            brand: brand.unwrap_or(&inbox.name).to_owned(),
            named: chat.is_none_or(|chat| chat.show_agent_name),
        }
    }

    /// The name above the chat.
    pub(super) fn brand(&self) -> &str {
        &self.brand
    }

    /// The messages without what is not for the contact. `team_quotes` are the quoted messages that the team wrote.
    pub(super) fn show(
        &self,
        messages: Vec<MessageView>,
        team_quotes: &HashSet<MessageId>,
    ) -> Vec<MessageView> {
        let shown = messages.into_iter().map(|mut message| {
            match message.author.kind {
                AuthorKind::User if !self.named => message.author.name.clone_from(&self.brand),
                AuthorKind::Bot => message.author.name.clone_from(&self.brand),
                _ => {}
            }
            if let Some(quote) =
                message.quote.as_mut().filter(|quote| !self.named && team_quotes.contains(&quote.id))
            {
                quote.author_name.clone_from(&self.brand);
            }
            message.system = message.system.map(|line| line.for_contact(self.named));
            message
        });
        // Without names "assigned to" says nothing.
        shown
            .filter(|message| !message.system.as_ref().is_some_and(|line| line.names_agent() && !self.named))
            .collect()
    }
}

/// Which of the quoted messages the team wrote.
pub(super) fn team_quotes(shown: &Shown) -> HashSet<MessageId> {
    let quoted = shown.quoted.values();
    quoted.filter(|quoted| quoted.author_kind != AuthorKind::Contact).map(|quoted| quoted.id).collect()
}

impl SystemLine {
    /// The line with what concerns the contact: who serves them, not who in the team did what.
    #[must_use]
    pub fn for_contact(mut self, named: bool) -> Self {
        self.params.retain(|name, _| match name.as_str() {
            "assignee" | "to" => named,
            name => name == "position",
        });
        self
    }

    fn names_agent(&self) -> bool {
        matches!(self.code.as_str(), "assigned" | "transferred")
    }
}
