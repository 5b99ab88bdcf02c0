import type { Message } from "@/api/types";
import { locale, t, tOr } from "@/lib/i18n";
import { formatDateTime } from "@/lib/time";

const word = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : "");

/** What a system line says in the reader's language. */
export function systemText(system: NonNullable<Message["system"]>): string {
  const params = Object.fromEntries(Object.entries(system.params).map(([name, value]) => [name, word(value)]));
  const by = params["by"] ?? "";
  if (params["until"]) params["until"] = formatDateTime(params["until"], locale.value);
  let code = system.code;
  if (code === "team_changed" && !params["team"]) code = "team_removed";
  if (code === "assigned" && by && by === params["assignee"]) return t("inbox.system.taken", { by });
  const plain = tOr(`inbox.system.${code}`, t("inbox.system.other", { code }), params);
  return by ? tOr(`inbox.system.${code}By`, plain, params) : plain;
}
