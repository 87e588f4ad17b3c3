// Two entries: the staff pages, and the pupil's page with a bundle of its own. Old school computers set the target.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const page = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** tweetnacl would ask Node for randomness where there is no browser; a page has its own. */
const withoutNode = {
  name: 'without-node',
  transform: (code: string, id: string) => (/\/tweetnacl\//.test(id) ? code.replace(/\brequire\b/g, 'undefined') : null),
}

export default defineConfig({
  plugins: [withoutNode],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { tweetnacl: 'tweetnacl/nacl.js' } }, // the small edition of the same library
  build: {
    target: 'chrome70',
    cssTarget: 'chrome70',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: { input: { staff: page('index.html'), pupil: page('p/index.html') } },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
