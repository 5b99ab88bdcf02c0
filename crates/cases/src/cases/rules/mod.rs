//! What happens to a case, decided without storage.

mod agenda;
mod custom;
mod flow;
mod needs;
mod reasons;
mod visible;

pub(crate) use agenda::{Lived, Run, Running, Step, agenda};
pub(crate) use custom::check_custom;
pub(crate) use flow::{place_in, place_in_row, stage_before};
pub(crate) use needs::{Lack, Tallies, lacking};
pub(crate) use reasons::{need_name, priority_reason};
pub(crate) use visible::sees;
