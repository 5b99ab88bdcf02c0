import type { JSX } from "#tiny/jsx-runtime";
import type { Field } from "../core/types";
import type { Texts } from "../i18n";

interface Props {
  field: Field;
  value: string | boolean | undefined;
  error: string | undefined;
  hint: string | undefined;
  first: boolean;
  t: Texts;
  onChange(value: string | boolean): void;
}

const KEYBOARDS: Partial<Record<Field["kind"], "email" | "tel">> = { email: "email", phone: "tel" };
const COMPLETE: Record<string, string> = { email: "email", phone: "tel", name: "name" };

/** One question with its label, hint and error. */
export function FieldInput({ field, value, error, hint, first, t, onChange }: Props): JSX.Element {
  const id = `f-${field.key}`;
  const describedBy = error ? `${id}-e` : hint ? `${id}-h` : undefined;
  const common = {
    id,
    name: field.key,
    required: field.required,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": describedBy,
    "data-autofocus": first ? true : undefined,
    "data-testid": `widget-field-${field.key}`,
  };
  const text = typeof value === "string" ? value : "";
  const onInput = (event: Event) => onChange((event.target as HTMLInputElement).value);
  const below = error ? (
    <p id={`${id}-e`} class="error">
      {error}
    </p>
  ) : hint ? (
    <p id={`${id}-h`} class="hint">
      {hint}
    </p>
  ) : null;

  if (field.kind === "checkbox") {
    return (
      <div class="field">
        <label class="check">
          <input
            type="checkbox"
            {...common}
            checked={value === true}
            onChange={(e) => onChange(e.currentTarget.checked)}
          />
          <span>{field.label}</span>
        </label>
        {below}
      </div>
    );
  }
  return (
    <div class="field">
      <label for={id}>
        {field.label}
        {field.required ? null : <span class="hint"> · {t.optional}</span>}
      </label>
      {field.kind === "textarea" ? (
        <textarea {...common} rows={4} value={text} onInput={onInput} dir="auto" />
      ) : field.kind === "select" ? (
        <select {...common} value={text} onChange={onInput}>
          <option value="">{t.choose}</option>
          {field.options.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...common}
          inputmode={KEYBOARDS[field.kind] ?? "text"}
          autocomplete={COMPLETE[field.kind] ?? COMPLETE[field.key] ?? "on"}
          value={text}
          onInput={onInput}
          dir="auto"
        />
      )}
      {below}
    </div>
  );
}
