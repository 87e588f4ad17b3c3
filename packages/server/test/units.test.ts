// Where a county stands, and units that are corrected: names, codes, the city above.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addSchool, buildWorld, colleague, type School, type World } from './world.ts'

let world: World
let mine: School
beforeAll(async () => {
  world = await buildWorld()
  mine = await addSchool(world, '甲校')
})
afterAll(() => world.close())

const change = (unitId: string, body: object, person = world.管理员) => person.post(`/units/${unitId}`, body)

test('a county says its whole place: the province from its code, the city by name', async () => {
  expect((await change(world.countyId, { name: '平江县', code: '430626', prefecture: '岳阳市' })).body).toMatchObject({
    name: '平江县',
    code: '430626',
    province: '湖南省',
    prefecture: '岳阳市',
  })
  const { units } = (await world.管理员.get('/units')).body
  expect(units.find((unit: { kind: string }) => unit.kind === 'county')).toMatchObject({ province: '湖南省', prefecture: '岳阳市' })
  expect((await change(mine.schoolId, { name: '甲校', code: null, prefecture: '岳阳市' })).body.code).toBe('unit.prefecture-misplaced')
})

test('a code is refused in words when it is not built as the standard says or does not begin with the one above', async () => {
  const town = (body: object) => world.管理员.post('/units', { kind: 'township', parentId: world.countyId, name: '长寿镇', ...body })
  expect((await town({ code: '43062' })).body.code).toBe('unit.code-wrong')
  expect((await town({ code: '430624101' })).body).toMatchObject({ code: 'unit.code-outside', detail: expect.stringContaining('430626') })
  const { id } = (await town({ code: '430626101' })).body
  expect((await change(world.countyId, { name: '平江县', code: '430681' })).body.code).toBe('unit.code-below')
  const other = { kind: 'township', parentId: world.countyId, name: '嘉义镇', code: '430626101' }
  expect((await world.管理员.post('/units', other)).body.code).toBe('unit.code-taken')
  expect((await change(id, { name: '长寿镇', code: null })).body).toMatchObject({ code: null })
  expect((await change(world.countyId, { name: '平江县', code: '430681' })).status).toBe(200)
})

test('a name is corrected where it is, once; another school cannot be touched', async () => {
  const other = await addSchool(world, '乙校')
  expect((await change(mine.classId, { name: '七年级2班', code: null })).body).toMatchObject({ name: '七年级2班' })
  expect((await change(mine.schoolId, { name: '乙校', code: null })).body.code).toBe('unit.name-taken')
  const head = await colleague(world, 'head', 'administrator', mine.schoolId)
  expect((await change(mine.schoolId, { name: '甲校（新）', code: '2143000001' }, head)).status).toBe(200)
  for (const unitId of [other.schoolId, other.classId, world.countyId])
    expect((await change(unitId, { name: '被改', code: null }, head)).status).toBe(404)
})
