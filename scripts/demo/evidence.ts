// The researcher's afternoon: the de-identified dataset is exported, its flags are computed again from the files alone, the report is made.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EffectReport, readDataset } from '@tongxing/analysis'
import { flagsFromDataset } from '@tongxing/instruments'
import type { Client } from './client.ts'

type Made = { readonly id: string; readonly hash: string; readonly rows: number; readonly participants: number }
export type Exported = Made & { readonly folder: string; readonly flags: number }

const datasetFiles = ['manifest.json', 'data.csv', 'codebook.json'] as const

export const exportDataset = async (researcher: Client, studyId: string, folder: string): Promise<Exported> => {
  const made = await researcher.post<Made>(`/studies/${studyId}/exports`)
  await mkdir(folder, { recursive: true })
  const texts = new Map<string, string>()
  for (const name of datasetFiles) {
    const text = await researcher.text(`/exports/${made.id}/files/${name}`)
    await writeFile(join(folder, name), text)
    texts.set(name, text)
  }
  const [manifest = '', data = '', codebook = ''] = datasetFiles.map((name) => texts.get(name))
  const dataset = readDataset({ manifest, data, codebook }) // checks every hash
  return { ...made, folder, flags: flagsFromDataset(dataset.rows, dataset.codebook).length }
}

/** Has the server make the report, and keeps the page in both languages beside its numbers. */
export const makeReport = async (researcher: Client, studyId: string, exportId: string, folder: string): Promise<EffectReport> => {
  const { id } = await researcher.post<{ id: string }>(`/studies/${studyId}/reports`, { exportId })
  const { record } = await researcher.get<{ record: EffectReport }>(`/reports/${id}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(record, null, 2)}\n`)
  for (const language of ['zh-CN', 'en'])
    await writeFile(join(folder, `report.${language}.html`), await researcher.text(`/reports/${id}/html?language=${language}`))
  return record
}
