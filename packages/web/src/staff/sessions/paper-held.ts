// What a clerk has keyed of a sheet and not saved yet. It is kept while the page lives, for this person alone: whoever signs in next begins blank.
import type { Grid } from './paper-grid.ts'

const held = new Map<string, Grid>()
const keyOf = (accountId: string, seatId: string) => `${accountId} ${seatId}`

export const holdSheet = (accountId: string, seatId: string, grid: Grid) => held.set(keyOf(accountId, seatId), grid)
export const heldSheet = (accountId: string, seatId: string): Grid | undefined => held.get(keyOf(accountId, seatId))
export const dropSheet = (accountId: string, seatId: string) => held.delete(keyOf(accountId, seatId))
