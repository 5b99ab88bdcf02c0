//! An inbox and its settings.

use heard_kernel::{Locale, Result, Timestamp};
use heard_platform::{directory::TeamId, files::AttachmentId};
use heard_store::{FromRow, Json, Row, id_type};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use heard_store::{Columns, words};

id_type!(
    /// Names an inbox.
    InboxId
);

words! {
    /// Through which channel an inbox receives.
    InboxKind {
        /// The chat widget on web pages.
        WebChat => "web_chat",
        /// Other programs.
        Api => "api",
    }
}

words! {
    /// Whether an inbox takes messages.
    InboxState {
        /// It does.
        Active => "active",
        /// It does not, for the moment.
        Paused => "paused",
    }
}

/// A text in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Simplified Chinese.
    #[serde(rename = "zh-CN", default)]
    #[schema(required = true)]
    pub zh_cn: String,
    /// English.
    #[serde(default)]
    #[schema(required = true)]
    pub en: String,
}

impl Localized {
    /// A text in both languages.
    pub fn new(zh_cn: &str, en: &str) -> Self {
        Self { zh_cn: zh_cn.to_owned(), en: en.to_owned() }
    }

    /// The text in a language, or in the other one where it is empty.
    pub fn get(&self, locale: Locale) -> &str {
        let (wanted, other) = match locale {
            Locale::ZhCn => (&self.zh_cn, &self.en),
            Locale::En => (&self.en, &self.zh_cn),
        };
        if wanted.is_empty() { other } else { wanted }
    }
}

/// When somebody is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoursMode {
    /// Around the clock.
    #[default]
    Always,
    /// By the week below.
    Custom,
    /// By a working calendar.
    Calendar,
}

/// From and to, as `09:00` and `18:00`; the end may be `24:00`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(value_type = String, example = json!(["09:00", "18:00"]))]
pub struct Span(pub String, pub String);

/// Spans of each weekday.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    /// Monday.
    #[schema(required = true)]
    pub mon: Vec<Span>,
    /// Tuesday.
    #[schema(required = true)]
    pub tue: Vec<Span>,
    /// Wednesday.
    #[schema(required = true)]
    pub wed: Vec<Span>,
    /// Thursday.
    #[schema(required = true)]
    pub thu: Vec<Span>,
    /// Friday.
    #[schema(required = true)]
    pub fri: Vec<Span>,
    /// Saturday.
    #[schema(required = true)]
    pub sat: Vec<Span>,
    /// Sunday.
    #[schema(required = true)]
    pub sun: Vec<Span>,
}

/// When somebody is there to answer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Around the clock, by the week, or by a working calendar.
    pub mode: HoursMode,
    /// The name of the working calendar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// An IANA time zone.
    pub time_zone: String,
    /// Official Chinese holidays and make-up workdays (调休) hold.
    pub chinese_calendar: bool,
    /// Spans of each weekday.
    #[serde(default)]
    #[schema(required = true)]
    pub week: Week,
}

impl Default for Hours {
    fn default() -> Self {
        let day = || vec![Span("09:00".to_owned(), "18:00".to_owned())];
        Self {
            mode: HoursMode::Always,
            calendar: None,
            time_zone: "Asia/Shanghai".to_owned(),
            chinese_calendar: true,
            week: Week { mon: day(), tue: day(), wed: day(), thu: day(), fri: day(), ..Week::default() },
        }
    }
}

/// On which side of the page the widget stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// At the left.
    Left,
    /// At the right.
    #[default]
    Right,
}

/// What is asked in a field before the chat.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of several.
    Select,
    /// Several lines.
    Textarea,
    /// Yes or no.
    Checkbox,
}

/// A field before the chat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrechatField {
    /// Its name for programs.
    pub key: String,
    /// What is asked.
    pub kind: FieldKind,
    /// Its name for people.
    pub label: Localized,
    /// Whether it must be filled.
    pub required: bool,
    /// What can be chosen.
    #[serde(default)]
    #[schema(required = true)]
    pub options: Vec<String>,
}

/// What is asked before the chat.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Prechat {
    /// Whether anything is asked.
    pub enabled: bool,
    /// What is asked.
    #[serde(default)]
    #[schema(required = true)]
    pub fields: Vec<PrechatField>,
    /// What the visitor must agree to.
    #[serde(default)]
    #[schema(required = true)]
    pub consent: Option<Localized>,
}

/// How the widget looks and behaves.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebChatConfig {
    /// The name above the chat.
    pub brand_name: String,
    /// The main colour, as `#1f6feb`.
    pub color: String,
    /// The logo.
    #[serde(default)]
    #[schema(required = true, value_type = Option<String>, format = Uuid)]
    pub logo_attachment_id: Option<AttachmentId>,
    /// On which side it stands.
    #[serde(default)]
    #[schema(required = true)]
    pub position: Side,
    /// The first words.
    pub greeting: Localized,
    /// After how long the greeting shows by itself; never when absent.
    #[serde(default)]
    #[schema(required = true)]
    pub greeting_delay_seconds: Option<u32>,
    /// How soon one answers.
    pub reply_time: Localized,
    /// What is said when nobody is there.
    pub offline_text: Localized,
    /// What is asked before the chat.
    pub prechat: Prechat,
    /// Whether agents see what the visitor types before it is sent.
    pub allow_preview: bool,
    /// Pages that may show the widget, as `https://shop.example.com`; all when empty.
    pub allowed_origins: Vec<String>,
    /// Whether the host page must prove who the visitor is.
    pub identity_required: bool,
    /// Whether visitors see the agent's name.
    pub show_agent_name: bool,
    /// Whether a new message makes a sound.
    pub sound: bool,
}

impl WebChatConfig {
    /// What a new inbox starts with.
    pub fn new(brand_name: &str) -> Self {
        Self {
            brand_name: brand_name.to_owned(),
            color: "#1f6feb".to_owned(),
            logo_attachment_id: None,
            position: Side::Right,
            greeting: Localized::new("您好，有什么可以帮您？", "Hello! How can we help?"),
            greeting_delay_seconds: None,
            reply_time: Localized::new("通常几分钟内回复", "We usually reply within minutes"),
            offline_text: Localized::new(
                "现在是非工作时间，请留言，我们上班后回复您。",
                "We are away right now. Leave a message and we will answer when we are back.",
            ),
            prechat: Prechat::default(),
            allow_preview: false,
            allowed_origins: Vec::new(),
            identity_required: false,
            show_agent_name: true,
            sound: true,
        }
    }
}

/// Settings of the generic channel.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiConfig {
    /// Where replies are posted to, if anywhere.
    #[serde(default)]
    #[schema(required = true)]
    pub callback_url: Option<String>,
}

/// The settings document of an inbox.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Config {
    /// When somebody is there.
    pub hours: Hours,
    /// How large an attachment may be.
    pub max_attachment_mb: u32,
    /// Kinds of attachments that are taken, as `image/*`; all safe ones when empty.
    pub attachment_kinds: Vec<String>,
    /// Settings of the widget.
    pub web_chat: Option<WebChatConfig>,
    /// Settings of the generic channel.
    pub api: Option<ApiConfig>,
}

/// An inbox as it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Inbox {
    /// Its id.
    pub id: InboxId,
    /// Through which channel it receives.
    pub kind: InboxKind,
    /// Its name for the team.
    pub name: String,
    /// Its name towards the outside.
    pub key: String,
    /// Whether it takes messages.
    pub state: InboxState,
    /// The teams that see it; none means all.
    pub team_ids: Vec<TeamId>,
    /// The team that new conversations go to.
    pub default_team_id: Option<TeamId>,
    /// Its settings.
    pub config: Config,
    /// What host pages sign visitors' identities with (HMAC-SHA-256).
    pub identity_secret: String,
    /// When it was set up.
    pub created_at: Timestamp,
    /// Rises with each change.
    pub version: i64,
}

/// The columns of [`Inbox`], in its order.
pub(crate) const COLUMNS: &str = "id, kind, name, inbox_key, state, team_ids, default_team_id, config, identity_secret, created_at, version";

impl FromRow for Inbox {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            kind: columns.next()?,
            name: columns.next()?,
            key: columns.next()?,
            state: columns.next()?,
            team_ids: columns.next::<Json<Vec<TeamId>>>()?.0,
            default_team_id: columns.next()?,
            config: columns.next::<Json<Config>>()?.0,
            identity_secret: columns.next()?,
            created_at: columns.next()?,
            version: columns.next()?,
        })
    }
}
