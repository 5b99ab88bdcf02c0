//! What programs can be allowed to do here.

use heard_kernel::Right;
use heard_platform::rights::RightDef;

/// Hand in messages of contacts and fetch the team's replies.
pub(crate) const POST: Right = Right("channel.post");

/// The rights of this crate with the words that people read.
pub const RIGHTS: &[RightDef] = &[RightDef {
    right: POST,
    zh: ("接入渠道消息", "通过接口代客户提交消息，并读取团队的回复；给程序的令牌使用"),
    en: (
        "Hand in messages",
        "Hand in customers' messages by API and fetch the team's replies; for programs' tokens",
    ),
    roles: &[],
}];
