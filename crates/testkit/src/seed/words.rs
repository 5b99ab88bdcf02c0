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
const THING: [&str; 40] = [
    "订单",
    "会员",
    "优惠券",
    "发票",
    "快递",
    "包裹",
    "耳机",
    "手机",
    "课程",
    "直播",
    "视频",
    "作业",
    "账号",
    "密码",
    "验证码",
    "钱包",
    "充值",
    "游戏",
    "皮肤",
    "道具",
    "电影票",
    "酒店",
    "机票",
    "行李",
    "座位",
    "房间",
    "押金",
    "租车",
    "保险",
    "理赔",
    "信用卡",
    "贷款",
    "还款",
    "水费",
    "宽带",
    "流量",
    "路由器",
    "空调",
    "冰箱",
    "沙发",
];
const MATTER: [&str; 30] = [
    "还没有发货",
    "显示未支付",
    "收不到短信",
    "一直转圈",
    "怎么没有到账",
    "还在扣费",
    "有破损",
    "开错了",
    "闪退",
    "被盗了怎么办",
    "不能使用",
    "什么时候生效",
    "想要退款",
    "申请售后",
    "联系不上商家",
    "颜色不对",
    "尺寸太小",
    "无法登录",
    "提示过期",
    "重复扣款",
    "能不能改地址",
    "需要人工服务",
    "没有声音",
    "打不开",
    "质量很差",
    "少了一件",
    "取消不了",
    "was damaged",
    "is not working",
    "needs a refund",
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
    // Multiplied, so that things and matters of neighbours do not go together.
    let (thing, matter) = (pick(&THING, number * 7 / 3), pick(&MATTER, number * 13 / 11));
    format!("{}{thing}{matter}{closing}{order}", pick(&OPENING, number))
}

fn pick<'a>(list: &[&'a str], number: u64) -> &'a str {
    list[(number % list.len() as u64) as usize]
}
