//! What people can be allowed to do here.

use heard_kernel::Right;
use heard_platform::rights::{BuiltIn, RightDef};

use BuiltIn::{Agent, Auditor, DepartmentHandler, GuestAssessor, Inspector, Manager, Supervisor};

/// See conversations of the inboxes that one's teams see.
pub(crate) const READ: Right = Right("conversation.read");
/// See all conversations.
pub(crate) const READ_ALL: Right = Right("conversation.read_all");
/// Answer and write notes.
pub(crate) const REPLY: Right = Right("conversation.reply");
/// Hand conversations over.
pub(crate) const ASSIGN: Right = Right("conversation.assign");
/// Close conversations.
pub(crate) const CLOSE: Right = Right("conversation.close");
/// Merge conversations.
pub(crate) const MERGE: Right = Right("conversation.merge");
/// Take out transcripts.
pub(crate) const EXPORT: Right = Right("conversation.export");
/// See contacts.
pub(crate) const CONTACT_READ: Right = Right("contact.read");
/// Change contacts.
pub(crate) const CONTACT_MANAGE: Right = Right("contact.manage");
/// See inboxes.
pub(crate) const INBOX_READ: Right = Right("inbox.read");
/// Set up inboxes.
pub(crate) const INBOX_MANAGE: Right = Right("inbox.manage");
/// Set up tags.
pub(crate) const TAG_MANAGE: Right = Right("tag.manage");
/// Set up canned replies of teams and of all.
pub(crate) const CANNED_MANAGE: Right = Right("canned.manage");

const SERVE: &[BuiltIn] = &[Manager, Supervisor, Agent, DepartmentHandler];
const LEAD: &[BuiltIn] = &[Manager, Supervisor];
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
        ("查看会话", "查看自己班组可见接入点的会话，以及分配给自己或自己参与的会话"),
        ("See conversations", "Those of inboxes that their teams see, and those they serve or take part in"),
        LOOK,
    ),
    def(
        READ_ALL,
        ("查看全部会话", "查看所有接入点的会话"),
        ("See all conversations", "Those of all inboxes"),
        WATCH,
    ),
    def(
        REPLY,
        ("回复会话", "回复客户、写备注、打标签、稍后处理"),
        ("Reply", "Answer contacts, write notes, tag, snooze"),
        SERVE,
    ),
    def(
        ASSIGN,
        ("分配与转交", "把会话分配或转交给坐席和班组"),
        ("Assign and transfer", "Hand conversations over to agents and teams"),
        SERVE,
    ),
    def(CLOSE, ("关闭会话", "结束会话"), ("Close conversations", "Mark conversations as done"), SERVE),
    def(
        MERGE,
        ("合并会话", "合并同一客户的会话，并可撤销"),
        ("Merge conversations", "Merge conversations of one contact, and undo it"),
        SERVE,
    ),
    def(
        EXPORT,
        ("导出会话记录", "导出和打印会话记录"),
        ("Export transcripts", "Export and print transcripts"),
        &[Manager, Supervisor, Agent, Inspector, Auditor],
    ),
    def(CONTACT_READ, ("查看客户", "查看客户资料"), ("See contacts", "See who the contacts are"), LOOK),
    def(
        CONTACT_MANAGE,
        ("管理客户", "新建、修改、屏蔽客户"),
        ("Manage contacts", "Create, change and block contacts"),
        SERVE,
    ),
    def(INBOX_READ, ("查看接入点", "查看接入点设置"), ("See inboxes", "See how inboxes are set up"), LOOK),
    def(
        INBOX_MANAGE,
        ("管理接入点", "新建、设置、停用、删除接入点"),
        ("Manage inboxes", "Create, set up, pause and delete inboxes"),
        &[Manager],
    ),
    def(
        TAG_MANAGE,
        ("管理标签", "新建、修改、删除标签"),
        ("Manage tags", "Create, change and delete tags"),
        LEAD,
    ),
    def(
        CANNED_MANAGE,
        ("管理快捷回复", "管理班组和全体的快捷回复"),
        ("Manage canned replies", "Manage canned replies of teams and of everybody"),
        LEAD,
    ),
];
