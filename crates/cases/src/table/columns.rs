//! The columns of a table and what stands in them.

use heard_kernel::{Error, Result, Timestamp};
use heard_store::words;

use crate::{
    cases::{CaseView, PlanName},
    words::Words,
};

words! {
    /// A column of a table of cases.
    #[schema(as = CaseTableColumn)]
    Column {
        /// Number.
        Number => "number",
        /// Title.
        Title => "title",
        /// Type.
        Type => "type",
        /// State.
        State => "state",
        /// The stage that it is in.
        Stage => "stage",
        /// Category.
        Category => "category",
        /// Severity.
        Severity => "severity",
        /// Urgency.
        Urgency => "urgency",
        /// Difficulty.
        Difficulty => "difficulty",
        /// Priority.
        Priority => "priority",
        /// How it came.
        Source => "source",
        /// Who is served.
        Contact => "contact",
        /// Who is responsible.
        Owner => "owner",
        /// Which team has it.
        Team => "team",
        /// The department that the plan names.
        Department => "department",
        /// When it came.
        Received => "received",
        /// When it was recorded.
        Recorded => "recorded",
        /// How many minutes lie between its arrival and its record.
        Delay => "delay",
        /// When its next clock runs out.
        Due => "due",
        /// How its clocks stand.
        Clock => "clock",
        /// Whether it is taken on.
        Decision => "decision",
        /// Whether the demand is reasonable.
        Demand => "demand",
        /// Whether it is upheld.
        Upheld => "upheld",
        /// Its cause.
        Cause => "cause",
        /// What became of it.
        Outcome => "outcome",
        /// How satisfied the customer is.
        Satisfaction => "satisfaction",
        /// How often it was opened again.
        Reopened => "reopened",
        /// Its tags.
        Tags => "tags",
        /// What another system calls it.
        External => "external",
        /// When it last changed.
        Updated => "updated",
        /// When it was archived.
        Archived => "archived",
    }
}

/// What stands above a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Heading {
    /// In the language of who asks.
    pub(super) text: String,
    /// Characters.
    pub(super) width: u16,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Cell {
    Empty,
    Text(String),
    Number(i64),
    /// Money in its unit, as digits with a point.
    Amount(String),
    Time(Timestamp),
}

impl From<Option<Timestamp>> for Cell {
    fn from(at: Option<Timestamp>) -> Self {
        at.map_or(Self::Empty, Self::Time)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.filter(|text| !text.is_empty()).map_or(Self::Empty, Self::Text)
    }
}

impl Column {
    /// The columns that are asked for, in that order; all when none is.
    pub(super) fn wanted(asked: Option<&str>) -> Result<Vec<Self>> {
        let asked = asked.map(str::trim).filter(|asked| !asked.is_empty());
        let Some(asked) = asked else { return Ok(Self::ALL.to_vec()) };
        let mut wanted = Vec::new();
        for word in asked.split(',').map(str::trim) {
            let column =
                Self::ALL.iter().copied().find(|column| column.as_str() == word).ok_or_else(|| {
                    Error::field("columns", crate::table::service::COLUMN_UNKNOWN).with("column", word)
                })?;
            if !wanted.contains(&column) {
                wanted.push(column);
            }
        }
        Ok(wanted)
    }

    /// The width of the column in characters.
    pub(super) const fn width(self) -> u16 {
        match self {
            Self::Title => 48,
            Self::Category | Self::Cause | Self::Tags => 24,
            Self::Received | Self::Recorded | Self::Due | Self::Updated | Self::Archived => 17,
            _ => 14,
        }
    }

    /// What stands in the column for a case.
    pub(super) fn cell(self, case: &CaseView, words: Words) -> Cell {
        let name = |of: &Option<PlanName>| Cell::from(of.as_ref().map(|known| known.name.clone()));
        let word = |group: &str, word: Option<&str>| Cell::from(word.map(|word| words.of(group, word)));
        match self {
            Self::Number => Cell::Text(case.number.clone()),
            Self::Title => Cell::Text(case.title.clone()),
            Self::Type => Cell::Text(case.r#type.name.clone()),
            Self::State => word("state", Some(case.state.as_str())),
            Self::Stage => Cell::from(case.stage.as_ref().map(|stage| stage.name.clone())),
            Self::Category => name(&case.category),
            Self::Severity => name(&case.severity),
            Self::Urgency => name(&case.urgency),
            Self::Difficulty => name(&case.difficulty),
            Self::Priority => word("priority", Some(case.priority.as_str())),
            Self::Source => word("source", Some(case.source.as_str())),
            Self::Contact => Cell::from(case.contact.as_ref().map(|contact| contact.display_name.clone())),
            Self::Owner => Cell::from(case.owner.as_ref().map(|owner| owner.name.clone())),
            Self::Team => Cell::from(case.team.as_ref().map(|team| team.name.clone())),
            Self::Department => name(&case.department),
            Self::Received => Cell::Time(case.received_at),
            Self::Recorded => Cell::Time(case.recorded_at),
            Self::Delay => Cell::Number(case.record_delay_ms / 60_000),
            Self::Due => Cell::from(case.next_due_at),
            Self::Clock => word("clockstate", Some(case.clock_state.as_str())),
            Self::Decision => word("decision", case.decision.map(|word| word.as_str())),
            Self::Demand => word("demand", case.demand.map(|word| word.as_str())),
            Self::Upheld => word("upheld", case.upheld.map(|word| word.as_str())),
            Self::Cause => name(&case.cause),
            Self::Outcome => word("outcome", case.outcome.map(|word| word.as_str())),
            Self::Satisfaction => case.satisfaction.map_or(Cell::Empty, Cell::Number),
            Self::Reopened => Cell::Number(case.reopened_count),
            Self::Tags => {
                let tags: Vec<&str> = case.tags.iter().map(|tag| tag.name.as_str()).collect();
                Cell::from(Some(tags.join(", ")))
            }
            Self::External => Cell::from(case.external_ref.clone()),
            Self::Updated => Cell::Time(case.updated_at),
            Self::Archived => Cell::from(case.archived_at),
        }
    }
}
