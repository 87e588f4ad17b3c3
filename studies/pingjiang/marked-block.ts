/** A part of a text that a command writes, between two marks; the rest is written by hand. */

const marks = (name: string) => [`<!-- ${name}: written by a command, not by hand -->`, `<!-- end of ${name} -->`] as const

/** The text with other content between the marks of that name. */
export const withBlock = (text: string, name: string, content: string): string => {
  const [start, end] = marks(name)
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`the text has no block ${name}: it needs the lines ${start} and ${end}`)
  return `${text.slice(0, from + start.length)}\n\n${content.trim()}\n\n${text.slice(to)}`
}
