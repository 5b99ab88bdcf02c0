//! Plan documents in which anything was changed: whatever can be read is judged and asked without falling over.
//!
//! `HEARD_WILD=n` tries n documents of each pack instead of a few.

use serde_json::{Value, json};

use super::*;
use crate::plans::{model::Plan, packs};

/// Numbers that look random and are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n.max(1)).unwrap()).unwrap()
    }
}

/// Walks down at random to some value.
fn somewhere<'v>(dice: &mut Dice, value: &'v mut Value) -> &'v mut Value {
    let inner = match &*value {
        Value::Array(list) => list.len(),
        Value::Object(map) => map.len(),
        _ => 0,
    };
    if inner == 0 || dice.below(8) == 0 {
        return value;
    }
    let at = dice.below(inner);
    match value {
        Value::Array(list) => somewhere(dice, &mut list[at]),
        Value::Object(map) => somewhere(dice, map.values_mut().nth(at).unwrap()),
        _ => unreachable!("it holds something"),
    }
}

fn some_value(dice: &mut Dice) -> Value {
    let values = [
        json!(null),
        json!(""),
        json!("other"),
        json!("view/none"),
        json!("{{contact.name"),
        json!("{{?}}{{}}"),
        json!("长".repeat(9_000)),
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(u32::MAX),
        json!(1e300),
        json!([]),
        json!({}),
        json!(true),
        json!({"unit": "working_days", "days": u32::MAX}),
        json!({"unit": "calendar_minutes", "minutes": i64::MIN}),
        json!({"on": "archived"}),
    ];
    values[dice.below(values.len())].clone()
}

fn change(dice: &mut Dice, document: &mut Value) {
    let other = somewhere(dice, &mut document.clone()).clone();
    let place = somewhere(dice, document);
    match (dice.below(4), &mut *place) {
        (0, Value::Array(list)) => list.push(other),
        (0, Value::Object(map)) => {
            let at = dice.below(map.len());
            if let Some(name) = map.keys().nth(at).cloned() {
                map.remove(&name);
            }
        }
        (1, Value::Array(list)) => {
            if !list.is_empty() {
                let (from, to) = (dice.below(list.len()), dice.below(list.len()));
                list.swap(from, to);
            }
        }
        (2, _) => *place = other,
        _ => *place = some_value(dice),
    }
}

#[test]
fn whatever_is_written_in_a_plan_is_judged() {
    let tries = std::env::var("HEARD_WILD").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    let (mut read, mut sound) = (0, 0);
    for pack in packs() {
        let whole = serde_json::to_value(&pack.plan).unwrap();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ u64::try_from(pack.key.len()).unwrap());
        for _ in 0..tries {
            let mut document = whole.clone();
            for _ in 0..=dice.below(4) {
                change(&mut dice, &mut document);
            }
            let Ok(plan) = serde_json::from_value::<Plan>(document) else { continue };
            read += 1;
            sound += usize::from(check(&plan).is_empty());
            asked(&plan, "亲，我要投诉 refund，不知道 API calm down 长长长");
            let _ = compare(&pack.plan, &plan).unwrap();
        }
    }
    // Otherwise nothing was tried.
    assert!(read > tries / 4 && sound < read, "{read} of {} could be read, {sound} were sound", 4 * tries);
}
