import { useQuery } from '@tanstack/react-query'
import LayoutGrid from 'lucide-react/icons/layout-grid'
import List from 'lucide-react/icons/list'
import { useEffect, useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { Button } from '../../components/button.tsx'
import { Select } from '../../components/select.tsx'
import { SearchField } from '../../components/text-field.tsx'
import { ToggleGroup } from '../../components/toggle-group.tsx'
import { Toolbar } from '../../components/toolbar.tsx'
import { orders, periods, states, type LibrarySearch } from './search.ts'

/** While somebody types. */
const PAUSE_MS = 180

interface Props {
  readonly search: LibrarySearch
  readonly onChange: (change: LibrarySearch) => void
  readonly searchField: Ref<HTMLInputElement>
}

export function LibraryToolbar({ search, onChange, searchField }: Props) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const games = useQuery(queries.recordings.games.queryOptions()).data ?? []
  const [text, setText] = useTypedText(search.text ?? '', (typed) =>
    onChange({ text: typed === '' ? undefined : typed }),
  )
  const any = (label: string) => ({ value: '', label })
  return (
    <div className="flex flex-col gap-2 xl:flex-row">
      <div className="min-w-0 grow xl:max-w-sm">
        <SearchField ref={searchField} label={t('library.filters.search')} value={text} onChange={setText} />
      </div>
      <Toolbar
        label={t('library.filters.label')}
        className="max-sm:-mx-4 max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-4 max-sm:py-0.5 [&>*]:shrink-0"
      >
        {games.length > 0 && (
          <Select
            compact
            label={t('library.filters.game')}
            value={search.game ?? ''}
            onChange={(game) => onChange({ game: game === '' ? undefined : game })}
            options={[any(t('library.filters.anyGame')), ...games.map(({ game }) => ({ value: game, label: game }))]}
          />
        )}
        <Select
          compact
          label={t('library.filters.date')}
          value={search.period ?? ''}
          onChange={(period) => onChange({ period: period === '' ? undefined : period })}
          options={[
            any(t('library.filters.anyDate')) as { value: ''; label: string },
            ...(Object.keys(periods) as (keyof typeof periods)[]).map((period) => ({
              value: period,
              label: t(`library.filters.${period}`),
            })),
          ]}
        />
        <Select
          compact
          label={t('library.filters.state')}
          value={search.state ?? ''}
          onChange={(state) => onChange({ state: state === '' ? undefined : state })}
          options={[
            any(t('library.filters.anyState')) as { value: ''; label: string },
            ...states.map((state) => ({ value: state, label: t(`library.states.${state}`) })),
          ]}
        />
        <Button
          variant={search.clips === true ? 'quiet' : 'secondary'}
          aria-pressed={search.clips === true}
          onClick={() => onChange({ clips: search.clips === true ? undefined : true })}
        >
          {t('library.filters.clips')}
        </Button>
        <Select
          compact
          label={t('library.filters.order')}
          value={search.order ?? 'newest'}
          onChange={(order) => onChange({ order: order === 'newest' ? undefined : order })}
          options={orders.map((order) => ({ value: order, label: t(`library.orders.${order}`) }))}
        />
        <ToggleGroup
          label={t('library.filters.view')}
          value={search.view ?? 'grid'}
          onChange={(view) => onChange({ view: view === 'list' ? 'list' : undefined })}
          options={[
            { value: 'grid', label: t('library.filters.grid'), icon: <LayoutGrid size={16} /> },
            { value: 'list', label: t('library.filters.list'), icon: <List size={16} /> },
          ]}
        />
      </Toolbar>
    </div>
  )
}

/** What is typed, told when the typing pauses. */
function useTypedText(given: string, tell: (text: string) => void): [string, (text: string) => void] {
  const [text, setText] = useState(given)
  useEffect(() => setText(given), [given])
  useEffect(() => {
    if (text === given) return
    const timer = setTimeout(() => tell(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return [text, setText]
}
