const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/

/** The width of a text in ems: a CJK character is one, any other a little over half. */
export const ems = (text: string): number => [...text].reduce((sum, character) => sum + (wide.test(character) ? 1 : 0.58), 0)

// what closes may not begin a line, what opens may not end one
const piece =
  /[（《“‘「『【〈]*[\u2e80-\uffef][）》”’」』】〉，。、：；！？]*|[^ \t\n\r\u2e80-\uffef]+[）》”’」』】〉，。、：；！？]*[ \t\n\r]*|[ \t\n\r]+/g

/** A text broken into lines of at most so many ems: between words, or after any CJK character that may end a line. */
export const wrapped = (text: string, most: number): readonly string[] => {
  const pieces = text.match(piece) ?? []
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && ems((line + piece).trimEnd()) > most) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += piece
  }
  return [...lines, line.trimEnd()]
}
