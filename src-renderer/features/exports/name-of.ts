/** A file's name; libraries travel, so both kinds of separators. Pure. */
export const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path
