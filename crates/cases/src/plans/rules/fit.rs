//! Which rules are for which case.

use super::Row;
use crate::plans::model::{
    Alarm, Card, ClockRule, Condition, FieldDef, Mood, Plan, Playbook, Priority, Reminder, Stage, StageKind,
};

/// What of a case decides which rules are for it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CaseFacts<'a> {
    /// Key of its type.
    pub case_type: &'a str,
    /// Key of its category, once it is classified.
    pub category: Option<&'a str>,
    /// Key of its severity.
    pub severity: Option<&'a str>,
    /// Key of its urgency.
    pub urgency: Option<&'a str>,
    /// Key of its difficulty.
    pub difficulty: Option<&'a str>,
}

impl<'a> CaseFacts<'a> {
    /// A case of which only the type is known.
    pub fn of_type(case_type: &'a str) -> Self {
        Self { case_type, ..Self::default() }
    }
}

impl Condition {
    /// Whether a case is such a case. What is not known yet fits no restriction.
    pub fn fits(&self, plan: &Plan, facts: &CaseFacts<'_>) -> bool {
        one_of(&self.case_types, Some(facts.case_type))
            && one_of(&self.severities, facts.severity)
            && one_of(&self.urgencies, facts.urgency)
            && one_of(&self.difficulties, facts.difficulty)
            && some_of(&self.categories, |above| {
                facts.category.is_some_and(|category| plan.is_within(category, above))
            })
            && some_of(&self.classes, |named| in_class(plan, named, facts.category))
    }

    /// Whether it restricts nothing.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

impl Stage {
    /// Whether a case goes through it.
    pub fn is_for(&self, plan: &Plan, facts: &CaseFacts<'_>) -> bool {
        self.when.is_open() || self.when.fits(plan, facts) != self.except
    }
}

fn one_of(keys: &[String], value: Option<&str>) -> bool {
    some_of(keys, |key| value == Some(key))
}

/// An empty list does not restrict.
fn some_of(keys: &[String], fits: impl Fn(&str) -> bool) -> bool {
    keys.is_empty() || keys.iter().any(|key| fits(key))
}

fn in_class(plan: &Plan, named: &str, category: Option<&str>) -> bool {
    let (Some((view, class)), Some(category)) = (named.split_once('/'), category) else { return false };
    plan.class_of(view, category).is_some_and(|found| found.key == class)
}

impl Plan {
    /// The priority that follows from severity and urgency: the first row that fits, normal when none does.
    pub fn priority(&self, severity: Option<&str>, urgency: Option<&str>) -> Priority {
        let row = self
            .priorities
            .iter()
            .find(|row| one_of(&row.severities, severity) && one_of(&row.urgencies, urgency));
        row.map_or(Priority::Normal, |row| row.priority)
    }

    /// The row of stages that a case goes through; nothing when the plan has no flow for its type.
    pub fn row_of(&self, facts: &CaseFacts<'_>) -> Option<Row<'_>> {
        let flow = self.flow_of(facts.case_type)?;
        Some(Row::of(flow, |stage| stage.is_for(self, facts)))
    }

    /// The clocks of a case: enabled, fitting, and of each group only the first. In the order of the plan.
    pub fn clocks_for(&self, facts: &CaseFacts<'_>) -> Vec<&ClockRule> {
        let mut chosen: Vec<&ClockRule> = Vec::new();
        for rule in self.clocks.iter().filter(|rule| rule.enabled && rule.when.fits(self, facts)) {
            let taken = rule.group.is_some() && chosen.iter().any(|earlier| earlier.group == rule.group);
            if !taken {
                chosen.push(rule);
            }
        }
        chosen
    }

    /// The playbooks of a case.
    pub fn playbooks_for(&self, facts: &CaseFacts<'_>) -> Vec<&Playbook> {
        self.playbooks.iter().filter(|playbook| playbook.when.fits(self, facts)).collect()
    }

    /// The alarms that a case such as this raises.
    pub fn alarms_for(&self, facts: &CaseFacts<'_>) -> Vec<&Alarm> {
        self.alarms.iter().filter(|alarm| alarm.when.fits(self, facts)).collect()
    }

    /// The reminders of a case at a kind of stage.
    pub fn reminders_for(&self, facts: &CaseFacts<'_>, stage: StageKind) -> Vec<&Reminder> {
        let comes = |item: &&Reminder| item.stages.contains(&stage) && item.when.fits(self, facts);
        self.reminders.iter().filter(comes).collect()
    }

    /// The cards for a moment. While the customer's state is not known, those for a certain state stay away.
    pub fn cards_for(&self, stage: StageKind, mood: Option<Mood>, case_type: &str) -> Vec<&Card> {
        let fits = |card: &&Card| {
            (card.stages.is_empty() || card.stages.contains(&stage))
                && (card.moods.is_empty() || mood.is_some_and(|mood| card.moods.contains(&mood)))
                && one_of(&card.case_types, Some(case_type))
        };
        self.cards.iter().filter(fits).collect()
    }

    /// The fields that a case has.
    pub fn fields_for(&self, facts: &CaseFacts<'_>) -> Vec<&FieldDef> {
        let has = |field: &&FieldDef| {
            one_of(&field.case_types, Some(facts.case_type))
                && some_of(&field.categories, |above| {
                    facts.category.is_some_and(|category| self.is_within(category, above))
                })
        };
        self.fields.iter().filter(has).collect()
    }
}
