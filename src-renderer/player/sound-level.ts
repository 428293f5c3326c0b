import { createStore } from '../store.ts'

const REMEMBERED = 'clutchcut.sound'

export interface SoundLevel {
  /** 0 to 1. */
  readonly volume: number
  readonly muted: boolean
}

/** How loud every player is. */
export const soundLevel = createStore<SoundLevel>(remembered())

export function setSoundLevel(next: Partial<SoundLevel>): void {
  const level = { ...soundLevel.get(), ...next }
  soundLevel.set(level)
  localStorage.setItem(REMEMBERED, JSON.stringify(level))
}

function remembered(): SoundLevel {
  const loud = { volume: 1, muted: false }
  try {
    const kept = JSON.parse(localStorage.getItem(REMEMBERED) ?? '{}') as Record<string, unknown>
    const { volume, muted } = kept
    return {
      volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : loud.volume,
      muted: muted === true,
    }
  } catch {
    return loud
  }
}
