//! Counting cases by what they have in common.

use std::fmt::Write;

use heard_kernel::Result;
use heard_platform::directory::{TeamId, UserId};
use heard_store::{Cell, FromRow, Row, Tx, Value};
use uuid::Uuid;

use super::{
    super::{model::Shelf, report::CaseGrouping},
    list::{Filters, Scope, Text},
};

/// A quarter of an hour in milliseconds.
const QUARTER: i64 = 900_000;

/// How many cases, and how satisfied those are that were asked.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Counted {
    pub(crate) count: i64,
    pub(crate) rated: i64,
    pub(crate) sum: i64,
}

impl Counted {
    /// So many cases, of which so many said how satisfied they are, with the sum of that.
    pub(crate) const fn new(count: i64, rated: i64, sum: i64) -> Self {
        Self { count, rated, sum }
    }

    /// One case.
    pub(crate) fn one(satisfaction: Option<i64>) -> Self {
        Self { count: 1, rated: i64::from(satisfaction.is_some()), sum: satisfaction.unwrap_or(0) }
    }

    /// The same so many times; taken away when negative.
    pub(crate) const fn times(self, n: i64) -> Self {
        Self { count: self.count * n, rated: self.rated * n, sum: self.sum * n }
    }

    /// Whether it changes nothing.
    pub(crate) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Adds another count.
    pub(crate) fn add(&mut self, other: Self) {
        self.count += other.count;
        self.rated += other.rated;
        self.sum += other.sum;
    }

    /// How satisfied on average.
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    pub(crate) fn average(self) -> Option<f64> {
        (self.rated > 0).then(|| (self.sum as f64 / self.rated as f64 * 100.0).round() / 100.0)
    }
}

/// A key as text, whatever it is in storage.
fn key(row: &Row<'_>, index: usize) -> Result<Option<String>> {
    Ok(match row.cell(index)? {
        Cell::Null => None,
        Cell::Text(text) => Some(text.to_owned()),
        Cell::Int(number) => Some(number.to_string()),
        Cell::Real(number) => Some(number.to_string()),
        Cell::Bytes(bytes) => Uuid::from_slice(bytes).ok().map(|id| id.to_string()),
    })
}

struct Found(Option<String>, Option<String>, Counted);

impl FromRow for Found {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let counted = Counted { count: row.get(2)?, rated: row.get(3)?, sum: row.get(4)? };
        Ok(Self(key(row, 0)?, key(row, 1)?, counted))
    }
}

/// What rows are grouped by. For months these are quarters of an hour, on which months begin in every time zone: which month
/// it is, only the calendar knows.
fn expression(grouping: Option<CaseGrouping>) -> String {
    match grouping {
        None => "NULL".to_owned(),
        Some(CaseGrouping::Month) => {
            format!("({0} / {QUARTER}) * {QUARTER}", CaseGrouping::Month.column())
        }
        Some(other) => other.column().to_owned(),
    }
}

/// Counts the cases of a scope by one or two things. Without the right to see all, those of the user's teams and those that
/// the user owns are counted.
pub(crate) async fn count_grouped(
    tx: &Tx<'_>,
    scope: &Scope,
    shelf: Shelf,
    filters: &Filters,
    not_recused: Option<UserId>,
    group: CaseGrouping,
    by: Option<CaseGrouping>,
) -> Result<Vec<(Option<String>, Option<String>, Counted)>> {
    let mut text = Text::default();
    let _ = write!(
        text.sql,
        "SELECT {} AS one_key, {} AS other_key, count(*), count(c.satisfaction), \
         CAST(coalesce(sum(c.satisfaction), 0) AS BIGINT) FROM cases c WHERE ",
        expression(Some(group)),
        expression(by),
    );
    add_scope(&mut text, scope);
    text.narrow(shelf, filters, not_recused);
    if shelf == Shelf::Archived {
        // Named, so that the index of the archive serves.
        text.sql.push_str(" AND c.shelf = 'archived'");
    }
    text.sql.push_str(if by.is_some() { " GROUP BY 1, 2" } else { " GROUP BY 1" });
    let found: Vec<Found> = tx.query(&text.sql, &text.values).await?;
    Ok(found.into_iter().map(|row| (row.0, row.1, row.2)).collect())
}

fn add_scope(text: &mut Text, scope: &Scope) {
    match scope {
        Scope::All => text.sql.push_str("1 = 1"),
        Scope::Seen(user, teams) => {
            text.add("(c.owner_id = ?", [(*user).into()]);
            for team in teams {
                text.add(" OR c.team_id = ?", [(*team).into()]);
            }
            text.sql.push(')');
        }
        Scope::Owner(user) => text.add("c.owner_id = ?", [(*user).into()]),
        Scope::Teams(teams) => add_teams(text, teams),
        Scope::Unowned(teams) => {
            if let Some(teams) = teams {
                add_teams(text, teams);
                text.sql.push_str(" AND ");
            }
            text.sql.push_str("c.owner_id IS NULL");
        }
        Scope::Categories(keys) => {
            let marks = vec!["?"; keys.len()].join(", ");
            text.add(&format!("c.category_key IN ({marks})"), keys.iter().map(Value::from));
        }
        Scope::Role(user, role) => text.add(
            "EXISTS (SELECT w.user_id FROM case_people w WHERE w.case_id = c.id AND w.user_id = ? AND w.role = ?)",
            [(*user).into(), (*role).into()],
        ),
    }
}

fn add_teams(text: &mut Text, teams: &[TeamId]) {
    if teams.is_empty() {
        text.sql.push_str("1 = 0");
        return;
    }
    let marks = vec!["?"; teams.len()].join(", ");
    text.add(&format!("c.team_id IN ({marks})"), teams.iter().map(Value::from));
}
