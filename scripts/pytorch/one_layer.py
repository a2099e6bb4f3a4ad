"""What the fixtures of layers hold: one layer by itself, its results, and its derivatives of first and second order."""

import torch

from common import flat, listed, numbers


def one_layer(layer, inputs, state, apply, draws=(), fed=None):
    """
    The layer's data, the shapes of its inputs (the batch among them), of its state and of its draws; `apply` makes the
    result of the state, the inputs and the draws. The score is the sum of w tanh(y), with other weights w for each number;
    the penalty is the sum of the squares of the score's gradient by the inputs, as a gradient penalty has it.
    """
    seeds = iter(range(1, 100))
    inputs = {f"{i}": (shape, next(seeds)) for i, shape in enumerate(inputs)}
    state = {name: (shape, next(seeds)) for name, shape in state.items()}
    draws = {name: (shape, next(seeds)) for name, shape in dict(draws).items()}
    x = {name: numbers(*at).requires_grad_() for name, at in inputs.items()}
    p = {name: numbers(*at).requires_grad_() for name, at in state.items()}
    y = apply(p, *x.values(), *(numbers(*at) for at in draws.values()))
    score = (numbers(y.shape, 100) * torch.tanh(y)).sum()
    slopes = torch.autograd.grad(score, list(x.values()), create_graph=True)
    penalty = sum((slope**2).sum() for slope in slopes)

    def by(value):
        wrt = {**x, **p}
        found = torch.autograd.grad(value, list(wrt.values()), retain_graph=True, allow_unused=True)
        return flat({name: torch.zeros_like(wrt[name]) if g is None else g for name, g in zip(wrt, found)})

    return {
        "layer": layer,
        "inputs": listed(inputs),
        "state": listed(state),
        "draws": listed(draws),
        "y": {"shape": list(y.shape), "values": y.detach().flatten().tolist()},
        "slopes": by(score),
        "curvatures": by(penalty),
        "fed": flat(fed(p, *x.values()) if fed else {}),
    }
