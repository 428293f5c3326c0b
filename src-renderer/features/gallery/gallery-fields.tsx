import LayoutGrid from 'lucide-react/icons/layout-grid'
import List from 'lucide-react/icons/list'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '../../components/select.tsx'
import { Slider } from '../../components/slider.tsx'
import { Switch } from '../../components/switch.tsx'
import { SearchField, TextField } from '../../components/text-field.tsx'
import { ToggleGroup } from '../../components/toggle-group.tsx'
import { GalleryGroup } from './gallery-group.tsx'

export function GalleryFields() {
  const { t } = useTranslation()
  const [title, setTitle] = useState<string>(t('gallery.sample.titleValue'))
  const [sought, setSought] = useState('')
  const [sensitivity, setSensitivity] = useState(5)
  const [learning, setLearning] = useState(true)
  const [cut, setCut] = useState<'smart' | 'encode'>('smart')
  const [view, setView] = useState<'grid' | 'list'>('grid')
  return (
    <GalleryGroup title={t('gallery.fields')}>
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={t('gallery.sample.titleLabel')}
          value={title}
          onChange={setTitle}
          hint={t('gallery.sample.titleHint')}
        />
        <TextField
          label={t('gallery.sample.titleLabel')}
          value=""
          onChange={() => {}}
          problem={t('gallery.sample.titleProblem')}
        />
        <Select
          label={t('gallery.sample.cut')}
          value={cut}
          onChange={setCut}
          options={[
            { value: 'smart', label: t('gallery.sample.smart') },
            { value: 'encode', label: t('gallery.sample.encode') },
          ]}
        />
        <Slider
          label={t('gallery.sample.sensitivity')}
          value={sensitivity}
          min={1}
          max={20}
          onChange={setSensitivity}
          hint={t('gallery.sample.sensitivityHint')}
        />
      </div>
      <Switch
        label={t('gallery.sample.learn')}
        hint={t('gallery.sample.learnHint')}
        checked={learning}
        onChange={setLearning}
      />
      <div className="flex items-center gap-2">
        <SearchField label={t('gallery.sample.search')} value={sought} onChange={setSought} />
        <ToggleGroup
          label={t('gallery.sample.view')}
          value={view}
          onChange={setView}
          options={[
            { value: 'grid', label: t('gallery.sample.grid'), icon: <LayoutGrid size={16} /> },
            { value: 'list', label: t('gallery.sample.list'), icon: <List size={16} /> },
          ]}
        />
      </div>
    </GalleryGroup>
  )
}
