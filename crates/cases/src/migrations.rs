//! The tables of this crate.

use heard_store::Migration;

/// The tables of plans, clocks and cases.
pub const MIGRATIONS: &[Migration] = &[
    Migration::portable(2026112260, "plans", include_str!("../migrations/plans.sql")),
    Migration::portable(2026112265, "clocks", include_str!("../migrations/clocks.sql")),
    Migration::portable(2026112266, "promises", include_str!("../migrations/promises.sql")),
    Migration::portable(2026112270, "cases", include_str!("../migrations/cases.sql")),
    Migration::portable(2026112271, "case_views", include_str!("../migrations/case_views.sql")),
    Migration::portable(2026112285, "case_notices", include_str!("../migrations/notices.sql")),
    Migration::portable(2026112286, "case_collaboration", include_str!("../migrations/collaboration.sql")),
    Migration::portable(2026112287, "progress", include_str!("../migrations/progress.sql")),
    Migration::portable(2026112288, "escalations", include_str!("../migrations/escalations.sql")),
    Migration::portable(2026112289, "case_links", include_str!("../migrations/links.sql")),
    Migration::portable(2026112291, "plan_replays", include_str!("../migrations/replays.sql")),
    Migration::portable(2026112292, "case_figures", include_str!("../migrations/figures.sql")),
    Migration::portable(2026112293, "merge_evidence", include_str!("../migrations/merge_evidence.sql")),
    Migration::portable(2026112300, "remedy_currency", include_str!("../migrations/remedy_currency.sql")),
    Migration::portable(2026112330, "case_list_indexes", include_str!("../migrations/list_indexes.sql")),
    Migration::portable(2026112350, "alerts_beside_cases", include_str!("../migrations/alerts.sql")),
    Migration::portable(2026112385, "case_work_lists", include_str!("../migrations/work_lists.sql")),
];
