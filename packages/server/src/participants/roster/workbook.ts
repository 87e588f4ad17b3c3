// What a workbook says of itself: its sheets, its shared texts, and which number formats are dates.
import { FileFault } from './file-fault.ts'
import { ownText } from './grid.ts'
import { limits } from './limits.ts'
import type { Attributes } from './xml.ts'
import { readPart } from './xml.ts'
import type { Parts } from './zip.ts'

/** How a number is shown: as a date, with leading zeros up to a width, or as it is. */
export type Look = { readonly date: boolean; readonly zeros: number }
export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly date1904: boolean
  readonly strings: readonly string[]
  readonly looks: readonly Look[]
}

const truth = (value: string | undefined) => value === '1' || value === 'true'
const byLocalName = (attributes: Attributes, name: string) =>
  Object.entries(attributes).find(([key]) => key === name || key.endsWith(`:${name}`))?.[1]

const targetsOf = async (file: Buffer, parts: Parts, folder: string, name: string): Promise<ReadonlyMap<string, string>> => {
  const targets = new Map<string, string>()
  await readPart(file, parts, `${folder}_rels/${name}.rels`, {
    open: (element, { Id, Target = '' }) => {
      if (element === 'Relationship' && Id)
        targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `${folder}${Target}`.replace('/./', '/'))
    },
  })
  return targets
}

const readStrings = async (file: Buffer, parts: Parts, part: string): Promise<readonly string[]> => {
  const strings: string[] = []
  let text = ''
  let inText = false
  let phonetic = 0
  await readPart(file, parts, part, {
    open: (element) => {
      if (element === 'si') text = ''
      if (element === 'rPh') phonetic += 1
      inText = element === 't' && phonetic === 0
    },
    text: (piece) => {
      if (inText && text.length < limits.cell) text += piece
    },
    close: (element) => {
      if (element === 'rPh') phonetic -= 1
      if (element === 'si') strings.push(ownText(text.slice(0, limits.cell)))
      if (strings.length > limits.sharedStrings) throw new FileFault('too-large')
      inText = false
    },
  })
  return strings
}

const builtInDates = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)

const lookOf = (id: number, code: string | undefined): Look => {
  if (code === undefined) return { date: builtInDates(id), zeros: 0 }
  const plain = code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')
  return { date: plain !== 'General' && /[ymd]/i.test(plain), zeros: /^0+$/.test(plain) ? plain.length : 0 }
}

const readLooks = async (file: Buffer, parts: Parts, part: string): Promise<readonly Look[]> => {
  const codes = new Map<number, string>()
  const looks: Look[] = []
  let inCells = false
  await readPart(file, parts, part, {
    open: (element, attributes) => {
      if (element === 'numFmt') codes.set(Number(attributes.numFmtId), (attributes.formatCode ?? '').slice(0, 200))
      if (element === 'cellXfs') inCells = true
      if (element !== 'xf' || !inCells || looks.length > 100_000) return
      const id = Number(attributes.numFmtId ?? 0)
      looks.push(lookOf(id, codes.get(id)))
    },
    close: (element) => {
      if (element === 'cellXfs') inCells = false
    },
  })
  return looks
}

const partOfWorkbook = async (file: Buffer, parts: Parts): Promise<string> => {
  const targets = await targetsOf(file, parts, '', '')
  const found = [...targets.values()].find((target) => /workbook\d*\.xml$/i.test(target)) ?? 'xl/workbook.xml'
  if (parts.has(found.toLowerCase())) return found
  throw new FileFault(parts.has('xl/workbook.bin') || parts.has('mimetype') || parts.has('word/document.xml') ? 'other-kind' : 'damaged')
}

export const readWorkbook = async (file: Buffer, parts: Parts): Promise<Workbook> => {
  const own = await partOfWorkbook(file, parts)
  const folder = own.slice(0, own.lastIndexOf('/') + 1)
  const targets = await targetsOf(file, parts, folder, own.slice(folder.length))
  const sheets: { name: string; part: string }[] = []
  let date1904 = false
  await readPart(file, parts, own, {
    open: (element, attributes) => {
      if (element === 'workbookPr') date1904 = truth(attributes.date1904)
      if (element !== 'sheet' || /hidden$/i.test(attributes.state ?? '')) return // nobody would see that it is read
      const part = targets.get(byLocalName(attributes, 'id') ?? '')
      if (part && /worksheets?\//i.test(part)) sheets.push({ name: (attributes.name ?? '').slice(0, 100), part })
    },
  })
  if (sheets.length === 0) throw new FileFault('damaged')
  const shared = [...targets.values()].find((target) => /sharedStrings\.xml$/i.test(target))
  const styles = [...targets.values()].find((target) => /styles\.xml$/i.test(target))
  return {
    sheets: sheets.slice(0, limits.sheets),
    date1904,
    strings: shared ? await readStrings(file, parts, shared) : [],
    looks: styles ? await readLooks(file, parts, styles) : [],
  }
}
