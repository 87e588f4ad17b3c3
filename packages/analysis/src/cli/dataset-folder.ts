/** A dataset bundle on disk. With the command line, the only file of this package that touches the disk. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Dataset, readDataset } from '../dataset/read-dataset.ts'

const read = async (folder: string, file: string): Promise<string> => {
  try {
    return await readFile(join(folder, file), 'utf8')
  } catch {
    throw new Error(`${join(folder, file)} cannot be read: a dataset folder holds manifest.json, data.csv and codebook.json`)
  }
}

/** Reads and checks the bundle in a folder. An error names the file, the place and what is allowed. */
export const readDatasetFolder = async (folder: string): Promise<Dataset> => {
  const [manifest, data, codebook] = await Promise.all(['manifest.json', 'data.csv', 'codebook.json'].map((file) => read(folder, file)))
  return readDataset({ manifest: manifest!, data: data!, codebook: codebook! })
}
