/** What is asked of the browser and its surroundings. */
export interface Surroundings {
  navigator: Pick<Navigator, "userAgent" | "languages" | "cookieEnabled" | "onLine"> & {
    connection?: { effectiveType?: string };
  };
  screen: Pick<Screen, "width" | "height">;
  viewport: [width: number, height: number];
  pixelRatio: number;
  page: { url: string; title?: string };
  storage: boolean;
  live: boolean | null;
  version: string;
  errors: readonly string[];
  /** Asks the server something small; gives when the server thinks it is, if it says so. */
  ask(): Promise<string | null>;
  now(): number;
  /** Milliseconds that only go forward. */
  steady(): number;
}

/** What is sent. The server knows these names (`crates/logs/src/diagnosis.rs`). */
export interface Diagnosis {
  heard_diagnosis: 1;
  collected_at: string;
  user_agent: string;
  languages: readonly string[];
  time_zone: string;
  clock_ahead_ms: number | null;
  screen: { width: number; height: number };
  viewport: { width: number; height: number };
  pixel_ratio: number;
  page_url: string;
  page_title: string;
  cookies: boolean;
  storage: boolean;
  online: boolean;
  connection: string | null;
  round_trips_ms: number[];
  failed_round_trips: number;
  live: boolean | null;
  widget_version: string;
  script_errors: readonly string[];
}

const ROUND_TRIPS = 3;

/** Collects what the customer agreed to send; nothing is asked of the browser before. */
export async function collect(from: Surroundings): Promise<Diagnosis> {
  const times: number[] = [];
  let failed = 0;
  let ahead: number | null = null;
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const started = from.steady();
    try {
      const said = await from.ask();
      const took = from.steady() - started;
      const server = said ? Date.parse(said) : NaN;
      // The quickest answer tells the time best. It names whole seconds, so half of one is added.
      if (!Number.isNaN(server) && times.every((time) => took < time))
        ahead = Math.round(from.now() - took / 2 - (server + 500));
      times.push(Math.round(took));
    } catch {
      failed++;
    }
  }
  const { navigator, viewport } = from;
  const whole = ({ width, height }: { width: number; height: number }) => ({
    width: Math.round(width),
    height: Math.round(height),
  });
  return {
    heard_diagnosis: 1,
    collected_at: new Date(from.now()).toISOString(),
    user_agent: navigator.userAgent,
    languages: [...(navigator.languages ?? [])],
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? "",
    clock_ahead_ms: ahead,
    screen: whole(from.screen),
    viewport: whole({ width: viewport[0], height: viewport[1] }),
    pixel_ratio: from.pixelRatio,
    page_url: from.page.url,
    page_title: from.page.title ?? "",
    cookies: navigator.cookieEnabled,
    storage: from.storage,
    online: navigator.onLine,
    connection: navigator.connection?.effectiveType ?? null,
    round_trips_ms: times,
    failed_round_trips: failed,
    live: from.live,
    widget_version: from.version,
    script_errors: from.errors,
  };
}

/** `diagnosis-20261122-145837.json`: the name by which the console knows it. */
export function fileName(at: Date): string {
  const [day, time] = at.toISOString().slice(0, 19).replace(/[-:]/g, "").split("T");
  return `diagnosis-${day}-${time}.json`;
}
