import type { JSX } from "#tiny/jsx-runtime";
import type { Message } from "../core/types";
import { redraw, useEffect } from "../tiny";

let part: typeof import("../diagnosis/Diagnosis") | undefined;

/** Fetched when the first conversation needs it: most never do. */
export function DiagnosisRow(props: { id: string; message: Message }): JSX.Element {
  useEffect(() => {
    if (!part)
      void import("../diagnosis/Diagnosis").then(
        (loaded) => ((part = loaded), redraw()),
        () => null,
      );
  }, []);
  return <>{part ? <part.Diagnosis {...props} /> : null}</>;
}
