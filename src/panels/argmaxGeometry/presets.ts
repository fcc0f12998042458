import { withRandom } from './fresh.ts'

const layer = (vocabulary: number, d: number, seed: number, biasSeed: number | null = null) => ({
  ...withRandom({ vocabulary, d, seed, biasSeed }),
  cure: 'none' as const,
})

export const presets = [
  { label: '20 tokens in the plane: 12 never win', experiment: layer(20, 2, 1101) },
  { label: '60 tokens in the plane: 52 never win', experiment: layer(60, 2, 1102) },
  { label: '30 tokens in the plane with biases', experiment: layer(30, 2, 1108, 1208) },
  { label: '80 tokens in space: 59 never win', experiment: layer(80, 3, 1104) },
  { label: '300 tokens in 8 dimensions', experiment: layer(300, 8, 1106) },
  {
    label: 'four words round a fifth',
    experiment: {
      ...layer(5, 2, 0),
      W: [
        [1, 1],
        [-1, 1.2],
        [-1.1, -1],
        [1.2, -0.9],
        [0.1, 0.05],
      ],
      names: ['north-east', 'north-west', 'south-west', 'south-east', 'here'],
      token: 4,
    },
  },
]
