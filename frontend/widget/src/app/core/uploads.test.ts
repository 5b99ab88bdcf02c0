import { describe, expect, it } from "vitest";
import { ApiError } from "./api";
import type { Attachment, Upload } from "./types";
import { uploadFile, type UploadPort } from "./uploads";

/** A server that keeps what arrived, on a line that fails as told. */
class Line implements UploadPort {
  bytes = new Uint8Array(0);
  pauses = 0;
  appends = 0;
  failures: ("before" | "after" | ApiError | null)[] = [];
  private size = 0;

  create(_: string, size: number): Promise<Upload> {
    this.size = size;
    return this.answer(() => undefined);
  }
  append(_: string, offset: number, chunk: Blob): Promise<Upload> {
    this.appends++;
    return this.answer(async () => {
      if (offset !== this.bytes.length)
        throw new ApiError(409, "upload_offset_mismatch", null, { offset: this.bytes.length });
      const grown = new Uint8Array(this.bytes.length + chunk.size);
      grown.set(this.bytes);
      grown.set(new Uint8Array(await chunk.arrayBuffer()), this.bytes.length);
      this.bytes = grown;
    });
  }
  look(): Promise<Upload> {
    return this.answer(() => undefined);
  }
  pause(): Promise<void> {
    this.pauses++;
    return Promise.resolve();
  }
  random = () => 0.5;
  /** Every byte arrived, in its place. */
  whole(): boolean {
    return this.bytes.length === content.length && this.bytes.every((byte, i) => byte === content[i]);
  }

  private async answer(act: () => unknown): Promise<Upload> {
    const failure = this.failures.shift();
    if (failure === "before") throw new ApiError(0, "unreachable");
    if (failure instanceof ApiError) throw failure;
    await act();
    if (failure === "after") throw new ApiError(0, "unreachable");
    const done = this.bytes.length === this.size;
    return {
      id: "u",
      name: "f",
      size: this.size,
      offset: this.bytes.length,
      attachment: done ? ({ id: "a" } as Attachment) : null,
    };
  }
}

const content = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 31) % 251);
const file = () => new File([content], "f.bin");
const upload = (line: Line, signal = new AbortController().signal) => uploadFile(file(), line, () => undefined, signal);

describe("uploadFile", () => {
  it("sends all of it in growing pieces", async () => {
    const line = new Line();
    expect(await upload(line)).toEqual({ id: "a" });
    expect(line.whole()).toBe(true);
    expect(line.appends).toBeLessThan(5);
  });

  it("goes on where it was after the connection broke", async () => {
    const line = new Line();
    line.failures = ["before", null, null, "before", null, "after", null, null];
    await upload(line);
    expect(line.whole()).toBe(true);
    expect(line.pauses).toBe(3);
  });

  it("asks again after a mismatch", async () => {
    const line = new Line();
    line.failures = [null, new ApiError(409, "upload_offset_mismatch")];
    await upload(line);
    expect(line.whole()).toBe(true);
  });

  it("begins again when the server has forgotten it", async () => {
    const line = new Line();
    line.failures = [null, new ApiError(404, "not_found")];
    await upload(line);
    expect(line.whole()).toBe(true);
  });

  it("goes on with an upload that an earlier page began", async () => {
    const line = new Line();
    line.create("f", content.length);
    line.bytes = content.slice(0, 300_000);
    line.create = () => Promise.reject(new Error("begun already"));
    await uploadFile(file(), line, () => undefined, new AbortController().signal, "u");
    expect(line.whole()).toBe(true);
  });

  it("begins anew when the earlier upload is forgotten", async () => {
    const line = new Line();
    line.failures = [new ApiError(404, "not_found")];
    await uploadFile(file(), line, () => undefined, new AbortController().signal, "old");
    expect(line.whole()).toBe(true);
  });

  it("gives up on a refusal", async () => {
    const line = new Line();
    line.failures = [new ApiError(415, "attachment_kind_refused")];
    await expect(upload(line)).rejects.toMatchObject({ code: "attachment_kind_refused" });
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(upload(new Line(), stop.signal)).rejects.toMatchObject({ name: "AbortError" });
  });
});
