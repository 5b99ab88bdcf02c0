/** How Nuxt UI's parts look in Heard: measures and edges. Colours are in tokens.css. */
export const theme = {
  colors: {
    primary: "teal",
    success: "green",
    warning: "amber",
    error: "red",
    info: "blue",
    note: "yellow",
    neutral: "zinc" as const,
  },
  modal: {
    slots: {
      content: "rounded-xl ring-0 shadow-overlay divide-y-0",
      header: "shrink-0 pb-0 sm:pb-0 min-h-0 items-start",
      title: "text-base",
      body: "pt-4 sm:pt-4",
      footer: "shrink-0 pt-0 sm:pt-0",
    },
    variants: { overlay: { true: { overlay: "bg-overlay" } } },
  },
  // On a touch screen small fields have larger letters, whose ends below the line must not be cut off.
  select: { slots: { value: "-my-0.5 leading-5", placeholder: "-my-0.5 leading-5" } },
  selectMenu: { slots: { value: "-my-0.5 leading-5", placeholder: "-my-0.5 leading-5" } },
  slideover: { slots: { overlay: "bg-overlay" } },
  formField: { slots: { error: "mt-1.5 text-sm", help: "mt-1.5 text-sm text-muted" } },
  badge: {
    compoundVariants: [{ color: "neutral" as const, variant: "subtle" as const, class: "ring-[var(--ui-border)]" }],
  },
  // A button under the pointer must still be readable, so it grows darker instead of paler.
  button: {
    compoundVariants: [
      {
        color: "primary" as const,
        variant: "solid" as const,
        class: "hover:bg-primary active:bg-primary hover:brightness-90 active:brightness-90",
      },
    ],
  },
  // A faded text must still be readable.
  switch: {
    slots: { base: "data-[state=unchecked]:bg-[var(--ui-border-accented)]" },
    variants: {
      disabled: {
        true: {
          root: "opacity-100",
          base: "opacity-50 cursor-not-allowed",
          label: "cursor-not-allowed opacity-100",
          description: "cursor-not-allowed opacity-100",
        },
      },
    },
  },
  checkbox: {
    variants: {
      disabled: {
        true: {
          root: "opacity-100",
          base: "opacity-60 cursor-not-allowed",
          label: "cursor-not-allowed opacity-100",
          description: "cursor-not-allowed opacity-100",
        },
      },
    },
  },
  toast: { slots: { root: "rounded-lg shadow-overlay ring-0" } },
};
