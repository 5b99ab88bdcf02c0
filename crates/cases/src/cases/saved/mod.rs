//! Saved views (常用视图): filters, columns and order under a name, for oneself or for everybody.
//!
//! Events: `case_view.updated`. Rights: `case.read` for one's own, `case.assign` for shared ones.

mod http;
mod store;

use heard_kernel::{Actor, Error, Result, clean_name, codes};
use heard_platform::directory::UserId;
use heard_runtime::{Event, Subject, Tx};
use heard_store::{Columns, FromRow, Json, Row, Tx as StoreTx, id_type};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{query::CaseQuery, service::TOO_MANY};
use crate::rights;

pub(crate) use http::routes;

id_type!(
    /// Names a saved view.
    CaseViewId
);

/// Columns that a view shows at most.
const MAX_COLUMNS: usize = 40;
/// Views that a user keeps at most.
const MAX_VIEWS: usize = 100;

/// A saved view.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CaseSavedView)]
pub struct SavedView {
    /// Which one.
    pub id: CaseViewId,
    /// Whose it is.
    pub owner_id: UserId,
    /// Its name.
    pub name: String,
    /// Everybody sees it.
    pub shared: bool,
    /// What it looks for, with its order.
    pub filters: CaseQuery,
    /// The columns that it shows, in their order; fields of the plan as `custom.key`. The usual ones when empty.
    pub columns: Vec<String>,
    /// Rises with each change.
    pub version: i64,
}

impl FromRow for SavedView {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::new(row);
        Ok(Self {
            id: columns.next()?,
            owner_id: columns.next()?,
            name: columns.next()?,
            shared: columns.next()?,
            filters: columns.next::<Json<CaseQuery>>()?.0,
            columns: columns.next::<Json<Vec<String>>>()?.0,
            version: columns.next()?,
        })
    }
}

/// A saved view of cases was made, changed or removed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CaseViewUpdated {
    /// Which one.
    pub case_view_id: CaseViewId,
    /// Whose it is.
    pub owner_id: UserId,
    /// Whether everybody sees it.
    pub shared: bool,
    /// Whether it was removed.
    pub deleted: bool,
}

impl Event for CaseViewUpdated {
    const KIND: &'static str = "case_view.updated";
    fn subject(&self) -> Subject {
        Subject::new("case_view", self.case_view_id)
    }
}

/// What a view is made of.
#[derive(Clone, PartialEq, Debug, Deserialize, ToSchema)]
#[schema(as = NewCaseSavedView)]
pub(crate) struct NewView {
    /// Its name.
    pub name: String,
    /// Everybody sees it.
    #[serde(default)]
    pub shared: bool,
    /// What it looks for, with its order.
    pub filters: CaseQuery,
    /// The columns that it shows, in their order.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// One's own views and those that are shared, by name.
async fn list(tx: &StoreTx<'_>, actor: &Actor) -> Result<Vec<SavedView>> {
    actor.require(rights::READ)?;
    store::of(tx, UserId(actor.user_id()?)).await
}

/// Makes a view, or changes one when `id` and its version are given.
async fn keep(tx: &Tx<'_>, known: Option<(CaseViewId, i64)>, new: NewView) -> Result<SavedView> {
    tx.actor().require(rights::READ)?;
    let me = UserId(tx.actor().user_id()?);
    let name = clean_name("name", &new.name, 60)?;
    if new.columns.len() > MAX_COLUMNS {
        return Err(Error::field("columns", TOO_MANY).with("max", MAX_COLUMNS));
    }
    new.filters.filters(None)?;
    let columns = new.columns.iter().map(|key| clean_name("columns", key, 80)).collect::<Result<Vec<_>>>()?;
    if new.shared {
        tx.actor().require(rights::ASSIGN)?;
    }
    let view = match known {
        Some((id, version)) => {
            let before = own(tx, id).await?;
            if before.version != version {
                return Err(Error::new(codes::VERSION_CONFLICT).with("current", &before));
            }
            let view = SavedView {
                name,
                shared: new.shared,
                filters: new.filters,
                columns,
                version: version + 1,
                ..before
            };
            if !store::update(tx, &view).await? {
                return Err(Error::new(codes::VERSION_CONFLICT));
            }
            view
        }
        None => {
            if store::count(tx, me).await? >= MAX_VIEWS {
                return Err(Error::field("name", TOO_MANY).with("max", MAX_VIEWS));
            }
            let view = SavedView {
                id: tx.new_id(),
                owner_id: me,
                name,
                shared: new.shared,
                filters: new.filters,
                columns,
                version: 1,
            };
            store::insert(tx, &view, tx.now()).await?;
            view
        }
    };
    tell(tx, &view, false)?;
    Ok(view)
}

/// Removes a view.
async fn remove(tx: &Tx<'_>, id: CaseViewId) -> Result<()> {
    tx.actor().require(rights::READ)?;
    let view = own(tx, id).await?;
    store::delete(tx, id).await?;
    tell(tx, &view, true)
}

/// A view that the actor may change: their own, or a shared one with the right to assign.
async fn own(tx: &Tx<'_>, id: CaseViewId) -> Result<SavedView> {
    let me = UserId(tx.actor().user_id()?);
    let view = store::one(tx, id).await?.filter(|view| view.shared || view.owner_id == me);
    let view = view.ok_or_else(|| Error::not_found("case_view"))?;
    if view.owner_id != me {
        tx.actor().require(rights::ASSIGN)?;
    }
    Ok(view)
}

fn tell(tx: &Tx<'_>, view: &SavedView, deleted: bool) -> Result<()> {
    tx.emit(&CaseViewUpdated { case_view_id: view.id, owner_id: view.owner_id, shared: view.shared, deleted })
}
