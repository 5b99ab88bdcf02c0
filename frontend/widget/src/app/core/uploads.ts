import { refusalOf } from "./api";
import { backoff } from "./outbox";
import type { Attachment, Upload } from "./types";

/** What an upload needs from its surroundings. */
export interface UploadPort {
  create(name: string, size: number): Promise<Upload>;
  append(id: string, offset: number, chunk: Blob): Promise<Upload>;
  look(id: string): Promise<Upload>;
  /** Resolves after the time, or at once when the connection is back. */
  pause(milliseconds: number): Promise<void>;
  random(): number;
}

const FIRST_CHUNK = 128 * 1024;
const LARGEST_CHUNK = 2 * 1024 * 1024;
const GOOD_PACE = 800;

/**
 * Brings a file to the server in pieces that suit the line. After a lost connection it asks how much arrived and goes on from there;
 * it gives up only on a refusal or when `signal` says so. `begun` is an upload of the same file that was broken off.
 */
export async function uploadFile(
  file: File,
  port: UploadPort,
  progress: (share: number, waiting: boolean) => void,
  signal: AbortSignal,
  begun?: string | null,
): Promise<Attachment> {
  let failures = 0;
  let chunk = FIRST_CHUNK;
  let state: Upload | null = begun
    ? { id: begun, name: file.name, size: file.size, offset: 0, attachment: null }
    : null;
  let doubtful = !!begun;
  for (;;) {
    if (signal.aborted) throw new DOMException("aborted", "AbortError");
    try {
      if (!state) state = await port.create(file.name || "image.png", file.size);
      else if (doubtful) state = await port.look(state.id);
      else {
        const started = Date.now();
        state = await port.append(state.id, state.offset, file.slice(state.offset, state.offset + chunk));
        chunk =
          Date.now() - started < GOOD_PACE ? Math.min(chunk * 2, LARGEST_CHUNK) : Math.max(chunk / 2, FIRST_CHUNK / 2);
      }
      doubtful = false;
      failures = 0;
      progress(file.size ? state.offset / file.size : 1, false);
      if (state.attachment) return state.attachment;
    } catch (thrown) {
      const error = refusalOf(thrown);
      if (error.code === "upload_offset_mismatch" && failures < 5) {
        failures++;
      } else if (error.status === 404 && state && failures < 5) {
        failures++;
        state = null; // The server has forgotten the upload: begin again.
      } else if (error.passing) {
        progress(state && file.size ? state.offset / file.size : 0, true);
        await port.pause(backoff(++failures, port.random(), error.retryAfter));
      } else throw error;
      doubtful = true;
    }
  }
}
