import { render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ErrorState } from '../../src-renderer/components/error-state.tsx'
import { ReasonBars } from '../../src-renderer/features/recording/reason-bars.tsx'
import { changeLanguage } from '../../src-renderer/i18n/language.ts'
import { ClutchcutError } from '../../src-shared/contract/errors.ts'

beforeEach(() => changeLanguage('de'))
afterEach(() => changeLanguage('en'))

it('an error says what happened and what to do in German; the engine’s own words can be selected', () => {
  const said = 'There is no file at /v/a.mkv. Was it moved?'
  const { getByRole, getByText } = render(<ErrorState error={new ClutchcutError('input/not-found', said)} />)
  expect(getByRole('alert').textContent).toBe(
    `Die Datei ist nicht da.Lege sie zurück, oder gib an, wo sie jetzt liegt.Einzelheiten: ${said}input/not-found`,
  )
  expect(getByText(said).closest('[lang]')?.getAttribute('lang')).toBe('en')
  expect(getComputedStyle(getByText(said)).userSelect).toBe('text')
})

it('so does why a moment was picked; what is not known stays as it is', () => {
  const reasons = [
    { signal: 'audio.onset', weight: 0.6, text: 'Sudden loud burst, 14 dB over the 3 minutes around it' },
    { signal: 'later', weight: 0.2, text: 'Something that a later version says' },
  ]
  const { getAllByRole } = render(<ReasonBars reasons={reasons} shown={new Set()} onReason={() => {}} />)
  expect(getAllByRole('button').map(({ textContent }) => textContent?.replace(/\d+.%$/, ''))).toEqual([
    'Plötzlich laut, 14 dB mehr als in den 3 Minuten darum herum',
    'Something that a later version says',
  ])
})
