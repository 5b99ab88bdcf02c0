//! Transcripts (会话记录): a conversation as a document to keep, print or hand over, with the SHA-256 of each attachment.

use std::{collections::HashMap, fmt::Write};

use heard_kernel::{Actor, ActorKind, Locale, Result, Timestamp, escape_html};
use heard_platform::files::{Attachment, AttachmentId};
use heard_runtime::Ctx;
use heard_store::Tx;
use jiff::tz::TimeZone;

use super::{
    handed_over::{self, Face},
    lines,
    model::{Message, MessageKind},
    service::{self, Range},
    store,
    view::{self, MessageView},
};
use crate::{
    conversations::{self, ConversationId, Exported, Loaded},
    inboxes, rights,
};

/// The form of a transcript.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A page to read and print.
    Html,
    /// Plain text.
    Text,
}

impl Format {
    /// The media type of the document.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Text => "txt",
        }
    }
}

/// A finished transcript.
#[derive(Clone, PartialEq, Debug)]
pub struct Transcript {
    /// Its form.
    pub format: Format,
    /// Under which name it is saved.
    pub file_name: String,
    /// Its content.
    pub text: String,
}

/// One conversation of a transcript; those that were merged into it follow it.
struct Section {
    loaded: Loaded,
    /// What its contact is called.
    contact: String,
    messages: Vec<MessageView>,
}

/// Everything that a transcript says.
struct Document {
    locale: Locale,
    /// There when it is for the contact.
    face: Option<Face>,
    zone_name: String,
    zone: TimeZone,
    exported_at: Timestamp,
    sections: Vec<Section>,
    /// Whether the team's notes are in it.
    notes: bool,
    /// Where files lie beside the page.
    paths: HashMap<AttachmentId, String>,
}

/// Messages that are read at once.
const GROUP: usize = 200;

/// A transcript in both forms with its files, to be laid into a dossier.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// The conversation's number for people.
    pub no: i64,
    /// What it is about.
    pub subject: Option<String>,
    /// A page to read and print.
    pub html: String,
    /// Plain text.
    pub text: String,
    /// Whether the team's notes are in it.
    pub notes: bool,
    /// The files of its messages, in their order.
    pub files: Vec<KeptFile>,
}

/// A file of a message in a transcript.
#[derive(Clone, PartialEq, Debug)]
pub struct KeptFile {
    /// Where it lies, as seen from the page.
    pub path: String,
    /// The file.
    pub file: Attachment,
    /// Number of the conversation.
    pub conversation_no: i64,
    /// Number of the message in it.
    pub message_no: i64,
    /// Who sent it.
    pub author: String,
    /// When.
    pub at: Timestamp,
}

/// Takes out the transcript of a conversation. Users need the right to; contacts get their own, without notes.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn export(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    id: ConversationId,
    format: Format,
    notes: bool,
) -> Result<Transcript> {
    let document = document(ctx, actor, locale, id, notes).await?;
    document.tell(ctx, actor, format.extension()).await?;
    let no = document.sections[0].loaded.conversation.no;
    let text = match format {
        Format::Html => document.html(),
        Format::Text => document.text(),
    };
    Ok(Transcript { format, file_name: format!("heard-{no}.{}", format.extension()), text })
}

/// Takes out the transcript of a conversation in both forms. `place` says where a file of it will lie, by its number among
/// them from 1; the page links there.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn keep(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    id: ConversationId,
    notes: bool,
    place: impl Fn(i64, usize, &Attachment) -> String,
) -> Result<Kept> {
    let mut document = document(ctx, actor, locale, id, notes).await?;
    document.tell(ctx, actor, "dossier").await?;
    let first = &document.sections[0].loaded.conversation;
    let (no, subject) = (first.no, first.subject.clone());
    let mut files = Vec::new();
    for section in &document.sections {
        for message in &section.messages {
            for file in &message.attachments {
                files.push(KeptFile {
                    path: place(no, files.len() + 1, file),
                    file: file.clone(),
                    conversation_no: section.loaded.conversation.no,
                    message_no: message.no,
                    author: message.author.name.clone(),
                    at: message.created_at,
                });
            }
        }
    }
    document.paths = files.iter().map(|kept| (kept.file.id, kept.path.clone())).collect();
    Ok(Kept { no, subject, html: document.html(), text: document.text(), notes: document.notes, files })
}

async fn document(
    ctx: &Ctx,
    actor: &Actor,
    locale: Locale,
    id: ConversationId,
    notes: bool,
) -> Result<Document> {
    let of_contact = actor.kind == ActorKind::Contact;
    if !of_contact {
        actor.require(rights::EXPORT)?;
    }
    let with_notes = notes && !of_contact && actor.may(rights::READ);
    let reader = actor.clone();
    let (read, inbox) = ctx
        .read(async move |tx| {
            let first = conversations::visible(tx, &reader, id).await?;
            let inbox = inboxes::get(tx, first.conversation.inbox_id).await?;
            Ok((read_all(tx, first, of_contact, with_notes).await?, inbox))
        })
        .await?;
    let face = of_contact.then(|| Face::of(&inbox));
    let mut sections = Vec::with_capacity(read.len());
    for (loaded, shown) in read {
        let team_quotes = handed_over::team_quotes(&shown);
        let mut messages = view::show(ctx, locale, &loaded, shown).await?;
        if let Some(face) = &face {
            messages = face.show(messages, &team_quotes);
        }
        let contact = view::contact_name(ctx, locale, &loaded).await?;
        sections.push(Section { loaded, contact, messages });
    }
    let zone_name = inbox.config.hours.time_zone;
    let zone = TimeZone::get(&zone_name).unwrap_or(TimeZone::UTC);
    Ok(Document {
        locale,
        face,
        zone_name,
        zone,
        exported_at: ctx.now(),
        sections,
        notes: with_notes,
        paths: HashMap::new(),
    })
}

/// The conversation and, after it, those that were merged into it.
async fn read_all(
    tx: &Tx<'_>,
    first: Loaded,
    public_only: bool,
    notes: bool,
) -> Result<Vec<(Loaded, service::Shown)>> {
    let mut sections = Vec::new();
    let mut waiting = vec![first];
    while let Some(loaded) = waiting.pop() {
        let id = loaded.conversation.id;
        let mut messages: Vec<Message> = Vec::new();
        loop {
            let after = messages.last().map_or(0, |message| message.no);
            let group = store::page(tx, id, Range::After(after), public_only, GROUP).await?;
            let full = group.len() == GROUP;
            messages.extend(group);
            if !full {
                break;
            }
        }
        messages.retain(|message| notes || message.kind != MessageKind::Note);
        let mut shown = service::with_context(tx, messages).await?;
        shown.quoted.retain(|_, quoted| notes || quoted.kind != MessageKind::Note);
        sections.push((loaded, shown));
        waiting.extend(conversations::store::merged_into(tx, id).await?);
    }
    Ok(sections)
}

struct Labels {
    title: &'static str,
    contact: &'static str,
    inbox: &'static str,
    with: &'static str,
    subject: &'static str,
    began: &'static str,
    closed: &'static str,
    exported: &'static str,
    zone: &'static str,
    note: &'static str,
    recalled: &'static str,
    merged: &'static str,
    lang: &'static str,
}

const ZH: Labels = Labels {
    title: "会话记录",
    contact: "客户",
    inbox: "接入点",
    with: "服务方",
    subject: "主题",
    began: "开始时间",
    closed: "关闭时间",
    exported: "导出时间",
    zone: "时区",
    note: "内部备注",
    recalled: "消息已撤回",
    merged: "已合并的会话",
    lang: "zh-CN",
};

const EN: Labels = Labels {
    title: "Transcript",
    contact: "Contact",
    inbox: "Inbox",
    with: "With",
    subject: "Subject",
    began: "Began",
    closed: "Closed",
    exported: "Exported",
    zone: "Time zone",
    note: "Internal note",
    recalled: "Message taken back",
    merged: "Merged conversation",
    lang: "en",
};

impl Document {
    /// Notes for the audit that it was taken out. What contacts do with their own is no business of it.
    async fn tell(&self, ctx: &Ctx, actor: &Actor, format: &'static str) -> Result<()> {
        if self.face.is_some() {
            return Ok(());
        }
        let (conversation, notes) = (self.sections[0].loaded.conversation.clone(), self.notes);
        ctx.tx(actor, async move |tx| {
            tx.emit(&Exported {
                standing: (&conversation).into(),
                format: format.to_owned(),
                notes,
                last_message_id: conversation.last.as_ref().map(|last| last.id),
            })
        })
        .await
    }

    fn labels(&self) -> &'static Labels {
        match self.locale {
            Locale::ZhCn => &ZH,
            Locale::En => &EN,
        }
    }

    fn time(&self, at: Timestamp) -> String {
        at.to_jiff().to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    /// What stands above the messages.
    fn facts(&self, section: &Section) -> Vec<(&'static str, String)> {
        let labels = self.labels();
        let c = &section.loaded.conversation;
        let mut facts = vec![(labels.contact, section.contact.clone())];
        match &self.face {
            Some(face) => facts.push((labels.with, face.brand().to_owned())),
            None => {
                facts.push((labels.inbox, section.loaded.around.inbox_name.clone()));
                facts.extend(c.subject.clone().map(|subject| (labels.subject, subject)));
            }
        }
        facts.push((labels.began, self.time(c.created_at)));
        facts.extend(c.closed_at.map(|at| (labels.closed, self.time(at))));
        facts
    }

    fn heading(&self, index: usize, section: &Section) -> String {
        let label = if index == 0 { self.labels().title } else { self.labels().merged };
        format!("{label} #{}", section.loaded.conversation.no)
    }

    /// What a message says, without its author.
    fn body(&self, message: &MessageView) -> String {
        match &message.system {
            Some(line) => lines::sentence(line, self.locale, |at| self.time(at)),
            None if message.recalled => self.labels().recalled.to_owned(),
            None => message.body.clone(),
        }
    }

    fn text(&self) -> String {
        let labels = self.labels();
        let mut out = String::new();
        for (index, section) in self.sections.iter().enumerate() {
            let _ = writeln!(out, "{}\n", self.heading(index, section));
            for (label, value) in self.facts(section) {
                let _ = writeln!(out, "{label}: {value}");
            }
            if index == 0 {
                let _ = writeln!(out, "{}: {}", labels.exported, self.time(self.exported_at));
                let _ = writeln!(out, "{}: {}", labels.zone, self.zone_name);
            }
            out.push('\n');
            for message in &section.messages {
                let note = if message.kind == MessageKind::Note { labels.note } else { "" };
                let head = [message.author.name.as_str(), note].join(" ");
                let head = format!("[{}] #{} {}", self.time(message.created_at), message.no, head.trim());
                let _ = writeln!(out, "{}", head.trim_end());
                if let Some(quote) = &message.quote {
                    let _ = writeln!(out, "  > #{} {}: {}", quote.no, quote.author_name, quote.preview);
                }
                for line in self.body(message).lines() {
                    let _ = writeln!(out, "  {line}");
                }
                for file in &message.attachments {
                    let _ = writeln!(out, "  [{}, {} B, SHA-256 {}]", file.name, file.size, file.sha256);
                }
            }
            out.push('\n');
        }
        out
    }

    fn html(&self) -> String {
        let labels = self.labels();
        let mut out = format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title><style>{STYLE}</style></head><body>\n",
            labels.lang,
            escape_html(&self.heading(0, &self.sections[0]))
        );
        for (index, section) in self.sections.iter().enumerate() {
            let level = if index == 0 { "h1" } else { "h2" };
            let _ = writeln!(out, "<{level}>{}</{level}>\n<dl>", escape_html(&self.heading(index, section)));
            let mut facts = self.facts(section);
            if index == 0 {
                facts.push((labels.exported, self.time(self.exported_at)));
                facts.push((labels.zone, self.zone_name.clone()));
            }
            for (label, value) in facts {
                let _ = writeln!(out, "<dt>{label}</dt><dd><bdi>{}</bdi></dd>", escape_html(&value));
            }
            out.push_str("</dl>\n<ol>\n");
            for message in &section.messages {
                self.html_message(&mut out, message);
            }
            out.push_str("</ol>\n");
        }
        out.push_str("</body></html>\n");
        out
    }

    fn html_message(&self, out: &mut String, message: &MessageView) {
        let class = match message.kind {
            MessageKind::Text => message.author.kind.as_str(),
            MessageKind::Note => "note",
            MessageKind::System => "system",
        };
        let _ = write!(
            out,
            "<li value=\"{}\" class=\"{class}\"><header><time datetime=\"{}\">{}</time> <b><bdi>{}</bdi></b>",
            message.no,
            message.created_at,
            self.time(message.created_at),
            escape_html(&message.author.name)
        );
        if message.kind == MessageKind::Note {
            let _ = write!(out, " <i>{}</i>", self.labels().note);
        }
        out.push_str("</header>");
        if let Some(quote) = &message.quote {
            let (name, text) = (escape_html(&quote.author_name), escape_html(&quote.preview));
            let _ =
                write!(out, "<blockquote>#{} <bdi>{name}</bdi>: <bdi>{text}</bdi></blockquote>", quote.no);
        }
        let _ = write!(out, "<p dir=\"auto\">{}</p>", escape_html(&self.body(message)));
        for file in &message.attachments {
            let name = match self.paths.get(&file.id) {
                Some(path) => format!("<a href=\"{}\">{}</a>", escape_html(path), escape_html(&file.name)),
                None => escape_html(&file.name),
            };
            let _ = write!(
                out,
                "<p class=\"file\"><bdi>{name}</bdi> ({}, {} B)<br><code>SHA-256 {}</code></p>",
                escape_html(&file.kind),
                file.size,
                escape_html(&file.sha256)
            );
        }
        out.push_str("</li>\n");
    }
}

const STYLE: &str = "body{font:14px/1.5 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:800px;margin:2em auto;padding:0 1em;color:#1a1a1a}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dt{color:#666}dd{margin:0}ol{padding-left:3em}li{margin:.8em 0;break-inside:avoid}\
header{color:#666;font-size:12px}p{margin:.2em 0;white-space:pre-wrap;overflow-wrap:anywhere}blockquote{margin:.3em 0;padding-left:.6em;border-left:3px solid #ccc;color:#555}\
.note p{background:#fff6d6}.system p{color:#666;font-style:italic}.file{font-size:12px}code{font-size:11px}@media print{body{margin:0}}";
