import { type ArmStyle, pointOf } from './arm-style.ts'
import type { Layer } from './figure.ts'
import { wrapped } from './text-width.ts'
import { palette } from './theme.ts'

const [size, lineHeight, longestLine, gap] = [13.5, 17, 10.5, 22]

type Named = { readonly label: string; readonly at: number; readonly style: ArmStyle }

/** Where texts of these heights may stand, each as near as it can to where it wants to be and none upon another, inside 0 to `most`. */
export const spreadOut = (wanted: readonly { readonly at: number; readonly tall: number }[], most: number): readonly number[] => {
  const order = wanted.map((_, place) => place).toSorted((left, right) => wanted[left]!.at - wanted[right]!.at)
  const places = wanted.map(({ at }) => at)
  let free = 0
  for (const place of order) {
    places[place] = Math.max(places[place]!, free + wanted[place]!.tall / 2)
    free = places[place]! + wanted[place]!.tall / 2
  }
  let limit = Math.max(
    most,
    wanted.reduce((sum, { tall }) => sum + tall, 0),
  )
  for (const place of order.toReversed()) {
    places[place] = Math.min(places[place]!, limit - wanted[place]!.tall / 2)
    limit = places[place]! - wanted[place]!.tall / 2
  }
  return places
}

/** The names of the arms at the right of a plot of this size, each by where its line ends. */
export const sideNames = (named: readonly Named[], width: number, height: number, domain: readonly [number, number]): readonly Layer[] => {
  const texts = named.map(({ label }) => wrapped(label, longestLine))
  const wanted = named.map(({ at }, place) => ({
    at: ((domain[1] - at) / (domain[1] - domain[0])) * height,
    tall: texts[place]!.length * lineHeight + 5,
  }))
  const placed = spreadOut(wanted, height)
  return named.flatMap(({ style }, place): Layer[] => {
    const lines = texts[place]!
    const y = placed[place]!
    return [
      { data: { values: [{}] }, mark: pointOf(style, 80), encoding: { x: { value: width + 12 }, y: { value: y } } },
      {
        data: { values: [{ lines }] },
        mark: { type: 'text', align: 'left', baseline: 'middle', lineHeight, fontSize: size, color: palette.ink },
        encoding: {
          x: { value: width + gap },
          y: { value: y - ((lines.length - 1) * lineHeight) / 2 },
          text: { field: 'lines' },
        },
      },
    ]
  })
}
