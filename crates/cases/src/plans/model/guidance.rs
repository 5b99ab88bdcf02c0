//! What is said to customers, and how.

use heard_store::words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{StageKind, Text};

words! {
    /// What a template is for.
    TemplateKind {
        /// Received, will be handled, how and by when.
        Acknowledgement => "acknowledgement",
        /// How it goes on.
        Progress => "progress",
        /// It takes longer, and until when.
        Delay => "delay",
        /// A question to the customer.
        Question => "question",
        /// The result.
        Result => "result",
        /// Why a demand cannot be met.
        Explanation => "explanation",
        /// Whether it is solved and how satisfied.
        FollowUp => "follow_up",
    }
}

/// A text to customers, made of parts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanTemplate)]
pub struct Template {
    /// Key.
    pub key: String,
    /// What it is for.
    pub kind: TemplateKind,
    /// Name.
    pub name: Text,
    /// Parts in their order. The notice is sent only when every mandatory part has words and no variable is left open.
    pub parts: Vec<TemplatePart>,
}

/// A part of a template.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TemplatePart {
    /// Key, unique within the template.
    pub key: String,
    /// What it must say.
    pub name: Text,
    /// Words to begin with. Variables: `{{contact.name}}`, `{{case.number}}`, `{{case.title}}`, `{{case.category}}`,
    /// `{{case.solution}}` (its steps), `{{agent.name}}`, `{{organisation.name}}`, `{{due.handle}}`, `{{due.tell}}`,
    /// `{{due.extended}}` (of the clock that was extended last), `{{progress.url}}`; `{{?}}` is a
    /// gap that a person must fill.
    pub body: Text,
    /// The notice cannot go without it.
    #[serde(default)]
    pub mandatory: bool,
}

words! {
    /// What a card is about.
    CardTopic {
        /// Listening and confirming.
        Listening => "listening",
        /// Wording.
        Wording => "wording",
        /// Manners.
        Manners => "manners",
        /// Tone.
        Tone => "tone",
        /// Asking.
        Asking => "asking",
        /// Offering a solution.
        Solution => "solution",
        /// Soothing.
        Soothing => "soothing",
        /// Principles of reception.
        Reception => "reception",
        /// One's own calm.
        Calm => "calm",
    }
}

words! {
    /// The customer's state.
    #[schema(as = CustomerMood)]
    Mood {
        /// Calm.
        Calm => "calm",
        /// Worried.
        Worried => "worried",
        /// Dissatisfied.
        Dissatisfied => "dissatisfied",
        /// Angry.
        Angry => "angry",
    }
}

/// A card of guidance.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanCard)]
pub struct Card {
    /// Key.
    pub key: String,
    /// What it is about.
    pub topic: CardTopic,
    /// Its rule in a sentence.
    pub title: Text,
    /// How to do it, with examples of wording.
    #[serde(default)]
    pub body: Text,
    /// Kinds of stages at which it is shown; all when empty.
    #[serde(default)]
    pub stages: Vec<StageKind>,
    /// States of the customer in which it is shown; all when empty.
    #[serde(default)]
    pub moods: Vec<Mood>,
    /// Keys of types of case; all when empty.
    #[serde(default)]
    pub case_types: Vec<String>,
}

words! {
    /// Why words are better not said to customers.
    WordingKind {
        /// A dialect, which not everybody understands.
        Dialect => "dialect",
        /// Slang of the internet.
        Slang => "slang",
        /// Cold, impatient or passing the buck.
        Cold => "cold",
        /// Says nothing that the customer can rely on.
        Vague => "vague",
        /// Words of the trade.
        Jargon => "jargon",
    }
}

/// Words that are better not said to customers, and what to say instead. Whoever writes them is told before sending.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanWordingRule)]
pub struct WordingRule {
    /// Key.
    pub key: String,
    /// What is wrong with them.
    pub kind: WordingKind,
    /// Name.
    pub name: Text,
    /// The words, in any language. Upper and lower case are the same; Latin words count only as whole words.
    pub words: Vec<String>,
    /// Longer words that hold one of these and are fine, such as 亲自 for 亲.
    #[serde(default)]
    pub unless: Vec<String>,
    /// What to say instead.
    #[serde(default)]
    pub advice: Text,
}
