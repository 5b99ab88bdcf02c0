import type { Page } from "../protocol";

export const page = (): Page => ({ url: location.href, referrer: document.referrer, title: document.title });

/** Tells when the address changes, also without a load. */
export function watchPage(changed: () => void): void {
  let last = location.href;
  const look = () => {
    if (location.href !== last) {
      last = location.href;
      changed();
    }
  };
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (...args) {
      original.apply(this, args);
      look();
    };
  }
  addEventListener("popstate", look);
  addEventListener("hashchange", look);
}

/** Alternates the title of a hidden page with the notice until somebody looks. */
export function titleNotice(): (text: string) => void {
  let timer = 0;
  let notice = "";
  let title = "";
  const restore = () => {
    if (document.title === notice) document.title = title;
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    clearInterval(timer);
    timer = 0;
    restore();
  });
  return (text) => {
    if (!document.hidden) return;
    restore();
    notice = text;
    if (timer) return;
    timer = window.setInterval(() => {
      if (document.title === notice) return restore();
      title = document.title;
      document.title = notice;
    }, 1200);
  };
}
