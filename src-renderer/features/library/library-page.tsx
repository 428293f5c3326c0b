import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api-context.tsx'
import { useCommands } from '../../commands.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useShortcuts, useShownKeys } from '../../shortcuts/use-shortcuts.ts'
import { DropTarget } from './drop-target.tsx'
import { LibraryToolbar } from './library-toolbar.tsx'
import { RecordingList } from './recording-list.tsx'
import { SearchResults } from './search-results.tsx'
import { isFiltered, queryOf, type LibrarySearch } from './search.ts'
import { SelectionBar } from './selection-bar.tsx'
import { libraryShortcuts } from './shortcuts.ts'
import { Underway } from './underway.tsx'
import { useAdd } from './use-add.ts'
import { useJobs } from './use-jobs.ts'
import { useRecordings } from './use-recordings.ts'
import { useSelection } from './use-selection.ts'

const FirstRun = lazy(async () => ({ default: (await import('../first-run/first-run.tsx')).FirstRun }))
const AddDialog = lazy(async () => ({ default: (await import('./add-dialog.tsx')).AddDialog }))
const route = getRouteApi('/')

const midnight = (): Date => new Date(new Date().setHours(0, 0, 0, 0))

/** All recordings: where one begins, and comes back to. */
export function LibraryPage() {
  const { t } = useTranslation()
  const search: LibrarySearch = route.useSearch()
  const navigate = route.useNavigate()
  const change = (next: LibrarySearch): void => void navigate({ search: (now) => ({ ...now, ...next }), replace: true })
  const query = useMemo(() => queryOf(search, midnight()), [search])
  const { recordings, error, retry } = useRecordings(query)
  const jobs = useJobs()
  const selection = useSelection(recordings)
  const add = useAdd()
  const [adding, setAdding] = useState(false)
  // In the desktop, the system's own dialog chooses.
  const choose = useCallback(() => {
    const desktop = window.clutchcut
    if (desktop === undefined) setAdding(true)
    else void desktop.pick({ kind: 'recordings', from: null }).then(add.paths)
  }, [add.paths])
  const frame = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  const addKeys = useShownKeys(libraryShortcuts, 'add')
  useShortcuts(libraryShortcuts, {
    search: () => searchField.current?.focus(),
    add: choose,
    selectAll: selection.all,
    clear: selection.clear,
  })
  useCommands(
    useMemo(
      () => [
        {
          id: 'library-add',
          label: t('library.add'),
          group: t('palette.do'),
          icon: <Plus size={16} />,
          keys: addKeys,
          run: choose,
        },
      ],
      [t, addKeys, choose],
    ),
  )
  const addButton = (
    <Button variant="primary" icon={<Plus size={17} />} onClick={choose}>
      {t('library.add')}
    </Button>
  )
  const isEmpty = recordings?.total === 0 && !isFiltered(search)
  const welcome = useWelcome(isEmpty)
  if (welcome) {
    return (
      <>
        <div className="flex min-h-0 grow overflow-y-auto px-4">
          <Suspense>
            <FirstRun />
          </Suspense>
        </div>
        <DropTarget onFiles={(files) => void add.files(files)} />
      </>
    )
  }
  return (
    <>
      <div ref={frame} className="min-h-0 grow overflow-y-auto px-4 pt-5 pb-24 sm:px-8 sm:pt-8">
        <PageHeader
          title={t('library.title')}
          {...(recordings !== undefined &&
            recordings.total > 0 && { detail: t('library.count', { count: recordings.total }) })}
          {...(!isEmpty && { actions: addButton })}
        />
        <div className="mt-5 mb-5">
          {!isEmpty && <LibraryToolbar search={search} onChange={change} searchField={searchField} />}
        </div>
        <Underway jobs={jobs.others} />
        {error !== null && <ErrorState error={error} onRetry={retry} />}
        {search.text !== undefined && <SearchResults text={search.text} />}
        {search.text === undefined && recordings !== undefined && recordings.total > 0 && (
          <RecordingList
            recordings={recordings}
            jobs={jobs}
            selection={selection}
            asList={search.view === 'list'}
            frame={frame}
          />
        )}
        {search.text === undefined && recordings?.total === 0 && isFiltered(search) && (
          <EmptyState title={t('library.empty.noneTitle')} text={t('library.empty.noneText')}>
            <Button onClick={() => void navigate({ search: {} })}>{t('library.filters.reset')}</Button>
          </EmptyState>
        )}
        {isEmpty && jobs.others.length === 0 && <FirstRecording addButton={addButton} onDemo={add.paths} />}
      </div>
      <SelectionBar selection={selection} add={add} />
      <DropTarget onFiles={(files) => void add.files(files)} />
      <Suspense>{adding && <AddDialog add={add} onClose={() => setAdding(false)} />}</Suspense>
    </>
  )
}

/** True from an empty library on that nobody was welcomed to, until that is done: a recording alone does not end it. */
function useWelcome(isEmpty: boolean): boolean {
  const { queries } = useApi()
  const done = useQuery(queries.settings.get.queryOptions()).data?.firstRunDone
  const [begun, setBegun] = useState(false)
  useEffect(() => {
    if (isEmpty && done === false) setBegun(true)
  }, [isEmpty, done])
  return done === false && (begun || isEmpty)
}

interface FirstProps {
  readonly addButton: React.ReactNode
  readonly onDemo: (paths: readonly string[]) => Promise<void>
}

function FirstRecording({ addButton, onDemo }: FirstProps) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const demo = useQuery(queries.setup.demo.queryOptions()).data?.path ?? null
  return (
    <EmptyState title={t('library.empty.title')} text={t('library.empty.text')}>
      {addButton}
      {demo !== null && <Button onClick={() => void onDemo([demo])}>{t('library.empty.demo')}</Button>}
    </EmptyState>
  )
}
