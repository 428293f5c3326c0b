import type { Player } from './player.ts'

/** Speeds that can be chosen, slowest first. */
export const RATES = [0.25, 0.5, 1, 1.5, 2, 4] as const

/** As L does in editors: plays, then faster with every press. */
export function playFaster(player: Player): void {
  const rate = player.rate.get()
  if (player.playing.get()) player.setRate(RATES.find((each) => each > rate) ?? rate)
  else player.play()
}

/** As J: slower again. False where nothing plays faster than usual, and the key may mean something else. */
export function playSlower(player: Player): boolean {
  const rate = player.rate.get()
  if (!player.playing.get() || rate <= 1) return false
  player.setRate(RATES.findLast((each) => each < rate) ?? 1)
  return true
}

/** As K: stops, and forgets the speed; plays again at the usual one. */
export function stopShuttle(player: Player): void {
  player.toggle()
  player.setRate(1)
}
