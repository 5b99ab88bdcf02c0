//! Which steps answer to what happened to a clock. No storage.

use crate::plans::{Escalation, EscalationStep, StepMoment};

/// What happened to a clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Occurrence {
    /// So many percent of its limit are used up.
    Share(u16),
    /// It is late by so many minutes.
    Overdue(u32),
}

/// The steps of a chain that answer to it, with their numbers from 1.
pub(crate) fn steps_for(
    chain: &Escalation,
    occurrence: Occurrence,
) -> impl Iterator<Item = (i64, &EscalationStep)> {
    let answers = move |step: &EscalationStep| match (step.at, occurrence) {
        (StepMoment::Share { share }, Occurrence::Share(reached)) => share == reached,
        (StepMoment::Overdue { minutes }, Occurrence::Overdue(late)) => minutes == late,
        _ => false,
    };
    (1..).zip(&chain.steps).filter(move |(_, step)| answers(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::{Action, Text};

    #[test]
    fn a_step_answers_to_its_moment_alone() {
        let step = |at| EscalationStep { at, actions: vec![Action::ReportToSuperior] };
        let chain = Escalation {
            key: "a".to_owned(),
            name: Text::default(),
            steps: vec![
                step(StepMoment::Share { share: 80 }),
                step(StepMoment::Share { share: 100 }),
                step(StepMoment::Overdue { minutes: 60 }),
            ],
        };
        let numbers = |occurrence| steps_for(&chain, occurrence).map(|(no, _)| no).collect::<Vec<_>>();
        assert_eq!(numbers(Occurrence::Share(50)), Vec::<i64>::new());
        assert_eq!(numbers(Occurrence::Share(80)), [1]);
        assert_eq!(numbers(Occurrence::Share(100)), [2]);
        assert_eq!(numbers(Occurrence::Overdue(60)), [3]);
        assert_eq!(numbers(Occurrence::Overdue(80)), Vec::<i64>::new());
    }
}
