// Which build of the pages this server hands out: the name of a page's first script, which changes with every build.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Builds = { readonly staff: string | null; readonly pupil: string | null }

const scriptOf = (path: string): string | null => {
  try {
    return /<script[^>]*\ssrc="[^"]*?([^"/]+)"/.exec(readFileSync(path, 'utf8'))?.[1] ?? null
  } catch {
    return null // there is no such page
  }
}

export const buildsIn = (webFolder: string | null): Builds => ({
  staff: webFolder && scriptOf(join(webFolder, 'index.html')),
  pupil: webFolder && scriptOf(join(webFolder, 'p/index.html')),
})
