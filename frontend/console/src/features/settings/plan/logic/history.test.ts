import { expect, it } from "vitest";
import { createHistory } from "./history";

it("goes back and forth, and forgets what was undone once something new is done", () => {
  const history = createHistory("a");
  history.note("a");
  expect(history.canUndo()).toBe(false);
  history.note("b");
  history.note("c");
  expect([history.undo(), history.undo(), history.undo()]).toEqual(["b", "a", undefined]);
  expect(history.redo()).toBe("b");
  history.note("d");
  expect(history.canRedo()).toBe(false);
  expect(history.undo()).toBe("b");
});

it("keeps only the latest states", () => {
  const history = createHistory("0", 2);
  for (const state of ["1", "2", "3"]) history.note(state);
  expect([history.undo(), history.undo(), history.undo()]).toEqual(["2", "1", undefined]);
});
