// How the desk becomes files: web/dist/desk, which any server can give away at /desk/. `vite web` works on it, beside a running register.
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** React Aria speaks thirty languages; ours are three, and `en-US` is its English. */
const threeLanguages: Plugin = {
  name: 'three-languages',
  load: (id) =>
    /react-aria.*\/[a-z]{2}-[A-Z]{2}\.mjs$/.test(id) && !/(fi-FI|sv-SE|en-US)\.mjs$/.test(id)
      ? 'export default {}'
      : null,
}

const oneFile = (url = ''): string => (/^\/desk(\/[^.]*)?$/.test(url.split('?', 1).join('')) ? '/desk/index.html' : url)

/** Every address of the desk is the same page, as the register itself answers. */
const onePage: Plugin = {
  name: 'one-page',
  configureServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      request.url = oneFile(request.url)
      next()
    })
  },
  configurePreviewServer: ({ middlewares }) => {
    middlewares.use((request, _response, next) => {
      request.url = oneFile(request.url)
      next()
    })
  },
}

export default defineConfig({
  root: import.meta.dirname,
  appType: 'mpa',
  plugins: [react(), threeLanguages, onePage],
  build: {
    outDir: 'dist',
    // Addresses and files agree: /desk/assets/… lies in dist/desk/assets.
    assetsDir: 'desk/assets',
    rolldownOptions: {
      // The published verifier is fetched as anyone fetches it, and is no part of the desk.
      external: ['/access-log/verify.mjs'],
      input: join(import.meta.dirname, 'desk/index.html'),
      output: {
        chunkFileNames: ({ name }) => `desk/assets/${name.replace(/~.*/, '')}-[hash].js`,
        codeSplitting: {
          groups: [
            // In one file with zod, so that no schema is made before.
            { name: 'checks', test: /node_modules\/zod\/|kit\/no-eval/, priority: 3 },
            // A browser fetches six files at once: what is needed at first is one, and what pages share a few, not forty.
            { name: 'refusals', test: /web\/desk\/\w+\/(.*\/)?refusals\.ts$/, priority: 2 },
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 6_000, priority: 1 },
          ],
        },
      },
    },
    // The first browsers that know light-dark(), which the two themes stand on.
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    // The first file is meant to be one; what it may weigh is measured compressed, by a test.
    chunkSizeWarningLimit: 700,
    // No file becomes a data: address, so that the page needs no exception in its content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/access-log': `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`,
      '/api': `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`,
    },
  },
})
