// A QR code drawn here, as one SVG path: no canvas, no network, sharp on paper.

import { useMemo } from 'preact/hooks'
import { create } from 'qrcode'

const quiet = 4 // modules of white around the code that readers need

const outline = (text: string) => {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const { size } = modules
  let path = ''
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; ) {
      const start = column
      while (column < size && modules.get(row, column)) column += 1
      if (column > start) path += `M${start + quiet} ${row + quiet}h${column - start}v1h${start - column}z`
      else column += 1
    }
  return { path, side: size + 2 * quiet }
}

export const QrCode = ({ text, label }: { readonly text: string; readonly label: string }) => {
  const { path, side } = useMemo(() => outline(text), [text])
  return (
    <svg class="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <path d={`M0 0h${side}v${side}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
