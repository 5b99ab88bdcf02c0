//! The built-in roles: their ids, keys and names.

use heard_kernel::Locale;
use uuid::Uuid;

use super::model::RoleId;
use crate::rights::BuiltIn;

impl BuiltIn {
    /// All built-in roles, from the widest to the narrowest.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::Manager,
        Self::Supervisor,
        Self::Agent,
        Self::DepartmentHandler,
        Self::Inspector,
        Self::Auditor,
        Self::GuestAssessor,
    ];

    /// The stable key, by which the interface translates the name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Manager => "manager",
            Self::Supervisor => "supervisor",
            Self::Agent => "agent",
            Self::DepartmentHandler => "department_handler",
            Self::Inspector => "inspector",
            Self::Auditor => "auditor",
            Self::GuestAssessor => "guest_assessor",
        }
    }

    /// The id, the same in every installation.
    pub const fn id(self) -> RoleId {
        let number = match self {
            Self::Administrator => 1,
            Self::Manager => 2,
            Self::Supervisor => 3,
            Self::Agent => 4,
            Self::DepartmentHandler => 5,
            Self::Inspector => 6,
            Self::Auditor => 7,
            Self::GuestAssessor => 8,
        };
        RoleId(Uuid::from_u128(0x2013_0000_0000_7000_8000_0000_0000_0000 + number))
    }

    /// The built-in role of an id.
    pub fn of_id(id: RoleId) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }

    /// The built-in role of a key.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Name and description.
    pub const fn words(self, locale: Locale) -> (&'static str, &'static str) {
        match (self, locale) {
            (Self::Administrator, Locale::ZhCn) => ("管理员", "拥有全部权限。"),
            (Self::Administrator, Locale::En) => ("Administrator", "Holds every right."),
            (Self::Manager, Locale::ZhCn) => ("经理", "负责整个客服：人员、流程和结果。"),
            (Self::Manager, Locale::En) => ("Manager", "Runs the service: people, process, results."),
            (Self::Supervisor, Locale::ZhCn) => ("主管", "带领班组，分配和接管会话。"),
            (Self::Supervisor, Locale::En) => {
                ("Supervisor", "Leads teams; assigns and takes over conversations.")
            }
            (Self::Agent, Locale::ZhCn) => ("坐席", "接待客户。"),
            (Self::Agent, Locale::En) => ("Agent", "Serves customers."),
            (Self::DepartmentHandler, Locale::ZhCn) => ("部门处理人", "为责任部门处理转来的事项。"),
            (Self::DepartmentHandler, Locale::En) => {
                ("Department handler", "Solves what is handed to the department.")
            }
            (Self::Inspector, Locale::ZhCn) => ("质检员", "检查服务质量。"),
            (Self::Inspector, Locale::En) => ("Inspector", "Inspects the quality of the service."),
            (Self::Auditor, Locale::ZhCn) => ("审计员", "查看一切，不作改动。"),
            (Self::Auditor, Locale::En) => ("Auditor", "Sees everything and changes nothing."),
            (Self::GuestAssessor, Locale::ZhCn) => ("外部评估员", "来自机构外，只看交给他评估的内容。"),
            (Self::GuestAssessor, Locale::En) => {
                ("Guest assessor", "Comes from outside and sees only what is given to assess.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_keys_lead_back() {
        for role in BuiltIn::ALL {
            assert_eq!(BuiltIn::of_id(role.id()), Some(role));
            assert_eq!(BuiltIn::of_key(role.key()), Some(role));
        }
    }
}
