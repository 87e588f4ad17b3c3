/** What a command is asked, what it says, and what its help page tells. The disk is given, so that only run.ts touches it. */
export type Options = {
  readonly library?: string
  readonly language?: string
  readonly json?: boolean
  readonly write?: boolean
  readonly input?: string
  readonly output?: string
  readonly out?: string
  readonly format?: string
  readonly part?: string
  readonly use?: string
  readonly permission?: readonly string[]
  readonly id?: readonly string[]
  readonly 'by-position'?: boolean
  readonly n?: string
  readonly seed?: string
  readonly latent?: string
  readonly sd?: string
  readonly 'skip-rate'?: string
}
export type OptionName = keyof Options

export type Disk = {
  readonly read: (file: string) => Promise<string>
  /** Writes a file of a folder, which is made when it is not there. */
  readonly write: (folder: string, name: string, text: string) => Promise<void>
  /** A file by itself, or every file below a folder. */
  readonly filesOf: (path: string) => Promise<readonly string[]>
}

export type Asked = {
  readonly args: readonly string[]
  readonly options: Options
  /** The library's folders: the one that was named, otherwise those that come with Tongxing. */
  readonly folders: readonly string[]
  readonly disk: Disk
  /** The day, as the system's clock says it (ISO). */
  readonly today: string
}

/** `lines` is what a person or a pipe reads, `notes` what stands beside it (standard error), `data` what --json prints. */
export type Said = {
  readonly lines: readonly string[]
  readonly data: unknown
  readonly notes?: readonly string[]
  readonly failed?: boolean
}

export type Command = {
  readonly usage: string
  readonly summary: string
  readonly details: readonly string[]
  readonly examples: readonly string[]
  readonly takes: readonly OptionName[]
  readonly run: (asked: Asked) => Promise<Said>
}

/** The number that an option holds. */
export const numberIn = (options: Options, name: 'n' | 'seed' | 'latent' | 'sd' | 'skip-rate', otherwise: number): number => {
  const text = options[name]
  if (text === undefined) return otherwise
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new Error(`--${name} needs a number, not ${text}`)
  return value
}
