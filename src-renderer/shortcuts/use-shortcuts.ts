import { useEffect, useRef } from 'react'
import { createStore, useStore } from '../store.ts'
import { combinationOf, isMac, shownKeys } from './combination.ts'
import type { ShortcutGroup } from './table.ts'

type Handlers<Group extends ShortcutGroup> = {
  readonly [Name in keyof Group['shortcuts']]?: (event: KeyboardEvent) => void
}

interface Layer {
  /** Null: nothing below hears keys (a dialog is open). */
  readonly find: ((combination: string) => ((event: KeyboardEvent) => void) | undefined) | null
}

/** Those mounted last hear first. */
const layers: Layer[] = []

/** What the settings say: which shortcut, and the combinations that trigger it instead of its own. */
export const ownKeys = createStore<Readonly<Record<string, readonly string[]>>>({})

/** The combinations of a shortcut, with the settings applied. */
export function keysOf(group: ShortcutGroup, name: string): readonly string[] {
  return ownKeys.get()[`${group.group}.${name}`] ?? group.shortcuts[name]?.keys ?? []
}

/** Its first combination for people, to show beside what it does; absent where it has none. */
export function useShownKeys(group: ShortcutGroup, name: string): string | undefined {
  useStore(ownKeys)
  const [first] = keysOf(group, name)
  return first === undefined ? undefined : shownKeys(first, isMac())
}

/** While this is mounted and `enabled`, keys do these things. Text fields keep their keys. */
export function useShortcuts<Group extends ShortcutGroup>(
  group: Group,
  handlers: Handlers<Group>,
  { enabled = true }: { enabled?: boolean } = {},
): void {
  const latest = useRef(handlers)
  latest.current = handlers
  useEffect(() => {
    if (!enabled) return
    return addLayer({
      find(combination) {
        const name = Object.keys(latest.current).find((each) => keysOf(group, each).includes(combination))
        return name === undefined ? undefined : latest.current[name as keyof Group['shortcuts']]
      },
    })
  }, [group, enabled])
}

/** Keeps keys from what lies below: the first thing in a dialog, so that the dialog's own come after it. */
export function ShortcutBarrier(): null {
  useEffect(() => addLayer({ find: null }), [])
  return null
}

function addLayer(layer: Layer): () => void {
  layers.push(layer)
  return () => void layers.splice(layers.indexOf(layer), 1)
}

/** One listener for the whole window. Returns what ends it. */
export function listenToKeys(target: Window = window): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return
    const combination = combinationOf(event, isMac())
    if (combination === null || belongsToControl(event, combination)) return
    for (const layer of layers.toReversed()) {
      if (layer.find === null) return
      const handler = layer.find(combination)
      if (handler === undefined) continue
      event.preventDefault()
      handler(event)
      return
    }
  }
  target.addEventListener('keydown', listen)
  return () => target.removeEventListener('keydown', listen)
}

/** Whether the focused control is what the key is for: typing, or pressing a button. */
function belongsToControl({ target }: KeyboardEvent, combination: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  const typing =
    target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  if (typing) return !/^Mod\+[B-Z]$/.test(combination) || /^Mod\+[CVXZY]$/.test(combination)
  const pressing = combination === 'Space' || combination === 'Enter'
  if (pressing)
    return target.matches('button, a, summary, [role=button], [role=menuitem], [role=option], [role=switch]')
  const moving = combination.startsWith('Arrow')
  return moving && target.matches('[role=slider], [role=separator], [role=tab], [role=radio]')
}
