import type { OpenSheet, SealedSheet } from './keep/record.ts'
import type { Ticket } from './typed.ts'

/** Where the pupil stands. */
export type Place =
  | { readonly kind: 'door'; readonly ticket: Ticket | null }
  | { readonly kind: 'confirm'; readonly open: OpenSheet }
  | { readonly kind: 'sitting'; readonly open: OpenSheet }
  | { readonly kind: 'declined'; readonly open: OpenSheet }
  | { readonly kind: 'handed-in'; readonly sealed: SealedSheet }
