import type { Page } from "@playwright/test";
import axe from "axe-core";

interface Violation {
  id: string;
  impact: string;
  help: string;
  targets: string[];
}

/** What the page answers: axe's findings, cut down to what a reader needs. */
const run = `axe.run().then((found) => found.violations.map(({ id, impact, help, nodes }) =>
  ({ id, impact, help, targets: nodes.map((node) => node.target.join(" ")) })))`;

/** The accessibility problems of a page that axe calls serious or critical, as readable lines. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  // The debugger's evaluation is not held to the page's Content-Security-Policy, which forbids any added script.
  const debug = await page.context().newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe.source });
  const answer = await debug.send("Runtime.evaluate", { expression: run, awaitPromise: true, returnByValue: true });
  await debug.detach();
  if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description ?? "axe failed");
  return (answer.result.value as Violation[])
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((violation) => `${violation.id} (${violation.help}): ${violation.targets.join(", ")}`);
}
