// What a file is, by what it holds and not by its name: exports are often called .xls and are something else.
import { FileFault } from './file-fault.ts'

const begins = (file: Buffer, ...bytes: readonly number[]) => bytes.every((byte, place) => file[place] === byte)

/** An encrypted .xlsx is an OLE file that holds a stream of this name. */
const refuseOle = (file: Buffer) => {
  throw new FileFault(file.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'encrypted' : 'old-excel')
}

export const kindOf = (file: Buffer): 'workbook' | 'text' => {
  if (begins(file, 0x50, 0x4b)) return 'workbook'
  if (begins(file, 0xd0, 0xcf, 0x11, 0xe0)) refuseOle(file)
  if (begins(file, 0x09, 0x08) || begins(file, 0x09, 0x04)) throw new FileFault('old-excel')
  const start = file.toString('latin1', 0, 512).trimStart().toLowerCase()
  if (/^%pdf|^\x89png|^\xff\xd8\xff|^gif8|^rar!|^7z|^\{\\rtf|^(\xef\xbb\xbf)?(<!doctype|<html|<table|<\?xml|<meta)/.test(start))
    throw new FileFault('other-kind')
  return 'text'
}
