import { expect, it } from "vitest";
import education from "../../../../../../../crates/cases/packs/education.json";
import game from "../../../../../../../crates/cases/packs/game.json";
import { blank, complete, freshKey } from "./blank";
import { sectionNames } from "./model";

it("makes keys that nobody has yet", () => {
  expect(freshKey([], { en: "Slow & late replies" }, "category")).toBe("slow-late-replies");
  expect(freshKey([{ key: "login" }], { en: "Login" }, "category")).toBe("login-2");
  expect(freshKey([{ key: "category-2" }], { zh: "登录" }, "category")).toBe("category-3");
});

it("fills in what a pack file leaves out and loses nothing of it", () => {
  for (const pack of [education, game]) {
    const doc = complete(pack.plan);
    expect(Object.keys(doc).sort()).toEqual([...sectionNames].sort());
    expect(doc).toMatchObject(pack.plan);
    expect(complete(doc)).toEqual(doc);
    for (const clock of doc.clocks)
      expect(Object.keys(clock).sort()).toEqual(Object.keys(blank.clock("", { zh: "", en: "" })).sort());
    for (const stage of doc.flows.flatMap((flow) => flow.stages)) expect(stage.needs).toBeInstanceOf(Array);
  }
});

it("keeps what it does not know", () => {
  expect(complete({ later: { zh: "新" } })).toMatchObject({ later: { zh: "新", en: "" } });
});
