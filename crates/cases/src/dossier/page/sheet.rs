//! Writing parts, rows and tables of the page. Everything that people wrote goes through `escape_html`.

use std::fmt::Write;

use heard_kernel::{Locale, Timestamp, escape_html};
use heard_platform::directory::UserRef;
use jiff::tz::TimeZone;

use crate::words::Words;

/// Columns of names and words that are too short to be broken within one.
const WHOLE: [&str; 7] = ["amount", "how", "size", "state", "to", "verdict", "who"];

/// The page while it is written.
pub(super) struct Sheet<'a> {
    pub(super) words: Words,
    pub(super) zone: &'a TimeZone,
    out: String,
    parts: Vec<&'static str>,
}

/// An instant by the clock on the wall.
pub(super) fn instant(words: Words, zone: &TimeZone, at: Timestamp) -> String {
    local(words, zone, at, "%H:%M")
}

fn local(words: Words, zone: &TimeZone, at: Timestamp, clock: &str) -> String {
    let local = at.to_jiff().to_zoned(zone.clone());
    let clock = local.strftime(clock);
    match words.0 {
        Locale::ZhCn => {
            let day = ["一", "二", "三", "四", "五", "六", "日"];
            let index = usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default();
            format!("{} 周{} {clock}", local.strftime("%Y-%m-%d"), day[index])
        }
        Locale::En => format!("{}, {clock}", local.strftime("%a %d %b %Y")),
    }
}

impl<'a> Sheet<'a> {
    pub(super) fn new(words: Words, zone: &'a TimeZone) -> Self {
        Self { words, zone, out: String::with_capacity(64 * 1024), parts: Vec::new() }
    }

    pub(super) fn time(&self, at: Timestamp) -> String {
        instant(self.words, self.zone, at)
    }

    /// To the second, where the order of things matters.
    pub(super) fn exactly(&self, at: Timestamp) -> String {
        local(self.words, self.zone, at, "%H:%M:%S")
    }

    pub(super) fn when(&self, at: Option<Timestamp>) -> String {
        at.map(|at| self.time(at)).unwrap_or_default()
    }

    /// The name of a user, or of the system where nobody did it by hand.
    pub(super) fn by(&self, user: Option<&UserRef>) -> String {
        user.map_or_else(|| self.words.get("by_rule").to_owned(), |user| user.name.clone())
    }

    /// A part with a heading. Its name is its place and the end of the heading's key.
    pub(super) fn part(&mut self, name: &'static str, write: impl FnOnce(&mut Self)) {
        self.parts.push(name);
        let title = self.words.of("part", name);
        let _ = writeln!(
            self.out,
            "<section id=\"{name}\">\n<h2>{}. {}</h2>",
            self.parts.len(),
            escape_html(&title)
        );
        let before = self.out.len();
        write(self);
        if self.out.len() == before {
            let none = escape_html(self.words.get("none"));
            let _ = writeln!(self.out, "<p class=\"quiet\">{none}</p>");
        }
        self.out.push_str("</section>\n");
    }

    /// Rows of a name and what is said; those that say nothing are left out.
    pub(super) fn rows(&mut self, rows: &[(&str, String)]) {
        let named: Vec<(String, String)> =
            rows.iter().map(|(key, value)| (self.words.of("f", key), value.clone())).collect();
        self.named_rows(&named);
    }

    /// The same with names that are no keys.
    pub(super) fn named_rows(&mut self, rows: &[(String, String)]) {
        let said: Vec<_> = rows.iter().filter(|(_, value)| !value.trim().is_empty()).collect();
        if said.is_empty() {
            return;
        }
        self.out.push_str("<dl>\n");
        for (name, value) in said {
            let _ = writeln!(
                self.out,
                "<div><dt>{}</dt><dd dir=\"auto\">{}</dd></div>",
                escape_html(name),
                escape_html(value)
            );
        }
        self.out.push_str("</dl>\n");
    }

    /// A table with headings by their keys. Cells are markup.
    pub(super) fn table(&mut self, heads: &[&str], rows: Vec<Vec<String>>) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("<table>\n<thead><tr>");
        for head in heads {
            let _ = write!(self.out, "<th scope=\"col\">{}</th>", escape_html(&self.words.of("t", head)));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.out.push_str("<tr>");
            for (cell, head) in row.iter().zip(heads) {
                let class = match *head {
                    "when" => " class=\"time\"",
                    head if WHOLE.contains(&head) => " class=\"whole\"",
                    _ => "",
                };
                let _ = write!(self.out, "<td dir=\"auto\"{class}>{cell}</td>");
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n");
    }

    /// Markup as it is.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The list of parts and the parts.
    pub(super) fn finish(self) -> (String, String) {
        let mut contents = format!(
            "<nav aria-label=\"{0}\"><h2>{0}</h2>\n<ol>\n",
            escape_html(self.words.get("head.contents"))
        );
        for name in &self.parts {
            let title = self.words.of("part", name);
            let _ = writeln!(contents, "<li><a href=\"#{name}\">{}</a></li>", escape_html(&title));
        }
        contents.push_str("</ol></nav>\n");
        (contents, self.out)
    }
}
