import access from "./access";
import base from "./base";
import settings from "./settings";

/** All texts in Simplified Chinese; this file decides which keys exist. */
export default { ...base, access, settings };
