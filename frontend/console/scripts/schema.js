/**
 * Writes src/api/schema.d.ts, the types of the API, from docs/openapi.json; with --check it only says whether that is
 * needed. Of JSON Schema it knows what the server's description uses, and stops at anything else.
 */
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.d.ts", import.meta.url);

const primitives = { string: "string", integer: "number", number: "number", boolean: "boolean", null: "null" };
const known = new Set(
  (
    "$ref additionalProperties allOf anyOf const default deprecated description discriminator enum example examples exclusiveMaximum " +
    "exclusiveMinimum format items maxItems maxLength maximum minItems minLength minimum oneOf pattern properties propertyNames " +
    "readOnly required title type uniqueItems writeOnly"
  ).split(" "),
);

const doc = (text, indent = "") =>
  text ? `${indent}/** ${text.replaceAll("*/", "* /").replace(/\s*\n\s*/g, `\n${indent} * `)} */\n` : "";
const nameOf = (ref) => ref.replace("#/components/schemas/", "");
const plain = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const grouped = (type) => (type.includes(" | ") || type.includes(" & ") ? `(${type})` : type);

function members(schema, indent) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, value]) => {
    const text = doc(value.description ?? value.oneOf?.find((one) => one.description)?.description, `${indent}  `);
    return `${text}${indent}  ${plain(name)}${required.has(name) ? "" : "?"}: ${typeOf(value, `${indent}  `)};\n`;
  });
}

function objectType(schema, indent) {
  if (schema.properties) return `{\n${members(schema, indent).join("")}${indent}}`;
  return `Record<string, ${schema.additionalProperties ? typeOf(schema.additionalProperties, indent) : "unknown"}>`;
}

function arrayType(schema, indent) {
  const item = typeOf(schema.items, indent);
  if (schema.minItems === undefined || schema.minItems !== schema.maxItems) return `${grouped(item)}[]`;
  return `[${Array.from({ length: schema.minItems }, () => item).join(", ")}]`;
}

function typeOf(schema, indent = "") {
  const strange = Object.keys(schema).filter((key) => !known.has(key));
  if (strange.length) throw new Error(`schema.js does not know ${strange.join(", ")}: ${JSON.stringify(schema)}`);
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.allOf) return schema.allOf.map((one) => grouped(typeOf(one, indent))).join(" & ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((one) => typeOf(one, indent)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.type === undefined) return "unknown";
  return [schema.type]
    .flat()
    .map((type) => {
      if (type === "object") return objectType(schema, indent);
      if (type === "array") return arrayType(schema, indent);
      return primitives[type];
    })
    .join(" | ");
}

function declaration([name, schema]) {
  const head = doc(schema.description);
  if (schema.type === "object" && schema.properties)
    return `${head}export interface ${name} ${objectType(schema, "")}\n`;
  return `${head}export type ${name} = ${typeOf(schema)};\n`;
}

const { components } = JSON.parse(readFileSync(source, "utf8"));
const text = [
  "// Generated from docs/openapi.json by `npm run schema -w console`.\n",
  ...Object.entries(components.schemas).map(declaration),
].join("\n");

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("src/api/schema.d.ts is not what docs/openapi.json says: npm run schema -w console");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
