import { useEffect } from 'react'

/** Styles of the page while at least one user wants them, in a constructed sheet: a strict policy refuses tags. */
export function stylesheetSingleton(): { add(styles: string): void; remove(): void } {
  let users = 0
  let sheet: CSSStyleSheet | null = null
  return {
    add(styles) {
      users++
      if (sheet !== null) return
      sheet = new CSSStyleSheet()
      sheet.replaceSync(styles)
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
    },
    remove() {
      users--
      if (users > 0 || sheet === null) return
      const gone = sheet
      sheet = null
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== gone)
    },
  }
}

/** Stands in for `react-style-singleton` (see tools/build/sheet-without-tags.ts): the same function, without tags. */
export function styleSingleton(): (props: { styles: string; dynamic?: boolean }) => null {
  const sheet = stylesheetSingleton()
  return function Sheet({ styles, dynamic }) {
    useEffect(() => {
      sheet.add(styles)
      return () => sheet.remove()
    }, [dynamic === true ? styles : ''])
    return null
  }
}
