export default {
  sections: { own: "You", organization: "Organisation", service: "Service", system: "System" },
  profile: {
    title: "Profile",
    text: "Colleagues see your name and picture; customers do too where the inbox allows it.",
    upload: "Upload a picture",
    removeAvatar: "Remove picture",
    nameHelp: "The name that colleagues and customers see.",
    emailHelp: "You sign in with it. Ask an administrator to change it.",
    language: "Language",
    timeZone: "Time zone",
  },
};
