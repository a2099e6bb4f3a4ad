"""What the scripts here have in common: float64, numbers by seed, where fixtures are kept."""

import json
import math
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FOLDER = Path(__file__).parents[2] / "test" / "fixtures" / "pytorch"


def numbers(shape, seed, uniform=False):
    """Numbers between -1 and 1 (0 and 1 where uniform) of Park and Miller's generator, which the tests have too, to the bit."""
    values, x = [], seed
    for i in range(math.prod(shape) + 3):
        x = 16807 * x % 2147483647
        if i >= 3:  # the first are as small as the seed
            values.append(x / 2147483647)
    return torch.tensor([v if uniform else 2 * v - 1 for v in values]).reshape(shape)


def channels_first(images):
    return images.permute(0, 3, 1, 2)


def channels_last(images):
    return images.permute(0, 2, 3, 1)


def listed(tensors):
    """Tensors as the tests make them anew: a shape and a seed by name."""
    return {name: {"shape": list(shape), "seed": seed} for name, (shape, seed) in tensors.items()}


def flat(tensors):
    return {name: tensor.detach().flatten().tolist() for name, tensor in tensors.items()}


def write(name, content):
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(content, indent=2) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")
