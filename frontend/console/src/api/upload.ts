import { api, ApiError, request } from "./client";
import type { Attachment, Id, Upload } from "./types";

interface UploadTarget {
  purpose: "message" | "avatar" | "branding" | "evidence";
  conversation_id?: Id;
  inbox_id?: Id;
}

const chunkSize = 1024 * 1024;
const tries = 6;
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Begins an upload; the line may be down for as long as it likes. */
async function begin(file: File, target: UploadTarget, signal?: AbortSignal): Promise<Upload> {
  const about = { name: file.name, size: file.size };
  for (let failures = 0; ; failures += 1) {
    signal?.throwIfAborted();
    try {
      if (target.purpose === "evidence") return await api.post<Upload>("/evidence_uploads", about);
      return await api.post<Upload>("/uploads", { ...about, ...target });
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) throw error;
      await pause(Math.min(8000, 500 * 2 ** failures));
    }
  }
}

/** How an upload outlives the page: what an earlier page began, and a place to write down what this one begins. */
interface Resumption {
  begun: Id | null;
  began(id: Id): void;
}

/** What an earlier page began, as far as the server still knows it; else a new upload. */
async function start(file: File, target: UploadTarget, signal?: AbortSignal, resumption?: Resumption): Promise<Upload> {
  const earlier = resumption?.begun ? await api.get<Upload>(`/uploads/${resumption.begun}`).catch(() => null) : null;
  if (earlier?.size === file.size) return earlier;
  const state = await begin(file, target, signal);
  resumption?.began(state.id);
  return state;
}

/** Sends a file in pieces and goes on where a broken line stopped it. `progress` gets 0 … 1. */
export async function upload(
  file: File,
  target: UploadTarget,
  progress: (share: number) => void = () => {},
  signal?: AbortSignal,
  resumption?: Resumption,
): Promise<Attachment> {
  let state = await start(file, target, signal, resumption);
  let failures = 0;
  while (!state.attachment) {
    signal?.throwIfAborted();
    try {
      state = await request<Upload>("PATCH", `/uploads/${state.id}`, {
        body: file.slice(state.offset, state.offset + chunkSize),
        headers: { "Upload-Offset": String(state.offset) },
        ...(signal ? { signal } : {}),
      });
      failures = 0;
    } catch (error) {
      const mayGoOn = error instanceof ApiError && (error.retriable || error.code === "upload_offset_mismatch");
      failures += 1;
      // A line that is down says nothing about the file; what the server answers does.
      const lineDown = error instanceof ApiError && error.status === 0;
      if (!mayGoOn || (!lineDown && failures >= tries)) throw error;
      await pause(error.retryAfter ? error.retryAfter * 1000 : Math.min(8000, 500 * 2 ** failures));
      state = await api.get<Upload>(`/uploads/${state.id}`).catch(() => state);
    }
    progress(file.size === 0 ? 1 : state.offset / file.size);
  }
  return state.attachment;
}
