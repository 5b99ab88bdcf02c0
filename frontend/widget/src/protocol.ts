// What the loader (in the customer's page) and the app (in the frame) say to each other.

/** The page on which the visitor is. */
export interface Page {
  url: string;
  referrer: string;
  title?: string;
}

/** Who the host page says the visitor is; `hash` proves it. */
export interface Identity {
  external_id: string;
  hash?: string;
  name?: string;
  email?: string;
  phone?: string;
  attributes?: Record<string, unknown>;
}

/** Loader → app. */
export type ToApp =
  | { t: "hello"; page: Page; locale: string | null; store: Record<string, string> }
  | { t: "page"; page: Page }
  | { t: "shown"; open: boolean; phone: boolean; insets: [top: number, bottom: number] }
  | { t: "identify"; identity: Identity }
  | { t: "track"; name: string; props: Record<string, unknown> }
  | { t: "locale"; locale: string }
  | { t: "reset" };

/** How the launcher looks. */
export interface Face {
  color: string;
  onColor: string;
  side: "left" | "right";
  open: string;
  close: string;
  title: string;
  css: string;
  icons: string;
}

/** App → loader. */
export type ToHost =
  | { t: "face"; face: Face }
  | { t: "close" }
  | { t: "open" }
  | { t: "unread"; count: number; label: string }
  | { t: "bubble"; text: string; name: string }
  | { t: "notice"; text: string }
  | { t: "event"; name: string; data: unknown }
  | { t: "store"; key: string; value: string | null }
  | { t: "warn"; text: string };
