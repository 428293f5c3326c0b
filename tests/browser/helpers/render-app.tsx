import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { ApiProvider } from '../../../src-renderer/api-context.tsx'
import { App } from '../../../src-renderer/app.tsx'
import { TooltipProvider } from '../../../src-renderer/components/tooltip.tsx'
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

/** One component, with what all components may use. */
export function renderPart(part: ReactNode, answers: FakeAnswers = {}) {
  const engine = createFakeEngine(answers)
  const tree = (
    <ApiProvider api={engine}>
      <QueryClientProvider client={createQueryClient()}>
        <TooltipProvider>{part}</TooltipProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
  return { ...render(tree), engine }
}
