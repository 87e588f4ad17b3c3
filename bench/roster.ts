// A county's roster of 100,000 pupils as .xlsx and as GB18030 text, over the real HTTP API: looked into, compared, taken over; compared again; and taken
// over a year later, when everybody is in another class. The first peaks are of a process that only reads a file, the last is that of the whole server.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Cell, delimited, encoded, xlsx } from '../packages/server/test/spreadsheets.ts'
import type { Client } from '../scripts/demo/client.ts'
import { startServer } from '../scripts/demo/server-process.ts'
import { firstAdministrator } from '../scripts/demo/staff.ts'
import { goal } from './sessions/say.ts'
import type { Say } from './timing.ts'

const pupils = 100_000
const schools = 40
const grades = ['七年级', '八年级']
const header = ['学校', '年级', '班级', '姓名', '性别', '出生日期', '学籍号', '身份证号', '监护人', '联系电话', '留守情况', '备注']

const born = (place: number) => new Date(Date.UTC(2012, 8, 1) + (place % 365) * 86_400_000).toISOString().slice(0, 10)
const textRow = (place: number, year = 0): string[] => [
  `第${(place % schools) + 1}学校`,
  grades[year]!,
  `${(Math.floor(place / schools) % 50) + 1}班`,
  `学生${place}`,
  place % 2 ? '男' : '女',
  born(place),
  `G3301${String(place).padStart(10, '0')}`,
  '110105201305090064',
  `家长${place}`,
  `138${String(place).padStart(8, '0')}`,
  place % 3 ? '否' : '是',
  '',
]
const cells = (row: readonly string[]): Cell[] =>
  row.map((text, column) => (column === 5 ? { number: Date.parse(text) / 86_400_000 + 25_569, look: 'date' as const } : text || null))

const most = { seconds: 30, megabytes: 512 }

type Timed<T> = { readonly value: T; readonly seconds: number }
const timed = async <T>(work: () => Promise<T>): Promise<Timed<T>> => {
  const began = performance.now()
  const value = await work()
  return { value, seconds: (performance.now() - began) / 1000 }
}
const inSeconds = (took: number) => `${took.toFixed(1)} s (${goal(took <= most.seconds)})`
const inMegabytes = (megabytes: number) => `${megabytes} MB`

/** The most memory that a process ever held, in MB, where the system tells it. */
const peakOf = (pid: number): number => {
  try {
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024)
  } catch {
    return Number.NaN
  }
}

type Seen = { readonly sheets: readonly { readonly headerRow: number; readonly columns: readonly (string | null)[] }[] }
type Plan = { readonly planHash: string; readonly counts: Readonly<Record<string, number>> }

/** Reads the file alone, in a process of its own, so that its peak is that of nothing else. */
const readAlone = (path: string): string => {
  const reader = fileURLToPath(new URL('./roster-read.ts', import.meta.url))
  const { stdout, status } = spawnSync(process.execPath, [reader, path], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) throw new Error('the process that reads the roster failed')
  return stdout.trim()
}

const counted = ({ counts }: Plan) =>
  `${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.invalid} invalid`

const overHttp = async (say: Say, administrator: Client, countyId: string, name: string, bytes: Buffer) => {
  const file = bytes.toString('base64')
  const post = <T>(step: string, body: object) => administrator.post<T>(`/units/${countyId}/roster/${step}`, { file, ...body })
  const looked = await timed(() => post<Seen>('file', {}))
  const { headerRow, columns } = looked.value.sheets[0]!
  const planned = { sheets: [{ sheet: 0, headerRow, columns, className: null }], createClasses: true }
  const compared = await timed(() => post<Plan>('plan', planned))
  const plan = compared.value
  say(`${name}: looked into in ${inSeconds(looked.seconds)}, compared in ${inSeconds(compared.seconds)}: ${counted(plan)}`)
  if (plan.counts.new === 0 && plan.counts.changed === 0) return
  const choices = { planHash: plan.planHash, decisions: [], left: [], leaveOutInvalid: false }
  const written = await timed(() => post('import', { ...planned, ...choices }))
  say(`${name}: taken over in ${inSeconds(written.seconds)}`)
}

export const roster = async (say: Say) => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  const rows = [header, ...Array.from({ length: pupils }, (_, place) => textRow(place))]
  const files = {
    '.xlsx': xlsx([{ name: '全县', rows: rows.map((row, place) => (place === 0 ? row : cells(row))) }]),
    '.csv': encoded(delimited(rows, ','), 'gbk'),
  }
  const later = [header, ...Array.from({ length: pupils }, (_, place) => textRow(place, 1))]
  const server = await startServer(join(folder, 'data'), { ...process.env, TONGXING_PORT: '0' })
  try {
    for (const [kind, bytes] of Object.entries(files)) {
      const path = join(folder, `roster${kind}`)
      writeFileSync(path, bytes)
      say(`${kind}, ${pupils} rows, ${(bytes.length / 1e6).toFixed(1)} MB, read alone: ${readAlone(path)}`)
    }
    const administrator = await firstAdministrator(server.address, server.setUpToken, '演示县（虚构）')
    const { county } = await administrator.get<{ county: { id: string } }>('/me')
    for (let school = 1; school <= schools; school += 1)
      await administrator.post('/units', { kind: 'school', parentId: county.id, name: `第${school}学校` })
    say(`the server before: ${inMegabytes(peakOf(server.pid))}`)
    for (const [kind, bytes] of Object.entries(files)) await overHttp(say, administrator, county.id, kind, bytes)
    await overHttp(say, administrator, county.id, '.csv a year later', encoded(delimited(later, ','), 'gbk'))
    const peak = peakOf(server.pid)
    say(`the server at its peak: ${Number.isNaN(peak) ? 'not known here' : `${inMegabytes(peak)} (${goal(peak <= most.megabytes)})`}`)
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
