import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

export interface ImportOf {
  /** As written; null for a dynamic import that is computed, which nobody can check. */
  readonly specifier: string | null
  readonly line: number
}

/** Everything a module loads or takes types from: imports, re-exports, dynamic imports. */
export function importsOf(file: string, source: string = readFileSync(file, 'utf8')): ImportOf[] {
  const { module, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`)
  const at = (offset: number): number => source.slice(0, offset).split('\n').length
  const fromStatic = module.staticImports.map(({ moduleRequest, start }) => ({
    specifier: moduleRequest.value,
    line: at(start),
  }))
  const fromExports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, start }) =>
      moduleRequest === null || moduleRequest === undefined
        ? []
        : [{ specifier: moduleRequest.value, line: at(start) }],
    ),
  )
  const fromDynamic = module.dynamicImports.map(({ moduleRequest, start }) => {
    const text = source.slice(moduleRequest.start, moduleRequest.end)
    const literal = /^(['"`])([^'"`$]+)\1$/.exec(text)
    return { specifier: literal?.[2] ?? null, line: at(start) }
  })
  return [...fromStatic, ...fromExports, ...fromDynamic]
}
