import { useEffect, useState, type ReactNode } from 'react'
import { classNames } from '../components/class-names.ts'
import type { Player } from './player.ts'

/** Pictures and what is under them: what fills the screen together. */
export function PlayerFrame({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <div
      data-player=""
      className={classNames('group/player flex flex-col gap-2 bg-page [&:fullscreen]:gap-0', className)}
    >
      {children}
    </div>
  )
}

/** Whether this player fills the screen, and what makes it do so, or ends it. */
export function useFullScreen(player: Player): readonly [full: boolean, toggle: () => void] {
  const [full, setFull] = useState(false)
  useEffect(() => {
    const look = (): void => setFull(frameOf(player) !== null && document.fullscreenElement === frameOf(player))
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [player])
  const toggle = (): void => {
    // Refused where the page is not in front: nothing is lost.
    if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => null)
    else
      void frameOf(player)
        ?.requestFullscreen()
        .catch(() => null)
  }
  return [full, toggle]
}

const frameOf = (player: Player): Element | null => player.element()?.closest('[data-player]') ?? null
