// The commands as a person types them, each in a process of its own: two houses, each with a database and a data folder.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, inject, test, vi } from 'vitest'
import { temporaryFolder, withCompileCache } from './processes.ts'
import { rowsOf } from './rows.ts'
import { personAt, startServer, stopped } from './server-process.ts'
import { addSchool, colleague, settle } from './world.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 }) // real processes, on a computer that may be busy

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
type House = { readonly TONGXING_DATA: string; readonly DATABASE_URL: string }

const newHouse = async (): Promise<House> => {
  const administrator = new Client({ connectionString: inject('administratorUrl') })
  await administrator.connect()
  const name = `kit_${Math.random().toString(36).slice(2)}`
  await administrator.query(`create database ${name}`)
  await administrator.end()
  return { TONGXING_DATA: temporaryFolder(), DATABASE_URL: new URL(`/${name}`, inject('administratorUrl')).href }
}

const kit = async (house: House, args: readonly string[], typed = '') => {
  const child = spawn(process.execPath, [cli, 'kit', ...args], { env: { ...process.env, ...withCompileCache, ...house } })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stdin.end(`${typed}\n`)
  const [code] = await once(child, 'close')
  return { code, said: said.join('') }
}

test('a kit is made, taken, brought home and received by four commands, and each says what it did', async () => {
  const [county, laptop, files] = [await newHouse(), await newHouse(), temporaryFolder()]
  const server = await startServer(county)
  const now = { value: new Date() }
  const world = await settle({ now, person: (cookie) => personAt(() => server.address, cookie) }, server.setUpToken!)
  const school = await addSchool(world, '溪口学校', 3)
  await colleague(world, 'zhao', 'proctor', school.schoolId)
  const [out, home] = [join(files, 'xikou.age'), join(files, 'day.age')]
  expect(await kit(county, ['make', '溪口学校', out])).toMatchObject({
    code: 1,
    said: expect.stringContaining('is in use by another Tongxing'),
  })
  await stopped(server.child)

  const made = await kit(county, ['make', '溪口学校', out])
  expect(made).toMatchObject({ code: 0, said: expect.stringContaining('Made a kit for 溪口学校: 3 pupils, 1 people who can sign in') })
  expect(made.said).toContain('no administrator of its own')
  expect(statSync(out).mode & 0o777).toBe(0o600)
  expect(statSync(join(county.TONGXING_DATA, 'secrets/kit-key')).mode & 0o777).toBe(0o600)
  const passphrase = made.said.trim().split('\n').at(-1)!.trim()
  expect(await kit(county, ['make', '溪口学校', out])).toMatchObject({ code: 1, said: expect.stringContaining('is there already') })
  const chinese = { LC_ALL: 'zh_CN.UTF-8' }
  const until = new Date(Date.now() + 8 * 3_600_000 + 60 * 86_400_000).toISOString().slice(0, 10) // the school's day
  const again = await kit({ ...county, ...chinese }, ['make', '溪口学校', `${out}-zh`])
  expect(again.said).toContain(`溪口学校的离线包已做好：3 名学生，1 个可登录的账号，0 个计划中的场次；最后一天 ${until}\n`)
  expect(again.said).not.toMatch(/[a-z]{4} [a-z]{3}/)
  expect(await kit({ ...county, ...chinese }, ['make', '溪口学校', out])).toMatchObject({
    code: 1,
    said: `${out} 已经存在，请写一个新的文件名\n`,
  })
  expect(await kit({ ...laptop, ...chinese }, ['take', out], 'AAAAA-AAAAA-AAAAA-AAAAA')).toMatchObject({
    code: 1,
    said: expect.stringMatching(/^离线包的口令: .*口令不正确/),
  })
  expect(await kit(county, ['make', '石桥学校', `${out}2`])).toMatchObject({ code: 1, said: expect.stringContaining('no school here') })

  expect(await kit(laptop, ['take', out], 'AAAAA-AAAAA-AAAAA-AAAAA')).toMatchObject({
    code: 1,
    said: expect.stringContaining('the passphrase is not right and nothing was written'),
  })
  expect(await kit(laptop, ['take', out], passphrase)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Took the kit of 溪口学校, 测试县: 3 pupils'),
  })
  await rowsOf(laptop.DATABASE_URL, "update screening.participant set left_behind = null where sex = 'male'")
  expect(await kit(laptop, ['home', home])).toMatchObject({ code: 0, said: expect.stringContaining('Wrote day 1: 0 sheets') })

  const whole = readFileSync(home)
  writeFileSync(`${home}.cut`, whole.subarray(0, whole.length - 20))
  expect(await kit(county, ['receive', `${home}.cut`])).toMatchObject({
    code: 1,
    said: expect.stringContaining('was cut short or changed'),
  })
  expect(await kit(county, ['receive', home])).toMatchObject({ code: 0, said: expect.stringContaining('Took in day 1 of 溪口学校') })
  expect(await kit(county, ['receive', home])).toMatchObject({ code: 0, said: expect.stringContaining('nothing in it was new') })
  expect(await rowsOf(county.DATABASE_URL, 'select count(*)::int n from screening.participant where left_behind is null')).toEqual([
    { n: 1 },
  ])
  expect(await kit(laptop, ['receive', home])).toMatchObject({ code: 1, said: expect.stringContaining('for the server of another county') })
})
