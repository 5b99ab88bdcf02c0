//! The row of stages that a case goes through.

use crate::plans::model::{Flow, Stage, StageKind};

/// Those stages of a flow that are for a case, in their order.
#[derive(Clone, PartialEq, Debug)]
pub struct Row<'p> {
    flow: &'p Flow,
    stages: Vec<&'p Stage>,
}

impl<'p> Row<'p> {
    /// The stages of a flow that are meant.
    pub(super) fn of(flow: &'p Flow, is_for: impl Fn(&Stage) -> bool) -> Self {
        Self { flow, stages: flow.stages.iter().filter(|stage| is_for(stage)).collect() }
    }

    /// Its stages, in their order.
    pub fn stages(&self) -> &[&'p Stage] {
        &self.stages
    }

    /// A stage by its key.
    pub fn stage(&self, key: &str) -> Option<&'p Stage> {
        self.stages.iter().copied().find(|stage| stage.key == key)
    }

    /// The stage of a kind; a row has at most one of each.
    pub fn stage_of(&self, kind: StageKind) -> Option<&'p Stage> {
        self.stages.iter().copied().find(|stage| stage.kind == kind)
    }

    /// Its stages that come before a stage of the flow, also when that one is not in the row.
    pub fn before(&self, key: &str) -> &[&'p Stage] {
        let Some(place) = self.place(key) else { return &[] };
        let ahead = self.stages.iter().take_while(|stage| self.place(&stage.key) < Some(place)).count();
        &self.stages[..ahead]
    }

    /// The stage that comes after a stage of the flow, also when that one is not in the row.
    pub fn next(&self, key: &str) -> Option<&'p Stage> {
        let place = self.place(key)?;
        self.stages.iter().copied().find(|stage| self.place(&stage.key) > Some(place))
    }

    fn place(&self, key: &str) -> Option<usize> {
        self.flow.stages.iter().position(|stage| stage.key == key)
    }
}
