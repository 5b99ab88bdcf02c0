//! A case and what stands around it.

mod around;
mod case;
mod record;
mod stored;
mod words;

pub(crate) use around::reason_word;
pub use around::{Evidence, EvidenceId, People, Person, StageRun, Wait};
pub use case::{Case, CaseId};
pub use record::{Complainant, EarlierSatisfaction, Record, Solution, Understanding};
pub(crate) use stored::{Stored, stored};
pub use words::{
    CaseState, ClockState, Decision, Demand, Giver, Outcome, Role, Shelf, Source, StageEnding, Tally, Upheld,
    WaitEnding,
};
