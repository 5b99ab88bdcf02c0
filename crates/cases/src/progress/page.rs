//! The page as HTML: plain, readable on a telephone, without scripts.

use std::fmt::Write as _;

use heard_kernel::{Locale, Timestamp, escape_html};
use jiff::tz::TimeZone;

use super::{
    secret::{PAGE, SECRET},
    state::{Shown, Step},
    words::words,
};
use crate::notices::instant;

/// The style sheet, served beside the page.
pub(super) const STYLE: &str = include_str!("page.css");

/// Where and in which language the page is shown.
pub(super) struct Place<'a> {
    pub(super) token: &'a str,
    pub(super) locale: Locale,
    pub(super) zone: &'a TimeZone,
    pub(super) organization: &'a str,
    /// What was just done: `words`, `answer`, `rating`, `refused`.
    pub(super) done: Option<&'a str>,
    /// What was written and could not be taken: it stands in its field again.
    pub(super) words: &'a str,
}

fn head(locale: Locale, title: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/progress/style.css\"></head><body><main>",
        locale.as_str(),
        escape_html(title)
    )
}

/// The page of a case: where it stands, what is asked of the customer now, then everything else.
pub(super) fn page(place: &Place<'_>, shown: &Shown) -> String {
    let w = words(place.locale);
    let mut out = head(place.locale, &format!("{} {}", w.heading, shown.number));
    let (tag, name) = w.other;
    let _ = write!(
        out,
        "<header id=\"top\"><p>{}</p><a href=\"?lang={tag}\" hreflang=\"{tag}\" lang=\"{tag}\">{name}</a></header>\
         <p class=\"meta\">{} · {}</p><h1>{}</h1>",
        escape_html(place.organization),
        w.heading,
        escape_html(&shown.number),
        escape_html(&shown.title)
    );
    let told = match place.done {
        Some("words") => Some((w.done_words, "note")),
        Some("answer") => Some((w.done_answer, "note")),
        Some("rating") => Some((w.done_rating, "note")),
        Some("refused") => Some((w.refused, "note bad")),
        _ => None,
    };
    if let Some((text, class)) = told {
        let _ = write!(out, "<p class=\"{class}\" role=\"status\">{text}</p>");
    }
    standing(&mut out, place, shown);
    if shown.asks {
        // One form, so that nothing that was written or chosen in it is lost, whichever button is pressed.
        // The first button is what Enter in a field presses: it sends the score and says nothing about the rest.
        let to = action(place, "rating");
        let _ = write!(
            out,
            "<form method=\"post\" action=\"{to}\"><button class=\"first\" tabindex=\"-1\" aria-hidden=\"true\">{}</button>",
            w.send
        );
        question(&mut out, place, shown);
        rating(&mut out, place, shown);
        out.push_str("</form>");
    }
    history(&mut out, place, shown);
    addition(&mut out, place);
    if !shown.asks {
        let _ = write!(out, "<form method=\"post\" action=\"{}\">", action(place, "rating"));
        rating(&mut out, place, shown);
        out.push_str("</form>");
    }
    out.push_str("</main></body></html>");
    out
}

fn standing(out: &mut String, place: &Place<'_>, shown: &Shown) {
    let w = words(place.locale);
    let time = |at: Timestamp| instant(at, place.zone, place.locale);
    out.push_str("<section class=\"standing\"><dl>");
    let present =
        if shown.archived { Some(w.archived.to_owned()) } else { shown.stage.as_deref().map(escape_html) };
    if let Some(present) = present {
        let _ = write!(out, "<div><dt>{}</dt><dd>{present}", w.now);
        if let Some(meaning) = shown.meaning.filter(|_| !shown.archived) {
            let _ = write!(out, "<p class=\"meaning\">{meaning}</p>");
        }
        out.push_str("</dd></div>");
    }
    if let Some(due) = shown.due_at.filter(|_| !shown.archived) {
        let _ = write!(out, "<div><dt>{}</dt><dd>{}</dd></div>", w.next_by, time(due));
    }
    let _ = write!(out, "<div><dt>{}</dt><dd>{}</dd></div></dl>", w.received, time(shown.received_at));
    if shown.waiting {
        let _ = write!(out, "<p class=\"note wait\">{} <a href=\"#words\">{}</a></p>", w.waiting, w.add);
    }
    let _ = write!(out, "<h2>{}</h2><ol>", w.steps);
    for (name, step) in &shown.steps {
        let name = escape_html(name);
        let _ = match step {
            Step::Done(at) => {
                write!(
                    out,
                    "<li class=\"done\">{name}<small><span>{} </span>{}</small></li>",
                    w.done,
                    time(*at)
                )
            }
            Step::Now => write!(out, "<li class=\"now\" aria-current=\"step\">{name}</li>"),
            Step::Ahead => write!(out, "<li>{name}</li>"),
        };
    }
    out.push_str("</ol></section>");
}

fn history(out: &mut String, place: &Place<'_>, shown: &Shown) {
    let w = words(place.locale);
    let _ = write!(out, "<section><h2>{}</h2>", w.said);
    if shown.said.is_empty() {
        let _ = write!(out, "<p class=\"meta\">{}</p>", w.nothing);
    }
    for said in &shown.said {
        let (class, who) = if said.by_customer { ("said you", w.you) } else { ("said", w.us) };
        let _ = write!(
            out,
            "<div class=\"{class}\"><b>{who} <small>{}</small></b>{}</div>",
            instant(said.at, place.zone, place.locale),
            linked(&escape_html(&said.text), w.here)
        );
    }
    out.push_str("</section>");
}

/// Escaped words in which addresses of the progress page are links to this page: the customer is there already.
fn linked(text: &str, here: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(PAGE) {
        let from = rest[..at].rfind("http").filter(|from| !rest[*from..at].contains(char::is_whitespace));
        let after = &rest[at + PAGE.len()..];
        let end = after.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(after.len());
        if let Some(from) = from.filter(|_| end >= SECRET) {
            let _ = write!(out, "{}<a href=\"#top\">{here}</a>", &rest[..from]);
        } else {
            out.push_str(&rest[..at + PAGE.len() + end]);
        }
        rest = &after[end..];
    }
    out + rest
}

fn action(place: &Place<'_>, what: &str) -> String {
    format!("/progress/{}/{what}?lang={}", escape_html(place.token), place.locale.as_str())
}

fn question(out: &mut String, place: &Place<'_>, shown: &Shown) {
    let w = words(place.locale);
    let given = shown.answered.map_or_else(String::new, |(solved, at)| {
        let said = if solved { w.solved } else { w.unsolved };
        let at = instant(at, place.zone, place.locale);
        format!("<p class=\"meta\">{} {said} · {at}</p>", w.answered)
    });
    let to = action(place, "answer");
    let _ = write!(
        out,
        "<section><h2>{}</h2>{given}<label for=\"why\">{}</label>\
         <textarea id=\"why\" name=\"why\" maxlength=\"2000\"></textarea>\
         <button name=\"solved\" value=\"yes\" formaction=\"{to}\" formnovalidate>{}</button>\
         <button class=\"plain\" name=\"solved\" value=\"no\" formaction=\"{to}\" formnovalidate>{}</button></section>",
        w.solved_question, w.why, w.solved, w.unsolved
    );
}

fn rating(out: &mut String, place: &Place<'_>, shown: &Shown) {
    let w = words(place.locale);
    let _ = write!(out, "<section><h2>{}</h2>", w.rate);
    if let Some(score) = shown.satisfaction {
        let _ = write!(out, "<p class=\"meta\">{} {score} / 5</p>", w.rated);
    }
    let _ = write!(out, "<fieldset><legend>{}</legend>", w.score);
    for (score, name) in (1..).zip(w.scores) {
        let _ = write!(
            out,
            "<label><input type=\"radio\" name=\"score\" value=\"{score}\" required><b>{score}</b> {name}</label>"
        );
    }
    let _ = write!(
        out,
        "</fieldset><label for=\"reason\">{}</label><textarea id=\"reason\" name=\"reason\" maxlength=\"2000\"></textarea>\
         <button>{}</button></section>",
        w.why, w.send
    );
}

fn addition(out: &mut String, place: &Place<'_>) {
    let w = words(place.locale);
    let _ = write!(
        out,
        "<section><h2>{}</h2><form method=\"post\" action=\"{}\" enctype=\"multipart/form-data\">\
         <label for=\"words\">{}</label><textarea id=\"words\" name=\"words\" maxlength=\"5000\">{}</textarea>\
         <label for=\"files\">{}</label><input id=\"files\" type=\"file\" name=\"files\" multiple>\
         <button>{}</button></form></section>",
        w.add,
        action(place, "words"),
        w.add_words,
        escape_html(place.words),
        w.add_files,
        w.send
    );
}

/// A page that says why nothing is shown.
pub(super) fn refusal(locale: Locale, text: &str) -> String {
    notice(locale, words(locale).heading, "note bad", text)
}

/// What is shown when the case of a link was archived so long ago that it is not opened again.
pub(super) fn closed(locale: Locale, number: &str) -> String {
    let w = words(locale);
    notice(locale, w.closed, "note", &w.closed_text.replace("{number}", &escape_html(number)))
}

fn notice(locale: Locale, heading: &str, class: &str, text: &str) -> String {
    let mut out = head(locale, heading);
    let _ = write!(out, "<h1>{heading}</h1><p class=\"{class}\">{text}</p></main></body></html>");
    out
}

#[cfg(test)]
mod tests {
    use super::linked;

    #[test]
    fn addresses_of_the_page_are_links_to_it() {
        let token = "5fd848d2f2d6b6313353ba74d14889fb4627bb7fba5c13d2";
        let text = format!("进度：https://a.example/progress/{token} 上可以打分");
        assert_eq!(linked(&text, "本页"), "进度：<a href=\"#top\">本页</a> 上可以打分");
        for text in [
            "http://a.example/progress/style.css",
            "a /progress/ b",
            "http 与 /progress/0123456789abcdef0123456789abcdef",
        ] {
            assert_eq!(linked(text, "本页"), text);
        }
    }
}
