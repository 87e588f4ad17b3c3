// How each sheet is read, as the server proposes and a person corrects it. Pure.
import type { Field, PlannedRow, SeenFile, SheetSetting } from './wire.ts'

export type Setting = SheetSetting & { readonly used: boolean }

/** Sheets in which a header was found are read; when there is none, the first. */
export const proposed = ({ sheets }: SeenFile): readonly Setting[] => {
  const found = sheets.some((sheet) => sheet.headerRow > 0)
  return sheets.map(({ headerRow, columns, className }, sheet) => ({
    sheet,
    headerRow,
    columns,
    className,
    used: found ? headerRow > 0 : sheet === 0,
  }))
}

/** A field stands in one column: the one that had it before gives it up. */
export const withColumn = (setting: Setting, column: number, field: Field | null): Setting => ({
  ...setting,
  columns: setting.columns.map((own, place) => (place === column ? field : field !== null && own === field ? null : own)),
})

export const replaced = (settings: readonly Setting[], next: Setting): readonly Setting[] =>
  settings.map((setting) => (setting.sheet === next.sheet ? next : setting))

export const chosen = (settings: readonly Setting[]): SheetSetting[] =>
  settings
    .filter((setting) => setting.used)
    .map(({ sheet, headerRow, columns, className }) => ({ sheet, headerRow, columns, className: className?.trim() || null }))

/** Sheets that are to be read and have no column of names. */
export const nameless = (settings: readonly Setting[]): readonly number[] =>
  settings.filter((setting) => setting.used && setting.columns.indexOf('name') < 0).map((setting) => setting.sheet)

export const keyOf = ({ sheet, row }: Pick<PlannedRow, 'sheet' | 'row'>) => `${sheet}|${row}`
