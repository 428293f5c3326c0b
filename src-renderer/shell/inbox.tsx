import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Sheet } from '../components/dialog.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { inboxEntries, markAllRead } from '../notices.ts'
import { useStore } from '../store.ts'
import { useNoticeWords } from './notice-words.ts'

/** Notices of before. */
export function Inbox({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation()
  const entries = useStore(inboxEntries)
  const format = useFormat()
  const words = useNoticeWords()
  useEffect(() => {
    return open ? markAllRead : undefined
  }, [open])
  return (
    <Sheet
      open={open}
      onOpenChange={onOpenChange}
      title={t('inbox.title')}
      {...(entries.length > 0 && {
        footer: <Button onClick={() => inboxEntries.set([])}>{t('inbox.clear')}</Button>,
      })}
    >
      {entries.length === 0 && <p className="py-10 text-center text-sm text-soft">{t('inbox.empty')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {entries.map(({ notice, read }) => {
          const { title, detail } = words(notice)
          return (
            <li key={`${notice.jobId}${notice.at}`} className="flex gap-3 py-3.5">
              <span
                className={`mt-1.5 size-2 shrink-0 rounded-full ${notice.outcome === 'done' ? 'bg-good' : 'bg-bad'} ${read ? 'opacity-40' : ''}`}
              />
              <div className="min-w-0">
                <p className="text-sm font-medium break-words">{title}</p>
                {detail !== '' && <p className="mt-0.5 text-sm break-words text-soft">{detail}</p>}
                <time dateTime={notice.at} className="figures mt-1 block text-xs text-faint">
                  {format.moment(notice.at)}
                </time>
              </div>
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}
