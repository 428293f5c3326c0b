import type { Preview } from '../../../src-shared/contract/detection.ts'
import { ticksFromSeconds } from '../../../src-shared/domain/time.ts'
import { classNames } from '../../components/class-names.ts'

interface Props {
  readonly preview: Preview
  readonly durationSeconds: number
  /** What it shows; read aloud. */
  readonly label: string
}

const WIDTH = 600
const HEIGHT = 56

/** Every moment that was found, as long as it is and as high as it scores; those that would be taken glow. */
export function PreviewChart({ preview, durationSeconds, label }: Props) {
  const end = Math.max(1, ticksFromSeconds(durationSeconds), ...preview.segments.map((segment) => segment.end))
  const x = (time: number): number => (time / end) * WIDTH
  const top = Math.max(0.001, ...preview.segments.map(({ score }) => score), preview.threshold)
  const y = (score: number): number => HEIGHT - (score / top) * (HEIGHT - 4)
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="h-16 w-full rounded-sm bg-page"
    >
      {preview.segments.map(({ start, end: stop, score, selected }) => (
        <rect
          key={start}
          x={x(start)}
          y={y(score)}
          width={Math.max(2, x(stop - start))}
          height={HEIGHT - y(score)}
          className={classNames('transition-colors', selected ? 'fill-ember' : 'fill-control opacity-50')}
        />
      ))}
      <line
        x1={0}
        x2={WIDTH}
        y1={y(preview.threshold)}
        y2={y(preview.threshold)}
        vectorEffect="non-scaling-stroke"
        strokeDasharray="4 4"
        className="stroke-soft"
      />
    </svg>
  )
}
