"""Layers of structure in PyTorch, in float64: what they make, their gradients, and those of a penalty on a gradient.

Written from the papers: maxout (Goodfellow et al. 2013), PReLU (He et al. 2015), products, self-attention (Zhang et al. 2019),
resampling and pooling, pixel shuffle (Shi et al. 2016), minibatch standard deviation (Karras et al. 2018) and discrimination
(Salimans et al. 2016). Where PyTorch has the layer, it is PyTorch's. The layout is ours: channels last.
"""

import torch
import torch.nn.functional as F

from common import channels_first, channels_last, flat, listed, numbers, write


def images(layer):
    """A layer of PyTorch's on our layout."""
    return lambda p, x: channels_last(layer(channels_first(x)))


def maxout(p, x):
    return x.unflatten(-1, (-1, 3)).max(dim=-1).values


def prelu(p, x):
    return channels_last(F.prelu(channels_first(x), p["slope"]))


def self_attention(p, x):
    pixels = x.flatten(1, 2)
    f, g, h = pixels @ p["f"], pixels @ p["g"], pixels @ p["h"]
    beta = torch.softmax(torch.einsum("njk,nik->nji", g, f), dim=-1)
    o = torch.einsum("nji,nik->njk", beta, h) @ p["v"]
    return x + p["gamma"] * o.reshape(x.shape)


def pixel_shuffle(x):
    """PyTorch's channels are ordered by channel, row, column of the block; the paper's by row, column, channel."""
    n, c, h, w = x.shape
    return F.pixel_shuffle(x.reshape(n, 2, 2, c // 4, h, w).permute(0, 3, 1, 2, 4, 5).reshape(n, c, h, w), 2)


def minibatch_std(p, x):
    """Groups of 3 in a batch of 6: samples 0, 2, 4 and samples 1, 3, 5."""
    made = torch.zeros(*x.shape[:-1], 1)
    for first in (0, 1):
        group = x[first::2]
        made[first::2] = torch.sqrt(group.var(dim=0, correction=0) + 1e-8).mean()
    return torch.cat([x, made], dim=-1)


def minibatch_discrimination(p, x):
    m = (x @ p["kernel"]).reshape(-1, 3, 2)
    return torch.cat([x, torch.stack([torch.exp(-(m - one).abs().sum(dim=2)).sum(dim=0) for one in m])], dim=1)


def resize(mode, **options):
    return images(lambda x: F.interpolate(x, mode=mode, **options))


# Shapes of one sample for each input, shapes of the parameters, and what the layer makes.
LAYERS = {
    "maxout": ([(2, 12)], {}, maxout),
    "prelu": ([(2, 3, 4)], {"slope": (4,)}, prelu),
    "multiply": ([(2, 3), (2, 3)], {}, lambda p, x, y: x * y),
    "total": ([(2, 3)], {}, lambda p, x: x.sum(dim=-1, keepdim=True)),
    "selfAttention": (
        [(2, 3, 4)],
        {"f": (4, 2), "g": (4, 2), "h": (4, 2), "v": (2, 4), "gamma": ()},
        self_attention,
    ),
    "upsample nearest": ([(2, 3, 2)], {}, resize("nearest", scale_factor=3)),
    "upsample bilinear": ([(2, 3, 2)], {}, resize("bilinear", scale_factor=3, align_corners=False)),
    "upsample bilinear by 2": ([(1, 4, 2)], {}, resize("bilinear", scale_factor=2, align_corners=False)),
    "downsample nearest": ([(5, 6, 2)], {}, resize("nearest", scale_factor=1 / 2)),
    "downsample bilinear": ([(4, 6, 2)], {}, resize("bilinear", scale_factor=1 / 2, align_corners=False)),
    "downsample bilinear by 3": ([(3, 6, 2)], {}, resize("bilinear", size=(1, 2), align_corners=False)),
    "downsample bilinear by 4": ([(4, 8, 2)], {}, resize("bilinear", scale_factor=1 / 4, align_corners=False)),
    "pool average": ([(4, 7, 2)], {}, images(lambda x: F.avg_pool2d(x, 2))),
    "pool max": ([(4, 7, 2)], {}, images(lambda x: F.max_pool2d(x, 2))),
    "globalPool average": ([(3, 2, 4)], {}, lambda p, x: F.adaptive_avg_pool2d(channels_first(x), 1).flatten(1)),
    "globalPool max": ([(3, 2, 4)], {}, lambda p, x: F.adaptive_max_pool2d(channels_first(x), 1).flatten(1)),
    "globalPool sum": ([(3, 2, 4)], {}, lambda p, x: x.sum(dim=(1, 2))),
    "pixelShuffle": ([(2, 3, 8)], {}, images(pixel_shuffle)),
    "minibatchStd": ([(2, 2, 3)], {}, minibatch_std),
    "minibatchStd of vectors": ([(5,)], {}, minibatch_std),
    "minibatchDiscrimination": ([(4,)], {"kernel": (4, 6)}, minibatch_discrimination),
}


def found(name, inputs, parameters, layer):
    """The layer's result y; with weights w, the gradient of sum(w y^2); and the gradient of that gradient's squared length by the inputs."""
    batch = 6 if name.startswith("minibatch") else 2
    tensors = {
        **{f"{i}": ((batch, *shape), 10 + i) for i, shape in enumerate(inputs)},
        **{name: (shape, 20 + i) for i, (name, shape) in enumerate(parameters.items())},
    }
    values = {name: numbers(*at).requires_grad_() for name, at in tensors.items()}
    xs = [values[f"{i}"] for i in range(len(inputs))]
    y = layer(values, *xs)
    cost = (numbers(tuple(y.shape), 30) * y**2).sum()
    first = torch.autograd.grad(cost, list(values.values()), create_graph=True)
    penalty = sum((slope**2).sum() for slope in first[: len(xs)])
    second = torch.autograd.grad(penalty, list(values.values()))
    return {
        "tensors": listed(tensors),
        "shape": list(y.shape),
        "y": y.flatten().tolist(),
        "gradients": flat(dict(zip(values, first))),
        "second": flat(dict(zip(values, second))),
    }


write(
    "structure", {"torch": torch.__version__, "layers": {name: found(name, *parts) for name, parts in LAYERS.items()}}
)
