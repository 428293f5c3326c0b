import { useEffect, useState, type ReactNode } from 'react'
import { TextField } from '../../components/text-field.tsx'

interface Props {
  readonly label: string
  readonly value: string
  readonly onSave: (value: string) => void
  readonly hint?: ReactNode
  /** Of what is being typed: what is wrong with it. Such a text is not saved. */
  readonly problemOf?: (text: string) => string | undefined
  /** With every letter: for an example beside it. */
  readonly onType?: (text: string) => void
}

/** A text that is saved when one leaves it or presses Enter; Escape brings the saved one back. */
export function SavedText({ label, value, onSave, hint, problemOf, onType }: Props) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const type = (next: string): void => {
    setText(next)
    onType?.(next)
  }
  const problem = problemOf?.(text)
  const save = (): void => {
    if (text !== value && problem === undefined) onSave(text)
  }
  return (
    <TextField
      label={label}
      value={text}
      onChange={type}
      hint={hint}
      {...(problem !== undefined && { problem })}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === 'Enter') save()
        if (key === 'Escape') type(value)
      }}
    />
  )
}
