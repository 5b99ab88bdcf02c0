/** The icon of a kind of file. */
export const iconOf = (kind: string) =>
  kind.startsWith("audio/")
    ? "i-lucide-file-audio"
    : kind.startsWith("video/")
      ? "i-lucide-file-video"
      : kind.startsWith("image/")
        ? "i-lucide-image"
        : kind === "application/pdf"
          ? "i-lucide-file-text"
          : "i-lucide-file";
