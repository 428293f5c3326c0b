/**
 * Imported before everything else. zod tries once whether it may make code from strings, which the content security
 * policy refuses and the console then reports; this tells it beforehand.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
