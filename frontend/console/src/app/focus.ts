const dialogs = "[role=dialog], [role=alertdialog]";
/** A dialog that a menu opened may take the focus only after the menu is gone. */
const menuLasts = 1000;

/**
 * Gives the focus back to where it was when a dialog closes. Dialogs do so themselves, save where they were opened from a menu:
 * its entry is gone by then, and the focus would be lost. Then whatever opened the menu gets it.
 */
export function giveFocusBack(): void {
  const openers = new Map<Element, HTMLElement | undefined>();
  let menu: { opener: HTMLElement | null; at: number } | undefined;
  document.addEventListener("focusin", ({ target, relatedTarget }) => {
    if (!(target instanceof Element)) return;
    const entered = target.closest("[role=menu]");
    if (entered)
      menu = { opener: document.getElementById(entered.getAttribute("aria-labelledby") ?? ""), at: Date.now() };
    const dialog = target.closest(dialogs);
    if (!dialog || openers.has(dialog)) return;
    const ofMenu = menu && Date.now() - menu.at < menuLasts ? menu.opener : undefined;
    const before =
      relatedTarget instanceof HTMLElement && !relatedTarget.closest("[role=menu]") ? relatedTarget : ofMenu;
    openers.set(dialog, before ?? undefined);
  });
  new MutationObserver(() => {
    for (const [dialog, opener] of openers) {
      if (dialog.isConnected) continue;
      openers.delete(dialog);
      setTimeout(() => {
        if (document.activeElement === document.body && !document.querySelector(dialogs)) opener?.focus();
      });
    }
  }).observe(document.body, { childList: true });
}
