// The same data in R: columns as files of doubles, one script a task, and lines of `name value` back.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const rscript = (script: string, args: readonly string[]): string | null => {
  const file = fileURLToPath(new URL(script, import.meta.url))
  const { status, stdout, stderr } = spawnSync('Rscript', ['--vanilla', file, ...args], { encoding: 'utf8' })
  if (status !== 0 && stderr) throw new Error(`${script}: ${stderr.trim()}`)
  return status === 0 ? stdout : null
}

export const debianPackages = ['r-base-core', 'lme4', 'lmertest', 'pbkrtest', 'clubsandwich', 'psych', 'boot'].map((name) =>
  name.startsWith('r-') ? name : `r-cran-${name}`,
)

/** `R 4.2.2, lme4 1.1.31, …`, or null when R or one of its packages is not there. */
export const versionsOfR = (): string | null => {
  const { status, stdout } = spawnSync('Rscript', ['--vanilla', fileURLToPath(new URL('versions.R', import.meta.url))], {
    encoding: 'utf8',
  })
  return status === 0 ? stdout.trim() : null
}

export type Answers = (name: string) => number

/** Runs a script on these columns. Throws what R says when it fails. */
export const inR = (script: string, columns: Readonly<Record<string, Float64Array>>, ...args: readonly (string | number)[]): Answers => {
  const folder = mkdtempSync(join(tmpdir(), 'tongxing-bench-'))
  try {
    for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(columns))
      writeFileSync(join(folder, `${name}.bin`), new Uint8Array(buffer, byteOffset, byteLength))
    const lines = (rscript(script, [folder, ...args.map(String)]) ?? '').trim().split('\n')
    const found = new Map(lines.map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]))
    return (name) => {
      const value = found.get(name)
      if (value === undefined) throw new Error(`${script} did not say ${name}`)
      return value
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
