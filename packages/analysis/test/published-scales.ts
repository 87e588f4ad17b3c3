/** The published scales of the reference folder: complete rows of keyed answers. */
import { oracleTable } from './oracle.ts'

type Mirror = Readonly<Record<string, number>>
const gratitude = [1, 2, 3, 4, 5, 6].map((item) => `gq6_${item}`)
const anxiety =
  'calm secure tense regretful at.ease upset worrying rested anxious comfortable confident nervous jittery high.strung relaxed content worried rattled joyful pleasant'
const turned = 'calm secure at.ease rested comfortable confident relaxed content joyful pleasant'
const scales: readonly {
  readonly name: string
  readonly file: string
  readonly items: readonly string[]
  readonly mirror?: Mirror
  readonly wave?: string
}[] = [
  { name: 'bfi_A', file: 'bfi.csv', items: ['A1', 'A2', 'A3', 'A4', 'A5'], mirror: { A1: 7 } },
  { name: 'gq6', file: 'youth_gratitude.csv', items: gratitude },
  { name: 'gq6_miskeyed', file: 'youth_gratitude.csv', items: gratitude, mirror: { gq6_3: 8, gq6_6: 8 } },
  { name: 'hs_speed', file: 'holzinger_swineford_1939.csv', items: ['x7', 'x8', 'x9'] },
  {
    name: 'sai_t1',
    file: 'sai_items.csv',
    items: anxiety.split(' '),
    mirror: Object.fromEntries(turned.split(' ').map((item) => [item, 5])),
    wave: '1',
  },
]

export const publishedScales = () =>
  scales.map(({ name, file, items, mirror = {}, wave }) => {
    const rows = oracleTable(file).filter((row) => wave === undefined || row.time === wave)
    const complete = rows.filter((row) => items.every((item) => row[item] !== '' && row[item] !== 'NA'))
    return {
      name,
      answers: complete.map((row) => items.map((item) => (mirror[item] ? mirror[item] - Number(row[item]) : Number(row[item])))),
    }
  })
