import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Kbd } from './kbd.tsx'

/** What makes an element say what it does when it is pointed at; never the only place where that is said. */
export const tipProps = (label: string, shortcut: string | undefined) => ({
  'data-tip': label,
  ...(shortcut !== undefined && { 'data-tip-keys': shortcut }),
})

interface Tip {
  readonly label: string
  /** Keys that do the same, as `shownKeys` gives them. */
  readonly keys: string | undefined
  readonly anchor: HTMLElement
}

const WAIT_MS = 400
/** Who just read one gets the next without waiting. */
const WARM_MS = 300
const EDGE = 8

/** One for the whole window: shows the tip of what the mouse rests on, or what the keyboard came to. */
export function Tooltips() {
  const [tip, setTip] = useState<Tip | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => listen(setTip, box), [])
  useLayoutEffect(() => {
    if (tip !== null && box.current !== null) place(box.current, tip.anchor)
  }, [tip])
  if (tip === null) return null
  return (
    // Its padding lets the pointer reach it without leaving what it belongs to.
    <div ref={box} role="tooltip" aria-hidden="true" className="fixed z-50 animate-fade py-1.5">
      <div className="flex max-w-[calc(100vw-1rem)] items-center gap-2 rounded-sm border border-line bg-raised px-2.5 py-1.5 text-xs text-ink shadow-float">
        {tip.label}
        {tip.keys !== undefined && <Kbd keys={tip.keys} />}
      </div>
    </div>
  )
}

function listen(show: (tip: Tip | null) => void, box: { readonly current: HTMLElement | null }): () => void {
  let current: HTMLElement | null = null
  /** What the keyboard came to, until it or a press goes elsewhere. */
  let focused: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let shown = false
  let closedAt = -Infinity

  function open(anchor: HTMLElement): void {
    if (!anchor.isConnected) return
    shown = true
    show({ label: anchor.dataset['tip'] ?? '', keys: anchor.dataset['tipKeys'], anchor })
  }
  function close(): void {
    clearTimeout(timer)
    if (shown) {
      show(null)
      closedAt = performance.now()
    }
    shown = false
  }
  function over({ target, pointerType }: PointerEvent): void {
    // Under a finger it would stand in the way.
    if (pointerType === 'touch' || !(target instanceof Element) || box.current?.contains(target) === true) return
    const anchor = target.closest<HTMLElement>('[data-tip]')
    if (anchor === current) return
    // A mouse that lies still is told of the page that changes under it: nobody has left what the keyboard came to.
    if (anchor === null && current === focused) return
    close()
    current = anchor
    if (anchor === null) return
    if (performance.now() - closedAt < WARM_MS) open(anchor)
    else timer = setTimeout(open, WAIT_MS, anchor)
  }
  function focus({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement) || target.dataset['tip'] === undefined || !target.matches(':focus-visible'))
      return
    close()
    current = focused = target
    open(target)
  }
  /** Until the pointer goes to another. */
  function dismiss(event: Event): void {
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return
    if (event.type === 'focusout' || event.type === 'pointerdown') focused = null
    close()
  }
  const left = (): void => {
    current = null
    close()
  }
  const ending = new AbortController()
  const options = { capture: true, passive: true, signal: ending.signal }
  document.addEventListener('pointerover', over, options)
  document.addEventListener('focusin', focus, options)
  for (const name of ['focusout', 'pointerdown', 'keydown', 'scroll']) document.addEventListener(name, dismiss, options)
  document.documentElement.addEventListener('pointerleave', left, { signal: ending.signal })
  return () => {
    ending.abort()
    clearTimeout(timer)
  }
}

/** Above its element, or below where there is no room; within the window. */
function place(box: HTMLElement, anchor: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const { width, height } = box.getBoundingClientRect()
  const above = at.top - height
  const left = Math.min(at.left + (at.width - width) / 2, window.innerWidth - width - EDGE)
  box.style.left = `${Math.max(EDGE, left)}px`
  box.style.top = `${above >= 0 ? above : at.bottom}px`
}
