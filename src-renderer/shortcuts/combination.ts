/**
 * A combination of keys, as it is stored: modifiers in this order, then the key as `KeyboardEvent.key` names it,
 * letters in upper case: `Mod+Shift+K`, `Space`, `?`. `Mod` is Command on a Mac and Ctrl elsewhere. With signs that
 * are no letters, Shift is part of typing them, not of the combination.
 */
export function combinationOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  mac: boolean,
): string | null {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead', 'Unidentified'].includes(event.key)) return null
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase()
  return [
    (mac ? event.metaKey : event.ctrlKey) && 'Mod',
    (mac ? event.ctrlKey : event.metaKey) && (mac ? 'Ctrl' : 'Meta'),
    event.altKey && 'Alt',
    event.shiftKey && !sign && 'Shift',
    key,
  ]
    .filter((part) => part !== false)
    .join('+')
}

const names: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
  Delete: 'Del',
}

/** The same for people: `Ctrl+K`, `⌘+K`, `←`. */
export function shownKeys(combination: string, mac: boolean): string {
  return combination
    .split(/\+(?!$)/)
    .map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
      if (mac && part === 'Alt') return '⌥'
      if (mac && part === 'Shift') return '⇧'
      return names[part] ?? part
    })
    .join('+')
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)
