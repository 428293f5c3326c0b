import { render } from '@testing-library/react'
import { App } from '../../../src-renderer/app.tsx'
import { createQueryClient } from '../../../src-renderer/query-client.ts'
import { createAppRouter } from '../../../src-renderer/routes.tsx'
import { createFakeEngine, type FakeAnswers } from './fake-engine.ts'

/** The whole application at a page: `renderApp('/', { recordings: { list: … } })`. */
export function renderApp(path: string, answers: FakeAnswers = {}) {
  location.hash = path
  const engine = createFakeEngine(answers)
  const container = document.createElement('div')
  container.style.height = '100dvh'
  document.body.replaceChildren(container)
  const app = <App api={engine} queryClient={createQueryClient()} router={createAppRouter()} />
  return { ...render(app, { container, baseElement: document.body }), engine }
}
