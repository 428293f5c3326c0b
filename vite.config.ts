import { cpSync, existsSync } from 'node:fs'
import path from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { sheetWithoutTags } from './tools/build/sheet-without-tags.ts'

const checkout = import.meta.dirname

/** Programs of the main process; each becomes one file in dist/. The later ones join when they exist. */
const programs = ['cli', 'engine', 'infer', 'desktop', 'desktop-engine'].filter((name) =>
  existsSync(path.join(checkout, 'src-main', `${name}.ts`)),
)

/**
 * Left to node_modules: native code; what reads files of its own package; and what loads workers by path.
 * Everything else goes into the bundle, which is what makes the program start fast.
 */
const external = [/^node:/, 'electron', 'better-sqlite3', 'onnxruntime-node', /^pino(?:-pretty)?$/]

/** The bundle is flat, so what the sources find beside themselves lies beside the bundle. */
const copyMigrations = (): Plugin => ({
  name: 'copy-migrations',
  writeBundle({ dir }) {
    const from = path.join(checkout, 'src-main', 'adapters', 'library', 'migrations')
    if (dir !== undefined && existsSync(from)) cpSync(from, path.join(dir, 'migrations'), { recursive: true })
  },
})

export default defineConfig({
  root: path.join(checkout, 'src-renderer'),
  // The same files are served from a host's root, and from a protocol of the desktop's.
  base: './',
  plugins: [react(), tailwindcss(), sheetWithoutTags()],
  builder: {
    async buildApp(builder) {
      // In this order: `main` empties dist/, and the others go beside and below it.
      for (const name of ['main', 'preload', 'client']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  environments: {
    client: {
      build: {
        outDir: path.join(checkout, 'dist', 'renderer'),
        emptyOutDir: true,
        target: 'chrome140',
        sourcemap: true,
        // The content security policy allows files only: nothing inline, nothing in data: addresses.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // For the check of what the first route weighs.
        manifest: true,
      },
    },
    main: {
      consumer: 'server',
      resolve: {
        noExternal: true,
        external: ['electron', 'better-sqlite3', 'onnxruntime-node', 'pino', 'pino-pretty'],
      },
      build: {
        outDir: path.join(checkout, 'dist'),
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
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: path.join(checkout, 'dist'),
        target: 'chrome140',
        ssr: true,
        emptyOutDir: false,
        minify: false,
        rolldownOptions: {
          // Sandboxed preload scripts are CommonJS, in one file.
          input: { preload: path.join(checkout, 'src-preload', 'index.ts') },
          external: ['electron'],
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
})
