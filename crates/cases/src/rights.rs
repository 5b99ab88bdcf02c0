//! What people can be allowed to do here.

use heard_kernel::Right;
use heard_platform::rights::{BuiltIn, RightDef};

use BuiltIn::{Agent, Auditor, DepartmentHandler, GuestAssessor, Inspector, Manager, Supervisor};

/// See cases of one's teams, and those that one owns or takes part in.
pub(crate) const READ: Right = Right("case.read");
/// See all cases.
pub(crate) const READ_ALL: Right = Right("case.read_all");
/// Open cases and work on them.
pub(crate) const WORK: Right = Right("case.work");
/// Give cases to others and change many at once.
pub(crate) const ASSIGN: Right = Right("case.assign");
/// Merge, split, move to another version of the plan, decide about extensions.
pub(crate) const MANAGE: Right = Right("case.manage");
/// Take out dossiers and tables.
pub(crate) const EXPORT: Right = Right("case.export");
/// Grant what needs approval.
pub(crate) const APPROVE: Right = Right("case.approve");
/// See plans.
pub(crate) const PLAN_READ: Right = Right("plan.read");
/// Write plans.
pub(crate) const PLAN_EDIT: Right = Right("plan.edit");
/// Approve and activate plans.
pub(crate) const PLAN_APPROVE: Right = Right("plan.approve");

const SERVE: &[BuiltIn] = &[Manager, Supervisor, Agent, DepartmentHandler];
const LEAD: &[BuiltIn] = &[Manager, Supervisor];
const RUN: &[BuiltIn] = &[Manager];
const LOOK: &[BuiltIn] = &[Manager, Supervisor, Agent, DepartmentHandler, Inspector, Auditor, GuestAssessor];
const WATCH: &[BuiltIn] = &[Manager, Supervisor, Inspector, Auditor];

const fn def(
    right: Right,
    zh: (&'static str, &'static str),
    en: (&'static str, &'static str),
    roles: &'static [BuiltIn],
) -> RightDef {
    RightDef { right, zh, en, roles }
}

/// The rights of this crate with the words that people read.
pub const RIGHTS: &[RightDef] = &[
    def(
        READ,
        ("查看工单", "查看自己班组的工单，以及自己负责、参与或关注的工单"),
        ("See cases", "Those of their teams, and those they own, take part in or watch"),
        LOOK,
    ),
    def(READ_ALL, ("查看全部工单", "查看所有班组的工单"), ("See all cases", "Those of all teams"), WATCH),
    def(
        WORK,
        ("处理工单", "新建工单、填写记录、完成环节和任务、通知客户"),
        ("Work on cases", "Open cases, record, complete stages and tasks, write to the customer"),
        SERVE,
    ),
    def(
        ASSIGN,
        ("分派工单", "把工单交给他人，批量修改"),
        ("Assign cases", "Give cases to others and change many at once"),
        LEAD,
    ),
    def(
        MANAGE,
        ("管理工单", "合并与拆分、更换预案版本、批准延期"),
        ("Manage cases", "Merge and split, move to another version of the plan, decide about extensions"),
        LEAD,
    ),
    def(
        EXPORT,
        ("导出工单", "导出卷宗和表格"),
        ("Export cases", "Take out dossiers and tables"),
        &[Manager, Supervisor, Auditor],
    ),
    def(
        APPROVE,
        ("审批补救措施", "批准超出经办人权限的补救措施"),
        ("Approve remedies", "Approve what goes beyond the authority of who asks"),
        LEAD,
    ),
    def(PLAN_READ, ("查看预案", "查看预案及其版本"), ("See plans", "See plans and their versions"), LOOK),
    def(
        PLAN_EDIT,
        ("编写预案", "编写草稿，登记评估与更新"),
        ("Write plans", "Write drafts, record evaluations and updates"),
        LEAD,
    ),
    def(
        PLAN_APPROVE,
        ("批准预案", "审批并启用预案版本"),
        ("Approve plans", "Approve and activate versions of plans"),
        RUN,
    ),
];
