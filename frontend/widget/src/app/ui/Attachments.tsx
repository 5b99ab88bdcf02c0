import { cleanName, formatBytes } from "@heard/shared";
import type { JSX } from "#tiny/jsx-runtime";
import { useState } from "../tiny";
import { imageOf } from "../core/compose";
import { words } from "../core/context";
import { reloadAll } from "../core/threads";
import type { Attachment } from "../core/types";
import { Icon } from "./icons";

interface Props {
  id: string;
  attachments: Attachment[];
}

const WIDEST = 232;
const TALLEST = 260;

/** Images as thumbnails, everything else as a line with name and size. */
export function Attachments({ id, attachments }: Props): JSX.Element {
  return (
    <div class="attachments">
      {attachments.map((attachment) =>
        attachment.kind.startsWith("image/") && (attachment.has_thumbnail || imageOf(attachment)) ? (
          <Picture key={attachment.id} id={id} attachment={attachment} />
        ) : (
          <a
            key={attachment.id}
            class="file"
            {...linkTo(attachment.url)}
            aria-label={words().download(cleanName(attachment.name))}
            data-testid="widget-attachment"
          >
            <span class="file-icon">
              <Icon name="file" />
            </span>
            <span class="grow">
              <span class="file-name">{cleanName(attachment.name)}</span>
              <span class="meta">{formatBytes(attachment.size)}</span>
            </span>
          </a>
        ),
      )}
    </div>
  );
}

const linkTo = (url: string | undefined) => (url ? { href: url, target: "_blank", rel: "noopener" } : {});

/** The room that an image takes is known before it is loaded, so that nothing jumps. */
function room({ width, height }: Attachment): { width: string; aspectRatio: string } | undefined {
  if (!width || !height) return undefined;
  const scale = Math.min(WIDEST / width, TALLEST / height, 1);
  return { width: `${Math.max(Math.round(width * scale), 48)}px`, aspectRatio: `${width} / ${height}` };
}

function Picture({ id, attachment }: { id: string; attachment: Attachment }): JSX.Element {
  const [renewed, setRenewed] = useState(false);
  const source = attachment.thumbnail_url ?? attachment.url ?? imageOf(attachment) ?? undefined;
  const renew = () => {
    // The address runs out after a while; a fresh one comes with the message. Once, or a lost file would be asked for for ever.
    if (renewed) return;
    setRenewed(true);
    void reloadAll(id).catch(() => null);
  };
  return (
    <a class="picture" {...linkTo(attachment.url)} data-testid="widget-attachment">
      <img src={source} alt={cleanName(attachment.name) || words().image} style={room(attachment)} onError={renew} />
    </a>
  );
}
