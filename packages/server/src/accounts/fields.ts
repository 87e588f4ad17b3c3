// What people type of themselves, on the wire.
import { z } from 'zod'

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,39}$/)
export const displayName = z.string().trim().min(1).max(60)
