import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../components/card.tsx'
import { SplitPane } from '../../components/split-pane.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { Thumbnail, ThumbnailLabel } from '../../components/thumbnail.tsx'
import { useFormat } from '../../i18n/use-format.ts'
import { GalleryGroup } from './gallery-group.tsx'

const grounds = ['bg-page', 'bg-surface', 'bg-raised', 'bg-hover', 'bg-pressed', 'bg-line', 'bg-control', 'bg-ember']

export function GalleryLayout() {
  const { t } = useTranslation()
  const format = useFormat()
  const [tab, setTab] = useState('one')
  return (
    <>
      <GalleryGroup title={t('gallery.layout')}>
        <Tabs
          label={t('gallery.sample.tabs')}
          value={tab}
          onChange={setTab}
          tabs={[
            {
              id: 'one',
              label: t('gallery.sample.tabOne'),
              content: (
                <div className="grid grid-cols-2 gap-4">
                  <Thumbnail jpeg={null} alt="">
                    <ThumbnailLabel className="right-2 bottom-2">{format.duration(3725)}</ThumbnailLabel>
                  </Thumbnail>
                  <Thumbnail jpeg={undefined} alt="" />
                </div>
              ),
            },
            { id: 'two', label: t('gallery.sample.tabTwo'), content: t('gallery.sample.toastText') },
          ]}
        />
        <Card className="flex h-32 p-3">
          <SplitPane
            label={t('gallery.sample.split')}
            main={<div className="grid h-full place-items-center rounded-md bg-hover">{t('gallery.sample.main')}</div>}
            side={<div className="grid h-full place-items-center rounded-md bg-hover">{t('gallery.sample.side')}</div>}
          />
        </Card>
      </GalleryGroup>
      <GalleryGroup title={t('gallery.colours')}>
        <div className="flex flex-wrap gap-2">
          {grounds.map((ground) => (
            <span key={ground} className={`size-10 rounded-md border border-line ${ground}`} />
          ))}
        </div>
      </GalleryGroup>
    </>
  )
}
