import type { JSX } from "#tiny/jsx-runtime";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M5 11v2M12 11v2M19 11v2",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  plane: "M4 12l16-8-6 16-2.5-6.5z",
  attach: "M20 11.5l-8.2 8.2a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  emoji: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14.5a4.5 4.5 0 0 0 7 0M9 9.5h.01M15 9.5h.01",
  quote: "M9 14L4 9l5-5M4 9h9a7 7 0 0 1 7 7v4",
  recall: "M3 12a9 9 0 1 0 3-6.7L3 8M3 3v5h5",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  file: "M14 3H6v18h12V7zM14 3v4h4",
  download: "M12 4v11M7.5 10.5L12 15l4.5-4.5M5 20h14",
  sound: "M11 5L6 9H3v6h3l5 4zM15.5 8.5a5 5 0 0 1 0 7",
  mute: "M11 5L6 9H3v6h3l5 4zM16 9l5 6M21 9l-5 6",
  end: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM9 9l6 6M15 9l-6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  next: "M9 5l7 7-7 7",
  alert: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 8v5M12 16h.01",
  check: "M5 12.5l4.5 4.5L19 7.5",
};

export type IconName = keyof typeof PATHS;

/** A line icon; the word for it stands on the control. */
export function Icon({ name }: { name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
