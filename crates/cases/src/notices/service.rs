//! Drafting and sending notices.

use heard_desk::{
    contacts,
    conversations::{self, ConversationId},
    messages::{self, MessageId, MessageKind, Words},
};
use heard_kernel::{Actor, Code, Error, Locale, REQUIRED, Result, Timestamp, clean_text};
use heard_platform::{directory, settings};
use heard_runtime::{Ctx, Tx};
use heard_store::Tx as StoreTx;
use jiff::tz::TimeZone;

use super::{
    events::NoticeSent,
    model::{Channel, Draft, NewNotice, Notice},
    rules, store,
};
use crate::{
    cases::{self, Case, CaseId, SHORT, Tally, acting_user, check_active, edit::Edit},
    clocks,
    ground::{self, readable},
    plans::{self, Moment, Plan, StageKind, Template, TemplateKind},
    progress, rights,
};

/// The plan of the case has no such template (`params.key`).
pub(crate) const TEMPLATE_UNKNOWN: Code = Code::new("template_unknown", 422);
/// The conversation is not linked to the case; link it first.
pub(crate) const NOTICE_CONVERSATION: Code = Code::new("notice_conversation", 422);

/// What notices say about the organisation.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Its name.
    pub organization: String,
    /// The time zone in which instants are written.
    pub zone: TimeZone,
    /// Scheme and host of links.
    pub origin: String,
}

impl Setting {
    /// What is set. Before the first run the organisation has no name.
    ///
    /// # Errors
    /// The storage codes.
    pub async fn of(ctx: &Ctx) -> Result<Self> {
        let settings = settings::find(ctx).await?;
        let public = settings.as_ref().and_then(|settings| settings.public_url.clone());
        Ok(Self {
            zone: ground::zone(ctx).await?,
            origin: public.unwrap_or_else(|| format!("http://{}", ctx.config().server.listen)),
            organization: settings.map(|settings| settings.organization.clone()).unwrap_or_default(),
        })
    }
}

/// A template of the case's plan with what is known about the case, in the `wanted` language, else the customer's, else
/// the `usual` one.
///
/// # Errors
/// `forbidden`, `not_found`, `template_unknown`; the storage codes.
pub async fn draft(
    tx: &StoreTx<'_>,
    actor: &Actor,
    setting: &Setting,
    id: CaseId,
    template: &str,
    (wanted, usual): (Option<Locale>, Locale),
    now: Timestamp,
) -> Result<Draft> {
    let (case, _) = readable(tx, actor, id).await?;
    let customer = language(tx, &case).await?;
    let locale = wanted.or(customer).unwrap_or(usual);
    let pinned = plans::pinned(tx, case.plan_version_id).await?;
    let template = template_of(&pinned.plan, template)?;
    let known = known(tx, actor, setting, &case, &pinned.plan, locale, now).await?;
    Ok(Draft {
        template: template.key.clone(),
        kind: template.kind,
        name: template.name.in_locale(locale).to_owned(),
        locale,
        customer_locale: customer,
        parts: rules::drafted(template, &known, locale),
    })
}

/// The language of the customer: what the contact is known to speak, else that of the conversation linked last which tells
/// one. None where nothing tells it, or it is none that notices are written in.
async fn language(tx: &StoreTx<'_>, case: &Case) -> Result<Option<Locale>> {
    let known = |tag: Option<String>| tag.as_deref().and_then(Locale::parse);
    if let Some(contact) = case.contact_id {
        let contact = contacts::find(tx, contact).await?;
        if let Some(locale) = known(contact.and_then(|contact| contact.locale)) {
            return Ok(Some(locale));
        }
    }
    let system = Actor::system();
    for (id, _) in cases::store::conversations(tx, case.id).await?.into_iter().rev() {
        let Ok(listed) = conversations::one(tx, &system, id).await else { continue };
        if let Some(locale) = known(listed.loaded.conversation.locale) {
            return Ok(Some(locale));
        }
    }
    Ok(None)
}

fn template_of<'p>(plan: &'p Plan, key: &str) -> Result<&'p Template> {
    plan.template(key).ok_or_else(|| Error::field("template", TEMPLATE_UNKNOWN).with("key", key))
}

/// The variables of templates with what is known.
async fn known(
    tx: &StoreTx<'_>,
    actor: &Actor,
    setting: &Setting,
    case: &Case,
    plan: &Plan,
    locale: Locale,
    now: Timestamp,
) -> Result<Vec<(&'static str, Option<String>)>> {
    let agent = match acting_user(actor) {
        Some(user) => directory::user_refs(tx, &[user.0]).await?.remove(&user.0).map(|user| user.name),
        None => None,
    };
    let category = case.category_key.as_deref().and_then(|key| plan.category(key));
    let due = |stage| due(&setting.zone, locale, stage, plan);
    let clocks = clocks::of_case(tx, case.id, now).await?.clocks;
    let organization = Some(setting.organization.clone()).filter(|name| !name.is_empty());
    Ok(vec![
        ("contact.name", Some(addressed(tx, case).await?.unwrap_or_else(|| unnamed(locale).to_owned()))),
        ("case.number", Some(case.number())),
        ("case.title", Some(case.title.clone())),
        ("case.category", category.map(|category| category.name.in_locale(locale).to_owned())),
        (
            "case.solution",
            Some(case.record.solution.steps.trim().to_owned()).filter(|steps| !steps.is_empty()),
        ),
        ("agent.name", agent),
        ("organisation.name", organization),
        ("due.handle", due(StageKind::Handle)(&clocks)),
        ("due.tell", due(StageKind::Tell)(&clocks)),
        ("due.extended", extended(&setting.zone, locale, &clocks)),
    ])
}

/// The name by which the customer is addressed.
pub(crate) async fn addressed(tx: &StoreTx<'_>, case: &Case) -> Result<Option<String>> {
    let said = case.complainant.name.trim();
    if !said.is_empty() {
        return Ok(Some(said.to_owned()));
    }
    let Some(contact) = case.contact_id else { return Ok(None) };
    Ok(contacts::find(tx, contact).await?.and_then(|contact| contact.name))
}

/// How a customer is addressed whose name nobody knows.
fn unnamed(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhCn => "尊敬的客户",
        Locale::En => "customer",
    }
}

/// The earliest deadline of the clocks that a stage of this kind fulfils, in words.
fn due<'a>(
    zone: &'a TimeZone,
    locale: Locale,
    stage: StageKind,
    plan: &'a Plan,
) -> impl Fn(&[clocks::ClockView]) -> Option<String> + 'a {
    move |clocks| {
        let meant = clocks.iter().filter(|clock| {
            let rule = plan.clock(&clock.key);
            clock.assessment.stopped_at.is_none()
                && rule.is_some_and(|rule| rule.stop == Moment::StageDone { stage })
        });
        let due = meant.filter_map(|clock| clock.assessment.due.or(clock.assessment.due_if_resumed)).min();
        due.map(|at| rules::instant(at, zone, locale))
    }
}

/// The deadline of the clock that was extended last and still runs, in words.
fn extended(zone: &TimeZone, locale: Locale, clocks: &[clocks::ClockView]) -> Option<String> {
    let open = clocks.iter().filter(|clock| clock.assessment.stopped_at.is_none());
    let (_, last) = open.filter_map(|clock| Some((clock.extended_at?, clock))).max_by_key(|(at, _)| *at)?;
    let due = last.assessment.due.or(last.assessment.due_if_resumed)?;
    Some(rules::instant(due, zone, locale))
}

/// Tells the customer, or records that they were told.
///
/// # Errors
/// `forbidden`, `not_found`, `case_merged`, `case_archived`; `validation_failed` with every part that lacks words; those of posting a message;
/// the storage codes.
pub async fn send(
    tx: &Tx<'_>,
    setting: &Setting,
    id: CaseId,
    locale: Locale,
    new: NewNotice,
) -> Result<Notice> {
    tx.actor().require(rights::WORK)?;
    let edit = Edit::open(tx, id).await?;
    check_active(&edit.after)?;
    let case = &edit.after;
    let locale = match new.locale {
        Some(locale) => locale,
        None => language(tx, case).await?.unwrap_or(locale),
    };
    let template = template_of(&edit.plan.plan, &new.template)?;
    let mut parts = rules::completed(template, &new.parts, locale)?;
    let told_at = cases::happened("told_at", new.told_at, tx.now())?;
    let told_to = match &new.told_to {
        Some(given) => clean_text("told_to", given, 200)?,
        None => addressed(tx, case).await?.unwrap_or_default(),
    };
    if rules::wants_link(&parts) {
        let link = progress::make_link(tx, case).await?;
        rules::put_link(&mut parts, &link.url(&setting.origin));
    }
    let said = match new.channel {
        Channel::Conversation => Some(say(tx, case, new.conversation_id, rules::text_of(&parts)).await?),
        _ => None,
    };
    let notice = Notice {
        id: tx.new_id(),
        case_id: id,
        template_key: template.key.clone(),
        kind: template.kind,
        locale: locale.as_str().to_owned(),
        channel: new.channel,
        conversation_id: said.map(|(conversation, _)| conversation),
        message_id: said.map(|(_, message)| message),
        told_to,
        told_at: if said.is_some() { tx.now() } else { told_at },
        note: clean_text("note", &new.note, SHORT)?,
        sha256: rules::hash(&parts),
        sent_by: acting_user(tx.actor()),
        sent_at: tx.now(),
        parts,
    };
    store::insert(tx, &notice).await?;
    count(tx, case, notice.kind).await?;
    tx.emit(&NoticeSent {
        standing: case.into(),
        notice_id: notice.id,
        kind: notice.kind,
        channel: notice.channel,
        conversation_id: notice.conversation_id,
        sha256: notice.sha256.clone(),
    })?;
    Ok(notice)
}

async fn count(tx: &Tx<'_>, case: &Case, kind: TemplateKind) -> Result<()> {
    let what = match kind {
        TemplateKind::Acknowledgement => Tally::Acknowledgements,
        TemplateKind::Result => Tally::ResultNotices,
        _ => return Ok(()),
    };
    cases::tally(tx, case.id, what, None, 1).await
}

/// Says it in a conversation of the case.
async fn say(
    tx: &Tx<'_>,
    case: &Case,
    conversation: Option<ConversationId>,
    body: String,
) -> Result<(ConversationId, MessageId)> {
    let conversation = conversation.ok_or_else(|| Error::field("conversation_id", REQUIRED))?;
    let linked = cases::store::conversations(tx, case.id).await?;
    if linked.iter().all(|(known, _)| *known != conversation) {
        return Err(Error::field("conversation_id", NOTICE_CONVERSATION));
    }
    let words = Words { body, ..Words::default() };
    let posted = messages::post(tx, conversation, MessageKind::Text, words, None).await?;
    Ok((conversation, posted.message.id))
}

/// The notices of a case that the actor sees.
///
/// # Errors
/// `forbidden`, `not_found`; the storage codes.
pub async fn list(tx: &StoreTx<'_>, actor: &Actor, id: CaseId) -> Result<Vec<Notice>> {
    readable(tx, actor, id).await?;
    store::of_case(tx, id).await
}

/// The notices of a case, for slices that know who asks.
pub(crate) async fn of_case(tx: &StoreTx<'_>, id: CaseId) -> Result<Vec<Notice>> {
    store::of_case(tx, id).await
}
