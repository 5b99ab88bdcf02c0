import { expect, it } from "vitest";
import game from "../../../../../../../crates/cases/packs/game.json";
import { complete } from "./blank";
import { readPlan, writePlan } from "./file";

it("takes a plan over without what only its own installation knows", () => {
  const content = complete(game.plan);
  const [department] = content.departments;
  if (department) department.team_id = "7";
  content.alarms[0]?.actions.unshift({ do: "notify", to: [{ who: "user", user_id: "3" }, { who: "owner" }] });
  const read = readPlan(writePlan({ name: { zh: "游戏", en: "Game" }, pack: "game", content }));
  expect(read?.name).toEqual({ zh: "游戏", en: "Game" });
  expect(read?.pack).toBe("game");
  expect(read?.content.departments[0]?.team_id).toBeNull();
  expect(read?.content.alarms[0]?.actions[0]).toEqual({ do: "notify", to: [{ who: "owner" }] });
  expect(read?.content.flows).toEqual(content.flows);
});

it("reads a pack, and says when a file is no plan", () => {
  expect(readPlan(`\uFEFF${JSON.stringify(game)}`)?.content.case_types).toHaveLength(game.plan.case_types.length);
  for (const text of ["", "[]", "{}", '{"plan": {}}', "BEGIN:VCALENDAR"]) expect(readPlan(text)).toBeUndefined();
});
