// What the build leaves of the sealing library is held against the whole of it, and against the vectors of its authors.
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import nacl from 'tweetnacl'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { sealingOnly } from './sealing-only.ts'

type Left = Pick<typeof nacl, 'box' | 'setPRNG' | 'randomBytes'>

/** As the page has it: cut, for old browsers, minified. */
const leftAfterBuild = async (): Promise<{ readonly code: string; readonly nacl: Left }> => {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [sealingOnly],
    build: {
      write: false,
      target: 'chrome70',
      lib: { entry: fileURLToPath(import.meta.resolve('tweetnacl/nacl.js')), formats: ['es'] },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  const code = bundle && 'output' in bundle ? bundle.output[0].code : ''
  const module: { default: Left } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return { code, nacl: module.default }
}

const left = await leftAfterBuild()
const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'))
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test('PRIV-12: the cut library seals byte for byte as the whole one does', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), bytes(24), bytes(32), bytes(32), (message, nonce, mine, theirs) => {
      const { publicKey } = nacl.box.keyPair.fromSecretKey(theirs)
      expect(left.nacl.box(message, nonce, publicKey, mine)).toEqual(nacl.box(message, nonce, publicKey, mine))
    }),
    { numRuns: 100 },
  )
})

test('PRIV-12: the cut library makes the key pairs that the whole one makes of the same randomness', () => {
  fc.assert(
    fc.property(bytes(32), (secret) => {
      left.nacl.setPRNG((out) => out.set(secret))
      expect(left.nacl.box.keyPair()).toEqual(nacl.box.keyPair.fromSecretKey(secret))
    }),
    { numRuns: 20 },
  )
})

test('PRIV-12: the cut library gives the box that the authors of NaCl print for theirs', () => {
  const alice = hex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a')
  const bob = hex('de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')
  const nonce = hex('69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37')
  const message = hex(
    'be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31' +
      '0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864' +
      '5e0705',
  )
  const box = hex(
    'f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186ac0dfc17c98dce87b4da7f011ec48c972' +
      '71d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b3' +
      '7973f622a43d14a6599b1f654cb45a74e355a5',
  )
  expect(left.nacl.box(message, nonce, bob, alice)).toEqual(box)
})

test('the cut library is half of the whole, and asks nobody but the browser for randomness', () => {
  expect(left.code.length).toBeLessThan(8000)
  expect(left.code).not.toMatch(/\brequire\b|sign|hash/)
  expect(left.code).toContain('getRandomValues')
})
