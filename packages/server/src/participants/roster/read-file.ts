// From the bytes of a file to its sheets, and from the sheets that were chosen to pupils. Runs in a worker; pure apart from that.
import { columnsOf, type Field, headerOf } from './columns.ts'
import { FileFault } from './file-fault.ts'
import { type Sheet, tidy } from './grid.ts'
import { kindOf } from './kind.ts'
import { limits } from './limits.ts'
import { type RosterRow, rowsOf, type SheetSetting } from './rows.ts'
import { readSheet } from './sheet.ts'
import { type Delimiter, type Encoding, readText } from './text.ts'
import { readWorkbook } from './workbook.ts'
import { partsOf } from './zip.ts'

/** How to read a text file; what is not said is found out. */
export type TextSetting = { readonly encoding?: Encoding | undefined; readonly delimiter?: Delimiter | undefined }
type Read = {
  readonly kind: 'xlsx' | 'text'
  readonly encoding: Encoding | null
  readonly delimiter: Delimiter | null
  readonly sheets: readonly Sheet[]
}

const readWorkbookFile = async (file: Buffer, wanted: (sheet: number) => boolean): Promise<Read> => {
  const parts = partsOf(file)
  const workbook = await readWorkbook(file, parts)
  const sheets: Sheet[] = []
  let most = limits.lines
  for (const [place, { name, part }] of workbook.sheets.entries()) {
    const lines = wanted(place) ? await readSheet(file, parts, workbook, part, most) : []
    most -= lines.length
    sheets.push({ name, lines, date1904: workbook.date1904 })
  }
  return { kind: 'xlsx', encoding: null, delimiter: null, sheets }
}

const read = async (file: Buffer, told: TextSetting, wanted: (sheet: number) => boolean): Promise<Read> => {
  if (file.length > limits.fileBytes) throw new FileFault('too-large')
  if (kindOf(file) === 'workbook') return readWorkbookFile(file, wanted)
  const { lines, encoding, delimiter } = readText(file, told)
  return { kind: 'text', encoding, delimiter, sheets: [{ name: '', lines, date1904: false }] }
}

type SeenSheet = {
  readonly name: string
  /** Rows that have something in them. */
  readonly lines: number
  readonly width: number
  readonly headerRow: number
  readonly columns: readonly (Field | null)[]
  readonly className: string | null
  /** The first rows, as they will be read. */
  readonly preview: readonly { readonly row: number; readonly cells: readonly string[] }[]
}
export type SeenFile = Omit<Read, 'sheets'> & { readonly sheets: readonly SeenSheet[] }

const shown = 40

const seen = (sheet: Sheet, headerRow = headerOf(sheet.lines)): SeenSheet => {
  const width = sheet.lines.reduce((most, line) => Math.max(most, line.cells.length), 0)
  const header = sheet.lines.find((line) => line.row === headerRow)?.cells ?? []
  const found = columnsOf(header)
  const columns = Array.from({ length: width }, (_, place) => found[place] ?? null)
  const byName = /班|年级|^(初|高)[一二三]|class|grade/i.test(sheet.name) ? tidy(sheet.name).slice(0, 60) : null
  return {
    name: tidy(sheet.name),
    lines: sheet.lines.length,
    width,
    headerRow,
    columns,
    className: byName,
    preview: sheet.lines
      .slice(0, shown)
      .map(({ row, cells }) => ({ row, cells: Array.from({ length: width }, (_, place) => tidy(cells[place] ?? '').slice(0, 80)) })),
  }
}

/** What a file holds and how it would be read. `headerRows` says for a sheet where its header stands, when it was not found. */
export const seeFile = async (file: Buffer, told: TextSetting, headerRows: ReadonlyMap<number, number>): Promise<SeenFile> => {
  const { sheets, ...rest } = await read(file, told, () => true)
  return { ...rest, sheets: sheets.map((sheet, place) => seen(sheet, headerRows.get(place))) }
}

/** The pupils of the sheets that were chosen, in the order of the file. */
export const readPupils = async (
  file: Buffer,
  told: TextSetting,
  settings: readonly SheetSetting[],
  today: Date,
): Promise<readonly RosterRow[]> => {
  const { sheets } = await read(file, told, (place) => settings.some((setting) => setting.sheet === place))
  const rows = settings.flatMap((setting) => {
    const sheet = sheets[setting.sheet]
    if (!sheet) throw new FileFault('no-sheet')
    return rowsOf(sheet, setting, today)
  })
  if (rows.length > limits.rows) throw new FileFault('too-many-rows')
  return rows
}
