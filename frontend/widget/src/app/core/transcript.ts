import { ApiError, refusalOf } from "./api";
import { api, toast, words } from "./context";

/** Hands the customer the whole conversation as a text file. */
export async function transcript(id: string): Promise<void> {
  const t = words();
  let text: string;
  try {
    const answer = await api.raw("GET", `/widget/conversations/${id}/transcript?format=text`);
    text = await answer.text().catch(() => Promise.reject(new ApiError(0, "unreachable")));
  } catch (error) {
    refusalOf(error);
    return toast(t.transcriptFailed);
  }
  const link = document.createElement("a");
  // The mark at the beginning tells editors on Windows that this is UTF-8.
  link.href = URL.createObjectURL(new Blob(["\uFEFF", text], { type: "text/plain" }));
  link.download = `${t.transcriptFile}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
