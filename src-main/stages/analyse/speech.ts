/**
 * How likely a half second holds speech, 0 to 1: a heuristic, not a voice-activity model. Speech is the sound that has
 * all three of: its power between the deepest pitch and the top of the telephone band (120–3400 Hz), a level that rises and falls with the syllables (2–8 Hz,
 * Houtgast and Steeneken 1985), and voiced, that is periodic, stretches. Noise lacks the third, music mostly the
 * second, explosions and engines the first. Each part is a ramp between what ordinary sounds and clear speech measure;
 * the product is their geometric mean, so that one missing part is enough to say no.
 */
export function speechProbability(voiceShare: number, modulationDb: number, harmonicity: number): number {
  return Math.cbrt(ramp(voiceShare, 0.5, 0.9) * ramp(modulationDb, 3, 8) * ramp(harmonicity, 0.3, 0.7))
}

function ramp(value: number, from: number, to: number): number {
  return value <= from ? 0 : value >= to ? 1 : (value - from) / (to - from)
}

/** Band-pass of a level curve around the syllable rate: a biquad (RBJ cookbook, 0 dB peak), 2 to 8 Hz. */
export function createSyllableFilter(rowsPerSecond: number): { next(level: number): number; reset(): void } {
  const centre = 4
  const q = centre / 6
  const w = (2 * Math.PI * centre) / rowsPerSecond
  const alpha = Math.sin(w) / (2 * q)
  const b0 = alpha / (1 + alpha)
  const a1 = (-2 * Math.cos(w)) / (1 + alpha)
  const a2 = (1 - alpha) / (1 + alpha)
  let [x1, x2, y1, y2, started] = [0, 0, 0, 0, false]
  return {
    next(level) {
      // A level that was always there is no modulation.
      if (!started) [x1, x2, started] = [level, level, true]
      const y = b0 * (level - x2) - a1 * y1 - a2 * y2
      x2 = x1
      x1 = level
      y2 = y1
      y1 = y
      return y
    },
    reset() {
      ;[x1, x2, y1, y2, started] = [0, 0, 0, 0, false]
    },
  }
}
