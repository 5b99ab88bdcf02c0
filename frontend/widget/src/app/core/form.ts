import type { Texts } from "../i18n";
import type { Field } from "./types";

export type Values = Record<string, string | boolean>;

const EMAIL = /^[^\s@<>()[\]\\,;:"]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24}$/u;
const MAX_TEXT = 500;
const MAX_LONG = 5000;

export const isEmail = (text: string): boolean => text.length <= 254 && EMAIL.test(text);

/** Digits with the usual separators, perhaps with a country code. */
export function isPhone(text: string): boolean {
  if (!/^\+?[\d\s\-().]+$/.test(text)) return false;
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 15;
}

/** What is wrong with the value of a field, in words; null when it is right. */
export function fieldError(field: Field, value: string | boolean | undefined, t: Texts): string | null {
  if (field.kind === "checkbox") return field.required && value !== true ? t.neededConsent : null;
  const text = String(value ?? "").trim();
  if (!text) return field.required ? (field.kind === "select" ? t.neededChoice : t.needed) : null;
  if (text.length > (field.kind === "textarea" ? MAX_LONG : MAX_TEXT)) return t.tooLong;
  if (field.kind === "email" && !isEmail(text)) return t.badEmail;
  if (field.kind === "phone" && !isPhone(text)) return t.badPhone;
  if (field.kind === "select" && !field.options.includes(text)) return t.neededChoice;
  return null;
}

/** All errors by key; empty when the form may be sent. */
export function formErrors(fields: Field[], values: Values, t: Texts): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const error = fieldError(field, values[field.key], t);
    if (error) errors[field.key] = error;
  }
  return errors;
}

/** What is sent: trimmed, without what was left empty. */
export function formValues(fields: Field[], values: Values): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const field of fields) {
    const value = values[field.key];
    if (field.kind === "checkbox") sent[field.key] = value === true;
    else if (String(value ?? "").trim()) sent[field.key] = String(value).trim();
  }
  return sent;
}

/** Name, a way to answer, and the message: what is asked outside working hours. */
export function offlineFields(t: Texts, known: { email: string | null }): Field[] {
  const field = (key: string, kind: Field["kind"], label: string, required: boolean): Field => ({
    key,
    kind,
    label,
    required,
    options: [],
  });
  const contact = known.email
    ? []
    : [field("name", "text", t.offlineName, false), field("contact", "text", t.offlineContact, true)];
  return [...contact, field("message", "textarea", t.offlineMessage, true)];
}

/** Like `formErrors`, and the contact must be one that can be reached. */
export function offlineErrors(fields: Field[], values: Values, t: Texts): Record<string, string> {
  const errors = formErrors(fields, values, t);
  const contact = String(values["contact"] ?? "").trim();
  if (contact && !errors["contact"] && !isEmail(contact) && !isPhone(contact)) errors["contact"] = t.badContact;
  return errors;
}

/** The contact told apart into what it is. */
export function offlineForm(values: Values): Record<string, unknown> {
  const form: Record<string, unknown> = {};
  const name = String(values["name"] ?? "").trim();
  const contact = String(values["contact"] ?? "").trim();
  if (name) form["name"] = name;
  if (contact) form[isEmail(contact) ? "email" : "phone"] = contact;
  return form;
}
