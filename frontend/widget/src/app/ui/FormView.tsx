import { fullTime } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useRef, useState } from "../tiny";
import { changeDraft, send, write } from "../core/compose";
import { keep, store, words } from "../core/context";
import { formErrors, formValues, offlineErrors, offlineFields, offlineForm, type Values } from "../core/form";
import { show } from "../core/threads";
import type { Field } from "../core/types";
import { close } from "../core/widget";
import { FieldInput } from "./FieldInput";
import { Bar, IconButton } from "./parts";

interface Props {
  id: string;
  offline: boolean;
}

const CONSENT = "consent";

/** What is asked: the inbox's questions, outside hours also who to answer and the message. */
function questions(offline: boolean): Field[] {
  const { config, contact } = store.get();
  const { prechat } = config ?? { prechat: { enabled: false, fields: [], consent: null } };
  const t = words();
  const own = prechat.enabled ? prechat.fields : [];
  const ways = own.filter((field) => field.kind === "email" || field.kind === "phone");
  // Outside hours there must be a way to answer: the inbox's own question for one is enough, but then it needs an answer.
  const asked = own.map((field) =>
    offline && field === ways[0] && !ways.some((way) => way.required) ? { ...field, required: !contact?.email } : field,
  );
  const base = offline ? offlineFields(t, { email: contact?.email ?? null }) : [];
  const extra = base.filter(
    (field) => !own.some((one) => one.key === field.key) && !(field.key === "contact" && ways.length),
  );
  const consent: Field[] =
    prechat.enabled && prechat.consent
      ? [{ key: CONSENT, kind: "checkbox", label: prechat.consent, required: true, options: [] }]
      : [];
  const message = extra.filter((field) => field.key === "message");
  return [...extra.filter((field) => field.key !== "message"), ...asked, ...message, ...consent];
}

/** What is known already is not asked again. */
function known(fields: Field[]): Values {
  const { contact } = store.get();
  const values: Values = { ...(keep.get<Values>("form") ?? {}) };
  delete values[CONSENT];
  delete values["message"];
  for (const field of fields) {
    if (values[field.key] !== undefined) continue;
    if (field.kind === "email" && contact?.email) values[field.key] = contact.email;
    if (field.key === "name" && contact?.name) values[field.key] = contact.name;
  }
  return values;
}

/** The form before a conversation, and the one for leaving a message outside hours. */
export function FormView({ id, offline }: Props): JSX.Element {
  const t = words();
  const { config, locale, alone } = store.get();
  const fields = questions(offline);
  const [values, setValues] = useState<Values>(() => known(fields));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const form = useRef<HTMLFormElement>(null);
  const check = (next: Values) => (offline ? offlineErrors : formErrors)(fields, next, t);

  const change = (key: string, value: string | boolean) => {
    const next = { ...values, [key]: value };
    setValues(next);
    if (errors[key]) setErrors(check(next)); // A mended field loses its error at once; a new one waits for the button.
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const found = check(values);
    setErrors(found);
    const first = fields.find((field) => found[field.key]);
    if (first) return form.current?.querySelector<HTMLElement>(`#f-${CSS.escape(first.key)}`)?.focus();
    keep.set("form", values);
    const answers = { ...(offline ? offlineForm(values) : {}), ...formValues(fields, values) };
    // The contact is told apart already and the message goes by itself, unless the inbox asks for something of that name.
    const own = (key: string) => config?.prechat.enabled && config.prechat.fields.some((field) => field.key === key);
    if (offline) ["contact", "message"].filter((key) => !own(key)).forEach((key) => delete answers[key]);
    changeDraft(id, { form: Object.keys(answers).length ? answers : null });
    if (offline) {
      write(id, String(values["message"] ?? ""));
      send(id, true);
    }
    void show(id);
  };

  const back = config?.next_open_at ? t.backAt(fullTime(config.next_open_at, locale)) : "";
  return (
    <div class="view" data-panel tabIndex={-1}>
      <Bar
        back={t.back}
        onBack={() => store.set({ view: { name: "home" } })}
        actions={alone ? null : <IconButton icon="close" label={t.close} onClick={() => close()} />}
      >
        <strong>{offline ? t.offlineTitle : t.formTitle}</strong>
      </Bar>
      <form
        ref={form}
        class="form"
        novalidate
        onSubmit={submit}
        data-testid={offline ? "widget-offline" : "widget-prechat"}
      >
        <div class="intro">
          <p>{offline ? config?.offline_text || t.away : t.formIntro}</p>
          {offline && back ? <p class="back-at">{back}</p> : null}
        </div>
        {fields.map((field, index) => (
          <FieldInput
            key={field.key}
            field={field}
            value={values[field.key]}
            error={errors[field.key]}
            hint={field.key === "contact" ? t.offlineContactHint : undefined}
            first={index === 0}
            t={t}
            onChange={(value) => change(field.key, value)}
          />
        ))}
        <button type="submit" class="primary" data-testid="widget-form-submit">
          {offline ? t.offlineSend : t.formStart}
        </button>
      </form>
    </div>
  );
}
