import { describe, expect, it } from "vitest";
import { isDiagnosis, isLog } from "./files";
import { logTime, offsetText } from "./times";

describe("files that may be logs", () => {
  it("are known by their kind, and by their name where the kind tells nothing", () => {
    expect(isLog({ name: "a", kind: "text/plain" })).toBe(true);
    expect(isLog({ name: "a.json", kind: "application/json" })).toBe(true);
    expect(isLog({ name: "app.log.1.gz", kind: "application/gzip" })).toBe(true);
    expect(isLog({ name: "中文.LOG", kind: "application/octet-stream" })).toBe(true);
    expect(isLog({ name: "app.log.2", kind: "application/octet-stream" })).toBe(true);
    expect(isLog({ name: "a.bin", kind: "application/octet-stream" })).toBe(false);
    expect(isLog({ name: "all.tar.gz", kind: "application/gzip" })).toBe(false);
    expect(isLog({ name: "a.log", kind: "image/png" })).toBe(false);
  });

  it("tell a diagnosis by the name that the widget gives it", () => {
    expect(isDiagnosis({ name: "diagnosis-20261122-145837.json", kind: "application/json" })).toBe(true);
    expect(isDiagnosis({ name: "my-diagnosis.json", kind: "application/json" })).toBe(false);
  });

  it("show times as they stand there", () => {
    expect(logTime("2026-11-22T14:58:37.123")).toBe("2026-11-22 14:58:37");
    expect(logTime("2026-11-22T14:58:37", false)).toBe("14:58:37");
    expect([offsetText(480), offsetText(-210), offsetText(0)]).toEqual(["+08:00", "−03:30", "+00:00"]);
  });
});
