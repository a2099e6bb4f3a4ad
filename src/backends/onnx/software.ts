import * as E from '#fp-ts/Either'
import * as t from '#io-ts'

/** Drivers of graphics cards that are programs for the CPU: SwiftShader, Mesa's lavapipe, Windows' WARP. */
const software = [/vk_swiftshader/, /vulkan_lvp/, /d3d10warp/i]

/** Drivers of graphics cards for Vulkan on Linux. */
const hardware = [
  /libGLX_nvidia/,
  /libvulkan_(radeon|intel|intel_hasvk|nouveau|freedreno|panfrost|broadcom|powervr_mesa|asahi|virtio|dzn)/,
  /amdvlk/,
]

/** Whether, among the libraries of a process that found an adapter, there are drivers in software and no others. */
export const onlySoftware = (libraries: readonly string[]): boolean => {
  const some = (names: readonly RegExp[]): boolean =>
    libraries.some((library) => names.some((pattern) => pattern.test(library)))
  return some(software) && !some(hardware)
}

const report = t.type({ sharedObjects: t.array(t.string) })

/** The same of this process; one that does not tell its libraries is taken at its best. */
export const isSoftwareOnly = (): boolean => {
  const read = report.decode(process.report.getReport())
  return E.isRight(read) && onlySoftware(read.right.sharedObjects)
}
