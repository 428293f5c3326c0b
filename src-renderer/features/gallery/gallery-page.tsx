import { useTranslation } from 'react-i18next'
import { PageHeader } from '../../components/page-header.tsx'

export function GalleryPage() {
  const { t } = useTranslation()
  return <PageHeader title={t('gallery.title')} detail={t('gallery.detail')} />
}
