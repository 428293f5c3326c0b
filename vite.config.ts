import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const checkout = import.meta.dirname

/** Programs of the main process; each becomes one file in dist/. The later ones join when they exist. */
const programs = ['cli', 'engine', 'infer', 'watchdog'].filter((name) =>
  existsSync(path.join(checkout, 'src-main', `${name}.ts`)),
)

/**
 * Left to node_modules: native code; what reads files of its own package; and what loads workers by path.
 * Everything else goes into the bundle, which is what makes the program start fast.
 */
const external = [/^node:/, 'better-sqlite3', 'onnxruntime-node', /^pino(?:-pretty)?$/]

/** The bundle is flat, so what the sources find beside themselves lies beside the bundle. */
const copyMigrations = (): Plugin => ({
  name: 'copy-migrations',
  writeBundle({ dir }) {
    const from = path.join(checkout, 'src-main', 'adapters', 'library', 'migrations')
    if (dir !== undefined && existsSync(from)) cpSync(from, path.join(dir, 'migrations'), { recursive: true })
  },
})

export default defineConfig({
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name === 'main') await builder.build(environment)
      }
    },
  },
  environments: {
    main: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['better-sqlite3', 'onnxruntime-node', 'pino', 'pino-pretty'] },
      build: {
        outDir: 'dist',
        target: 'node24',
        ssr: true,
        emptyOutDir: true,
        sourcemap: true,
        minify: false,
        rolldownOptions: {
          input: Object.fromEntries(programs.map((name) => [name, path.join(checkout, 'src-main', `${name}.ts`)])),
          external,
          output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
          plugins: [copyMigrations()],
        },
      },
    },
  },
})
