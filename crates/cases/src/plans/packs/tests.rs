use super::*;
use crate::plans::{CaseFacts, rules};

#[test]
fn every_pack_can_be_read_and_holds_together() {
    assert_eq!(packs().len(), PACKS.len());
    for (pack, (key, _)) in packs().iter().zip(PACKS) {
        assert_eq!(pack.key, *key);
        assert_eq!(rules::check(&pack.plan), [], "{key}");
    }
}

#[test]
fn every_text_of_a_pack_is_there_in_both_languages() {
    fn look(path: &str, value: &serde_json::Value, found: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                if let (Some(zh), Some(en)) = (map.get("zh"), map.get("en"))
                    && (zh == "") != (en == "")
                {
                    found.push(path.to_owned());
                }
                for (name, inner) in map {
                    look(&format!("{path}.{name}"), inner, found);
                }
            }
            serde_json::Value::Array(list) => {
                for (index, inner) in list.iter().enumerate() {
                    look(&format!("{path}[{index}]"), inner, found);
                }
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for pack in packs() {
        look(&pack.key, &serde_json::to_value(pack).unwrap(), &mut found);
    }
    for law in laws() {
        look(&law.key, &serde_json::to_value(law).unwrap(), &mut found);
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn clocks_of_laws_come_switched_off_and_fit_every_pack() {
    assert_eq!(laws().len(), LAWS.len());
    for law in laws() {
        for pack in packs() {
            let mut plan = pack.plan.clone();
            for clock in &law.clocks {
                assert!(!clock.enabled, "{}", clock.key);
                assert_eq!(clock.law.as_ref().unwrap().pack, law.key);
                plan.clocks.push(ClockRule { enabled: true, ..clock.clone() });
            }
            assert_eq!(rules::check(&plan), [], "{} in {}", law.key, pack.key);
        }
    }
}

#[test]
fn every_type_of_case_has_a_flow_and_every_category_a_class_in_each_view() {
    for Pack { key, plan, .. } in packs() {
        for case_type in &plan.case_types {
            assert!(plan.flow_of(&case_type.key).is_some(), "{key}: {}", case_type.key);
        }
        for category in &plan.categories {
            assert!(plan.department_of(&category.key).is_some(), "{key}: {}", category.key);
        }
        let complaint = CaseFacts::of_type("complaint");
        assert!(!plan.clocks_for(&complaint).is_empty(), "{key}");
    }
}
