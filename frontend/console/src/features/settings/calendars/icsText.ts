/**
 * The text of a file with dates. iCalendar folds lines after so many bytes, which may be in the middle of a character: the
 * folds of such a file are taken out before the bytes are read as text.
 */
export function readText(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "utf-8";
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, 64)).trimStart();
  const folded = encoding === "utf-8" && /^BEGIN:VCALENDAR/i.test(start);
  return new TextDecoder(encoding).decode(folded ? unfold(bytes) : bytes);
}

function unfold(bytes: Uint8Array): Uint8Array {
  const [tab, lf, cr, space] = [9, 10, 13, 32];
  const kept = new Uint8Array(bytes.length);
  let length = 0;
  for (let place = 0; place < bytes.length;) {
    let next = place;
    if (bytes[next] === cr) next += 1;
    if (bytes[next] === lf) next += 1;
    if (next > place && (bytes[next] === space || bytes[next] === tab)) {
      place = next + 1;
      continue;
    }
    kept[length++] = bytes[place++]!;
  }
  return kept.subarray(0, length);
}
