import { describe, expect, test } from 'vitest'
import type { Player } from '../../../../src-renderer/player/player.ts'
import { playFaster, playSlower, stopShuttle } from '../../../../src-renderer/player/shuttle.ts'
import { createStore } from '../../../../src-renderer/store.ts'

function playerAt(speed: number, plays: boolean): Player {
  const [rate, playing] = [createStore(speed), createStore(plays)]
  return {
    rate,
    playing,
    setRate: (next: number) => rate.set(next),
    play: () => playing.set(true),
    toggle: () => playing.set(!playing.get()),
  } as unknown as Player
}

describe('J, K and L', () => {
  test('L plays, then goes through the speeds up to the fastest', () => {
    const player = playerAt(1, false)
    playFaster(player)
    expect([player.playing.get(), player.rate.get()]).toEqual([true, 1])
    const rates = [1, 2, 3, 4].map(() => {
      playFaster(player)
      return player.rate.get()
    })
    expect(rates).toEqual([1.5, 2, 4, 4])
  })

  test('J goes back to the usual speed, then leaves the key to others', () => {
    const player = playerAt(4, true)
    expect([playSlower(player), player.rate.get()]).toEqual([true, 2])
    expect([playSlower(player), player.rate.get()]).toEqual([true, 1.5])
    expect([playSlower(player), player.rate.get()]).toEqual([true, 1])
    expect([playSlower(player), player.rate.get()]).toEqual([false, 1])
    expect(playSlower(playerAt(4, false))).toBe(false)
  })

  test('K stops, and forgets the speed', () => {
    const player = playerAt(4, true)
    stopShuttle(player)
    expect([player.playing.get(), player.rate.get()]).toEqual([false, 1])
    stopShuttle(player)
    expect(player.playing.get()).toBe(true)
  })
})
