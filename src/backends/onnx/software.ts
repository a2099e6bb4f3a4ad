import * as E from '#fp-ts/Either'
import * as t from '#io-ts'

/** Software GPU drivers: SwiftShader, Mesa's lavapipe, Windows' WARP. */
const software = [/vk_swiftshader/, /vulkan_lvp/, /d3d10warp/i]

/** GPU drivers for Vulkan on Linux. */
const hardware = [
  /libGLX_nvidia/,
  /libvulkan_(radeon|intel|intel_hasvk|nouveau|freedreno|panfrost|broadcom|powervr_mesa|asahi|virtio|dzn)/,
  /amdvlk/,
]

/** Whether a process that found an adapter has loaded only software drivers. */
export const onlySoftware = (libraries: readonly string[]): boolean => {
  const some = (names: readonly RegExp[]): boolean =>
    libraries.some((library) => names.some((pattern) => pattern.test(library)))
  return some(software) && !some(hardware)
}

const report = t.type({ sharedObjects: t.array(t.string) })

/** The same for this process. If its libraries are unknown, assumes a real GPU. */
export const isSoftwareOnly = (): boolean => {
  const read = report.decode(process.report.getReport())
  return E.isRight(read) && onlySoftware(read.right.sharedObjects)
}
