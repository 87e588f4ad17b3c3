// A state in a word with a shape beside it, so that colour never carries the meaning alone.
export type Tone = 'quiet' | 'info' | 'good' | 'warn' | 'alarm'
export type Shape = 'ring' | 'half' | 'disc' | 'square' | 'triangle' | 'bar'

const outlines: Readonly<Record<Shape, string>> = {
  ring: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM6 3a3 3 0 1 1 0 6a3 3 0 1 1 0-6z',
  half: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9zM6 3a3 3 0 0 1 0 6z',
  disc: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z',
  square: 'M2 2h8v8H2z',
  triangle: 'M6 1l5.2 9.5H.8z',
  bar: 'M1.5 4.6h9v2.8h-9z',
}

export const Mark = ({ shape }: { readonly shape: Shape }) => (
  <svg class="mark" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
    <path d={outlines[shape]} fill="currentColor" fill-rule="evenodd" />
  </svg>
)

export const Tag = ({ tone, shape, children }: { readonly tone: Tone; readonly shape: Shape; readonly children: string }) => (
  <span class={`tag tag-${tone}`}>
    <Mark shape={shape} />
    <span>{children}</span>
  </span>
)
