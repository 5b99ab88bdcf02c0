//! The rights of this crate.

use heard_kernel::Right;

use super::{BuiltIn, RightDef};

/// See who the other users and teams are.
pub const USER_READ: Right = Right("user.read");
/// Make, change and disable users and invite them.
pub const USER_MANAGE: Right = Right("user.manage");
/// Make and change own roles.
pub const ROLE_MANAGE: Right = Right("role.manage");
/// Make and change teams and departments.
pub const TEAM_MANAGE: Right = Right("team.manage");
/// See and revoke everybody's API tokens.
pub const TOKEN_MANAGE: Right = Right("token.manage");
/// Change the settings of the organisation.
pub const SETTING_MANAGE: Right = Right("setting.manage");
/// See working calendars and calculate deadlines.
pub const CALENDAR_READ: Right = Right("calendar.read");
/// Make and change working calendars, load holiday arrangements.
pub const CALENDAR_MANAGE: Right = Right("calendar.manage");
/// Read, check and export the audit.
pub const AUDIT_READ: Right = Right("audit.read");
/// See the state of the system, retry and discard jobs.
pub const JOB_MANAGE: Right = Right("job.manage");

use BuiltIn::{Agent, Auditor, DepartmentHandler, Inspector, Manager, Supervisor};

/// The rights of this crate.
pub const RIGHTS: &[RightDef] = &[
    RightDef {
        right: USER_READ,
        zh: ("查看用户与班组", "看到同事、班组和角色的名单。"),
        en: ("See users and teams", "See the lists of colleagues, teams and roles."),
        roles: &[Manager, Supervisor, Agent, DepartmentHandler, Inspector, Auditor],
    },
    RightDef {
        right: USER_MANAGE,
        zh: ("管理用户", "新建、邀请、修改和停用用户，重置密码。"),
        en: ("Manage users", "Create, invite, change and disable users, and reset passwords."),
        roles: &[Manager],
    },
    RightDef {
        right: ROLE_MANAGE,
        zh: ("管理角色", "新建和修改自定义角色。"),
        en: ("Manage roles", "Create and change own roles."),
        roles: &[],
    },
    RightDef {
        right: TEAM_MANAGE,
        zh: ("管理班组与部门", "新建、修改和删除班组与部门及其成员。"),
        en: (
            "Manage teams and departments",
            "Create, change and delete teams, departments and their members.",
        ),
        roles: &[Manager],
    },
    RightDef {
        right: TOKEN_MANAGE,
        zh: ("管理所有 API 令牌", "查看并吊销所有用户的 API 令牌。"),
        en: ("Manage all API tokens", "See and revoke the API tokens of all users."),
        roles: &[],
    },
    RightDef {
        right: SETTING_MANAGE,
        zh: ("管理设置", "修改机构名称、时区、密码规则和邮件等设置。"),
        en: ("Manage settings", "Change the organisation's name, time zone, password rules and mail."),
        roles: &[],
    },
    RightDef {
        right: CALENDAR_READ,
        zh: ("查看工作日历", "查看工作日历与放假安排，使用期限计算器。"),
        en: (
            "See working calendars",
            "See working calendars and holiday arrangements; use the deadline calculator.",
        ),
        roles: &[Manager, Supervisor, Agent, DepartmentHandler, Inspector, Auditor],
    },
    RightDef {
        right: CALENDAR_MANAGE,
        zh: ("管理工作日历", "新建、修改和删除工作日历，载入放假安排，选择默认日历。"),
        en: (
            "Manage working calendars",
            "Create, change and delete working calendars, load holiday arrangements, choose the default.",
        ),
        roles: &[Manager],
    },
    RightDef {
        right: AUDIT_READ,
        zh: ("查看审计记录", "查看、校验和导出审计记录。"),
        en: ("Read the audit", "Read, verify and export the audit."),
        roles: &[Auditor],
    },
    RightDef {
        right: JOB_MANAGE,
        zh: ("查看系统与任务", "查看系统状态，重试或放弃失败的后台任务。"),
        en: (
            "See the system and its jobs",
            "See the state of the system; retry or discard failed background jobs.",
        ),
        roles: &[],
    },
];
