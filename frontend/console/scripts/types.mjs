// Writes src/api/schema.ts from docs/openapi.json, the checked description of the API.
//   node scripts/types.mjs           writes it
//   node scripts/types.mjs --check   fails when it is not up to date
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);
const { components } = JSON.parse(readFileSync(source, "utf8"));

const name = (text) => text.replace(/[^A-Za-z0-9]+(.)?/g, (_, next) => (next ?? "").toUpperCase());
const key = (text) => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text));
const wrap = (type) => (/[|&]/.test(type) ? `(${type})` : type);

function typeOf(schema, indent) {
  if (schema === true || schema === undefined || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return name(schema.$ref.split("/").at(-1));
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return unique(alternatives.map((one) => typeOf(one, indent))).join(" | ");
  if (schema.allOf) return schema.allOf.map((one) => wrap(typeOf(one, indent))).join(" & ");
  const kinds = [schema.type].flat().filter(Boolean);
  return unique(kinds.map((kind) => plain(kind, schema, indent))).join(" | ") || "unknown";
}

const unique = (types) => [...new Set(types)];

function plain(kind, schema, indent) {
  if (kind === "integer" || kind === "number") return "number";
  if (kind === "string" || kind === "boolean" || kind === "null") return kind;
  if (kind === "array") {
    if (schema.prefixItems) return `[${schema.prefixItems.map((item) => typeOf(item, indent)).join(", ")}]`;
    return `${wrap(typeOf(schema.items, indent))}[]`;
  }
  return object(schema, indent);
}

function object(schema, indent) {
  const fields = Object.entries(schema.properties ?? {});
  if (!fields.length) {
    const values = schema.additionalProperties;
    return `Record<string, ${values && values !== true ? typeOf(values, indent) : "unknown"}>`;
  }
  const inner = `${indent}  `;
  const lines = fields.map(([field, value]) => {
    const optional = schema.required?.includes(field) ? "" : "?";
    return `${comment(value, inner)}${inner}${key(field)}${optional}: ${typeOf(value, inner)};\n`;
  });
  return `{\n${lines.join("")}${indent}}`;
}

function comment(schema, indent) {
  const text = schema.description?.trim().replaceAll("*/", "* /").replace(/\s+/g, " ");
  return text ? `${indent}/** ${text} */\n` : "";
}

const types = Object.entries(components.schemas)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([id, schema]) => `${comment(schema, "")}export type ${name(id)} = ${typeOf(schema, "")};\n`);
const text = `// Written from docs/openapi.json: \`npm run types --workspace console\` brings it up to date.\n\n${types.join("\n")}`;

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    process.stderr.write("src/api/schema.ts is not what docs/openapi.json says: npm run types --workspace console\n");
    process.exit(1);
  }
} else writeFileSync(target, text);
