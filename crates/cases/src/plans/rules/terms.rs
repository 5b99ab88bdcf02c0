//! What the plans of all cases call things, for lists and figures over cases of several plans.

use std::collections::HashSet;

use crate::plans::model::{CategoryClass, CategoryView, Plan};

/// Adds the types, categories, views, levels, departments and causes of another plan that this one does not have. What
/// both have keeps the name that it has here.
pub(crate) fn add_terms(plan: &mut Plan, other: &Plan) {
    let categories: HashSet<&str> = other
        .categories
        .iter()
        .map(|one| one.key.as_str())
        .filter(|key| plan.category(key).is_none())
        .collect();
    let views = other.views.iter().map(|view| among(view, &categories));
    let views: Vec<CategoryView> = views.filter(|view| !view.classes.is_empty()).collect();
    add(&mut plan.case_types, &other.case_types, |one| &one.key);
    add(&mut plan.categories, &other.categories, |one| &one.key);
    add(&mut plan.severities, &other.severities, |one| &one.key);
    add(&mut plan.urgencies, &other.urgencies, |one| &one.key);
    add(&mut plan.difficulties, &other.difficulties, |one| &one.key);
    add(&mut plan.departments, &other.departments, |one| &one.key);
    add(&mut plan.causes, &other.causes, |one| &one.key);
    for view in views {
        match plan.views.iter_mut().find(|known| known.key == view.key) {
            Some(known) => add_classes(known, view.classes),
            None => plan.views.push(view),
        }
    }
}

fn add<T: Clone>(list: &mut Vec<T>, others: &[T], key: impl Fn(&T) -> &str) {
    let known: HashSet<String> = list.iter().map(|one| key(one).to_owned()).collect();
    list.extend(others.iter().filter(|one| !known.contains(key(one))).cloned());
}

/// A view as far as it sorts these categories: those that both plans have are sorted by the first alone.
fn among(view: &CategoryView, categories: &HashSet<&str>) -> CategoryView {
    let narrowed = |class: &CategoryClass| CategoryClass {
        categories: class
            .categories
            .iter()
            .filter(|key| categories.contains(key.as_str()))
            .cloned()
            .collect(),
        ..class.clone()
    };
    let classes = view.classes.iter().map(narrowed).filter(|class| !class.categories.is_empty()).collect();
    CategoryView { classes, ..view.clone() }
}

fn add_classes(view: &mut CategoryView, classes: Vec<CategoryClass>) {
    for class in classes {
        match view.classes.iter_mut().find(|known| known.key == class.key) {
            Some(known) => known.categories.extend(class.categories),
            None => view.classes.push(class),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plans::pack;

    #[test]
    fn what_either_plan_knows_is_known_and_the_first_names_it() {
        let plan_of = |key: &str| pack(key).unwrap().plan.clone();
        let (education, game) = (plan_of("education"), plan_of("game"));
        let mut all = education.clone();
        add_terms(&mut all, &game);
        for category in education.categories.iter().chain(&game.categories) {
            assert!(all.category(&category.key).is_some(), "{}", category.key);
        }
        for cause in &game.causes {
            assert!(all.cause(&cause.key).is_some(), "{}", cause.key);
        }
        for severity in &education.severities {
            assert_eq!(all.severity(&severity.key), Some(severity));
        }
        for view in &education.views {
            for category in &education.categories {
                assert_eq!(
                    all.class_of(&view.key, &category.key).map(|class| &class.key),
                    education.class_of(&view.key, &category.key).map(|class| &class.key),
                    "{} {}",
                    view.key,
                    category.key
                );
            }
        }
        let keys: HashSet<&str> = all.categories.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys.len(), all.categories.len(), "each once");
        let before = all.clone();
        add_terms(&mut all, &game);
        assert_eq!(all, before, "adding it again changes nothing");
    }
}
