use std::sync::Arc;

use heard_kernel::{
    calendar::Calendars,
    clock_policy::{Limit, PauseReason, Policy},
};

use super::*;
use crate::plans::{ClockRule, Extension, Moment};

fn at(wall: &str) -> Timestamp {
    format!("2026-09-{wall}:00+08:00").parse().unwrap()
}

fn shelf() -> Shelf {
    Shelf::of(Arc::new(Calendars::builtin()), "cn-workday")
}

fn rule(days: u32) -> ClockRule {
    ClockRule {
        key: "handle".to_owned(),
        name: Text::default(),
        source: Text::default(),
        law: None,
        enabled: true,
        when: Default::default(),
        group: None,
        start: Moment::Received,
        stop: Moment::Archived,
        policy: Policy::new(Limit::WorkingDays { days, mode: Default::default() }),
        calendar: None,
        escalation: None,
        extension: Some(Extension {
            limits: vec![Limit::WorkingDays { days: days + 1, mode: Default::default() }],
            hint: Text::default(),
        }),
    }
}

/// Friday; Sunday is worked; two hours of Monday are waited; done on Tuesday.
fn course<'p>(rule: &'p ClockRule, plan: &'p Plan) -> Trial<'p> {
    let mut clock = Trial::start(rule, plan, at("18T10:00"));
    clock.pause(at("21T10:00"), PauseReason::Customer);
    clock.pause(at("21T11:00"), PauseReason::Customer);
    clock.customer_wrote(at("21T09:00"));
    clock.resume(at("21T12:00"));
    clock.fulfil(at("22T15:30"), at("22T15:30"), &shelf()).unwrap();
    clock
}

#[test]
fn a_stricter_rule_shows_what_would_have_been_late() {
    let (plan, was, would) = (Plan::default(), rule(5), rule(2));
    let mut sum = Sum::default();
    let (present, candidate) = ([course(&was, &plan)], [course(&would, &plan)]);
    sum.add((Uuid::nil(), "T-1"), &present, &candidate, &shelf(), at("28T12:00")).unwrap();
    let shown = sum.finish(&plan);
    let rule = &shown.rules[0];
    assert_eq!((shown.cases, shown.changed_cases, rule.changed), (1, 1, 1));
    assert_eq!((rule.present.met, rule.candidate.breached), (1, 1));
    let (present, candidate) = (rule.examples[0].present.unwrap(), rule.examples[0].candidate.unwrap());
    assert_eq!(candidate.due_at, Some(at("21T10:00")), "the wait begins at the deadline and moves nothing");
    assert_eq!(present.due_at, Some(at("24T12:00")));
}

#[test]
fn what_is_the_same_is_reckoned_once_and_not_listed() {
    let (plan, one, two) = (Plan::default(), rule(5), rule(5));
    let mut sum = Sum::default();
    let (present, candidate) =
        ([course(&one, &plan)], [course(&two, &plan), Trial::start(&two, &plan, at("23T10:00"))]);
    assert!(present[0].same(&candidate[0]));
    sum.add((Uuid::nil(), "T-1"), &present, &candidate, &shelf(), at("28T12:00")).unwrap();
    let rule = &sum.finish(&plan).rules[0];
    assert_eq!((rule.present.clocks, rule.candidate.clocks, rule.changed), (1, 2, 1));
    assert!(rule.examples[0].present.is_none(), "a round that there was not");
}

#[test]
fn called_off_either_way_is_no_difference() {
    let (plan, was, would) = (Plan::default(), rule(5), rule(2));
    let mut sum = Sum::default();
    let called_off = |rule| {
        let mut clock = Trial::start(rule, &plan, at("18T10:00"));
        clock.cancel(at("18T11:00"));
        clock
    };
    let (present, candidate) = ([called_off(&was)], [called_off(&would)]);
    sum.add((Uuid::nil(), "T-1"), &present, &candidate, &shelf(), at("28T12:00")).unwrap();
    let shown = sum.finish(&plan);
    assert_eq!((shown.rules[0].present.cancelled, shown.rules[0].changed), (1, 0));
}

#[test]
fn an_extension_gives_what_the_rule_allows_once() {
    let (plan, was) = (Plan::default(), rule(2));
    let mut clock = Trial::start(&was, &plan, at("18T10:00"));
    clock.extend(at("18T11:00"));
    clock.extend(at("18T12:00"));
    assert_eq!(clock.outcome(&shelf(), at("18T12:00")).unwrap().due_at, Some(at("22T10:00")));
}

#[test]
fn the_list_keeps_what_has_another_verdict() {
    let (plan, was, longer, shorter) = (Plan::default(), rule(5), rule(6), rule(2));
    let mut sum = Sum::default();
    let present = [course(&was, &plan)];
    for _ in 0..LISTED {
        sum.add((Uuid::nil(), "T-1"), &present, &[course(&longer, &plan)], &shelf(), at("28T12:00")).unwrap();
    }
    sum.add((Uuid::nil(), "T-2"), &present, &[course(&shorter, &plan)], &shelf(), at("28T12:00")).unwrap();
    let rule = &sum.finish(&plan).rules[0];
    assert_eq!((rule.changed, rule.examples.len()), (LISTED + 1, LISTED));
    assert_eq!(rule.examples[0].number, "T-2");
}
