import { describe, expect, it } from "vitest";
import { en } from "../i18n/en";
import {
  fieldError,
  formErrors,
  formValues,
  isEmail,
  isPhone,
  offlineErrors,
  offlineFields,
  offlineForm,
} from "./form";
import type { Field } from "./types";

const field = (kind: Field["kind"], required = true, options: string[] = []): Field => ({
  key: kind,
  kind,
  label: kind,
  required,
  options,
});

describe("fields", () => {
  it.each([
    [field("text"), "  ", en.needed],
    [field("text"), "x", null],
    [field("text", false), "", null],
    [field("text"), "x".repeat(501), en.tooLong],
    [field("textarea"), "x".repeat(501), null],
    [field("email"), "a@b", en.badEmail],
    [field("email"), "a@b.example", null],
    [field("email", false), "", null],
    [field("phone"), "12345", en.badPhone],
    [field("phone"), "+86 138-0013-8000", null],
    [field("select", true, ["a"]), "", en.neededChoice],
    [field("select", true, ["a"]), "b", en.neededChoice],
    [field("select", true, ["a"]), "a", null],
    [field("checkbox"), false, en.neededConsent],
    [field("checkbox"), true, null],
    [field("checkbox", false), undefined, null],
  ] as const)("%j %j", (one, value, error) => expect(fieldError(one, value, en)).toBe(error));

  it("collects errors and values", () => {
    const fields = [field("text"), field("email", false), field("checkbox", false)];
    expect(formErrors(fields, {}, en)).toEqual({ text: en.needed });
    expect(formValues(fields, { text: " x ", email: " ", other: "y" })).toEqual({ text: "x", checkbox: false });
  });
});

describe("addresses", () => {
  it.each(["a@b.example", "a.b+c@d.e.example", "王@例子.中国"])("%s is an e-mail address", (text) =>
    expect(isEmail(text)).toBe(true),
  );
  it.each(["a", "a@", "@b.cn", "a b@c.cn", "a@b..cn", "a@-b.cn", "<a@b.cn>", `${"a".repeat(65)}@b.cn`])(
    "%s is none",
    (text) => expect(isEmail(text)).toBe(false),
  );
  it.each(["13800138000", "010-62770000", "+1 (415) 555-0100"])("%s is a phone number", (text) =>
    expect(isPhone(text)).toBe(true),
  );
  it.each(["123", "1380013800a", "1234567890123456", ""])("%s is none", (text) => expect(isPhone(text)).toBe(false));
});

describe("the offline form", () => {
  it("asks for a way to answer unless there is one", () => {
    expect(offlineFields(en, { email: null }).map((f) => f.key)).toEqual(["name", "contact", "message"]);
    expect(offlineFields(en, { email: "a@b.example" }).map((f) => f.key)).toEqual(["message"]);
  });
  it("takes e-mail or phone", () => {
    const fields = offlineFields(en, { email: null });
    expect(offlineErrors(fields, { contact: "nonsense", message: "x" }, en)).toEqual({ contact: en.badContact });
    expect(offlineErrors(fields, { contact: "13800138000", message: "x" }, en)).toEqual({});
    expect(offlineForm({ name: " 王 ", contact: "13800138000" })).toEqual({ name: "王", phone: "13800138000" });
    expect(offlineForm({ contact: "a@b.example" })).toEqual({ email: "a@b.example" });
  });
});
