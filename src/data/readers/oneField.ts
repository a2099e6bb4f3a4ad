import { size } from '../../ir/program.ts'
import { type Content, hashContents } from '../content.ts'
import type { Dataset } from '../dataset.ts'
import type { ScaledField } from '../fileArray.ts'

/** Makes a dataset whose only field is `x`, from one file. */
export const oneField =
  (content: Content) =>
  ({ scale, ...x }: ScaledField): Dataset => ({
    count: x.values.length / size(x.shape),
    fields: { x },
    ...(scale !== undefined && { scale }),
    hash: hashContents([content]),
  })
