// A school's spreadsheet in a real browser on the real server: chosen, set right, a dry run, decided, written. The pictures are for the manual.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cell, xlsx } from '../packages/server/test/spreadsheets.ts'
import { readProtocol } from '../scripts/demo/protocol.ts'
import { type ServerProcess, startServer } from '../scripts/demo/server-process.ts'
import { signInLinks } from '../scripts/demo/staff.ts'
import { buildCounty } from '../scripts/demo/walk.ts'
import { hasBrowser, openBrowser, overflow, picture, type Screen, type Visitor, visit } from './browser/browser.ts'

type Pupil = {
  readonly name: string
  readonly studentNumber: string | null
  readonly sex: string
  readonly birthDate: string
  readonly leftBehind: boolean | null
}

let folder: string
let server: ServerProcess
let county: Awaited<ReturnType<typeof buildCounty>>
let browser: Browser

const rosterOf = async (classId: string) =>
  (await county.administrator.get<{ participants: readonly Pupil[] }>(`/classes/${classId}/participants`)).participants

const line = ({ name, studentNumber, sex, birthDate, leftBehind }: Pupil, className: string | null): Cell[] => [
  [...name].length === 2 ? [...name].join('　') : name,
  studentNumber,
  sex === 'female' ? '女' : '男',
  birthDate.replace('-', '年').replace('-', '月').concat('日'),
  className,
  leftBehind ? '是' : '否',
  '13800000000',
]

/** The roster of a school as its office writes it: a title, the class once in a merged cell, a phone column, and the quirks of a year. */
const officeFile = (first: readonly Pupil[], second: readonly Pupil[]) => {
  const header: Cell[] = ['姓名', '学籍号', '性别', '出生日期', '班级', '留守情况', '联系电话']
  const changed = { ...first[1]!, leftBehind: !first[1]!.leftBehind }
  const renamed = { ...first[2]!, name: `${first[2]!.name.slice(0, -1)}芯` }
  const kept = [first[0]!, changed, renamed, ...first.slice(3, 24)]
  const rows: Cell[][] = [
    ['演示青禾学校 2026 学年学生名册（虚构）'],
    [],
    header,
    ...kept.map((pupil, place) => line(pupil, place === 0 ? '七年级（1）班' : null)),
    ...second.map((pupil) => line(pupil, '七（2）班')),
    ['李新来', { number: 20260901 }, '女', { number: 41365, look: 'date' }, '七（2）班', '否', null],
    ['周缩写', { number: '4.40301E+17' }, '男', '2013-02-30', '七（2）班', '不详', null],
    ['吴八年级', null, '女', '2012/3/5', '八年级3班', null, null],
  ]
  return xlsx([
    { name: '填表说明', rows: [['请如实填写']] },
    { name: '学生名册', rows, merges: ['A1:G1', `E4:E${3 + kept.length}`] },
  ])
}

const arrive = async (screen: Screen, language = 'zh-CN'): Promise<Visitor> => {
  const visitor = await visit(browser, server.address, screen, language)
  const [link] = await signInLinks(server.address, county.administrator, [county.account])
  await visitor.page.goto(link!.url)
  await visitor.page
    .getByRole('link', { name: /^(班级|Classes)$/ })
    .first()
    .waitFor()
  return visitor
}

describe.runIf(hasBrowser)('a roster from a file', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tongxing-roster-'))
    browser = await openBrowser()
    server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
    county = await buildCounty({ server, out: { write: () => {} } }, await readProtocol())
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('goes from the spreadsheet to the class: preview, dry run, decision, confirmation', async () => {
    const school = county.schools[0]!
    const [one, two] = [await rosterOf(school.classes[0]!.id), await rosterOf(school.classes[1]!.id)]
    const path = join(folder, '名册.xlsx')
    writeFileSync(path, officeFile(one, two))
    const visitor = await arrive('desk')
    const { page } = visitor
    await page.goto(`/classes/${school.id}/roster`)
    await page.getByRole('button', { name: '选择文件' }).waitFor()
    await picture(visitor, 'roster-choose')
    await page.setInputFiles('input[type=file]', path)
    await page.getByRole('heading', { name: '各列是什么' }).waitFor()
    expect(await page.getByLabel('学籍号').inputValue()).toBe('studentNumber')
    expect(await page.getByLabel('联系电话').inputValue()).toBe('')
    await picture(visitor, 'roster-columns', true)
    await page.getByRole('button', { name: '预演' }).click()
    const tab = (name: string) => page.getByRole('tab', { name })
    await tab('不能导入').waitFor()
    const counts = await page.getByRole('tab').allTextContents()
    expect(counts).toEqual(['2 不能导入', '1 疑似同一人', '1 新学生', '1 有变化', '1 文件中没有', '47 没有变化'])
    await picture(visitor, 'roster-invalid', true)
    const write = page.getByRole('button', { name: '写入名册' })
    expect(await write.isDisabled()).toBe(true)
    await page.getByRole('button', { name: '同时建立这些班' }).click()
    await tab('1 不能导入').waitFor()
    await page.getByLabel('跳过这 1 行，导入其余的').check()
    await tab('疑似同一人').click()
    await picture(visitor, 'roster-suspected', true)
    await page.getByLabel('同一人', { exact: true }).check()
    await tab('疑似同一人').focus()
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight')
    expect(await page.getByLabel(`${one[24]!.name} 已离校`).isChecked()).toBe(false)
    await picture(visitor, 'roster-missing', true)
    await write.click()
    await page.getByRole('dialog').getByText('新增 2 名，更改 2 名，跳过 1 行，离校 0 名').waitFor()
    await picture(visitor, 'roster-confirm')
    await page.getByRole('dialog').getByRole('button', { name: '写入名册' }).click()
    await page.getByText('已写入名册').waitFor()
    await picture(visitor, 'roster-done')
    expect(await rosterOf(school.classes[0]!.id)).toHaveLength(25)
    expect((await rosterOf(school.classes[1]!.id)).map((pupil) => pupil.name)).toContain('李新来')
    expect(visitor.faults).toEqual([])
    await visitor.context.close()
  })

  test('fits a phone, and a refused file is told on the page and another one can be chosen', async () => {
    const school = county.schools[1]!
    const [old, good] = [join(folder, '旧.xls'), join(folder, '名单.csv')]
    writeFileSync(old, Buffer.from('d0cf11e0a1b11ae1', 'hex'))
    writeFileSync(good, '姓名,性别,出生日期,班级\n新同学,女,2013-04-05,七年级1班\n')
    const visitor = await arrive('phone')
    const { page } = visitor
    await page.goto(`/classes/${school.id}/roster`)
    await page.setInputFiles('input[type=file]', old)
    await page.getByRole('alert').getByText('另存为 .xlsx').waitFor()
    await picture(visitor, 'roster-refused-phone')
    await page.setInputFiles('input[type=file]', good)
    await page.getByRole('button', { name: '预演' }).click()
    await page.getByRole('tab', { name: '1 新学生' }).waitFor()
    expect(await overflow(visitor)).toBe(0)
    await picture(visitor, 'roster-phone', true)
    await visitor.context.close()
  })

  test('two thousand rows are compared, and drawn a hundred at a time, in English too', async () => {
    const school = county.schools[2]!
    const path = join(folder, '两千.csv')
    const rows = Array.from({ length: 2000 }, (_, place) => `学生${place},N${place},${place % 2 ? '男' : '女'},2013-05-09,七年级1班`)
    writeFileSync(path, ['姓名,学号,性别,出生日期,班级', ...rows].join('\n'))
    const visitor = await arrive('desk', 'en')
    const { page } = visitor
    await page.goto(`/classes/${school.id}/roster`)
    await page.setInputFiles('input[type=file]', path)
    await page.getByRole('button', { name: 'Dry run' }).click()
    await page.getByRole('tab', { name: '2000 New' }).click()
    expect(await page.locator('.roster-rows tbody tr').count()).toBe(100)
    await page.getByRole('button', { name: 'Show 500 more rows' }).click()
    expect(await page.locator('.roster-rows tbody tr').count()).toBe(600)
    await page.getByRole('tab', { name: '50 Not in the file' }).click()
    await picture(visitor, 'roster-missing-en')
    await page.goto('/classes')
    await page.getByRole('link', { name: 'Roster of the school from a file' }).first().waitFor()
    await picture(visitor, 'roster-ways-in')
    await visitor.context.close()
  })
})
