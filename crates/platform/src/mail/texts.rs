//! What the mails say, in both languages.

use heard_kernel::Locale;
use serde::{Deserialize, Serialize};

/// What a mail is for, with what its text needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "purpose", rename_all = "snake_case")]
pub(crate) enum Purpose {
    /// Somebody is invited.
    Invitation {
        /// Who invites.
        inviter: String,
        /// Where to go.
        link: String,
    },
    /// Somebody forgot the password.
    PasswordReset {
        /// Where to go.
        link: String,
    },
    /// An administrator tries the settings.
    Test,
}

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Mail {
    /// To whom.
    pub(crate) to: String,
    /// In which language.
    pub(crate) locale: Locale,
    /// What for.
    #[serde(flatten)]
    pub(crate) purpose: Purpose,
}

impl Mail {
    /// Subject and text.
    pub(crate) fn words(&self, organization: &str) -> (String, String) {
        match (&self.purpose, self.locale) {
            (Purpose::Invitation { inviter, link }, Locale::ZhCn) => (
                format!("{inviter} 邀请您加入 {organization} 的倾听"),
                format!(
                    "您好：\n\n{inviter} 邀请您加入 {organization} 的客户服务平台“倾听”。请在 7 天内打开下面的链接，设置姓名和密码：\n\n{link}\n\n\
                     如果您不认识邀请人，请忽略这封邮件。\n"
                ),
            ),
            (Purpose::Invitation { inviter, link }, Locale::En) => (
                format!("{inviter} invites you to Heard at {organization}"),
                format!(
                    "Hello,\n\n{inviter} invites you to Heard, the customer service of {organization}. Open this link within \
                     7 days and choose a name and a password:\n\n{link}\n\nIf you do not know who invites you, ignore this \
                     mail.\n"
                ),
            ),
            (Purpose::PasswordReset { link }, Locale::ZhCn) => (
                format!("重设您在 {organization} 倾听的密码"),
                format!(
                    "您好：\n\n有人请求重设您的密码。如果是您本人，请在 2 小时内打开下面的链接：\n\n{link}\n\n\
                     如果不是您，请忽略这封邮件，密码不会改变。\n"
                ),
            ),
            (Purpose::PasswordReset { link }, Locale::En) => (
                format!("Reset your password for Heard at {organization}"),
                format!(
                    "Hello,\n\nsomebody asked to reset your password. If it was you, open this link within 2 hours:\n\n{link}\n\n\
                     If it was not you, ignore this mail; the password stays as it is.\n"
                ),
            ),
            (Purpose::Test, Locale::ZhCn) => (
                format!("{organization} 倾听的测试邮件"),
                "您好：\n\n收到这封邮件，说明邮件设置可以使用。\n".to_owned(),
            ),
            (Purpose::Test, Locale::En) => (
                format!("Test mail from Heard at {organization}"),
                "Hello,\n\nthis mail shows that the mail settings work.\n".to_owned(),
            ),
        }
    }
}
