import { useEffect, type ReactNode } from 'react'
import { classNames } from '../components/class-names.ts'
import { createStore, useStore } from '../store.ts'

/** Pictures and what is under them: what fills the screen together. */
export function PlayerFrame({ children, className }: { children: ReactNode; className?: string }) {
  const full = useFullScreen()
  return (
    <div
      data-full={full ? '' : undefined}
      className={classNames('group/player flex flex-col gap-2 bg-page', className, full && 'fixed inset-0 z-30 gap-0')}
    >
      {children}
    </div>
  )
}

const isFull = createStore(false)

/**
 * Whether what is played fills the screen; who shows it, lays it over all else then. It is the page that fills the
 * screen, so that its menus, tooltips and dialogs do not stay behind. Leaving what is played ends it.
 */
export function useFullScreen(): boolean {
  useEffect(() => {
    const look = (): void => isFull.set(document.fullscreenElement !== null)
    document.addEventListener('fullscreenchange', look)
    return () => {
      document.removeEventListener('fullscreenchange', look)
      isFull.set(false)
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => null)
    }
  }, [])
  return useStore(isFull)
}

export function toggleFullScreen(): void {
  // Refused where the page is not in front: nothing is lost.
  const change =
    document.fullscreenElement === null ? document.documentElement.requestFullscreen() : document.exitFullscreen()
  change.catch(() => null)
}
