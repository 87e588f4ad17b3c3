import { seededRandom } from '@tongxing/instruments'

/** Rademacher: each cluster's residuals kept or turned about. Webb: six weights, for so few clusters that turning about gives too few samples. */
export const wildWeights = ['rademacher', 'webb'] as const
export type WildWeights = (typeof wildWeights)[number]

const webb = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)]

/** Up to so many clusters every turning about is gone through: 2¹³ of them, for turning all about at once changes no size of t. */
const mostEnumerated = 14

export const isEnumerated = (weights: WildWeights, clusters: number): boolean => weights === 'rademacher' && clusters <= mostEnumerated

/** One weight a cluster, written into the same place again and again. */
export function* weightDraws(weights: WildWeights, clusters: number, draws: number, seed: number): Generator<Float64Array> {
  const drawn = new Float64Array(clusters).fill(1)
  if (isEnumerated(weights, clusters)) {
    for (let pattern = 0; pattern < 2 ** (clusters - 1); pattern += 1) {
      for (let cluster = 1; cluster < clusters; cluster += 1) drawn[cluster] = (pattern >> (cluster - 1)) & 1 ? -1 : 1
      yield drawn
    }
    return
  }
  const random = seededRandom(seed)
  for (let draw = 0; draw < draws; draw += 1) {
    for (let cluster = 0; cluster < clusters; cluster += 1)
      drawn[cluster] = weights === 'webb' ? webb[Math.floor(random() * 6)]! : random() < 0.5 ? 1 : -1
    yield drawn
  }
}
