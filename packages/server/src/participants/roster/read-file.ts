// From the bytes of a file to its sheets, and from the sheets that were chosen to pupils. Runs in a worker; pure apart from that.
import { columnsOf, type Field, headerOf } from './columns.ts'
import { FileFault } from './file-fault.ts'
import { type Line, type Sheet, tidy } from './grid.ts'
import { kindOf } from './kind.ts'
import { limits } from './limits.ts'
import { type RosterRow, rowsBy, type SheetSetting } from './rows.ts'
import { readSheet } from './sheet.ts'
import { type Delimiter, type Encoding, readText } from './text.ts'
import { readWorkbook } from './workbook.ts'
import { partsOf } from './zip.ts'

/** How to read a text file; what is not said is found out. */
export type TextSetting = { readonly encoding?: Encoding | undefined; readonly delimiter?: Delimiter | undefined }
type Kind = { readonly kind: 'xlsx' | 'text'; readonly encoding: Encoding | null; readonly delimiter: Delimiter | null }

const kindWithin = (file: Buffer) => {
  if (file.length > limits.fileBytes) throw new FileFault('too-large')
  return kindOf(file)
}

/** The sheets of a workbook; of one that is not wanted only its name. */
const sheetsOf = async (file: Buffer, wanted: (sheet: number) => boolean): Promise<readonly Sheet[]> => {
  const parts = partsOf(file)
  const workbook = await readWorkbook(file, parts)
  const sheets: Sheet[] = []
  let most = limits.lines
  for (const [place, { name, part }] of workbook.sheets.entries()) {
    const lines = wanted(place) ? await readSheet(file, parts, workbook, part, most) : []
    most -= lines.length
    sheets.push({ name, lines, date1904: workbook.date1904 })
  }
  return sheets
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
export type SeenFile = Kind & { readonly sheets: readonly SeenSheet[] }

const shown = 40

const widest = (lines: readonly Line[]) => lines.reduce((most, line) => Math.max(most, line.cells.length), 0)

/** `sheet` has at least its first lines and its header. */
const seen = (sheet: Sheet, headerRow = headerOf(sheet.lines), lines = sheet.lines.length, width = widest(sheet.lines)): SeenSheet => {
  const header = sheet.lines.find((line) => line.row === headerRow)?.cells ?? []
  const found = columnsOf(header)
  const columns = Array.from({ length: width }, (_, place) => found[place] ?? null)
  const byName = /班|年级|^(初|高)[一二三]|class|grade/i.test(sheet.name) ? tidy(sheet.name).slice(0, 60) : null
  return {
    name: tidy(sheet.name),
    lines,
    width,
    headerRow,
    columns,
    className: byName,
    preview: sheet.lines
      .slice(0, shown)
      .map(({ row, cells }) => ({ row, cells: Array.from({ length: width }, (_, place) => tidy(cells[place] ?? '').slice(0, 80)) })),
  }
}

const seeText = (file: Buffer, told: TextSetting, headerRow: number | undefined): SeenFile => {
  const lines: Line[] = []
  let [count, width] = [0, 0]
  const text = readText(file, told, (line) => {
    count += 1
    width = Math.max(width, line.cells.length)
    if (count <= shown || line.row === headerRow) lines.push(line)
  })
  return { kind: 'text', ...text, sheets: [seen({ name: '', lines, date1904: false }, headerRow, count, width)] }
}

/** What a file holds and how it would be read. `headerRows` says for a sheet where its header stands, when it was not found. */
export const seeFile = async (file: Buffer, told: TextSetting, headerRows: ReadonlyMap<number, number>): Promise<SeenFile> => {
  if (kindWithin(file) === 'text') return seeText(file, told, headerRows.get(0))
  const sheets = await sheetsOf(file, () => true)
  return { kind: 'xlsx', encoding: null, delimiter: null, sheets: sheets.map((sheet, place) => seen(sheet, headerRows.get(place))) }
}

const rowsOfText = (file: Buffer, told: TextSetting, settings: readonly SheetSetting[], today: Date): readonly RosterRow[] => {
  if (settings.some(({ sheet }) => sheet > 0)) throw new FileFault('no-sheet')
  const readers = settings.map((setting) => ({ read: rowsBy(setting, false, today), rows: [] as RosterRow[] }))
  readText(file, told, (line) => {
    for (const { read, rows } of readers) rows.push(...read(line))
  })
  return readers.flatMap(({ rows }) => rows)
}

const rowsOfWorkbook = async (file: Buffer, settings: readonly SheetSetting[], today: Date): Promise<readonly RosterRow[]> => {
  const sheets = await sheetsOf(file, (place) => settings.some((setting) => setting.sheet === place))
  return settings.flatMap((setting) => {
    const sheet = sheets[setting.sheet]
    if (!sheet) throw new FileFault('no-sheet')
    return sheet.lines.flatMap(rowsBy(setting, sheet.date1904, today))
  })
}

/** The pupils of the sheets that were chosen, in the order of the file. */
export const readPupils = async (
  file: Buffer,
  told: TextSetting,
  settings: readonly SheetSetting[],
  today: Date,
): Promise<readonly RosterRow[]> => {
  const isText = kindWithin(file) === 'text'
  const rows = isText ? rowsOfText(file, told, settings, today) : await rowsOfWorkbook(file, settings, today)
  if (rows.length > limits.rows) throw new FileFault('too-many-rows')
  return rows
}
