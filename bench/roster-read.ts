// Reads one roster in the worker, as the server does, and says how long it took and what this process held at most.
import { readFileSync } from 'node:fs'
import { rosterReader } from '../packages/server/src/participants/roster/in-worker.ts'
import { goal } from './sessions/say.ts'

const file = readFileSync(process.argv[2] ?? '')
const reader = rosterReader()
const began = performance.now()
const { sheets } = await reader(Uint8Array.from(file), {}, (ask) => ask('see', []))
const looked = performance.now()
const settings = sheets.map(({ headerRow, columns, className }, sheet) => ({ sheet, headerRow, columns, className }))
const pupils = await reader(Uint8Array.from(file), {}, (ask) => ask('read', settings, new Date()))
const read = performance.now()
const time = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`
const peak = Math.round(process.resourceUsage().maxRSS / 1024)
const met = goal(peak <= 512 && looked - began <= 30_000 && read - looked <= 30_000)
process.stdout.write(`looked into in ${time(began, looked)}, ${pupils} pupils in ${time(looked, read)}, at most ${peak} MB (${met})\n`)
