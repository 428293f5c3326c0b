/** Keys to press, `Ctrl+K` as two of them. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="inline-flex gap-0.5 font-sans">
      {keys.split(/\+(?!$)/).map((key) => (
        <span
          key={key}
          className="figures inline-grid h-5 min-w-5 place-items-center rounded-[5px] border border-line bg-hover px-1 text-[0.6875rem] leading-none font-medium text-soft"
        >
          {key}
        </span>
      ))}
    </kbd>
  )
}
