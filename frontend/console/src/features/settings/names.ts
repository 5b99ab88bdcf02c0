import type { RoleRef } from "@/api/types";
import { tOr } from "@/lib/i18n";

/** Built-in roles are named in the reader's language, own ones as they were named. */
export const roleName = (role: Pick<RoleRef, "key" | "name">): string =>
  role.key ? tOr(`settings.roles.builtIn.${role.key}`, role.name) : role.name;
