import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/page-header.tsx'
import { GalleryFields } from './gallery-fields.tsx'
import { GalleryLayout } from './gallery-layout.tsx'
import { GalleryOverlays } from './gallery-overlays.tsx'
import { GalleryStates } from './gallery-states.tsx'

/** Every component, in both themes side by side. */
export function GalleryPage() {
  const { t } = useTranslation()
  return (
    <div className="min-h-0 grow overflow-y-auto px-4 py-6 sm:px-8 sm:py-8">
      <PageHeader title={t('gallery.title')} detail={t('gallery.detail')} />
      <div className="mt-8 grid gap-6 xl:grid-cols-2">
        {(['dark', 'light'] as const).map((theme) => (
          <section
            key={theme}
            data-theme={theme}
            aria-label={t(`gallery.${theme}`)}
            className="flex min-w-0 flex-col gap-10 rounded-lg border border-line bg-page p-5 text-ink sm:p-7"
          >
            <p className="text-xs font-medium text-faint">{t(`gallery.${theme}`)}</p>
            <GalleryOverlays />
            <GalleryFields />
            <GalleryStates />
            <GalleryLayout />
          </section>
        ))}
      </div>
    </div>
  )
}
