import access from "./access";
import base from "./base";
import calendars from "./calendars";
import cases from "./cases";
import contacts from "./contacts";
import home from "./home";
import inbox from "./inbox";
import logs from "./logs";
import plan from "./plan";
import planReplay from "./plan-replay";
import settings from "./settings";

/** All texts in Simplified Chinese; this file decides which keys exist. */
export default { ...base, access, calendars, cases, contacts, home, inbox, logs, plan, planReplay, settings };
