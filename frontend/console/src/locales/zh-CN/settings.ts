export default {
  sections: { own: "个人", organization: "组织", service: "接待", system: "系统" },
  profile: {
    title: "个人资料",
    text: "你的姓名和头像会显示给同事；接入点允许时，也会显示给客户。",
    upload: "上传头像",
    removeAvatar: "移除头像",
    nameHelp: "同事和客户看到的名字。",
    emailHelp: "用于登录。需要更换时请联系管理员。",
    language: "界面语言",
    timeZone: "时区",
  },
};
