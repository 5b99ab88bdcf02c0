import type { Outgoing } from "../core/outbox";
import type { Message } from "../core/types";

/** The key of the message that answers a request: however often it is sent, there is one. */
export const keyOf = (request: string): string => `diagnosis:${request}`;

/** Whether this request still waits for an answer: it is the latest, and was neither answered nor declined. */
export function isOpen(request: Message, items: readonly Message[], outbox: readonly Outgoing[]): boolean {
  const key = keyOf(request.id);
  const later = items.some((other) => other.no > request.no && other.system?.code.startsWith("diagnosis_"));
  return !later && ![...items.map((item) => item.client_key), ...outbox.map((item) => item.key)].includes(key);
}
