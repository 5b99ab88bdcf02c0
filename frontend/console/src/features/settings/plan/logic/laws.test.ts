import { expect, it } from "vitest";
import general from "../../../../../../../crates/cases/packs/general.json";
import banking from "../../../../../../../crates/cases/packs/laws/banking-insurance.json";
import { complete } from "./blank";
import { chainFor } from "./laws";
import type { DocClock } from "./model";

const plan = complete(general.plan);
const decide = banking.clocks[0] as unknown as DocClock;

it("gives a law's clock the chain of what ends with it, of which the clock warns", () => {
  expect(chainFor(plan, decide)).toBe("telling");
  const seldom = { ...decide, policy: { ...decide.policy, warn_at: [50, 100] } };
  expect(chainFor(plan, seldom)).toBeNull();
  expect(chainFor({ ...plan, clocks: [] }, decide)).toBe(plan.escalations[0]?.key);
  expect(chainFor(plan, { ...decide, escalation: "own" })).toBe("own");
});
