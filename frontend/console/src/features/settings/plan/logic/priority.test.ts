import { expect, it } from "vitest";
import type { DocPriority } from "./model";
import { matrixOf, priorityOf, rowsOf, withCell } from "./priority";

const severities = ["severe", "serious", "general"];
const urgencies = ["urgent", "usual", "low"];
const rows: DocPriority[] = [
  { severities: ["severe"], urgencies: ["urgent"], priority: "urgent" },
  { severities: ["severe"], urgencies: [], priority: "high" },
  { severities: ["serious", "general"], urgencies: ["urgent"], priority: "high" },
  { severities: ["general"], urgencies: ["low"], priority: "low" },
];

it("reads the table as the server does", () => {
  expect(priorityOf(rows, "severe", null)).toBe("high");
  expect(priorityOf(rows, null, "urgent")).toBe("normal");
  expect(priorityOf(rows, "general", "low")).toBe("low");
  expect(priorityOf([], null, null)).toBe("normal");
});

it("writes rows that come to the same table", () => {
  const matrix = matrixOf(rows, severities, urgencies);
  expect(matrixOf(rowsOf(matrix), severities, urgencies)).toEqual(matrix);
});

it("changes one cell and nothing else, whichever it is", () => {
  for (const severity of [...severities, null])
    for (const urgency of [...urgencies, null])
      for (const priority of ["urgent", "low"] as const) {
        const wanted = matrixOf(rows, severities, urgencies);
        const cell = wanted.find((row) => row.severity === severity)?.cells.find((one) => one.urgency === urgency);
        if (cell) cell.priority = priority;
        const changed = withCell(rows, severities, urgencies, { severity, urgency, priority });
        expect(matrixOf(changed, severities, urgencies)).toEqual(wanted);
      }
});
