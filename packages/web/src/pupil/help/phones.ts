// The school's contact is free text. A number in it is kept in one piece and can be called by a touch.
const phone = /((?:\+86[ -]?)?(?:1\d\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{3,4}[ -]?\d{4}(?!\d)|(?:0\d{2,3}[ -]?)?\d[\d-]{5,}\d))/

type Piece = { readonly text: string; readonly call: string | null }

export const phonesIn = (contact: string): readonly Piece[] =>
  contact
    .split(phone)
    .map((text, place) => ({ text, call: place % 2 === 1 ? text.replace(/[ -]/g, '') : null }))
    .filter(({ text }) => text !== '')
