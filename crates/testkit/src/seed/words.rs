//! Names and sentences as customers write them, the same for the same number.

const FAMILY: [&str; 12] = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙"];
const GIVEN: [&str; 12] = ["伟", "芳", "娜", "敏", "静", "强", "磊", "洋", "艳", "杰", "雪梅", "志明"];
const OPENING: [&str; 8] = [
    "你好，",
    "请问一下，",
    "客服在吗？",
    "我昨天下单的，",
    "麻烦帮我看看，",
    "Hi, ",
    "已经等了三天，",
    "想咨询一下，",
];
const MATTER: [&str; 12] = [
    "订单还没有发货",
    "付款成功了但是显示未支付",
    "手机收不到验证码",
    "课程打开后一直转圈",
    "申请退款怎么没有到账",
    "会员到期了还在扣费",
    "收到的商品有破损",
    "发票抬头开错了",
    "游戏登录就闪退",
    "账号被盗了怎么办",
    "my parcel is damaged",
    "I want a refund",
];
const CLOSING: [&str; 6] = ["，请尽快处理。", "，谢谢！", "？", "，在线等，挺急的", "。", "，订单号 "];

/// A name.
pub(super) fn name(number: u64) -> String {
    format!("{}{}{}", pick(&FAMILY, number), pick(&GIVEN, number / 12), number % 1_000)
}

/// A sentence.
pub(super) fn sentence(number: u64) -> String {
    let closing = pick(&CLOSING, number / 96);
    let order = if closing.ends_with(' ') {
        format!("SF{:010}", number * 7_919 % 10_000_000_000)
    } else {
        String::new()
    };
    format!("{}{}{closing}{order}", pick(&OPENING, number), pick(&MATTER, number / 8))
}

fn pick<'a>(list: &[&'a str], number: u64) -> &'a str {
    list[(number % list.len() as u64) as usize]
}
