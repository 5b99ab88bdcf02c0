//! Tasks (任务): what is to be done on a case.
//!
//! The playbooks of the plan that fit a case give it a checklist; people add tasks of their own. When a case is opened,
//! classified, moved, or begins a stage, its checklist is brought in line: steps of playbooks that no longer fit are put
//! aside, and come back as they were when those fit again. A task may run on a clock, from the beginning of its stage.
//! It ends done, with what came of it, or not needed, with the reason. What comes of a workaround, a solution, a preventive
//! measure, a judgement of the demand or a lesson is written into the record where that is still empty. Required ones that
//! are open count for the stages that ask for them.
//!
//! Lists across cases (`lists.rs`) hold what somebody or a team has to do, what is due first at the top.
//!
//! Events: `case.task_*`. Rights: `case.read`, `case.work`.

mod events;
mod http;
mod lists;
mod model;
mod reactors;
mod rules;
mod service;
mod store;

use heard_runtime::Registry;

pub use events::{TaskAdded, TaskAssigned, TaskDone, TaskNotNeeded, TaskReopened};
pub(crate) use http::show;
pub use http::{TaskView, routes};
pub use lists::{ListState, TaskCounts, TaskQuery, Whose, across, counts};
pub use model::{Ending, NewTask, Task, TaskId, TaskPatch, TaskState};
pub use service::{add, change, complete, list, not_needed, reopen};

pub(crate) use service::{DEPARTMENT_UNKNOWN, doer};

/// Registers what runs behind the services.
pub(crate) fn register(registry: &mut Registry) {
    registry.reactor(reactors::Checklists);
}
