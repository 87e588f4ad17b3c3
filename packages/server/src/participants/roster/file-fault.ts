// Why a file cannot be read. Each kind has its sentence in the table of problems.
export type FaultOfFile =
  | 'damaged'
  | 'encoding'
  | 'encrypted'
  | 'no-sheet'
  | 'old-excel'
  | 'other-kind'
  | 'quotes'
  | 'too-large'
  | 'too-many-rows'
  | 'unsafe'

export class FileFault extends Error {
  readonly fault: FaultOfFile
  constructor(fault: FaultOfFile) {
    super(`the file cannot be read: ${fault}`)
    this.fault = fault
  }
}
