import { cleanName, initials } from "@heard/shared";
import type { Child } from "../tiny";
import type { JSX } from "#tiny/jsx-runtime";
import type { Config } from "../core/types";
import { Icon, type IconName } from "./icons";

/** What stands for a name, in a circle; the same as the team sees. */
export function Avatar({ name }: { name: string }): JSX.Element {
  return (
    <span class="avatar" aria-hidden="true">
      {initials(cleanName(name)) || "·"}
    </span>
  );
}

/** The brand's logo, or its name in words. */
export function Logo({ config }: { config: Config | null }): JSX.Element {
  const name = cleanName(config?.brand_name ?? "");
  return <div class="logo">{config?.logo_url ? <img src={config.logo_url} alt={name} /> : <span>{name}</span>}</div>;
}

interface IconButtonProps {
  icon: IconName;
  label: string;
  onClick(): void;
  class?: string;
  testid?: string;
  expanded?: boolean;
}

/** A button with an icon; its word is heard and shown as a tooltip. */
export function IconButton({
  icon,
  label,
  onClick,
  class: extra = "",
  testid,
  expanded,
}: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class={`icon-button ${extra}`}
      aria-label={label}
      title={label}
      aria-expanded={expanded}
      data-testid={testid}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The bar above a view: back, who it is about, and what can be done. */
export function Bar(props: { back: string; onBack(): void; children: Child; actions?: Child }): JSX.Element {
  return (
    <header class="bar">
      <IconButton icon="back" label={props.back} onClick={props.onBack} testid="widget-back" />
      <div class="grow">{props.children}</div>
      {props.actions}
    </header>
  );
}
