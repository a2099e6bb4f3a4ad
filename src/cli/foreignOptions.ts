import { commandLine } from './commandLine.ts'

/** How to write another program's option here. */
interface Advice {
  /** The equivalent options; absent if there are none. */
  readonly instead?: (value: string) => readonly string[]
  /** The placeholder of its value; absent if it takes none. */
  readonly value?: string
  readonly why?: string
}

const option = (name: string, value = 'N', why?: string): Advice => ({
  instead: (given) => [name, given],
  value,
  ...(why !== undefined && { why }),
})

const set = (value: string, ...paths: readonly string[]): Advice => ({
  instead: (given) => paths.flatMap((path) => ['--set', `${path}=${given}`]),
  value,
  why: 'It is part of the spec, and --set changes a field of the spec.',
})

const inSpec = (what: string): Advice => ({ value: 'N', why: `It is part of the spec: ${what}.` })

const [generator, discriminator] = ['optimizers.generator', 'optimizers.discriminator'] as const

const epochs: Advice = {
  instead: () => ['--steps', 'N'],
  value: 'N',
  why: 'Training is counted in steps: one epoch is the number of samples / batch steps.',
}

const backend = {
  instead: (device: string) => ['--backend', device === 'cpu' ? 'onnx' : 'auto'],
  value: 'auto',
  why: '`saddle backends` lists what starts here and on which device; auto takes the best.',
} satisfies Advice

type Table = readonly (readonly [names: string, advice: Advice])[]

/** Options of every command with --backend. */
const devices: Table = [
  ['device devices accelerator gpu-ids gpu-id ngpu gpus num-gpus', backend],
  ['gpu cuda use-gpu use-cuda mps', { instead: backend.instead, why: backend.why }],
  ['cpu no-cuda no-gpu', { instead: () => ['--backend', 'onnx'] }],
]

const fields: Table = [['batch batch-size batchsize b bs batch-gpu', set('N', 'batch')]]

const tables: { readonly [command: string]: Table } = {
  train: [
    ...devices,
    ...fields,
    ['lr learning-rate rate', set('1e-4', `${generator}.lr`, `${discriminator}.lr`)],
    ['lr-g g-lr lrg glr gen-lr lr-gen generator-lr lr-generator', set('1e-4', `${generator}.lr`)],
    ['lr-d d-lr lrd dlr disc-lr lr-disc discriminator-lr lr-discriminator', set('1e-4', `${discriminator}.lr`)],
    ['b1 beta1 beta-1 adam-beta1', set('0.5', `${generator}.beta1`, `${discriminator}.beta1`)],
    ['b2 beta2 beta-2 adam-beta2', set('0.999', `${generator}.beta2`, `${discriminator}.beta2`)],
    ['n-critic ncritic critic-iters d-steps d-iters n-dis', set('5', 'dynamics.counts.discriminator')],
    ['data dataset data-dir data-path data-root dataroot datadir train-data', set('FILE', 'sources.data.path')],
    ['epochs epoch e n-epochs num-epochs nepochs max-epochs niter num-train-epochs', epochs],
    ['kimg total-kimg', { ...epochs, why: 'Training is counted in steps: 1000 images are 1000 / batch steps.' }],
    [
      'iterations iters iter n-iters num-iters max-iter max-iters max-steps num-steps n-steps total-steps',
      option('--steps'),
    ],
    [
      'o output output-dir outdir out-dir outf result-dir results-dir save-dir savedir log-dir logdir run-dir checkpoint-dir name exp-name experiment',
      option('--out', 'DIR'),
    ],
    ['workers num-workers n-cpu num-threads j', option('--threads')],
    ['manual-seed manualseed random-seed', option('--seed')],
    [
      'save-interval save-freq save-steps save-frequency snap snapshot-interval checkpoint-interval checkpoint-every',
      option('--save-every'),
    ],
    [
      'checkpoint ckpt load load-checkpoint resume-path restore continue',
      { instead: (run) => ['--resume', '--out', run], value: 'RUN' },
    ],
    ['pretrained init-from weights init-weights', option('--from', 'RUN')],
    ['config cfg spec game model', { instead: (spec) => [spec], value: 'SPEC', why: 'The spec is the argument.' }],
    ['z-dim zdim nz latent-dim latent-size z-size', inSpec('latent: normal([N]), and input([N]) of the generator')],
    ['image-size img-size imgsize resolution res', inSpec('the shapes of the data and of the networks')],
    ['gamma r1-gamma r1 lambda-gp gp-weight gp-lambda', inSpec('its penalties, each with a weight')],
    ['loss gan-mode gan-type', inSpec('loss: losses.hinge, for example')],
    ['fp16 amp half bf16 mixed-precision precision', { why: 'Every backend computes in float32.' }],
    [
      'verbose v debug',
      { instead: () => [], why: 'Progress is always shown. SADDLE_DEBUG=1 shows where errors come from.' },
    ],
    ['force f overwrite', { why: 'Runs are never overwritten: remove the folder, or give another one with --out.' }],
    [
      'wandb tensorboard log',
      { instead: () => ['--json'], why: 'Events are lines of JSON. Costs are also in metrics.jsonl.' },
    ],
  ],
  sample: [
    ...devices,
    ['n num num-samples n-samples nsamples num-images samples number batch batch-size', option('--count')],
    ['o output outfile out-file outdir output-dir outf', option('--out', 'FILE')],
    ['seeds manual-seed', option('--seed')],
    ['trunc psi truncation-psi', option('--truncation', '0.7')],
    ['class classes label labels class-idx y', { instead: (label) => ['--input', `label=${label}`], value: 'N' }],
    [
      'network ckpt checkpoint model run load weights',
      { instead: (run) => [run], value: 'RUN', why: 'The folder of the run is the argument.' },
    ],
  ],
  reproduce: [
    ...devices,
    ['o output output-dir', option('--out', 'FILE')],
    ['workers num-workers j', option('--threads')],
  ],
  compare: [...fields, ['backend', option('--backends', 'NAMES')], ['workers num-workers j', option('--threads')]],
  trace: fields,
}

/** Normalises an option: `--Batch_Size` and `-batch-size` are the same. */
const nameOf = (flag: string): string => flag.replace(/^-+/, '').replaceAll('_', '-').toLowerCase()

const adviceOf = (command: string, flag: string): Advice | undefined => {
  const name = nameOf(flag)
  return tables[command]?.find(([names]) => names.split(' ').includes(name))?.[1]
}

/** What to type instead of another program's option; `undefined` if the option is unknown. */
export const adviceFor = (flag: string, words: readonly string[]): string | undefined => {
  const [command = ''] = words
  const [name = ''] = flag.split('=')
  const advice = adviceOf(command, name)
  if (advice === undefined) return undefined
  const lines = [
    ...(advice.why === undefined ? [] : [advice.why]),
    ...(advice.instead === undefined ? [] : [commandLine(...replaced(words))]),
  ]
  return lines.map((each) => `  ${each}\n`).join('')
}

/** The arguments with all foreign options replaced by the equivalents here. */
const replaced = ([command = '', ...words]: readonly string[]): readonly string[] => [
  command,
  ...replacedIn(command, words),
]

const replacedIn = (command: string, words: readonly string[]): readonly string[] => {
  const [word, next, ...rest] = words
  if (word === undefined) return []
  const [name = '', inline] = split(word)
  const advice = name.startsWith('-') ? adviceOf(command, name) : undefined
  const after = words.slice(1)
  if (advice?.instead === undefined) return [word, ...replacedIn(command, after)]
  const { instead, value } = advice
  if (inline === undefined && next !== undefined && belongsTo(advice, next))
    return [...instead(next), ...replacedIn(command, rest)]
  return [...instead(inline ?? value ?? ''), ...replacedIn(command, after)]
}

/** Whether an argument is the value of the option before it. */
const belongsTo = ({ value }: Advice, word: string): boolean =>
  value === undefined ? /^([\d,]+|true|false)$/.test(word) : !word.startsWith('-')

/** Splits `--lr=1e-4` into name and value. The value is absent if it is a separate argument. */
const split = (word: string): readonly [string, string?] => {
  const at = word.indexOf('=')
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}
