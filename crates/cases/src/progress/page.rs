//! The page as HTML: plain, readable on a telephone, without scripts.

use std::fmt::Write as _;

use heard_kernel::{Locale, Timestamp};
use jiff::tz::TimeZone;

use super::{
    state::{Shown, Step},
    words::words,
};
use crate::{ground::escape, notices::instant};

/// The style sheet, served beside the page.
pub(super) const STYLE: &str = "body{font:16px/1.6 system-ui,'PingFang SC','Microsoft YaHei',sans-serif;max-width:42rem;\
margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}h1{font-size:1.4rem}h2{font-size:1.1rem;\
margin-top:2rem}section{border-top:1px solid #ddd}ol{padding-left:1.4rem}.now{font-weight:700}.ahead{color:#666}\
.said{border-left:4px solid #0b6bcb;margin:.8rem 0;padding:.2rem .8rem;white-space:pre-wrap}.you{border-color:#8a8a8a}\
.said b{display:block;font-size:.85rem;color:#555}.note{background:#e8f3ec;padding:.6rem .8rem;border-radius:.4rem}\
.bad{background:#fdecea}label{display:block;margin:.8rem 0 .3rem}textarea,input[type=file]{width:100%;box-sizing:border-box;\
font:inherit}textarea{min-height:5rem;padding:.5rem}button{font:inherit;padding:.6rem 1.2rem;margin:.8rem .5rem 0 0;\
border:1px solid #0b6bcb;background:#0b6bcb;color:#fff;border-radius:.4rem}button.plain{background:#fff;color:#0b6bcb}\
fieldset{border:0;padding:0}fieldset label{display:inline-block;padding:.4rem .8rem .4rem 0}@media (prefers-color-scheme:dark){\
body{color:#eee;background:#161616}.ahead,.said b{color:#aaa}.note{background:#1d3a28}.bad{background:#4a1f1b}}";

/// Where and in which language the page is shown.
pub(super) struct Place<'a> {
    pub(super) token: &'a str,
    pub(super) locale: Locale,
    pub(super) zone: &'a TimeZone,
    pub(super) organization: &'a str,
    /// What was just done: `words`, `answer`, `rating`, `refused`.
    pub(super) done: Option<&'a str>,
}

fn head(locale: Locale, title: &str) -> String {
    format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/progress/style.css\"></head><body><main>",
        locale.as_str(),
        escape(title)
    )
}

/// The page of a case.
pub(super) fn page(place: &Place<'_>, shown: &Shown) -> String {
    let w = words(place.locale);
    let time = |at: Timestamp| instant(at, place.zone, place.locale);
    let mut out = head(place.locale, &format!("{} {}", w.heading, shown.number));
    let (tag, name) = w.other;
    let _ = write!(
        out,
        "<p>{} <a href=\"?lang={tag}\" hreflang=\"{tag}\" lang=\"{tag}\">{name}</a></p><h1>{}<br>{} {}</h1>",
        escape(place.organization),
        w.heading,
        escape(&shown.number),
        escape(&shown.title)
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
    let _ = write!(out, "<p>{}: {}</p>", w.received, time(shown.received_at));
    if shown.archived {
        let _ = write!(out, "<p><strong>{}</strong></p>", w.archived);
    } else if let Some(stage) = &shown.stage {
        let _ = write!(out, "<p>{}: <strong>{}</strong></p>", w.now, escape(stage));
    }
    if shown.waiting {
        let _ = write!(out, "<p class=\"note\">{}</p>", w.waiting);
    }
    if let Some(due) = shown.due_at.filter(|_| !shown.archived) {
        let _ = write!(out, "<p>{} <strong>{}</strong></p>", w.next_by, time(due));
    }
    let _ = write!(out, "<section><h2>{}</h2><ol>", w.steps);
    for (name, step) in &shown.steps {
        let name = escape(name);
        let _ = match step {
            Step::Done(at) => write!(out, "<li>{name} ✓ <small>{} {}</small></li>", w.done, time(*at)),
            Step::Now => write!(out, "<li class=\"now\" aria-current=\"step\">{name}</li>"),
            Step::Ahead => write!(out, "<li class=\"ahead\">{name}</li>"),
        };
    }
    let _ = write!(out, "</ol></section><section><h2>{}</h2>", w.said);
    if shown.said.is_empty() {
        let _ = write!(out, "<p>{}</p>", w.nothing);
    }
    for said in &shown.said {
        let (class, who) = if said.by_customer { ("said you", w.you) } else { ("said", w.us) };
        let _ =
            write!(out, "<div class=\"{class}\"><b>{who} {}</b>{}</div>", time(said.at), escape(&said.text));
    }
    out.push_str("</section>");
    forms(&mut out, place, shown);
    out.push_str("</main></body></html>");
    out
}

fn forms(out: &mut String, place: &Place<'_>, shown: &Shown) {
    let w = words(place.locale);
    let (token, lang) = (escape(place.token), place.locale.as_str());
    let action = |what: &str| format!("/progress/{token}/{what}?lang={lang}");
    if shown.asks {
        let _ = write!(
            out,
            "<section><h2>{}</h2><form method=\"post\" action=\"{}\"><label for=\"why\">{}</label>\
             <textarea id=\"why\" name=\"why\" maxlength=\"2000\"></textarea>\
             <button name=\"solved\" value=\"yes\">{}</button><button class=\"plain\" name=\"solved\" value=\"no\">{}</button>\
             </form></section>",
            w.solved_question,
            action("answer"),
            w.why,
            w.solved,
            w.unsolved
        );
    }
    let _ = write!(out, "<section><h2>{}</h2>", w.rate);
    if let Some(score) = shown.satisfaction {
        let _ = write!(out, "<p>{} {score}</p>", w.rated);
    }
    let _ = write!(
        out,
        "<form method=\"post\" action=\"{}\"><fieldset><legend>{}</legend>",
        action("rating"),
        w.score
    );
    for score in 1..=5 {
        let _ = write!(
            out,
            "<label><input type=\"radio\" name=\"score\" value=\"{score}\" required> {score}</label>"
        );
    }
    let _ = write!(
        out,
        "</fieldset><label for=\"reason\">{}</label><textarea id=\"reason\" name=\"why\" maxlength=\"2000\"></textarea>\
         <button>{}</button></form></section>",
        w.why, w.send
    );
    let _ = write!(
        out,
        "<section><h2>{}</h2><form method=\"post\" action=\"{}\" enctype=\"multipart/form-data\">\
         <label for=\"words\">{}</label><textarea id=\"words\" name=\"words\" maxlength=\"5000\"></textarea>\
         <label for=\"files\">{}</label><input id=\"files\" type=\"file\" name=\"files\" multiple>\
         <button>{}</button></form></section>",
        w.add,
        action("words"),
        w.add_words,
        w.add_files,
        w.send
    );
}

/// A page that says why nothing is shown.
pub(super) fn refusal(locale: Locale, text: &str) -> String {
    let mut out = head(locale, words(locale).heading);
    let _ = write!(
        out,
        "<h1>{}</h1><p class=\"note bad\">{text}</p></main></body></html>",
        words(locale).heading
    );
    out
}
