//! Things of a plan by their keys.

use crate::plans::model::{
    CaseType, Category, CategoryClass, CategoryView, CauseNode, ClockRule, Department, Escalation, FieldDef,
    Flow, Level, Plan, Playbook, PlaybookStep, Remedy, Stage, StageKind, Template, TemplateKind,
};

/// Finders by key: each gives the thing of that key, or nothing when the plan has none.
macro_rules! finders {
    ($($(#[$about:meta])* $name:ident $list:ident $ty:ty;)*) => {
        impl Plan {
            $($(#[$about])*
            pub fn $name(&self, key: &str) -> Option<&$ty> {
                self.$list.iter().find(|item| item.key == key)
            })*
        }
    };
}

finders! {
    /// A type of case.
    case_type case_types CaseType;
    /// A category.
    category categories Category;
    /// A view of the tree of categories.
    view views CategoryView;
    /// A level of severity.
    severity severities Level;
    /// A level of urgency.
    urgency urgencies Level;
    /// A level of difficulty.
    difficulty difficulties Level;
    /// A department.
    department departments Department;
    /// A field.
    field fields FieldDef;
    /// A flow.
    flow flows Flow;
    /// A clock, also one that is switched off.
    clock clocks ClockRule;
    /// A chain of escalation.
    escalation escalations Escalation;
    /// A template.
    template templates Template;
    /// A playbook.
    playbook playbooks Playbook;
    /// A remedy.
    remedy remedies Remedy;
    /// A node of the tree of causes.
    cause causes CauseNode;
}

impl Playbook {
    /// A step.
    pub fn step(&self, key: &str) -> Option<&PlaybookStep> {
        self.steps.iter().find(|step| step.key == key)
    }
}

impl Plan {
    /// A category with all that lie above it, itself first.
    pub fn ancestry<'a>(&'a self, category: &str) -> impl Iterator<Item = &'a Category> {
        let next = |item: &&'a Category| item.parent.as_deref().and_then(|parent| self.category(parent));
        // A plan whose tree runs in a circle does not pass the check; even so nothing may hang.
        std::iter::successors(self.category(category), next).take(self.categories.len())
    }

    /// Whether a category is another one or lies below it.
    pub fn is_within(&self, category: &str, above: &str) -> bool {
        self.ancestry(category).any(|item| item.key == above)
    }

    /// The class of a view that a category belongs to: the first that holds it or, failing that, a node above it.
    pub fn class_of(&self, view: &str, category: &str) -> Option<&CategoryClass> {
        let view = self.view(view)?;
        let holds = |class: &&CategoryClass, key: &str| class.categories.iter().any(|held| held == key);
        self.ancestry(category).find_map(|item| view.classes.iter().find(|class| holds(class, &item.key)))
    }

    /// The department that is responsible for a category: its own, or that of the nearest node above.
    pub fn department_of(&self, category: &str) -> Option<&Department> {
        let named = self.ancestry(category).find_map(|item| item.department.as_deref());
        named.and_then(|key| self.department(key))
    }

    /// The severity that is proposed for a category: its own, or that of the nearest node above.
    pub fn severity_proposed(&self, category: &str) -> Option<&Level> {
        let named = self.ancestry(category).find_map(|item| item.severity.as_deref());
        named.and_then(|key| self.severity(key))
    }

    /// The difficulty that is proposed for a category: its own, or that of the nearest node above.
    pub fn difficulty_proposed(&self, category: &str) -> Option<&Level> {
        let named = self.ancestry(category).find_map(|item| item.difficulty.as_deref());
        named.and_then(|key| self.difficulty(key))
    }

    /// The level of severity one graver than `key`; nothing when it is the gravest or unknown.
    pub fn severity_above(&self, key: &str) -> Option<&Level> {
        let place = self.severities.iter().position(|level| level.key == key)?;
        self.severities.get(place.checked_sub(1)?)
    }

    /// The flow that cases of a type go through.
    pub fn flow_of(&self, case_type: &str) -> Option<&Flow> {
        self.flow(&self.case_type(case_type)?.flow)
    }

    /// Templates of a kind, in the order of the plan.
    pub fn templates_of(&self, kind: TemplateKind) -> impl Iterator<Item = &Template> {
        self.templates.iter().filter(move |template| template.kind == kind)
    }

    /// Whether a cause has none below it.
    pub fn is_leaf_cause(&self, key: &str) -> bool {
        self.cause(key).is_some() && self.causes.iter().all(|node| node.parent.as_deref() != Some(key))
    }

    /// A cause with all that lie above it, itself first.
    pub fn cause_ancestry<'a>(&'a self, cause: &str) -> impl Iterator<Item = &'a CauseNode> {
        let next = |item: &&'a CauseNode| item.parent.as_deref().and_then(|parent| self.cause(parent));
        std::iter::successors(self.cause(cause), next).take(self.causes.len())
    }
}

impl Flow {
    /// A stage by its key, for whichever cases it is.
    pub fn stage(&self, key: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// Whether it has stages of a kind, for whichever cases.
    pub fn has(&self, kind: StageKind) -> bool {
        self.stages.iter().any(|stage| stage.kind == kind)
    }
}

impl Playbook {
    /// The steps that are due at a kind of stage; those without a stage are due at every one.
    pub fn steps_at(&self, stage: StageKind) -> impl Iterator<Item = &crate::plans::model::PlaybookStep> {
        self.steps.iter().filter(move |step| step.stage.is_none_or(|at| at == stage))
    }
}

impl Remedy {
    /// Whether somebody with these built-in roles (by their keys) may grant it, with an amount when it has one.
    /// Without a table of authority everybody may; otherwise what the table does not allow needs approval.
    pub fn may_grant<'r>(&self, roles: impl IntoIterator<Item = &'r str>, amount: Option<i64>) -> bool {
        let mut roles = roles.into_iter();
        let allows = |role: &str| {
            role == "administrator"
                || self.authority.iter().any(|authority| {
                    let enough = authority.up_to.is_none_or(|up_to| amount.unwrap_or(0) <= up_to);
                    authority.role == role && enough
                })
        };
        self.authority.is_empty() || roles.any(allows)
    }
}
