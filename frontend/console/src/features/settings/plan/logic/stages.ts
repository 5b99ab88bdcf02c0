import { stageKinds, type DocStage } from "./model";

type Kind = DocStage["kind"];

/** Kinds of stages that a flow can still get, in their usual order, and those that it has already. */
export function kindsLeft(stages: readonly DocStage[]): { left: Kind[]; had: Kind[] } {
  const has = new Set(stages.map((stage) => stage.kind));
  return { left: stageKinds.filter((kind) => !has.has(kind)), had: stageKinds.filter((kind) => has.has(kind)) };
}

/** Where a new stage usually stands: before the first one that usually comes later, else at the end. */
export function placeOf(stages: readonly DocStage[], kind: Kind): number {
  const order = stageKinds.indexOf(kind);
  const later = stages.findIndex((stage) => stageKinds.indexOf(stage.kind) > order);
  return later < 0 ? stages.length : later;
}
