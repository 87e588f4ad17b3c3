import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './processes.ts'
import { buildWorld } from './world.ts'

const served = async () => {
  const webFolder = temporaryFolder()
  for (const folder of ['p', 'g']) mkdirSync(join(webFolder, folder))
  mkdirSync(join(webFolder, 'assets'))
  writeFileSync(join(webFolder, 'index.html'), 'the staff page')
  writeFileSync(join(webFolder, 'p', 'index.html'), 'the pupil page')
  writeFileSync(join(webFolder, 'g', 'index.html'), 'the guardian page')
  writeFileSync(join(webFolder, 'assets', 'staff-1a2b.js'), 'export {}')
  const world = await buildWorld({ webFolder })
  onTestFinished(() => world.close())
  return async (url: string) => {
    const { statusCode, body, headers } = await world.app.inject({ url })
    return { status: statusCode, body, headers }
  }
}

test('the pupil page, the staff page and whatever the staff page calls an address are served; a missing file is not', async () => {
  const get = await served()
  for (const url of ['/p/', '/p', '/p/?s=ABCDE']) expect(await get(url)).toMatchObject({ status: 200, body: 'the pupil page' })
  for (const url of ['/g', '/g/']) expect(await get(url)).toMatchObject({ status: 200, body: 'the guardian page' })
  for (const url of ['/', '/cases/0190', '/set-up', '/invitation'])
    expect(await get(url)).toMatchObject({ status: 200, body: 'the staff page' })
  expect(await get('/assets/staff-1a2b.js')).toMatchObject({
    status: 200,
    headers: { 'content-type': expect.stringContaining('javascript') },
  })
  for (const url of ['/assets/gone.js', '/api/v1/gone', '/api/gone', '/..%2fpackage.json'])
    expect({ url, ...(await get(url)) }).toMatchObject({
      url,
      status: 404,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    })
})

test('SEC-10: pages and answers carry a policy that lets nothing in from elsewhere', async () => {
  const get = await served()
  for (const url of ['/', '/p/', '/api/v1/setup', '/api/v1/gone']) {
    const { headers } = await get(url)
    expect(headers['content-security-policy']).toBe(
      "default-src 'self';img-src 'self' data:;object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'self'",
    )
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(headers).not.toHaveProperty('strict-transport-security')
  }
  expect((await get('/api/v1/setup')).headers['cache-control']).toBe('no-store')
})

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))
if (!existsSync(dist)) console.log('skipped: the built pages are not there (npm start builds them)')

test.runIf(existsSync(dist))('SEC-10: the built pages need nothing that the policy forbids', () => {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  for (const name of files.filter((file) => file.endsWith('.html'))) {
    const page = readFileSync(join(dist, name), 'utf8')
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=|(src|href)="(https?:)?\/\//)
  }
  for (const name of files.filter((file) => file.endsWith('.js')))
    expect(readFileSync(join(dist, name), 'utf8')).not.toMatch(/\beval\(|new Function\(/)
})

test('a pupil page from before an upgrade is told to reload before she sits down; this one, and whoever says nothing, is not', async () => {
  const webFolder = temporaryFolder()
  mkdirSync(join(webFolder, 'p'))
  writeFileSync(join(webFolder, 'index.html'), 'the staff page')
  writeFileSync(join(webFolder, 'p', 'index.html'), '<script type="module" crossorigin src="/assets/pupil-New_1.js"></script>')
  const world = await buildWorld({ webFolder })
  onTestFinished(() => world.close())
  const code = async (page: string) =>
    (await world.person().post('/pupil/sign-in', { locator: 'ZZZZZ', code: 'AAAAAA' }, page === '' ? {} : { 'x-page': page })).body.code
  expect(await code('http://10.0.0.5/assets/pupil-Old-9.js')).toBe('session.page-old')
  for (const page of ['http://10.0.0.5/assets/pupil-New_1.js', '', 'http://127.0.0.1:5173/src/pupil/main.tsx'])
    expect(await code(page)).toBe('session.code-wrong')
})
