let context: AudioContext | null = null;

/** Browsers allow sound only after a gesture; from the first one on the context is ready. */
export function unlockSound(): void {
  const unlock = () => {
    context ??= new AudioContext();
    void context.resume();
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, unlock, { once: true, capture: true });
}

/** Two short soft notes. */
export function beep(): void {
  if (context?.state !== "running") return;
  const now = context.currentTime;
  [660, 880].forEach((frequency, i) => {
    const audio = context as AudioContext;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const at = now + i * 0.11;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.22);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + 0.24);
  });
}
