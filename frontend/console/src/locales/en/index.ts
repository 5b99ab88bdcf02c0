import type { Texts } from "@/lib/i18n";
import access from "./access";
import base from "./base";
import settings from "./settings";

/** All texts in English; a missing or superfluous key does not compile. */
const texts: Texts = { ...base, access, settings };
export default texts;
