//! Cases that belong together, over HTTP.

use axum::{
    Json,
    extract::State,
    http::{HeaderName, HeaderValue, StatusCode, header::ETAG},
};
use heard_kernel::{Actor, Locale, Result};
use heard_runtime::Ctx;
use heard_web::{Answer, AppState, Auth, IfMatch, JsonBody, Lang, OnceBody, PathParams, etag};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    groups, merge,
    model::{CaseGroup, CaseLink, CaseLinkId, CaseMerge, GroupId, GroupPatch, LinkKind, NewGroup, NewSplit},
    service,
};
use crate::cases::{Batch, Case, CaseId, CaseView};

/// The routes of links, merges and groups.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(related))
        .routes(routes!(link))
        .routes(routes!(unlink))
        .routes(routes!(set_parent))
        .routes(routes!(merge_into))
        .routes(routes!(unmerge))
        .routes(routes!(split))
        .routes(routes!(create_group))
        .routes(routes!(group, change_group))
}

/// A case that is linked to another one.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct LinkedCase {
    /// The link.
    pub link: CaseLink,
    /// The other case.
    pub case: CaseView,
}

/// A case that was merged with another one.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
pub struct MergedCase {
    /// The merge.
    pub merge: CaseMerge,
    /// The other case.
    pub case: CaseView,
}

/// What belongs to a case, as far as the caller sees it.
#[derive(Clone, PartialEq, Debug, Serialize, ToSchema)]
#[schema(as = RelatedCases)]
pub struct RelatedView {
    /// Links.
    pub links: Vec<LinkedCase>,
    /// Merges, undone ones too.
    pub merges: Vec<MergedCase>,
    /// Cases of the same contact in the same category within the days that the plan names.
    pub repeats: Vec<CaseView>,
}

/// Shows each case beside what it belongs to.
async fn beside<T>(ctx: &Ctx, locale: Locale, pairs: Vec<(T, Case)>) -> Result<Vec<(T, CaseView)>> {
    let (things, cases): (Vec<T>, Vec<Case>) = pairs.into_iter().unzip();
    let batch = ctx.read(async move |tx| Batch::load(tx, cases.clone()).await).await?;
    Ok(things.into_iter().zip(batch.show(ctx, locale).await?).collect())
}

/// What belongs to a case, with what lists show of the others.
pub(crate) async fn related_of(ctx: &Ctx, actor: &Actor, locale: Locale, id: CaseId) -> Result<RelatedView> {
    let reader = actor.clone();
    let found = ctx.read(async move |tx| service::related(tx, &reader, id).await).await?;
    let links = beside(ctx, locale, found.links).await?;
    let merges = beside(ctx, locale, found.merges).await?;
    let repeats = beside(ctx, locale, found.repeats.into_iter().map(|case| ((), case)).collect()).await?;
    Ok(RelatedView {
        links: links.into_iter().map(|(link, case)| LinkedCase { link, case }).collect(),
        merges: merges.into_iter().map(|(merge, case)| MergedCase { merge, case }).collect(),
        repeats: repeats.into_iter().map(|((), case)| case).collect(),
    })
}

async fn show(state: &AppState, actor: &Actor, locale: Locale, id: CaseId) -> Result<Json<RelatedView>> {
    Ok(Json(related_of(&state.ctx, actor, locale, id).await?))
}

/// What belongs to a case: links, merges, repeated complaints
#[utoipa::path(get, path = "/cases/{id}/related", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = RelatedView)))]
async fn related(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<RelatedView>> {
    Ok(show(&state, &actor, locale, id).await?)
}

/// A link to be made.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseLink)]
pub(crate) struct LinkBody {
    /// The other case.
    pub other_id: CaseId,
    /// How they belong together.
    pub kind: LinkKind,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// Link a case to another one
#[utoipa::path(post, path = "/cases/{id}/links", tag = "cases", params(("id" = CaseId, Path)),
    request_body = LinkBody, responses((status = 200, body = RelatedView)))]
async fn link(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<LinkBody>,
) -> Answer<Json<RelatedView>> {
    state
        .ctx
        .tx(&actor, async move |tx| service::link(tx, id, body.other_id, body.kind, &body.note).await)
        .await?;
    Ok(show(&state, &actor, locale, id).await?)
}

/// Remove a link between cases
#[utoipa::path(delete, path = "/cases/{id}/links/{link_id}", tag = "cases",
    params(("id" = CaseId, Path), ("link_id" = CaseLinkId, Path)), responses((status = 204)))]
async fn unlink(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams((id, link)): PathParams<(CaseId, CaseLinkId)>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::unlink(tx, id, link).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Of which case a case is a part.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[schema(as = CaseParent)]
pub(crate) struct ParentBody {
    /// The case above; none when `null`.
    pub parent_id: Option<CaseId>,
}

/// Make a case a part of another one
#[utoipa::path(put, path = "/cases/{id}/parent", tag = "cases", params(("id" = CaseId, Path)),
    request_body = ParentBody, responses((status = 204)))]
async fn set_parent(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<ParentBody>,
) -> Answer<StatusCode> {
    state.ctx.tx(&actor, async move |tx| service::set_parent(tx, id, body.parent_id).await).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Into which case a case is merged.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(as = CaseMerging)]
pub(crate) struct MergeBody {
    /// The other case, which goes on.
    pub into: CaseId,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// Merge a case into another one
#[utoipa::path(post, path = "/cases/{id}/merge", tag = "cases", params(("id" = CaseId, Path)),
    request_body = MergeBody, responses((status = 200, body = RelatedView)))]
async fn merge_into(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    JsonBody(body): JsonBody<MergeBody>,
) -> Answer<Json<RelatedView>> {
    state.ctx.tx(&actor, async move |tx| merge::merge(tx, id, body.into, &body.reason).await).await?;
    Ok(show(&state, &actor, locale, id).await?)
}

/// Undo the merge of a case
#[utoipa::path(post, path = "/cases/{id}/unmerge", tag = "cases", params(("id" = CaseId, Path)),
    responses((status = 200, body = RelatedView)))]
async fn unmerge(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
) -> Answer<Json<RelatedView>> {
    state.ctx.tx(&actor, async move |tx| merge::unmerge(tx, id).await).await?;
    Ok(show(&state, &actor, locale, id).await?)
}

/// Make a case of a part of another one
#[utoipa::path(post, path = "/cases/{id}/split", tag = "cases", params(("id" = CaseId, Path)),
    request_body = NewSplit, responses((status = 201, body = CaseView)))]
async fn split(
    State(state): State<AppState>,
    Auth(actor): Auth,
    Lang(locale): Lang,
    PathParams(id): PathParams<CaseId>,
    once: OnceBody<NewSplit>,
) -> Answer<(StatusCode, Json<CaseView>)> {
    let body = once.body;
    let part = state
        .ctx
        .tx_once(&actor, once.key, async move |tx| Ok(merge::split(tx, id, body.clone()).await?.id))
        .await?;
    let batch = state
        .ctx
        .read(async move |tx| {
            let (case, _) = crate::ground::readable(tx, &actor, part).await?;
            Batch::load(tx, vec![case]).await
        })
        .await?;
    Ok((StatusCode::CREATED, Json(batch.show(&state.ctx, locale).await?.remove(0))))
}

type TaggedGroup = ([(HeaderName, HeaderValue); 1], Json<CaseGroup>);

fn tagged(group: CaseGroup) -> TaggedGroup {
    ([(ETAG, etag(group.version))], Json(group))
}

/// Make a group complaint
#[utoipa::path(post, path = "/case_groups", tag = "cases", request_body = NewGroup,
    responses((status = 201, body = CaseGroup)))]
async fn create_group(
    State(state): State<AppState>,
    Auth(actor): Auth,
    once: OnceBody<NewGroup>,
) -> Answer<(StatusCode, TaggedGroup)> {
    let (reader, body) = (actor.clone(), once.body);
    let id =
        state.ctx.tx_once(&actor, once.key, async move |tx| groups::create(tx, body.clone()).await).await?;
    let group = state.ctx.read(async move |tx| groups::get(tx, &reader, id).await).await?;
    Ok((StatusCode::CREATED, tagged(group)))
}

/// Get a group complaint; its cases are listed by `group_id`
#[utoipa::path(get, path = "/case_groups/{id}", tag = "cases", params(("id" = GroupId, Path)),
    responses((status = 200, body = CaseGroup)))]
async fn group(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<GroupId>,
) -> Answer<TaggedGroup> {
    Ok(tagged(state.ctx.read(async move |tx| groups::get(tx, &actor, id).await).await?))
}

/// Change a group complaint and who belongs to it
#[utoipa::path(patch, path = "/case_groups/{id}", tag = "cases", params(("id" = GroupId, Path)),
    request_body = GroupPatch, responses((status = 200, body = CaseGroup)))]
async fn change_group(
    State(state): State<AppState>,
    Auth(actor): Auth,
    PathParams(id): PathParams<GroupId>,
    IfMatch(version): IfMatch,
    JsonBody(body): JsonBody<GroupPatch>,
) -> Answer<TaggedGroup> {
    let reader = actor.clone();
    state.ctx.tx(&actor, async move |tx| groups::change(tx, id, version, body.clone()).await).await?;
    Ok(tagged(state.ctx.read(async move |tx| groups::get(tx, &reader, id).await).await?))
}
