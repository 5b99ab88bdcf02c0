//! Builds list statements: filters, one sort order, a cursor.

use std::fmt::Write;

use crate::value::Value;

/// Which way a list is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A list statement in the making. Texts are constants of the program; only values come from outside.
#[derive(Debug)]
pub struct List {
    select: String,
    filters: Vec<String>,
    values: Vec<Value>,
}

impl List {
    /// Starts from `SELECT … FROM …`, without a `WHERE`.
    pub fn new(select: &str) -> Self {
        Self { select: select.to_owned(), filters: Vec::new(), values: Vec::new() }
    }

    /// Adds a condition; each `?` in it takes the next of `values`.
    #[must_use]
    pub fn filter(mut self, condition: &str, values: &[Value]) -> Self {
        let mut text = String::with_capacity(condition.len() + 8);
        let mut given = values.iter();
        for c in condition.chars() {
            match if c == '?' { given.next() } else { None } {
                Some(value) => {
                    self.values.push(value.clone());
                    let _ = write!(text, "${}", self.values.len());
                }
                None => text.push(c),
            }
        }
        self.filters.push(text);
        self
    }

    /// Adds a condition when there is a value for it.
    #[must_use]
    pub fn filter_some<T: Into<Value>>(self, condition: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.filter(condition, &[value.into()]),
            None => self,
        }
    }

    /// Adds `column IN (values)`; no values mean that nothing matches.
    #[must_use]
    pub fn filter_in<T: Into<Value>>(mut self, column: &str, values: impl IntoIterator<Item = T>) -> Self {
        let mut marks = Vec::new();
        for value in values {
            self.values.push(value.into());
            marks.push(format!("${}", self.values.len()));
        }
        self.filters.push(if marks.is_empty() {
            "1 = 0".to_owned()
        } else {
            format!("{column} IN ({})", marks.join(", "))
        });
        self
    }

    /// Sorts by `columns`, all in one direction so that an index serves it, goes on after the key `after`, and takes
    /// one row more than `limit` to learn whether there is a next page.
    pub fn page(
        mut self,
        columns: &[&str],
        direction: Direction,
        after: Option<&[Value]>,
        limit: usize,
    ) -> (String, Vec<Value>) {
        if let Some(key) = after {
            let sign = if direction == Direction::Ascending { ">" } else { "<" };
            let marks = vec!["?"; key.len()].join(", ");
            self = self.filter(&format!("({}) {sign} ({marks})", columns.join(", ")), key);
        }
        let word = if direction == Direction::Ascending { "ASC" } else { "DESC" };
        let order = columns.iter().map(|column| format!("{column} {word}")).collect::<Vec<_>>().join(", ");
        let (mut sql, values) = self.all();
        let _ = write!(sql, " ORDER BY {order} LIMIT {}", limit + 1);
        (sql, values)
    }

    /// The statement without order or limit.
    pub fn all(self) -> (String, Vec<Value>) {
        let mut sql = self.select;
        for (index, filter) in self.filters.iter().enumerate() {
            sql.push_str(if index == 0 { " WHERE " } else { " AND " });
            sql.push_str(filter);
        }
        (sql, self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_cursor_and_order_become_one_statement() {
        let (sql, values) = List::new("SELECT id FROM conversations")
            .filter("state = ?", &["open".into()])
            .filter_some("team_id = ?", None::<i64>)
            .filter_in("inbox_id", [1_i64, 2])
            .page(&["last_at", "id"], Direction::Descending, Some(&[9_i64.into(), "x".into()]), 50);
        assert_eq!(
            sql,
            "SELECT id FROM conversations WHERE state = $1 AND inbox_id IN ($2, $3) AND (last_at, id) < ($4, $5) \
             ORDER BY last_at DESC, id DESC LIMIT 51"
        );
        assert_eq!(values.len(), 5);
    }

    #[test]
    fn an_empty_set_matches_nothing() {
        assert_eq!(List::new("SELECT 1").filter_in("a", Vec::<i64>::new()).all().0, "SELECT 1 WHERE 1 = 0");
    }
}
