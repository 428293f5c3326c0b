import { cleanup, configure } from '@testing-library/react'
import { toast } from 'sonner'
import { afterEach } from 'vitest'
import { startLanguage } from '../../src-renderer/i18n/language.ts'
import '../../src-renderer/styles.css'

startLanguage()
configure({
  // A page's code is loaded when it is opened, and the first time takes a while.
  asyncUtilTimeout: 30_000,
  // What is told to screen readers is mostly seen, too: a text is looked for where it is seen.
  defaultIgnore: 'script, style, [aria-live][role=status]',
})
// Notices stay while nobody can see the page: looking for them may take a busy machine longer than they would last.
Object.defineProperty(document, 'hidden', { get: () => true })
afterEach(() => {
  // They outlive the page: the next one would show them too.
  toast.dismiss()
  cleanup()
})
