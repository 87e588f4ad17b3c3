/**
 * A scale whose items weigh the same. Each answer adds its keyed value and one stride to a running place, a missing one adds nothing; the
 * place then looks up value, count and band, which were worked out once for every sum and count there can be.
 */
import type { Scale } from '../definition.ts'
import { bandPosition, valuer } from '../scale-value.ts'
import type { AskedColumns } from './asked-columns.ts'
import { type AnswerColumn, type Block, blockRows, type Program, type ScoreColumn } from './columns.ts'

/** One item of a scale: where its column stands and what each of its codes adds, after reversal and counting. */
export type Keyed = { readonly position: number; readonly weight: number; readonly adds: ReadonlyMap<number, number> }

type Adder = { readonly position: number; readonly narrow: Int32Array; readonly wide: Int32Array; readonly least: number }

const places = new Int32Array(blockRows) // scoring is synchronous, so that one is enough for all

const addNarrow = (narrow: Int32Array, codes: Int8Array, start: number, count: number) => {
  for (let row = 0; row < count; row += 1) places[row] = places[row]! + narrow[codes[start + row]! + 128]!
}

const addWide = ({ wide, least }: Adder, codes: AnswerColumn, start: number, count: number) => {
  for (let row = 0; row < count; row += 1) {
    const place = codes[start + row]! - least
    if (place >= 0 && place < wide.length) places[row] = places[row]! + wide[place]!
  }
}

const adderOf = ({ position, adds }: Keyed, stride: number): Adder => {
  const codes = [...adds.keys()]
  const least = Math.min(...codes)
  const narrow = new Int32Array(256)
  const wide = new Int32Array(Math.max(...codes) - least + 1)
  for (const [code, keyed] of adds) {
    wide[code - least] = keyed + stride
    if (code > -128 && code < 128) narrow[code + 128] = keyed + stride
  }
  return { position, narrow, wide, least }
}

const lookedUp = (tables: ScoreColumn, into: ScoreColumn, start: number, count: number) => {
  const [values, answered, bands] = [tables.value, tables.answered, tables.band]
  const [value, answeredInto, band] = [into.value, into.answered, into.band]
  for (let row = 0; row < count; row += 1) {
    const place = places[row]!
    value[start + row] = values[place]!
    answeredInto[start + row] = answered[place]!
    band[start + row] = bands[place]!
  }
}

const tablesOf = (scale: Scale, of: number, lowest: number, stride: number): ScoreColumn => {
  const size = (of + 1) * stride
  const tables = { value: new Float64Array(size), answered: new Uint16Array(size), band: new Int8Array(size) }
  const valueAt = valuer(scale, of, of)
  for (let place = 0; place < size; place += 1) {
    const answered = Math.floor(place / stride)
    const value = valueAt(answered, (place % stride) + lowest, answered)
    tables.value[place] = value
    tables.answered[place] = answered
    tables.band[place] = bandPosition(scale, value)
  }
  return tables
}

const largest = 1 << 18

/** The program of a scale with equal weights, or null where its table would be too large or its weights differ. */
export const tabledScale = (scale: Scale, keyed: readonly Keyed[], asked: AskedColumns, index: number): Program | null => {
  const added = keyed.map(({ adds }) => [...adds.values()])
  const lowest = added.reduce((sum, values) => sum + Math.min(0, ...values), 0)
  const stride = added.reduce((sum, values) => sum + Math.max(0, ...values), 0) - lowest + 1
  if (keyed.some(({ weight }) => weight !== 1) || (keyed.length + 1) * stride > largest) return null
  const adders = keyed.filter(({ adds }) => adds.size > 0).map((one) => adderOf(one, stride))
  const tables = tablesOf(scale, keyed.length, lowest, stride)
  return (block: Block, scores) => {
    places.fill(-lowest, 0, block.count)
    for (const adder of adders) {
      const standing = asked.at(adder.position)
      const codes = standing ?? block.columns[adder.position]!
      const start = standing ? 0 : block.start
      if (codes instanceof Int8Array) addNarrow(adder.narrow, codes, start, block.count)
      else addWide(adder, codes, start, block.count)
    }
    lookedUp(tables, scores[index]!, block.start, block.count)
  }
}
