// That data are made up is said by the data, whatever command serves them.
import { expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../src/app.ts'
import { simulatedData } from '../src/db/simulated.ts'
import { rowsOf } from './rows.ts'
import { buildWorld } from './world.ts'

test('the data of a demonstration say that they are made up when another command serves them, and nobody is signed in by a link then', async () => {
  const demo = await buildWorld({ demo: true })
  onTestFinished(() => demo.close())
  const config = { ...demo.context.config, demo: false }
  const simulated = await simulatedData(demo.db, config.demo, demo.now.value)
  const served = await buildApp({ ...demo.context, config, simulated }, { webFolder: null, log: null })
  onTestFinished(() => served.close())
  const { body } = await served.inject('/api/v1/setup')
  expect(JSON.parse(body)).toEqual({ needed: false, demo: true, signInLinks: false })
})

test('SEC-04: a demonstration on a database with accounts that are not made up is refused in a sentence', async () => {
  const real = await buildWorld()
  onTestFinished(() => real.close())
  await expect(simulatedData(real.db, true, real.now.value)).rejects.toThrow('does not say that its data are made up')
  expect(await simulatedData(real.db, false, real.now.value)).toBe(false)
})

test('nobody takes the mark of made-up data away: the application cannot', async () => {
  const demo = await buildWorld({ demo: true })
  onTestFinished(() => demo.close())
  const rows = await rowsOf(
    demo.administratorUrl,
    `select r from unnest(array['tongxing_app', 'tongxing_identity', 'tongxing_export']) as r
     where has_any_column_privilege(r, 'tongxing.simulated', 'update') or has_table_privilege(r, 'tongxing.simulated', 'delete, truncate')`,
  )
  expect(rows).toEqual([])
})
