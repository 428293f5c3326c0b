import path from 'node:path'
import type { Plugin } from 'vite'

const ours = path.join(import.meta.dirname, '..', '..', 'src-renderer', 'components', 'style-singleton.ts')

/**
 * Two libraries put `<style>` tags on the page, which a content security policy without `unsafe-inline` refuses.
 * Scroll locking gets our constructed style sheet instead; the toasts' own styles come from their package's file,
 * which `src-renderer/styles.css` imports.
 */
export function sheetWithoutTags(): Plugin {
  return {
    name: 'sheet-without-tags',
    enforce: 'pre',
    config: () => ({ resolve: { alias: { 'react-style-singleton': ours } } }),
    transform(code, id) {
      if (!/[\\/]sonner[\\/]dist[\\/]index\.mjs/.test(id)) return null
      const inserted = /^__insertCSS\(.*\);?$/m
      if (!inserted.test(code)) throw new Error('sonner inserts its styles in another way now: look at its dist.')
      return { code: code.replace(inserted, ''), map: null }
    },
  }
}
