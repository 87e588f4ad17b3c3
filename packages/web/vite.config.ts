// Three pages, each a build of its own: the staff's, the guardian's, and the pupil's, which shares no file with it and so carries nothing that only the staff
// need. Old school computers set the target.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { sealingOnly } from './sealing-only.ts'

const input = (name: string, path: string) => ({ input: { [name]: fileURLToPath(new URL(path, import.meta.url)) } })

export default defineConfig({
  plugins: [sealingOnly],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: { alias: { tweetnacl: 'tweetnacl/nacl.js' } }, // the small edition of the same library
  build: { target: 'chrome70', cssTarget: 'chrome70', modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  environments: {
    client: { build: { rolldownOptions: input('staff', 'index.html') } },
    guardian: {
      consumer: 'client',
      build: { emptyOutDir: false, copyPublicDir: false, rolldownOptions: input('guardian', 'g/index.html') },
    },
    pupil: { consumer: 'client', build: { emptyOutDir: false, copyPublicDir: false, rolldownOptions: input('pupil', 'p/index.html') } },
  },
  builder: {}, // builds one after the other
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
