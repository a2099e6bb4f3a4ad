// Facts of the arithmetic on literal sizes, for the compiler to check.
import type { Add, CeilDiv, Half, Mul, Product, Sub } from '../../src/dsl/types/arith.ts'
import type { Agree, Conv, ConvTranspose, Show, WithoutAxes } from '../../src/dsl/types/shape.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type AllTrue<T extends readonly true[]> = T

export type Sums = AllTrue<
  [
    Same<Add<999, 1>, 1000>,
    Same<Add<1, 999>, 1000>,
    Same<Add<28, 5>, 33>,
    Same<Add<0, 0>, 0>,
    Same<Add<number, 5>, number>,
    Same<Sub<1000, 1>, 999>,
    Same<Sub<28, 4>, 24>,
    Same<Sub<3, 5>, 0>,
    Same<Sub<13, 15>, 0>,
    Same<Sub<128, 128>, 0>,
    Same<Sub<1024, 999>, 25>,
  ]
>
export type Products = AllTrue<
  [
    Same<Mul<64, 64>, 4096>,
    Same<Mul<999, 999>, 998001>,
    Same<Mul<1024, 1024>, 1048576>,
    Same<Mul<0, 5>, 0>,
    Same<Mul<100, 10>, 1000>,
    Same<Mul<7, 12345>, 86415>,
    Same<Mul<32 | 64, 2>, 64 | 128>,
    Same<Product<[7, 7, 64]>, 3136>,
    Same<Product<[64, 64, 3]>, 12288>,
    Same<Product<[4, number]>, number>,
    Same<Product<number[]>, number>,
    Same<Product<[]>, 1>,
  ]
>
export type Quotients = AllTrue<
  [
    Same<Half<7>, 4>,
    Same<Half<19>, 10>,
    Same<Half<1024>, 512>,
    Same<Half<1>, 1>,
    Same<Half<999>, 500>,
    Same<Half<1.5>, number>,
    Same<Half<-2>, number>,
    Same<CeilDiv<28, 4>, 7>,
    Same<CeilDiv<30, 4>, 8>,
    Same<CeilDiv<30, 3>, number>,
  ]
>
export type Shapes = AllTrue<
  [
    Same<Conv<[28, 28, 1], 32, 4, 2, 'same'>, [14, 14, 32]>,
    Same<Conv<[29, 28, 1], 32, 4, 2, 'valid'>, [13, 13, 32]>,
    Same<Conv<[64, 64, 3], 64, 4, 2, 1>, [32, 32, 64]>,
    Same<ConvTranspose<[7, 7, 64], 32, 4, 2, 'same'>, [14, 14, 32]>,
    Same<ConvTranspose<[1, 1, 100], 512, 4, 1, 'valid'>, [4, 4, 512]>,
    Same<ConvTranspose<[4, 4, 512], 256, 4, 2, 1>, [8, 8, 256]>,
    Same<Agree<[2, number], [2, 3]>, true>,
    Same<Agree<[2, 3], [3, 3]>, false>,
    Same<Agree<[2], [2, 1]>, false>,
    Same<Show<[28, number, 1]>, '[28, ?, 1]'>,
    Same<WithoutAxes<[4, 5, 6], 0 | 2>, [5]>,
  ]
>
