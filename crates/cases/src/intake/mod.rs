//! Intake rules (受理规则): a conversation becomes a case by itself when a customer writes certain words in it or somebody puts a
//! tag on it.
//!
//! The rules stand in the plan that new cases follow; the first that fits counts. The case is the one that a person would open from
//! the conversation, with the same fields filled. A conversation with a case that is under way gets no other one, so neither a
//! second message nor an event that comes twice opens a second case.
//!
//! Events: `case.opened_by_rule`. Rights: `plan.read` to try rules; the rules themselves act as the system.

mod events;
mod http;
mod reactors;
mod rules;
mod service;

use heard_runtime::Registry;

pub use events::OpenedByRule;
pub use http::routes;
#[cfg(any(test, fuzzing))]
pub(crate) use rules::by_words;

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.reactor(reactors::Conversations::default());
}
