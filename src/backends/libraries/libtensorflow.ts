import type { Library, Wheel } from './library.ts'

/**
 * TensorFlow's C library, out of the wheels of its Python package. 2.20.0 needs glibc 2.17 (2.21 needs 2.27) and, for a
 * GPU, CUDA 12.5 and cuDNN 9.3, or later ones of the same major versions.
 */
export const tensorflowVersion = '2.20.0'

const keep = String.raw`tensorflow/libtensorflow_(cc|framework)\.so\.2`

const nvidia = (name: string, version: string, size: number, sha256: string): Wheel => ({
  name: `nvidia-${name}-cu12`,
  version,
  size,
  sha256,
})

const cudaWheels = [
  nvidia('cublas', '12.5.3.2', 363_313_169, 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b'),
  nvidia('cuda-cupti', '12.5.82', 13_811_507, 'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953'),
  nvidia('cuda-nvcc', '12.5.82', 22_468_537, 'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0'),
  nvidia('cuda-nvrtc', '12.5.82', 24_873_108, '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd'),
  nvidia('cuda-runtime', '12.5.82', 895_707, '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115'),
  nvidia('cudnn', '9.3.0.75', 577_163_502, '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d'),
  nvidia('cufft', '11.2.3.61', 192_524_114, '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8'),
  nvidia('curand', '10.3.6.82', 56_309_107, '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536'),
  nvidia('cusolver', '11.6.3.83', 130_341_232, '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b'),
  nvidia('cusparse', '12.5.1.3', 217_558_979, '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752'),
  nvidia('nccl', '2.25.1', 201_352_353, '362aed5963fb9ea2ed2f264409baae30143498fd0e5c503aeaa1badd88cdc54a'),
  nvidia('nvjitlink', '12.5.82', 21_298_879, 'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212'),
]

/** With CUDA or on the CPU, for `tfjs-node-gpu`. Its libraries look for those of CUDA in `../nvidia`, so the two folders stay side by side. */
export const tensorflow: Library = {
  name: 'tfjs-node-gpu',
  title: 'tensorflow',
  version: tensorflowVersion,
  main: {
    folder: 'tensorflow',
    wheels: [
      {
        name: 'tensorflow',
        version: tensorflowVersion,
        size: 620_682_547,
        sha256: '25265b0bc527e0d54b1e9cc60c44a24f44a809fe27666b905f0466471f9c52ec',
      },
    ],
    keep,
    size: 1_272_928_064,
  },
  cuda: {
    folder: 'nvidia',
    wheels: cudaWheels,
    keep: 'nvidia/[^/]+/(lib/.+|bin/ptxas|nvvm/libdevice/.+)',
    size: 2_797_125_820,
  },
}

/** Half as large, and only for the CPU. */
export const tensorflowCpu: Library = {
  name: 'tfjs-node',
  title: 'tensorflow-cpu',
  version: tensorflowVersion,
  main: {
    folder: 'tensorflow',
    wheels: [
      {
        name: 'tensorflow-cpu',
        version: tensorflowVersion,
        size: 258_989_246,
        sha256: 'c7a9224185818094ed95c4e114d3efe77241db35fbf0b75251fb2bf6222dd6a7',
      },
    ],
    keep,
    size: 779_485_312,
  },
}
