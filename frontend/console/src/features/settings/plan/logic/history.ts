/** Earlier and later states of a document, to go back and forth between. */
export interface History {
  /** Notes a state that differs from the last one. */
  note: (state: string) => void;
  undo: () => string | undefined;
  redo: () => string | undefined;
  canUndo: () => boolean;
  canRedo: () => boolean;
}

/** Begins with a state; beyond `most` states the oldest are forgotten. */
export function createHistory(first: string, most = 60): History {
  let states = [first];
  let at = 0;
  return {
    note(state) {
      if (states[at] === state) return;
      states = [...states.slice(0, at + 1), state].slice(-most - 1);
      at = states.length - 1;
    },
    undo: () => (at > 0 ? states[(at -= 1)] : undefined),
    redo: () => (at < states.length - 1 ? states[(at += 1)] : undefined),
    canUndo: () => at > 0,
    canRedo: () => at < states.length - 1,
  };
}
