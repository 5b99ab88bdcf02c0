//! Cases (工单): units of work with a type, a category, an owner, stages and clocks.
//!
//! A case follows the version of the plan under which it was opened until somebody moves it. It goes through the stages of its
//! flow; each run of a stage is a row, and from those rows the clocks follow. What people write down is cleaned and checked
//! against the plan; what a stage lacks is said in words, all of it at once. A case waits for the customer or a third party;
//! a message of the customer ends that. Who is recused neither owns nor sees a case, whatever else they may. The record of
//! an archived case is locked (`case_archived`) until somebody opens it again.
//!
//! A change is an [`Edit`](edit::Edit): it holds the case, and saving it writes what changed, moves the kept counts and tells
//! what happened. Other slices count what stages ask for by [`tally`].
//!
//! Events: `case.*`, `case_view.updated`. Rights: `case.read`, `case.read_all`, `case.work`, `case.assign`, `case.manage`.

mod bulk;
mod completeness;
mod counts;
mod detail;
mod draft;
pub(crate) mod edit;
mod events;
mod figures;
mod http;
mod model;
mod offered;
mod query;
mod reactors;
mod realtime;
mod report;
pub(crate) mod rules;
mod saved;
mod search;
mod service;
pub(crate) mod store;
mod timeline;
mod view;

use heard_runtime::Registry;
use heard_web::AppState;
use utoipa_axum::router::OpenApiRouter;

pub use bulk::{CHANGED_SINCE, UNDO_GONE};
pub use counts::{CountedView, WrongCount, recounted, repair_counts};
pub(crate) use detail::Detail;
pub use detail::{CaseConversation, CaseDetail, CaseRights, CaseWait, EvidenceView, FlowStage, RecusedUser};
pub(crate) use draft::from_conversation as draft_from;
pub(crate) use edit::{facts, visible};
pub use events::{
    Archived, Assigned, Classified, ConversationLinked, ConversationUnlinked, EvidenceAdded, EvidenceRemoved,
    Moved, Opened, PeopleChanged, Reopened, Resumed, StageBegun, StageDone, StageLeft, StageSkipped,
    Standing, Tagged, Tallied, TeamsChanged, Updated, Waiting,
};
pub(crate) use figures::FigureRecounter;
pub use figures::recount as recount_figures;
pub use model::{
    Case, CaseId, CaseState, ClockState, Complainant, Decision, Demand, EarlierSatisfaction, Evidence,
    EvidenceId, Giver, Outcome, People, Person, Record, Role, Shelf, Solution, Source, StageEnding, StageRun,
    Tally, Understanding, Upheld, Wait, WaitEnding,
};
pub(crate) use model::{Stored, stored};
pub(crate) use query::list as page_of;
pub use query::{CaseCounts, CaseListName, CaseQuery, CaseSort};
pub(crate) use realtime::register_realtime;
pub use report::{CaseGrouping, Report, ReportContacts, ReportRow};
pub use saved::{CaseViewId, CaseViewUpdated, SavedView};
pub use search::{Documents, register_search};
pub(crate) use service::{
    AT_ONCE, SHORT, STAGE_INCOMPLETE, TOO_MANY, acting_user, check_active, check_not_merged, check_team,
    check_unlocked, check_user, copy_evidence, customer_wrote, given_reason, happened, in_order,
    put_evidence, refresh_alarm, sync_clocks, take_back_evidence,
};
pub use service::{
    Archiving, Assignment, CaseFields, Classification, LackView, NewCase, NewEvidence, StageDoneWith,
    UnderstandingConfirmed, add_evidence, archive, assign, change_people, change_teams, classify,
    complete_stage, link_conversation, move_to_version, open, raise_severity, remove_evidence, reopen,
    resume, return_to_stage, skip_stage, tag, take, tally, unlink_conversation, update, wait, watch,
};
pub(crate) use store::{Shelved, Taken, how_many, recused_from, recused_of, taken};
pub use timeline::Entry as TimelineEntry;
pub(crate) use timeline::{page as timeline_page, show as show_timeline};
pub(crate) use view::{Batch, refs};
pub use view::{CaseContact, CaseRef, CaseStage, CaseView, PlanName};

/// The routes of cases.
pub fn routes() -> OpenApiRouter<AppState> {
    http::routes().merge(saved::routes()).merge(bulk::routes())
}

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.reactor(reactors::CustomerMessages).reactor(reactors::Alarms).reactor(reactors::Contacts);
}
