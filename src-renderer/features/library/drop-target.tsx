import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Planet } from '../../components/planet.tsx'

/** The whole window takes files; this shows it while some hang over it. */
export function DropTarget({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    // Entering a child comes before leaving its parent.
    let depth = 0
    const ended = new AbortController()
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void): void =>
      window.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files') !== true) return
          event.preventDefault()
          act(event)
        },
        { signal: ended.signal },
      )
    listen('dragenter', () => setOver(++depth > 0))
    listen('dragleave', () => setOver(--depth > 0))
    listen('dragover', () => {})
    listen('drop', ({ dataTransfer }) => {
      depth = 0
      setOver(false)
      latest.current([...(dataTransfer?.files ?? [])])
    })
    return () => ended.abort()
  }, [])
  if (!over) return null
  return (
    <div className="pointer-events-none fixed inset-3 z-50 grid animate-fade place-items-center rounded-lg border-2 border-dashed border-ember bg-page/90">
      <div className="flex flex-col items-center gap-6">
        <Planet className="w-56" />
        <p className="text-lg font-semibold">{t('library.drop')}</p>
      </div>
    </div>
  )
}
