import { expect, it } from "vitest";
import { countByPlace, isUnder, placeOf, places, problemAt, problemsUnder } from "./problems";
import { sectionNames } from "./model";

const problem = (field: string) => ({ field, code: "x", message: field, params: {} });

it("finds the place of every section", () => {
  for (const section of sectionNames)
    expect(
      places.flatMap((place) => [...place.sections]),
      section,
    ).toContain(section);
  expect(placeOf("clocks[2].policy.days")).toBe("stages");
  expect(placeOf("views[0].classes[1].key")).toBe("categories");
  expect(placeOf("something_new[0]")).toBe("document");
});

it("counts and finds problems", () => {
  const problems = ["clocks[2].stop", "clocks[21].stop", "flows", "templates[0].parts[1].body.en"].map(problem);
  expect(countByPlace(problems)).toEqual({ stages: 3, templates: 1 });
  expect(problemsUnder(problems, "clocks[2]")).toHaveLength(1);
  expect(isUnder("clocks[21].stop", "clocks[2]")).toBe(false);
  expect(problemAt(problems, "flows")).toBe("flows");
});
