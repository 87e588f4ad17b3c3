// The sources as text: their lines, and what each of them imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const skipped = new Set(['node_modules', 'dist', 'out'])

export type Line = { readonly file: string; readonly line: number; readonly text: string }
/** `target` is the imported file, relative to the root, when it is named by a path. */
export type Import = { readonly file: string; readonly line: number; readonly specifier: string; readonly target: string | null }

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !skipped.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))

const fromRoot = (path: string) => relative(root, path).split(sep).join('/')

export const linesIn = (file: string): readonly Line[] =>
  readFileSync(join(root, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ file, line: index + 1, text }))

/** Every line of TypeScript or plain JavaScript below a folder of the repository. */
export const linesBelow = (folder: string): readonly Line[] =>
  existsSync(join(root, folder))
    ? filesBelow(join(root, folder))
        .map(fromRoot)
        .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('.d.ts'))
        .flatMap(linesIn)
    : []

const importing = /(?:^|[\s;}])(?:from|import)\s*\(?\s*['"]([^'"\s,]+)['"]/g

export const importsBelow = (folder: string): readonly Import[] =>
  linesBelow(folder).flatMap(({ file, line, text }) =>
    [...text.matchAll(importing)].map(([, specifier = '']) => ({
      file,
      line,
      specifier,
      target: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : null,
    })),
  )
