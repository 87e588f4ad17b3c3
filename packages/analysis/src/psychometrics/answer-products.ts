// Answers to a questionnaire are small whole numbers, and the sums of their products come out exactly, four for the price of one:
// four items are packed into one double, a + b·2¹³ + c·2²⁶ + d·2³⁹, which times another item's answer is all four products at once.
// Over 128 rows of answers up to 7 no part reaches 2¹³, so that the sum can be taken apart again.

const block = 128
const most = 7
const part = 2 ** 13
const four = 4
/** From four items to the next: not a power of two, or all would compete for the same places of the nearest memory. */
const stride = four * block + 8

/** Of whole numbers from 0 to 7: the sums of the columns, and of the products of every two of them by rows, in `width` columns. */
export type AnswerProducts = { readonly width: number; readonly sums: Float64Array; readonly products: Float64Array }

/** A block of rows. `answers` has four items after the other, each row by row; `packs` the same four as one, in the first quarter of its stride. */
type Block = { readonly size: number; readonly width: number; readonly answers: Float64Array; readonly packs: Float64Array }

/** False when an answer is none of these numbers. */
const load = (rows: readonly (readonly number[])[], from: number, held: number, { size, width, answers, packs }: Block) => {
  for (let row = 0; row < held; row += 1) {
    const values = rows[from + row]!
    for (let i = 0; i < width; i += four) {
      const a = values[i]!
      const b = i + 1 < size ? values[i + 1]! : 0
      const c = i + 2 < size ? values[i + 2]! : 0
      const d = i + 3 < size ? values[i + 3]! : 0
      if ((a & most) !== a || (b & most) !== b || (c & most) !== c || (d & most) !== d) return false
      const start = (i / four) * stride
      const place = start + row * four
      answers[place] = a
      answers[place + 1] = b
      answers[place + 2] = c
      answers[place + 3] = d
      packs[start + row] = a + b * part + (c + d * part) * (part * part)
    }
  }
  return true
}

/** Adds the four parts of a sum to the products of one item with four. */
const unpack = (sum: number, target: Float64Array, place: number) => {
  const high = Math.floor(sum / (part * part))
  const low = sum - high * (part * part)
  const [second, fourth] = [Math.floor(low / part), Math.floor(high / part)]
  target[place]! += low - second * part
  target[place + 1]! += second
  target[place + 2]! += high - fourth * part
  target[place + 3]! += fourth
}

/** Every four items times every four up to their own. */
const multiply = ({ width, answers, packs }: Block, products: Float64Array) => {
  for (let i = 0; i < width; i += four)
    for (let j = 0; j <= i; j += four) {
      let [a, b, c, d] = [0, 0, 0, 0]
      let place = (i / four) * stride
      const start = (j / four) * stride
      for (let row = start; row < start + block; row += 1) {
        const pack = packs[row]!
        a += pack * answers[place]!
        b += pack * answers[place + 1]!
        c += pack * answers[place + 2]!
        d += pack * answers[place + 3]!
        place += four
      }
      unpack(a, products, i * width + j)
      unpack(b, products, (i + 1) * width + j)
      unpack(c, products, (i + 2) * width + j)
      unpack(d, products, (i + 3) * width + j)
    }
}

const addSums = ({ width, packs }: Block, sums: Float64Array) => {
  for (let i = 0; i < width; i += four) {
    const start = (i / four) * stride
    let sum = 0
    for (let row = start; row < start + block; row += 1) sum += packs[row]!
    unpack(sum, sums, i)
  }
}

/** Null when an answer is not a whole number from 0 to 7. Products are filled at and below the diagonal. */
export const answerProducts = (rows: readonly (readonly number[])[], size: number): AnswerProducts | null => {
  const width = Math.ceil(size / four) * four
  const room = (width / four) * stride
  const held: Block = { size, width, answers: new Float64Array(room), packs: new Float64Array(room) }
  const [sums, products] = [new Float64Array(width), new Float64Array(width * width)]
  for (let from = 0; from < rows.length; from += block) {
    const count = Math.min(block, rows.length - from)
    if (count < block) {
      held.answers.fill(0)
      held.packs.fill(0)
    }
    if (!load(rows, from, count, held)) return null
    addSums(held, sums)
    multiply(held, products)
  }
  return { width, sums, products }
}
