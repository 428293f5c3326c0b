import { useTranslation } from 'react-i18next'
import { Switch } from '../../../components/switch.tsx'
import type { SectionProps } from '../section.ts'

/** What only an installed application can do; in a browser this section is left out. */
export function SystemSection({ settings, change }: SectionProps) {
  const { t } = useTranslation()
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
        hint={t('settings.system.loginText')}
        checked={settings.startAtLogin}
        onChange={(startAtLogin) => change({ startAtLogin })}
      />
    </>
  )
}
