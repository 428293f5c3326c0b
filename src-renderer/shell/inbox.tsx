import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../components/button.tsx'
import { Sheet } from '../components/dialog.tsx'
import { useFormat } from '../i18n/use-format.ts'
import { targetOf } from './notice-target.ts'
import { useNoticeWords } from './notice-words.ts'
import { useInbox } from './use-inbox.ts'

/** What jobs came to; pressing one leads to what it is about. */
export function Inbox({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation()
  const inbox = useInbox()
  const format = useFormat()
  const words = useNoticeWords()
  // Read once it is closed: while it is open, one sees what is new.
  const markAllRead = useRef(inbox.markAllRead)
  markAllRead.current = inbox.markAllRead
  useEffect(() => () => markAllRead.current(), [])
  return (
    <Sheet
      open
      onOpenChange={onOpenChange}
      title={t('inbox.title')}
      {...(inbox.entries.length > 0 && {
        footer: <Button onClick={inbox.clear}>{t('inbox.clear')}</Button>,
      })}
    >
      {inbox.entries.length === 0 && <p className="py-10 text-center text-sm text-soft">{t('inbox.empty')}</p>}
      <ul className="-mx-2 flex flex-col gap-0.5">
        {inbox.entries.map(({ notice, read }) => {
          const { title, detail } = words(notice)
          return (
            <li key={`${notice.jobId} ${notice.at}`}>
              <Link
                {...targetOf(notice)}
                onClick={() => onOpenChange(false)}
                className="flex gap-3 rounded-md px-2 py-3 hover:bg-hover"
              >
                <span
                  aria-hidden="true"
                  className={`mt-1.5 size-2 shrink-0 rounded-full ${notice.outcome === 'done' ? 'bg-good' : 'bg-bad'} ${read ? 'opacity-40' : ''}`}
                />
                <span className="min-w-0">
                  <span className={`block text-sm break-words ${read ? 'font-medium text-soft' : 'font-semibold'}`}>
                    {title}
                    {!read && <span className="sr-only"> ({t('inbox.new')})</span>}
                  </span>
                  {detail !== '' && <span className="mt-0.5 block text-sm break-words text-soft">{detail}</span>}
                  <time dateTime={notice.at} className="figures mt-1 block text-xs text-faint">
                    {format.moment(notice.at)}
                  </time>
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Sheet>
  )
}
