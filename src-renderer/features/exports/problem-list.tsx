import TriangleAlert from 'lucide-react/icons/triangle-alert'
import type { ExportProblem } from './export-problems.ts'

/** What a platform would refuse, while it can still be changed. */
export function ProblemList({ problems, of }: { problems: readonly ExportProblem[]; of: number }) {
  if (problems.length === 0) return null
  return (
    <div role="status" className="rounded-md bg-warn-wash p-3 text-sm">
      <ul className="flex flex-col gap-2">
        {problems.map(({ text, clips }) => (
          <li key={text} className="flex gap-2.5">
            <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
            <span className="min-w-0 break-words">
              {text}
              {of > 1 && <span className="block text-xs text-soft">{clips.join(', ')}</span>}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
