import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Card } from '../../components/card.tsx'
import { classNames } from '../../components/class-names.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Select } from '../../components/select.tsx'
import { SearchField } from '../../components/text-field.tsx'
import { useShortcuts } from '../../shortcuts/use-shortcuts.ts'
import { sections } from './sections.ts'
import { settingsShortcuts } from './shortcuts.ts'
import { useSettings } from './use-settings.ts'

const route = getRouteApi('/settings')

const cardOf = (id: string): HTMLElement | null => document.getElementById(`settings-${id}`)

/** Shows a section, also while those above it grow with what they load, until somebody scrolls. */
function stayAt(cards: HTMLElement, id: string): () => void {
  const observer = new ResizeObserver(() => cardOf(id)?.scrollIntoView())
  observer.observe(cards)
  const ended = new AbortController()
  const end = (): void => {
    observer.disconnect()
    ended.abort()
  }
  for (const type of ['wheel', 'pointerdown', 'keydown'] as const)
    window.addEventListener(type, end, { signal: ended.signal, passive: true })
  return end
}

/** Everything that can be set. Each change is saved at once. */
export function SettingsPage() {
  const { t } = useTranslation()
  const { section: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const { queries } = useApi()
  const { settings, error, change } = useSettings()
  const isDesktop = useQuery(queries.app.info.queryOptions()).data?.host === 'desktop'
  const [text, setText] = useState('')
  const search = useRef<HTMLInputElement>(null)
  useShortcuts(settingsShortcuts, { search: () => search.current?.focus() })
  const loaded = settings !== undefined
  const cards = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (wanted === undefined || !loaded || cards.current === null) return undefined
    return stayAt(cards.current, wanted)
  }, [wanted, loaded])
  const words = text.trim().toLowerCase().split(/\s+/)
  const shown = sections.filter((section) => {
    if (section.desktopOnly === true && !isDesktop) return false
    const about = [section.title, ...section.words].map((key) => t(key).toLowerCase()).join(' ')
    return words.every((word) => about.includes(word))
  })
  const [passed, setPassed] = useState<string | null>(null)
  /** The last section whose beginning was scrolled past is the one that is read. */
  const follow = (frame: HTMLElement): void => {
    const top = frame.getBoundingClientRect().top + 120
    const atEnd = frame.scrollTop + frame.clientHeight >= frame.scrollHeight - 2
    const begun = shown.filter(({ id }) => (cardOf(id)?.getBoundingClientRect().top ?? Infinity) < top)
    setPassed((atEnd && frame.scrollTop > 0 ? shown : begun).at(-1)?.id ?? null)
  }
  const read = passed ?? shown[0]?.id
  return (
    <div
      className="relative min-h-0 grow overflow-y-auto px-4 pt-5 pb-24 sm:px-8 sm:pt-8"
      onScroll={({ currentTarget }) => follow(currentTarget)}
    >
      <PageHeader title={t('settings.title')} detail={t('settings.detail')} />
      <div className="mt-5 flex gap-10">
        <nav
          aria-label={t('settings.sectionsLabel')}
          className="sticky top-0 hidden w-44 shrink-0 self-start py-1 xl:block"
        >
          <ul className="flex flex-col gap-0.5">
            {shown.map(({ id, title }) => (
              <li key={id}>
                <Link
                  to="/settings"
                  search={{ section: id }}
                  replace
                  onClick={() => cardOf(id)?.scrollIntoView()}
                  className={classNames(
                    'block rounded-md px-2.5 py-1.5 text-sm hover:bg-hover hover:text-ink',
                    id === read ? 'bg-hover font-medium text-ink' : 'text-soft',
                  )}
                  activeOptions={{ includeSearch: true }}
                >
                  {t(title)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div ref={cards} className="flex max-w-2xl min-w-0 grow flex-col gap-4">
          <div className="flex flex-col gap-2 sm:flex-row">
            <SearchField ref={search} label={t('settings.search')} value={text} onChange={setText} />
            <div className="sm:w-64 xl:hidden">
              <Select
                compact
                label={t('settings.sectionsLabel')}
                value={wanted ?? ''}
                onChange={(id) => void navigate({ search: id === '' ? {} : { section: id }, replace: true })}
                options={[
                  { value: '', label: t('settings.toSection') },
                  ...shown.map(({ id, title }) => ({ value: id, label: t(title) })),
                ]}
              />
            </div>
          </div>
          {error !== null && <ErrorState error={error} />}
          {shown.length === 0 && <p className="py-10 text-center text-sm text-soft">{t('settings.none')}</p>}
          {settings !== undefined &&
            shown.map(({ id, title, Content }) => (
              <Card
                key={id}
                id={`settings-${id}`}
                aria-labelledby={`settings-${id}-title`}
                className="scroll-mt-4 p-4 sm:p-6"
              >
                <h2 id={`settings-${id}-title`} className="mb-4 text-lg font-semibold tracking-tight">
                  {t(title)}
                </h2>
                <div className="flex flex-col gap-5">
                  <Content settings={settings} change={change} />
                </div>
              </Card>
            ))}
        </div>
      </div>
    </div>
  )
}
