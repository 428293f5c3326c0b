import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowState {
  /** Where it was when it was neither maximised nor full screen; null: in the middle. */
  readonly bounds: Box | null
  readonly maximized: boolean
}

export const smallest = { width: 360, height: 480 }
const usual = { width: 1280, height: 800 }
/** So much of the window's upper edge must be on a screen that it can be taken hold of. */
const handle = { width: 120, height: 40 }

/**
 * Where a window opens: where it was, as far as the screens that are there now show it. `work` are the screens'
 * areas without bars, the main one first. Pure.
 */
export function placeWindow(state: WindowState, work: readonly Box[]): { bounds: Partial<Box>; maximized: boolean } {
  const [main] = work
  const { bounds, maximized } = state
  if (main === undefined || bounds === null) return { bounds: fit(usual, main), maximized }
  const screen = work.find((area) => holdsHandle(area, bounds))
  if (screen === undefined) return { bounds: fit(bounds, main), maximized }
  const { width, height } = fit(bounds, screen)
  return {
    bounds: {
      x: clamp(bounds.x, screen.x, screen.x + screen.width - width),
      y: clamp(bounds.y, screen.y, screen.y + screen.height - height),
      width,
      height,
    },
    maximized,
  }
}

function fit({ width, height }: { width: number; height: number }, screen: Box | undefined) {
  return {
    width: Math.max(smallest.width, Math.min(width, screen?.width ?? width)),
    height: Math.max(smallest.height, Math.min(height, screen?.height ?? height)),
  }
}

function holdsHandle(area: Box, { x, y, width }: Box): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const down = Math.min(y + handle.height, area.y + area.height) - Math.max(y, area.y)
  return across >= Math.min(handle.width, width) && down >= handle.height
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most))
}

/** What was kept; a fresh one where there is none that can be read. */
export function readWindowState(file: string): WindowState {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as Partial<WindowState>
    return { bounds: isBox(bounds) ? bounds : null, maximized: maximized === true }
  } catch {
    return { bounds: null, maximized: false }
  }
}

function isBox(value: unknown): value is Box {
  if (typeof value !== 'object' || value === null) return false
  const { x, y, width, height } = value as Partial<Record<keyof Box, unknown>>
  return [x, y, width, height].every(Number.isSafeInteger) && Number(width) > 0 && Number(height) > 0
}

/** Never throws: a window whose place is forgotten opens in the middle. */
export function keepWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
  } catch {
    // A full disk is told of by whatever matters more.
  }
}
