//! Finding and filling canned replies, without storage.

use heard_kernel::fold_key;
use pinyin::ToPinyin as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::CannedReply;

/// A title in pinyin without spaces, and the initials: `退款流程` gives `tuikuanliucheng` and `tklc`. Other characters stay.
pub(super) fn spell(title: &str) -> (String, String) {
    let (mut whole, mut initials) = (String::new(), String::new());
    for c in fold_key(title).chars().filter(|c| !c.is_whitespace()) {
        match c.to_pinyin() {
            Some(syllable) => {
                whole.push_str(syllable.plain());
                initials.push_str(syllable.first_letter());
            }
            None => {
                whole.push(c);
                initials.push(c);
            }
        }
    }
    (whole, initials)
}

/// How well a reply fits what was typed: smaller is better, `None` means not at all.
pub(super) fn fit(reply: &CannedReply, typed: &str) -> Option<u8> {
    let typed = fold_key(typed);
    let spelled: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if typed.is_empty() {
        return Some(0);
    }
    let (shortcut, title) = (fold_key(&reply.shortcut), fold_key(&reply.title));
    let rules = [
        shortcut == typed,
        shortcut.starts_with(&typed),
        title.starts_with(&typed),
        reply.initials.starts_with(&spelled),
        reply.pinyin.starts_with(&spelled),
        title.contains(&typed),
        shortcut.contains(&typed),
        reply.initials.contains(&spelled),
        reply.pinyin.contains(&spelled),
        fold_key(&reply.body).contains(&typed),
    ];
    rules.iter().position(|fits| *fits).and_then(|place| u8::try_from(place).ok())
}

/// The values of variables; `None` where nothing is known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Values {
    /// `contact.name`
    pub contact_name: Option<String>,
    /// `contact.email`
    pub contact_email: Option<String>,
    /// `agent.name`
    pub agent_name: Option<String>,
    /// `conversation.no`
    pub conversation_no: Option<String>,
    /// `organization`
    pub organization: Option<String>,
}

impl Values {
    fn get(&self, name: &str) -> Option<&str> {
        match name {
            "contact.name" => self.contact_name.as_deref(),
            "contact.email" => self.contact_email.as_deref(),
            "agent.name" => self.agent_name.as_deref(),
            "conversation.no" => self.conversation_no.as_deref(),
            "organization" => self.organization.as_deref(),
            _ => None,
        }
    }
}

/// A filled text.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, ToSchema)]
#[schema(as = RenderedReply)]
pub struct Rendered {
    /// The text; variables without a value stay as they are.
    pub body: String,
    /// The variables without a value.
    pub missing: Vec<String>,
}

/// Puts the values in the places of `{{name}}`. A value is text like any other and is not looked into again.
pub(super) fn render(body: &str, values: &Values) -> Rendered {
    let mut rendered = Rendered { body: String::with_capacity(body.len()), missing: Vec::new() };
    let mut rest = body;
    while let Some((before, from)) = rest.split_once("{{") {
        rendered.body.push_str(before);
        let Some((name, after)) = from.split_once("}}") else {
            rendered.body.push_str("{{");
            rest = from;
            continue;
        };
        match values.get(name.trim()) {
            Some(value) => rendered.body.push_str(value),
            None => {
                rendered.body.push_str("{{");
                rendered.body.push_str(name);
                rendered.body.push_str("}}");
                let name = name.trim().to_owned();
                if !rendered.missing.contains(&name) {
                    rendered.missing.push(name);
                }
            }
        }
        rest = after;
    }
    rendered.body.push_str(rest);
    rendered
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::canned::model::Scope;

    fn reply(shortcut: &str, title: &str, body: &str) -> CannedReply {
        let (pinyin, initials) = spell(title);
        CannedReply {
            id: Uuid::from_u128(1).into(),
            shortcut: shortcut.to_owned(),
            title: title.to_owned(),
            body: body.to_owned(),
            scope: Scope::Own,
            team_id: None,
            owner_id: Uuid::from_u128(2).into(),
            use_count: 0,
            pinyin,
            initials,
            version: 1,
        }
    }

    #[test]
    fn titles_are_spelled() {
        assert_eq!(spell("退款 流程 V2"), ("tuikuanliuchengv2".to_owned(), "tklcv2".to_owned()));
        assert_eq!(spell(""), (String::new(), String::new()));
    }

    #[test]
    fn replies_are_found_by_word_shortcut_pinyin_and_initials() {
        let refund = reply("tk", "退款流程", "请提供订单号");
        for (typed, place) in [
            ("TK", 0),
            ("t", 1),
            ("退款", 2),
            ("tklc", 3),
            ("tuikuan", 4),
            ("流程", 5),
            ("lc", 7),
            ("liu", 8),
            ("订单", 9),
        ] {
            assert_eq!(fit(&refund, typed), Some(place), "{typed}");
        }
        assert_eq!(fit(&refund, "发票"), None);
        assert_eq!(fit(&refund, ""), Some(0));
    }

    #[test]
    fn variables_are_filled_once_and_missing_ones_named() {
        let values = Values {
            contact_name: Some("{{agent.name}}".to_owned()),
            conversation_no: Some("7".to_owned()),
            ..Values::default()
        };
        let rendered =
            render("您好 {{ contact.name }}，#{{conversation.no}} {{agent.name}} {{x}} {{x}} {{", &values);
        assert_eq!(rendered.body, "您好 {{agent.name}}，#7 {{agent.name}} {{x}} {{x}} {{");
        assert_eq!(rendered.missing, ["agent.name", "x"]);
    }
}
