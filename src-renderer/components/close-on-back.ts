import { useRouter, type RegisteredRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

/** What is open, the topmost last. */
const open: { readonly close: () => void }[] = []
let unblock: (() => void) | null = null

/**
 * In a dialog: the browser's Back (and Forward) closes the topmost one instead of leaving the page below it. Nothing is
 * written into the history for it, so that there is nothing to tidy up when a dialog is closed otherwise.
 */
export function CloseOnBack({ onBack }: { onBack: () => void }): null {
  // Parts of the interface may be shown alone, without pages.
  const router: RegisteredRouter | undefined = useRouter({ warn: false })
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (router === undefined) return
    const own = { close: () => latest.current() }
    open.push(own)
    unblock ??= guard(router)
    return () => {
      open.splice(open.indexOf(own), 1)
      if (open.length > 0) return
      unblock?.()
      unblock = null
    }
  }, [router])
  return null
}

function guard({ history }: RegisteredRouter): () => void {
  // On the first page there is nowhere to go back to but out of the application, and that cannot be kept from happening.
  if (history.location.state.__TSR_index === 0) history.push(location.hash.slice(1) || '/')
  return history.block({
    enableBeforeUnload: false,
    blockerFn({ action }) {
      // Somebody who follows a link means to leave.
      if (action === 'PUSH' || action === 'REPLACE') return false
      open.at(-1)?.close()
      return true
    },
  })
}
