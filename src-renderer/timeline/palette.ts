/** The tokens that a canvas needs, as colours it understands. */
export interface Palette {
  readonly page: string
  readonly surface: string
  readonly hover: string
  readonly line: string
  readonly ink: string
  readonly soft: string
  readonly faint: string
  readonly ember: string
  readonly emberWash: string
  readonly good: string
  readonly info: string
  readonly bad: string
  readonly warn: string
  readonly font: string
}

const names = {
  page: '--page',
  surface: '--surface',
  hover: '--hover',
  line: '--line',
  ink: '--ink',
  soft: '--ink-soft',
  faint: '--ink-faint',
  ember: '--ember',
  emberWash: '--ember-wash',
  good: '--good',
  info: '--info',
  bad: '--bad',
  warn: '--warn',
} as const

/** As `element` shows them now: `light-dark()` is settled by its colour scheme. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement('span')
  // Where motion is unwanted every change still passes in an instant, and what is read is the colour before it.
  probe.style.setProperty('transition', 'none', 'important')
  // Where the system chooses the colours of text, it would choose one for all.
  probe.style.setProperty('forced-color-adjust', 'none')
  element.append(probe)
  try {
    const colours = Object.fromEntries(
      Object.entries(names).map(([name, token]) => {
        probe.style.color = `var(${token})`
        return [name, getComputedStyle(probe).color]
      }),
    ) as Record<keyof typeof names, string>
    return { ...colours, font: getComputedStyle(element).fontFamily }
  } finally {
    probe.remove()
  }
}
