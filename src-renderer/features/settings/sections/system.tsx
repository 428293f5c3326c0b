import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api-context.tsx'
import { Switch } from '../../../components/switch.tsx'
import type { SectionProps } from '../section.ts'

/** What only an installed application can do; in a browser it says so. */
export function SystemSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
  const { queries } = useApi()
  const app = useQuery(queries.app.info.queryOptions()).data
  if (app === undefined) return null
  if (app.host !== 'desktop') return <p className="text-sm text-soft">{t('settings.system.browser')}</p>
  return (
    <>
      <Switch
        label={t('settings.system.notifications')}
        hint={t('settings.system.notificationsText')}
        checked={settings.notifications}
        onChange={(notifications) => change({ notifications })}
      />
      <Switch
        label={t('settings.system.login')}
        checked={settings.startAtLogin}
        onChange={(startAtLogin) => change({ startAtLogin })}
      />
    </>
  )
}
