/** A file as far as it matters here. */
interface NamedFile {
  name: string;
  kind: string;
}

const kinds = /^(text\/(plain|csv|markdown|html|xml)|application\/(json|xml|gzip|x-gzip))$/;
// Text of another encoding than UTF-8, or with colours of terminals, is found to be no text; its name tells.
const endings = /\.(log|txt|json|jsonl|ndjson|csv|tsv|out|err|trace|logcat|xml|ya?ml|ini|conf|md)(\.\d+)?(\.gz)?$/i;
const archives = /\.(tgz|tar\.gz)$/i;

/** Whether a file may be a log that can be looked into. The server decides by its content when it is opened. */
export function isLog(file: NamedFile): boolean {
  if (archives.test(file.name)) return false;
  return kinds.test(file.kind) || (file.kind === "application/octet-stream" && endings.test(file.name));
}

/** Whether the name is one that the widget gives to what it found out about a device. */
export function isDiagnosis(file: NamedFile): boolean {
  return /^diagnosis-.*\.json$/.test(file.name);
}
