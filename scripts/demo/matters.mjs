// What the example organisation's customers brought up, the oldest first. `ago` is minutes before now; `to` the stage at which
// the case stands, or `archived`; `by` whose case it is. `talk` names a customer whose conversation it came from.

const day = 24 * 60;

export const matters = [
  {
    key: "crash", who: ["朱琳", "138 0013 8021"], source: "phone", type: "complaint", category: "performance", levels: ["serious", "urgent", "hard"], ago: 9 * day, by: "zhou", to: "handle",
    title: "App 5.2 更新后频繁闪退，无法下单", impact: "安卓用户，三天内来电 11 起", sought: "尽快修复，并说明何时恢复",
    facts: "用户昨晚升级到 5.2.0，打开商品详情页约三秒后闪退，重装无效。\n同一部手机用旧版正常。",
    handover: { to: "product", note: "请排查 5.2.0 在安卓 14 上的闪退，给出修复时间", accept: true },
    task: ["整理同类来电的机型与系统版本", "每天 17:00 更新一次"], tags: ["产品缺陷"],
  },
  {
    key: "wall", who: ["冯磊", "139 0013 9077"], source: "visit", type: "dispute", category: "after-sales", levels: ["serious", "normal", "hard"], ago: 7 * day, by: "wu", to: "handle",
    title: "空调安装打裂墙面，赔偿金额谈不拢", sought: "赔偿墙面修复费用 1,800 元", custom: { amount: 180000 },
    facts: "安装师傅打孔时墙面开裂约 40 厘米，用户当场拍照。安装方只愿赔 300 元。", decision: "accepted",
    remedy: ["compensation", 80000, "三方各担一部分，先行赔付 800 元"],
  },
  {
    key: "presale-sun", who: ["孙丽", "137 0013 7002"], source: "phone", type: "complaint", category: "charge", levels: ["serious", "urgent", "medium"], ago: 6 * day, by: "zhou", to: "handle",
    title: "双十一预售定金不予退还，页面未提示", impact: "同一活动的预售订单", sought: "退还定金 200 元",
    facts: "用户支付定金后想取消，客服答复“定金不退”。用户称付款页没有看到提示。", group: true,
    handover: { to: "finance", note: "请核对活动规则与页面存档，确认能否退定金", accept: false },
  },
  {
    key: "presale-zhou", who: ["周强", "136 0013 6011"], source: "phone", type: "complaint", category: "charge", levels: ["general", "normal", "medium"], ago: 5 * day + 180, by: "zhou", to: "classify",
    title: "预售定金退不了，要求说明依据", impact: "本人一笔订单", facts: "定金 100 元，订单未付尾款，申请退定金被拒。", group: true,
  },
  {
    key: "double", who: ["韩梅", "135 0013 5028"], source: "phone", type: "refund", category: "charge", levels: ["general", "urgent", "simple"], ago: 5 * day, by: "wu", to: "tell",
    title: "同一订单被扣款两次", sought: "退回多扣的 299 元", custom: { "order-no": "20261117-118", amount: 29900 },
    facts: "银行短信显示 11:02 和 11:03 各扣 299 元，订单只有一笔。", decision: "accepted", remedy: ["refund", 29900, "退回重复扣款", "approve"], tags: ["退款"],
  },
  {
    key: "difference", who: ["郑爽", "134 0013 4066"], source: "in_app", type: "refund", category: "refund", levels: ["general", "low", "simple"], ago: 5 * day - 120, by: "zhou", to: "archived",
    title: "下单次日降价，申请退差价 30 元", sought: "退差价 30 元", decision: "accepted", custom: { amount: 3000 },
    facts: "11 月 16 日下单，17 日降价 30 元，在七天价保期内。", remedy: ["refund", 3000, "价保退差价"],
    result: "差价 30 元已原路退回", summary: "符合价保规则，已退差价", satisfaction: [3, "要自己来问才退"], outcome: "solved",
  },
  {
    key: "presale-wu", who: ["吴刚", "133 0013 3054"], source: "letter", type: "complaint", category: "charge", levels: ["general", "normal", "medium"], ago: 4 * day, by: "wu", to: "acknowledge",
    title: "来信投诉预售规则不公平", impact: "本人两笔订单", facts: "来信要求退还两笔预售定金共 300 元，并修改活动规则。", group: true,
  },
  {
    key: "family", who: ["刘洋", "132 0013 2090"], source: "in_app", type: "suggestion", category: "demand", levels: ["general", "low", "medium"], ago: 4 * day - 300, by: "wu", to: "handle",
    title: "希望能按家庭成员分开收货和开票", facts: "一家人共用一个账号，每次都要手工改收货人和抬头。",
  },
  {
    key: "abuse", who: ["杨洋", "131 0013 1047"], source: "in_app", type: "report", category: "abuse", levels: ["severe", "urgent", "medium"], ago: 3 * day, by: "zhou", to: "handle",
    title: "商家客服在聊天中辱骂顾客", impact: "已有截图在社交平台传播", custom: { "reported-user": "青禾家居旗舰店" },
    facts: "用户询问发货时间，商家客服连续发送侮辱性语言，用户提供聊天截图四张。", tags: ["媒体关注"],
  },
  {
    key: "leak", who: ["何伟", "130 0013 0033"], source: "phone", type: "complaint", category: "leak", levels: ["severe", "urgent", "hard"], ago: 2 * day + 200, by: "wu", to: "handle",
    title: "下单后接到诈骗电话，怀疑个人信息泄露", impact: "目前三名用户反映", sought: "查清来源，书面答复",
    facts: "来电者准确说出订单号、商品和收货地址，自称客服要求“退款理赔”。用户未受损失。",
    handover: { to: "product", note: "请核查近七天订单接口的访问记录", scope: "日志与接口权限", joint: true, accept: true }, tags: ["媒体关注"],
    promise: ["三个工作日内给出书面答复", { unit: "working_days", days: 3, mode: "same_time" }],
  },
  {
    key: "code", who: ["马超", "188 0018 8012"], source: "phone", type: "technical", category: "login", levels: ["general", "normal", "simple"], ago: 2 * day, by: "zhou", to: "handle",
    title: "收不到登录验证码", impact: "一个账号", facts: "连续三天收不到短信验证码，换手机卡槽后依旧。", wait: "已请用户提供运营商拦截设置的截图",
  },
  {
    key: "hung-up", who: ["蒋华", "187 0018 7065"], source: "phone", type: "complaint", category: "attitude", levels: ["serious", "normal", "medium"], ago: 26 * 60, by: "wu", to: "handle",
    title: "客服态度生硬，中途挂断电话", impact: "一次通话", sought: "道歉并回电", facts: "用户 19 日 15:20 来电，通话 4 分钟后被挂断，之后无人回电。", recuse: ["zhou", "被投诉的就是本人"],
  },
  {
    key: "unsent", talk: "王芳", type: "complaint", category: "delivery", levels: ["general", "urgent", "simple"], ago: 20 * 60, by: "zhou", to: "handle",
    title: "订单 20260918-071 迟迟未发货", impact: "一笔订单，礼物用途", custom: { "order-no": "20260918-071" }, sought: "今天发出，或取消并退款",
    facts: "付款后第四天仍显示“待发货”，页面承诺 48 小时内发出。", promise: ["明天 18:00 前发出并告知单号", { unit: "working_days", days: 1, mode: "end_of_day" }], tags: ["物流"],
  },
  {
    key: "unsent-again", like: "unsent", source: "phone", type: "complaint", category: "delivery", levels: ["general", "normal", "simple"], ago: 19 * 60, by: "zhou", to: "record",
    title: "电话催问订单 20260918-071", facts: "用户来电再次询问同一订单。", into: ["unsent", "同一订单的再次来电"],
  },
  {
    key: "headphones", talk: "李雷", type: "refund", category: "refund", levels: ["general", "normal", "simple"], ago: 8 * 60, by: "wu", to: "classify",
    title: "退回已拆封的耳机", sought: "全额退款 459 元", facts: "上周购买，包装已拆，耳机无损坏，在七天内。", custom: { amount: 45900 }, tags: ["退款"],
  },
  {
    key: "left-ear", like: "headphones", source: "conversation", type: "complaint", category: "after-sales", levels: ["general", "normal", "simple"], ago: 6 * 60, by: "wu", to: "acknowledge",
    title: "耳机左耳没有声音", impact: "一副耳机", facts: "退货沟通中用户补充：左耳无声，所以才要退。", link: ["headphones", "related", "同一副耳机"],
  },
  {
    key: "canada", talk: "Emma Brown", type: "enquiry", category: "delivery", levels: [], ago: 5 * 60, by: "zhou", to: "answer",
    title: "Shipping to Canada", facts: "Asks whether we ship to Canada, how long it takes and who pays the duty.",
  },
  {
    key: "mi14", talk: "赵敏", type: "technical", category: "performance", levels: ["serious", "urgent", "medium"], ago: 4 * 60, by: "zhou", to: "classify",
    title: "小米 14 打开 App 就闪退", impact: "一部手机", custom: { device: "小米 14，HyperOS 2", "app-version": "5.2.0" }, facts: "今早更新后打开即闪退，重启手机无效。",
    parent: "crash", files: [["闪退截图.png", "picture", "customer"], ["崩溃日志.txt", "log", "customer"]], tags: ["产品缺陷"],
  },
  {
    key: "invoice", talk: "陈静", type: "complaint", category: "invoice", levels: ["general", "normal", "simple"], ago: 55, by: "wu", to: "archived",
    title: "发票抬头填错，要求重开", impact: "一张发票，财务月底前要入账", sought: "今天重开正确抬头的发票", custom: { "order-no": "20261120-402" },
    facts: "用户下单时系统自动带出旧公司抬头，提交前页面没有让用户确认。\n金额 1,280 元，未入账。", files: [["原发票.png", "picture", "customer"], ["通话记录.txt", "call", "team"]],
    handover: { to: "finance", note: "请作废原发票并按新抬头重开", accept: true, result: "原发票已作废，新发票 14:20 开出" },
    promise: ["今天下班前发出新发票", { unit: "working_days", days: 1, mode: "end_of_day" }, "keep"],
    solution: { steps: "作废原发票，按正确抬头与税号重开，发送到用户邮箱", tools: "开票系统", risks: "跨月不能作废，只能红冲", feasibility: "当天可完成" },
    workaround: "先发送开票申请截图，供用户登记", prevention: "下单页增加“确认抬头”一步", remedy: ["goodwill", 2000, "20 元优惠券"],
    result: "新发票已发到您的邮箱，并赠送 20 元优惠券", cause: "process-info", upheld: "yes", summary: "旧抬头被自动带出，已重开发票；下单页将增加确认步骤", satisfaction: [5, "半小时就解决了"], outcome: "solved",
  },
  {
    key: "parcel", who: ["Sarah Miller", "sarah.miller@example.org"], source: "email", type: "dispute", category: "after-sales", levels: ["general", "normal", "medium"], ago: 150, by: "wu", to: "accept",
    title: "Parcel arrived damaged, seller refuses refund", sought: "Refund of the full price", custom: { amount: 25600 }, facts: "The box was torn open and one of two cups is broken. The seller says that the courier is to blame.",
  },
  {
    key: "dark", who: ["许静", "186 0018 6039"], source: "in_app", type: "suggestion", category: "experience", levels: ["general", "low", "simple"], ago: 95, by: "zhou", to: "acknowledge",
    title: "希望 App 增加夜间模式", facts: "晚上浏览商品太亮，希望能跟随系统切换。",
  },
  {
    key: "no-reply", who: ["高峰", "185 0018 5081"], source: "in_app", type: "complaint", category: "response", levels: ["general", "normal", "simple"], ago: 70, by: "wu", to: "record",
    title: "留言两天没有人回复", facts: "用户 20 日在订单页留言，至今没有回复。",
  },
  {
    key: "special-invoice", who: ["林涛", "184 0018 4026"], source: "phone", type: "enquiry", category: "invoice", levels: [], ago: 50, by: "zhou", to: "archived",
    title: "企业采购能否开增值税专用发票", facts: "单位采购 40 台，询问能否开专票、税率和时限。", outcome: "solved", summary: "可以开具，已说明所需资料",
  },
  {
    key: "fake", who: ["匿名", ""], source: "letter", type: "report", category: "illegal", levels: ["serious", "normal", "hard"], ago: 40, to: "record", custom: { "reported-user": "潮牌折扣仓" },
    title: "举报店铺售卖假冒运动鞋", facts: "来信附购买小票复印件，称鞋盒标签与官方不符。", tags: ["媒体关注"],
  },
  {
    key: "renewal", who: ["梁雨", "183 0018 3075"], source: "in_app", type: "complaint", category: "charge", levels: ["serious", "urgent", "simple"], ago: 25, to: "record",
    title: "会员自动续费没有提醒", impact: "本人一笔 188 元", sought: "退回续费", facts: "今天凌晨扣款 188 元，之前没有任何提醒。",
  },
  {
    key: "phone-change", who: ["Tom Wilson", "tom.wilson@example.org"], source: "email", type: "technical", category: "login", levels: ["general", "normal", "simple"], ago: 8, to: "record",
    title: "Cannot sign in after changing my phone number", facts: "The code still goes to the old number.",
  },
];

/** The group complaint: its title, what it is about, who speaks for all. */
export const group = { title: "双十一预售定金不退", note: "三位用户反映预售页面没有提示定金不退，一并调查、统一答复。", speaker: "presale-sun" };
