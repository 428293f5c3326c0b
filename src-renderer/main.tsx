import './no-eval.ts'
import { createRoot } from 'react-dom/client'
import { connectToEngine, createApi } from './api-client.ts'
import { App } from './app.tsx'
import { exchangeToken, isLink } from './connection/socket-line.ts'
import { startLanguage } from './i18n/language.ts'
import { applyRememberedTheme } from './preferences.ts'
import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './routes.tsx'
import { listenToKeys } from './shortcuts/use-shortcuts.ts'
import './styles.css'

applyRememberedTheme()
startLanguage()
// Before the router looks at the address, which still holds the token.
await exchangeToken()
const connection = connectToEngine()
listenToKeys()
// A link that is opened in a tab of ours: what could not be loaded while the host was gone is loaded now.
window.addEventListener('hashchange', () => {
  if (isLink()) void exchangeToken().then(() => location.reload())
})

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root.')
createRoot(root).render(
  <App
    api={{ ...createApi(connection.link), connection }}
    queryClient={createQueryClient()}
    router={createAppRouter()}
  />,
)
