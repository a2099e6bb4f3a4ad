"""Norms, noise, convolutions and rules for weights, each a layer by itself, to test/fixtures/pytorch/weightsAndNorms.json."""

import math
import warnings

import torch
import torch.nn.functional as F

from common import channels_first, channels_last, write
from one_layer import one_layer

IMAGES = (2, 3, 2, 4)
CHANNELS = 4
AFFINE = {"scale": (CHANNELS,), "shift": (CHANNELS,)}


def dense(kernel, bias, x):
    return F.linear(x, kernel.T, bias)


def conv(kernel, bias, x, **options):
    """A filter [height, width, in, out] over images [batch, height, width, channels]."""
    return channels_last(F.conv2d(channels_first(x), kernel.permute(3, 2, 0, 1), bias, **options))


def conv_transpose(kernel, bias, x, **options):
    """A filter [height, width, out, in]."""
    return channels_last(F.conv_transpose2d(channels_first(x), kernel.permute(3, 2, 0, 1), bias, **options))


def group_norm(p, x, groups=2):
    return channels_last(F.group_norm(channels_first(x), groups, p["scale"], p["shift"]))


def instance_norm(p, x):
    return channels_last(F.instance_norm(channels_first(x), weight=p.get("scale"), bias=p.get("shift")))


def pixel_norm(p, x):
    """PyTorch calls the division by the root of the mean square RMSNorm."""
    return F.rms_norm(x, x.shape[-1:], eps=1e-8)


def spectrally_normal(kernel, u, dim):
    """PyTorch's hook of Miyato et al.'s algorithm 1: one iteration from u. Returns the kernel and the new u."""
    module = torch.nn.Module()
    module.weight = torch.nn.Parameter(kernel.detach())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has a successor, which starts from v
        torch.nn.utils.spectral_norm(module, dim=dim)
    norm = next(iter(module._forward_pre_hooks.values()))
    del module._parameters["weight_orig"]
    module.weight_orig = kernel
    module.weight_u.copy_(u)
    return norm.compute_weight(module, do_power_iteration=True), module.weight_u


def weight_normal(kernel, gain, dim):
    return torch._weight_norm(kernel, gain.reshape([-1 if axis == dim else 1 for axis in range(kernel.dim())]), dim)


def equalised(kernel, fan_in, gain=math.sqrt(2), multiplier=1):
    return kernel * (gain * multiplier / math.sqrt(fan_in))


def linear(p, name, x):
    return x @ p[name] + p.get(f"{name}Bias", 0)


def film(p, x, by):
    axes = [1] * (x.dim() - 2)
    scale, shift = (linear(p, name, by).reshape(len(x), *axes, -1) for name in ("scale", "shift"))
    return (1 + scale) * x + shift


def depthwise(p, x, **options):
    """A filter [height, width, channels, multiplier]; PyTorch's is [channels multiplier, 1, height, width]."""
    size, _, channels, multiplier = p["kernel"].shape
    filters = p["kernel"].permute(2, 3, 0, 1).reshape(channels * multiplier, 1, size, size)
    return channels_last(F.conv2d(channels_first(x), filters, p["bias"], groups=channels, **options))


def conv1d(p, x, **options):
    """A filter [width, in, out] over sequences [batch, length, channels]."""
    return F.conv1d(x.permute(0, 2, 1), p["kernel"].permute(2, 1, 0), p.get("bias"), **options).permute(0, 2, 1)


def modulated(p, x, style, demodulate=True, **options):
    """Karras et al. 2020, equations 1 to 3 as they stand there: each sample has filters of its own."""
    s = 1 + linear(p, "style", style)
    w = p["kernel"] * s.reshape(len(x), 1, 1, -1, 1)
    if demodulate:
        w = w / torch.sqrt((w**2).sum(dim=(1, 2, 3), keepdim=True) + 1e-8)
    return torch.cat([conv(w[i], p["bias"], x[i : i + 1], **options) for i in range(len(x))])


SPECTRAL = {"weights": {"type": "spectralNorm"}}
WEIGHT = {"weights": {"type": "weightNorm"}}
DENSE = {"type": "dense", "units": 3}
DENSE_STATE = {"kernel": (4, 3), "bias": (3,)}
CONV = {"type": "conv2d", "filters": 3, "kernel": 3}
CONV_STATE = {"kernel": (3, 3, 4, 3), "bias": (3,)}
UP = {"type": "convTranspose2d", "filters": 3, "kernel": 4, "stride": 2, "padding": 1}
UP_STATE = {"kernel": (4, 4, 3, 4), "bias": (3,)}

CASES = {
    "groupNorm": one_layer({"type": "groupNorm", "groups": 2}, [IMAGES], AFFINE, group_norm),
    "groupNorm of vectors": one_layer(
        {"type": "groupNorm", "groups": 2},
        [(3, 4)],
        AFFINE,
        lambda p, x: F.group_norm(x, 2, p["scale"], p["shift"]),
    ),
    "instanceNorm": one_layer({"type": "instanceNorm"}, [IMAGES], AFFINE, instance_norm),
    "instanceNorm alone": one_layer({"type": "instanceNorm", "affine": False}, [IMAGES], {}, instance_norm),
    "batchNorm alone": one_layer(
        {"type": "batchNorm", "affine": False, "momentum": 0.75},
        [IMAGES],
        {"mean": (CHANNELS,), "variance": (CHANNELS,)},
        lambda p, x: channels_last(F.batch_norm(channels_first(x), None, None, training=True)),
        fed=lambda p, x: {"mean": 0.75 * p["mean"] + 0.25 * x.mean(dim=(0, 1, 2))},
    ),
    "pixelNorm": one_layer({"type": "pixelNorm"}, [IMAGES], {}, pixel_norm),
    "noiseInjection": one_layer(
        {"type": "noiseInjection"},
        [IMAGES],
        {"strength": (CHANNELS,)},
        lambda p, x, noise: x + p["strength"] * noise,
        {"normal": (2, 3, 2, 1)},
    ),
    "gaussianNoise": one_layer(
        {"type": "gaussianNoise", "std": 0.3}, [(3, 4)], {}, lambda p, x, noise: x + 0.3 * noise, {"normal": (3, 4)}
    ),
    "spectralNorm of dense": one_layer(
        {**DENSE, **SPECTRAL},
        [(5, 4)],
        {**DENSE_STATE, "kernel.u": (3,)},
        lambda p, x: dense(spectrally_normal(p["kernel"], p["kernel.u"].detach(), 1)[0], p["bias"], x),
        fed=lambda p, x: {"kernel.u": spectrally_normal(p["kernel"], p["kernel.u"].detach(), 1)[1]},
    ),
    "spectralNorm of conv2d": one_layer(
        {**CONV, **SPECTRAL},
        [IMAGES],
        {**CONV_STATE, "kernel.u": (3,)},
        lambda p, x: conv(spectrally_normal(p["kernel"], p["kernel.u"].detach(), 3)[0], p["bias"], x, padding=1),
        fed=lambda p, x: {"kernel.u": spectrally_normal(p["kernel"], p["kernel.u"].detach(), 3)[1]},
    ),
    "spectralNorm of convTranspose2d": one_layer(
        {**UP, **SPECTRAL},
        [IMAGES],
        {**UP_STATE, "kernel.u": (3,)},
        lambda p, x: conv_transpose(
            spectrally_normal(p["kernel"], p["kernel.u"].detach(), 2)[0], p["bias"], x, stride=2, padding=1
        ),
        fed=lambda p, x: {"kernel.u": spectrally_normal(p["kernel"], p["kernel.u"].detach(), 2)[1]},
    ),
    "weightNorm of dense": one_layer(
        {**DENSE, **WEIGHT},
        [(5, 4)],
        {**DENSE_STATE, "kernel.gain": (3,)},
        lambda p, x: dense(weight_normal(p["kernel"], p["kernel.gain"], 1), p["bias"], x),
    ),
    "weightNorm of convTranspose2d": one_layer(
        {**UP, **WEIGHT},
        [IMAGES],
        {**UP_STATE, "kernel.gain": (3,)},
        lambda p, x: conv_transpose(weight_normal(p["kernel"], p["kernel.gain"], 2), p["bias"], x, stride=2, padding=1),
    ),
    "equalised dense": one_layer(
        {**DENSE, "weights": {"type": "equalised", "gain": 1, "multiplier": 0.01}},
        [(5, 4)],
        DENSE_STATE,
        lambda p, x: dense(equalised(p["kernel"], 4, 1, 0.01), 0.01 * p["bias"], x),
    ),
    "equalised conv2d": one_layer(
        {**CONV, "weights": {"type": "equalised"}},
        [IMAGES],
        CONV_STATE,
        lambda p, x: conv(equalised(p["kernel"], 36), p["bias"], x, padding=1),
    ),
    "conv2d, dilated": one_layer(
        {**CONV, "dilation": 2},
        [(2, 5, 6, 4)],
        CONV_STATE,
        lambda p, x: conv(p["kernel"], p["bias"], x, padding=2, dilation=2),
    ),
    "conv1d, dilated and strided": one_layer(
        {"type": "conv1d", "filters": 3, "kernel": 3, "stride": 2, "dilation": 2, "padding": 1},
        [(2, 8, 2)],
        {"kernel": (3, 2, 3), "bias": (3,)},
        lambda p, x: conv1d(p, x, stride=2, dilation=2, padding=1),
    ),
    "spectralNorm of conv1d": one_layer(
        {"type": "conv1d", "filters": 3, "kernel": 3, "bias": False, **SPECTRAL},
        [(2, 5, 2)],
        {"kernel": (3, 2, 3), "kernel.u": (3,)},
        lambda p, x: conv1d(
            {"kernel": spectrally_normal(p["kernel"], p["kernel.u"].detach(), 2)[0]}, x, padding=1
        ),
    ),
    "depthwiseConv2d": one_layer(
        {"type": "depthwiseConv2d", "kernel": 3, "multiplier": 2},
        [(2, 4, 3, 3)],
        {"kernel": (3, 3, 3, 2), "bias": (6,)},
        lambda p, x: depthwise(p, x, padding=1),
    ),
    "depthwiseConv2d, dilated and strided": one_layer(
        {"type": "depthwiseConv2d", "kernel": 3, "stride": 3, "dilation": 2, "padding": 2},
        [(2, 8, 7, 2)],
        {"kernel": (3, 3, 2, 1), "bias": (2,)},
        lambda p, x: depthwise(p, x, padding=2, stride=3, dilation=2),
    ),
    "film": one_layer(
        {"type": "film"},
        [IMAGES, (2, 3)],
        {"scale": (3, CHANNELS), "scaleBias": (CHANNELS,), "shift": (3, CHANNELS), "shiftBias": (CHANNELS,)},
        film,
    ),
    "film of vectors without biases": one_layer(
        {"type": "film", "bias": False}, [(3, 4), (3, 2)], {"scale": (2, 4), "shift": (2, 4)}, film
    ),
    "spectralNorm of film": one_layer(
        {"type": "film", "bias": False, **SPECTRAL},
        [(3, 4), (3, 2)],
        {"scale": (2, 4), "scale.u": (4,), "shift": (2, 4), "shift.u": (4,)},
        lambda p, x, by: film(
            {name: spectrally_normal(p[name], p[f"{name}.u"].detach(), 1)[0] for name in ("scale", "shift")}, x, by
        ),
    ),
    "modulatedConv2d": one_layer(
        {"type": "modulatedConv2d", "filters": 3, "kernel": 3},
        [IMAGES, (2, 3)],
        {**CONV_STATE, "style": (3, CHANNELS), "styleBias": (CHANNELS,)},
        lambda p, x, style: modulated(p, x, style, padding=1),
    ),
    "modulatedConv2d, not demodulated": one_layer(
        {"type": "modulatedConv2d", "filters": 3, "kernel": 1, "demodulate": False},
        [IMAGES, (2, 3)],
        {"kernel": (1, 1, 4, 3), "bias": (3,), "style": (3, CHANNELS), "styleBias": (CHANNELS,)},
        lambda p, x, style: modulated(p, x, style, demodulate=False),
    ),
    "equalised modulatedConv2d": one_layer(
        {"type": "modulatedConv2d", "filters": 3, "kernel": 3, "weights": {"type": "equalised", "multiplier": 0.5}},
        [IMAGES, (2, 3)],
        {**CONV_STATE, "style": (3, CHANNELS), "styleBias": (CHANNELS,)},
        lambda p, x, style: modulated(
            {
                "kernel": equalised(p["kernel"], 36, multiplier=0.5),
                "style": equalised(p["style"], 3, multiplier=0.5),
                "styleBias": 0.5 * p["styleBias"],
                "bias": 0.5 * p["bias"],
            },
            x,
            style,
            padding=1,
        ),
    ),
}

write("weightsAndNorms", {"torch": torch.__version__, "cases": CASES})
