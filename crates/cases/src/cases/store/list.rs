//! Pages of cases. Each branch of a list picks sort keys and ids from one index, whose entries hold what the usual filters
//! ask for, so that rows that do not match are passed over without being read; the rows of the page are joined at the end.

use std::fmt::Write;

use heard_desk::{contacts::ContactId, tags::TagId};
use heard_kernel::{Result, Timestamp, fold_key};
use heard_platform::directory::{TeamId, UserId};
use heard_store::{Columns, FromRow, Row, Tx, Value};
use uuid::Uuid;

use super::super::model::{
    Case, CaseId, CaseState, ClockState, Decision, Outcome, Role, Shelf, Source, Upheld,
};
use super::short_columns;
use crate::plans::{Priority, StageKind};

/// Which cases a list holds.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Scope {
    /// All.
    All,
    /// Those that a user sees without the right to see all: of their teams, and those in which they have a role.
    Seen(UserId, Vec<TeamId>),
    /// Those that a user owns.
    Owner(UserId),
    /// Those that one of these teams has.
    Teams(Vec<TeamId>),
    /// Those of these teams (of all and of none, when there is no list) that nobody owns.
    Unowned(Option<Vec<TeamId>>),
    /// Those in which a user has a role.
    Role(UserId, Role),
    /// All of these categories, each read from its own range.
    Categories(Vec<String>),
}

/// The order of a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Order {
    /// What is due first comes first; what is not due comes last.
    Due,
    /// What came last comes first.
    Newest,
    /// The most urgent comes first, among equals what is due first.
    Priority,
    /// What was archived last comes first.
    Archived,
}

impl Order {
    /// The columns that it sorts by, before the id, and its direction.
    const fn keys(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Due => ("c.due_key", "0", "ASC"),
            Self::Newest => ("c.received_at", "0", "DESC"),
            Self::Priority => ("c.priority_rank", "c.due_key", "ASC"),
            Self::Archived => ("c.archived_at", "0", "DESC"),
        }
    }
}

/// What a list is narrowed to.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Filters {
    pub(crate) type_key: Option<String>,
    /// Any of these categories.
    pub(crate) categories: Option<Vec<String>>,
    pub(crate) severity_key: Option<String>,
    pub(crate) urgency_key: Option<String>,
    pub(crate) priority: Option<Priority>,
    pub(crate) state: Option<CaseState>,
    pub(crate) stage_kind: Option<StageKind>,
    pub(crate) clock_state: Option<ClockState>,
    pub(crate) owner_id: Option<UserId>,
    pub(crate) team_id: Option<TeamId>,
    pub(crate) contact_id: Option<ContactId>,
    pub(crate) tag_id: Option<TagId>,
    pub(crate) source: Option<Source>,
    pub(crate) decision: Option<Decision>,
    pub(crate) upheld: Option<Upheld>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) cause_key: Option<String>,
    pub(crate) group_id: Option<Uuid>,
    pub(crate) parent_id: Option<CaseId>,
    pub(crate) external_ref: Option<String>,
    /// Received at this time or later.
    pub(crate) from: Option<Timestamp>,
    /// Received before this time.
    pub(crate) to: Option<Timestamp>,
    /// Archived at this time or later.
    pub(crate) archived_from: Option<Timestamp>,
    /// Archived before this time.
    pub(crate) archived_to: Option<Timestamp>,
    /// Words in the title or about the complainant, or the number.
    pub(crate) words: Option<String>,
}

impl Filters {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.conditions().len()
    }

    /// Conditions on a table `c`, each with its values; every `?` takes the next.
    fn conditions(&self) -> Vec<(String, Vec<Value>)> {
        let mut all: Vec<(String, Vec<Value>)> = Vec::new();
        let mut one = |condition: &str, value: Option<Value>| {
            all.extend(value.map(|value| (condition.to_owned(), vec![value])));
        };
        one("c.type_key = ?", self.type_key.as_ref().map(Value::from));
        one("c.severity_key = ?", self.severity_key.as_ref().map(Value::from));
        one("c.urgency_key = ?", self.urgency_key.as_ref().map(Value::from));
        one("c.priority = ?", self.priority.map(Value::from));
        one("c.state = ?", self.state.map(Value::from));
        one("c.stage_kind = ?", self.stage_kind.map(Value::from));
        // Said in words too, so that the index of those cases alone serves.
        let clock = match self.clock_state {
            Some(ClockState::Soon | ClockState::Overdue) => {
                "c.clock_state = ? AND c.clock_state IN ('soon', 'overdue')"
            }
            _ => "c.clock_state = ?",
        };
        one(clock, self.clock_state.map(Value::from));
        one("c.owner_id = ?", self.owner_id.map(Value::from));
        one("c.team_id = ?", self.team_id.map(Value::from));
        one("c.contact_id = ?", self.contact_id.map(Value::from));
        one("c.source = ?", self.source.map(Value::from));
        one("c.decision = ?", self.decision.map(Value::from));
        one("c.upheld = ?", self.upheld.map(Value::from));
        one("c.outcome = ?", self.outcome.map(Value::from));
        one("c.cause_key = ?", self.cause_key.as_ref().map(Value::from));
        one("c.group_id = ?", self.group_id.map(Value::from));
        one("c.parent_id = ?", self.parent_id.map(Value::from));
        one("c.external_ref = ?", self.external_ref.as_ref().map(Value::from));
        one("c.received_at >= ?", self.from.map(Value::from));
        one("c.received_at < ?", self.to.map(Value::from));
        one("c.archived_at >= ?", self.archived_from.map(Value::from));
        one("c.archived_at < ?", self.archived_to.map(Value::from));
        one(
            "EXISTS (SELECT t.tag_id FROM case_tags t WHERE t.case_id = c.id AND t.tag_id = ?)",
            self.tag_id.map(Value::from),
        );
        if let Some(categories) = &self.categories {
            let marks = vec!["?"; categories.len()].join(", ");
            let condition = if categories.is_empty() {
                "1 = 0".to_owned()
            } else {
                format!("c.category_key IN ({marks})")
            };
            all.push((condition, categories.iter().map(Value::from).collect()));
        }
        if let Some(words) = &self.words {
            let no = words.trim_start_matches(['T', 't', '-', '#']).parse::<i64>().unwrap_or(-1);
            let condition = "(c.no = ? OR c.search_key LIKE ? ESCAPE '\\')".to_owned();
            all.push((condition, vec![no.into(), pattern(words).into()]));
        }
        all
    }
}

/// A page that is wanted.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Query {
    pub(crate) scope: Scope,
    pub(crate) shelf: Shelf,
    pub(crate) filters: Filters,
    pub(crate) order: Order,
    /// A user whose recusals hide cases.
    pub(crate) not_recused: Option<UserId>,
    /// Sort keys and id of the last item before the page.
    pub(crate) after: Option<(i64, i64, CaseId)>,
    pub(crate) limit: usize,
}

/// A row of a list: the case without its record, and what it was sorted by.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Listed {
    pub(crate) case: Case,
    pub(crate) keys: (i64, i64),
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let columns = Columns::at(row, Case::COLUMNS.len());
        Ok(Self { case: Case::from_row(row)?, keys: (columns.next()?, columns.next()?) })
    }
}

/// A statement in the making: each `?` of a piece takes the next of its values.
#[derive(Default)]
pub(super) struct Text {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Text {
    pub(super) fn add(&mut self, piece: &str, values: impl IntoIterator<Item = Value>) {
        let mut values = values.into_iter();
        for part in piece.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    self.values.push(values.next().unwrap_or(Value::Null));
                    let _ = write!(self.sql, "{before}${}", self.values.len());
                }
                None => self.sql.push_str(part),
            }
        }
    }

    /// Adds everything that narrows the cases of a table `c`.
    pub(super) fn narrow(&mut self, shelf: Shelf, filters: &Filters, not_recused: Option<UserId>) {
        self.add(" AND c.shelf = ?", [shelf.into()]);
        for (condition, values) in filters.conditions() {
            self.sql.push_str(" AND ");
            self.add(&condition, values);
        }
        if let Some(user) = not_recused {
            self.add(
                " AND NOT EXISTS (SELECT r.user_id FROM case_people r WHERE r.case_id = c.id AND r.user_id = ? \
                 AND r.role = 'recused')",
                [user.into()],
            );
        }
    }
}

/// One page; one row more than the limit when there is a next one.
pub(crate) async fn page(tx: &Tx<'_>, query: &Query) -> Result<Vec<Listed>> {
    let text = statement(query);
    tx.query(&text.sql, &text.values).await
}

/// Cases by their ids, without their records, in no order.
pub(crate) async fn short(tx: &Tx<'_>, ids: &[CaseId]) -> Result<Vec<Case>> {
    let select = format!("SELECT {} FROM cases c", short_columns());
    let (sql, values) = heard_store::List::new(&select).filter_in("c.id", ids.iter().copied()).all();
    tx.query(&sql, &values).await
}

impl Query {
    /// What the page is sorted by. People and teams have no range in the order of priority: their cases are sorted, and the
    /// column is written so that the range of all cases in that order does not tempt the planner to walk through it.
    fn keys(&self) -> (&'static str, &'static str, &'static str) {
        match (&self.scope, self.order) {
            (Scope::All | Scope::Categories(_), _) | (_, Order::Due | Order::Newest | Order::Archived) => {
                self.order.keys()
            }
            (_, Order::Priority) => ("c.priority_rank + 0", "c.due_key", "ASC"),
        }
    }
}

fn statement(query: &Query) -> Text {
    let (first, second, way) = query.keys();
    let mut text = Text::default();
    let _ = write!(text.sql, "SELECT {}, p.first_key, p.second_key FROM (", short_columns());
    let branches = branches(&query.scope);
    let many = branches.len() > 1;
    if many {
        text.sql.push_str("SELECT first_key, second_key, id FROM (");
    }
    for (index, (from, condition, values)) in branches.into_iter().enumerate() {
        if index > 0 {
            text.sql.push_str(" UNION ");
        }
        if many {
            text.sql.push_str("SELECT first_key, second_key, id FROM (");
        }
        let _ = write!(
            text.sql,
            "SELECT {first} AS first_key, {second} AS second_key, c.id AS id FROM {from} WHERE "
        );
        text.add(condition, values);
        text.narrow(query.shelf, &query.filters, query.not_recused);
        add_place(&mut text, query);
        if many {
            let _ = write!(text.sql, ") b{index}");
        }
    }
    if many {
        let _ = write!(
            text.sql,
            ") u ORDER BY first_key {way}, second_key {way}, id {way} LIMIT {}",
            query.limit + 1
        );
    }
    let _ = write!(
        text.sql,
        ") p JOIN cases c ON c.id = p.id ORDER BY p.first_key {way}, p.second_key {way}, p.id {way}"
    );
    text
}

/// Where the page begins, its order and its size. A second key that is constant is left out, so that an index serves.
fn add_place(text: &mut Text, query: &Query) {
    let (first, second, way) = query.keys();
    let two = second != "0";
    if let Some((one, other, id)) = query.after {
        let sign = if way == "DESC" { "<" } else { ">" };
        if two {
            let piece = format!(" AND ({first}, {second}, c.id) {sign} (?, ?, ?)");
            text.add(&piece, [one.into(), other.into(), id.into()]);
        } else {
            text.add(&format!(" AND ({first}, c.id) {sign} (?, ?)"), [one.into(), id.into()]);
        }
    }
    let middle = if two { format!("{second} {way}, ") } else { String::new() };
    let _ = write!(text.sql, " ORDER BY {first} {way}, {middle}c.id {way} LIMIT {}", query.limit + 1);
}

type Branch = (&'static str, &'static str, Vec<Value>);

/// The index ranges of a scope.
fn branches(scope: &Scope) -> Vec<Branch> {
    let of_teams = |teams: &[TeamId], condition: &'static str| -> Vec<Branch> {
        if teams.is_empty() {
            return vec![("cases c", "1 = 0", Vec::new())];
        }
        teams.iter().map(|team| ("cases c", condition, vec![team.into()])).collect()
    };
    match scope {
        Scope::All => vec![("cases c", "1 = 1", Vec::new())],
        Scope::Owner(user) => vec![("cases c", "c.owner_id = ?", vec![user.into()])],
        Scope::Teams(teams) => of_teams(teams, "c.team_id = ?"),
        Scope::Unowned(None) => vec![("cases c", "c.owner_id IS NULL", Vec::new())],
        Scope::Unowned(Some(teams)) => of_teams(teams, "c.team_id = ? AND c.owner_id IS NULL"),
        Scope::Categories(keys) => {
            keys.iter().map(|key| ("cases c", "c.category_key = ?", vec![key.into()])).collect()
        }
        Scope::Role(user, role) => vec![(
            "case_people w JOIN cases c ON c.id = w.case_id",
            "w.user_id = ? AND w.role = ?",
            vec![user.into(), (*role).into()],
        )],
        Scope::Seen(user, teams) => {
            let mut all: Vec<Branch> = vec![
                ("cases c", "c.owner_id = ?", vec![user.into()]),
                (
                    "case_people w JOIN cases c ON c.id = w.case_id",
                    "w.user_id = ? AND w.role = 'participant'",
                    vec![user.into()],
                ),
                (
                    "case_people w JOIN cases c ON c.id = w.case_id",
                    "w.user_id = ? AND w.role = 'watcher'",
                    vec![user.into()],
                ),
            ];
            for team in teams {
                all.push(("cases c", "c.team_id = ?", vec![team.into()]));
                all.push((
                    "case_teams w JOIN cases c ON c.id = w.case_id",
                    "w.team_id = ?",
                    vec![team.into()],
                ));
            }
            all
        }
    }
}

/// A pattern for `LIKE` that finds the words anywhere.
fn pattern(words: &str) -> String {
    let mut pattern = String::from("%");
    for c in fold_key(words).chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
