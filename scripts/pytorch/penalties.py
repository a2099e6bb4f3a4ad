"""Penalties, and games in which D sees augmented, packed, flipped or ranked samples, in PyTorch: see README.md.

A penalty is the whole cost here, so that its own value and gradient are compared; what changes a loss is a whole game.
"""

import math

import torch
import torch.nn.functional as F

from common import flat, listed, numbers, write

BATCH = 4
SIZE = (5, 4, 2)  # height, width and channels of the images


def mlp(p, name, x, first=1):
    hidden, last = f"{name}/{first}.dense", f"{name}/{first + 2}.dense"
    x = torch.tanh(x @ p[f"{hidden}/kernel"] + p[f"{hidden}/bias"])
    return x @ p[f"{last}/kernel"] + p[f"{last}/bias"]


def shapes(name, sizes, first=1):
    """Parameters of a perceptron of one hidden layer; `first` is its number in the pipeline."""
    of = {}
    for layer, (rows, columns) in zip((first, first + 2), zip(sizes, sizes[1:])):
        of[f"{name}/{layer}.dense/kernel"] = (rows, columns)
        of[f"{name}/{layer}.dense/bias"] = (columns,)
    return of


class Place:
    """Where a cost is taken: networks at their parameters, draws by name, and memory."""

    def __init__(self, case, draws):
        self.p = {name: (case.scale * numbers(*at)).requires_grad_() for name, at in case.state.items()}
        self.draws = draws
        self.slots = case.slots
        self.image = case.image

    def D(self, x):
        return mlp(self.p, "D", x.flatten(1), 2 if self.image else 1)

    def G(self, z):
        made = mlp(self.p, "G", z)
        return made.reshape(-1, *SIZE) if self.image else made

    @property
    def x(self):
        return self.draws["data.x"]

    @property
    def z(self):
        return self.draws["latent.x"]

    def noise(self, name):
        return self.draws[f"noise/{name}"]


# Penalties


def slope(D, point):
    """D's gradient by each sample, as part of what is differentiated."""
    point = point.detach().requires_grad_()
    (found,) = torch.autograd.grad(D(point).sum(), point, create_graph=True)
    return found.flatten(1)


def between(at):
    u = at.noise("interpolation").reshape(-1, 1)
    return at.x + u * (at.G(at.z) - at.x)


def zero_centred(at):
    return 10 * slope(at.D, between(at)).pow(2).sum(1).mean()


def lipschitz(at):
    return 10 * F.relu(slope(at.D, between(at)).norm(dim=1) - 1).pow(2).mean()


def largest(at):
    return 2 * slope(at.D, between(at)).norm(dim=1).max().pow(2)


def r1(at):
    return 5 * slope(at.D, at.x).pow(2).sum(1).mean()


def r2(at):
    return 5 * slope(at.D, at.G(at.z)).pow(2).sum(1).mean()


def dragan(at):
    around = at.x + 0.5 * at.x.std(unbiased=False) * at.noise("around")
    return 10 * (slope(at.D, around).norm(dim=1) - 1).pow(2).mean()


def jensen_shannon(at):
    fake = at.G(at.z).detach()
    real_part = (1 - torch.sigmoid(at.D(at.x))).pow(2).squeeze(1) * slope(at.D, at.x).pow(2).sum(1)
    fake_part = torch.sigmoid(at.D(fake)).pow(2).squeeze(1) * slope(at.D, fake).pow(2).sum(1)
    return (real_part + fake_part).mean()


def lecam(at):
    real, fake = at.D(at.x), at.D(at.G(at.z).detach())
    at.after = {
        "meanReal": 0.99 * at.slots["meanReal"] + 0.01 * real.mean().item(),
        "meanFake": 0.99 * at.slots["meanFake"] + 0.01 * fake.mean().item(),
    }
    return 0.3 * ((real - at.slots["meanFake"]).pow(2).mean() + (fake - at.slots["meanReal"]).pow(2).mean())


def consistency(at):
    return 10 * F.mse_loss(at.D(at.x), at.D(at.x + 0.1 * at.noise("real")))


def balanced_consistency(at):
    fake = at.G(at.z).detach()
    return consistency(at) + 5 * F.mse_loss(at.D(fake), at.D(fake + 0.1 * at.noise("fake")))


def near(at):
    return at.G(at.z), at.G(at.z + 0.1 * at.noise("near"))


def latent_consistency(at):
    here, there = near(at)
    return 5 * F.mse_loss(at.D(here.detach()), at.D(there.detach()))


def latent_diversity(at):
    here, there = near(at)
    return -5 * (here - there).flatten(1).pow(2).sum(1).mean()


def path_length(at):
    z = at.z.detach().requires_grad_()
    made = at.G(z)
    pixels = math.prod(made.shape[1:-1])
    (found,) = torch.autograd.grad((made * at.noise("path") / math.sqrt(pixels)).sum(), z, create_graph=True)
    lengths = found.norm(dim=1)
    at.after = {"pathLength": 0.99 * at.slots["pathLength"] + 0.01 * lengths.mean().item()}
    return 2 * (lengths - at.slots["pathLength"]).pow(2).mean()


def kernels(at, network):
    return [value for name, value in at.p.items() if name.startswith(network) and name.endswith("kernel")]


def orthogonal(at):
    return 0.1 * sum((w.T @ w - torch.eye(w.shape[1])).abs().sum() for w in kernels(at, "D"))


def off_diagonal(at):
    return 0.1 * sum((w.T @ w * (1 - torch.eye(w.shape[1]))).pow(2).sum() for w in kernels(at, "G"))


# Games


def cross_entropy(logits, label):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, label))


def non_saturating(at, player, see=lambda at, x, draw: x):
    fake = at.G(at.z)
    if player == "generator":
        return cross_entropy(at.D(see(at, fake, "G")), 1.0)
    real_part = cross_entropy(at.D(see(at, at.x, "data")), 1.0)
    return real_part + cross_entropy(at.D(see(at, fake.detach(), "G")), 0.0)


def instance_noise(at, x, draw):
    return x + 0.3 * at.noise(draw)


def gate(at, draw, name, probability):
    return 1.0 if probability == 1 else (at.noise(f"{draw}-{name}-chance") < probability).double().reshape(-1, 1, 1, 1)


def colour(at, x, draw, probability=1):
    """Brightness, saturation and contrast, one after the other."""
    on = gate(at, draw, "colour", probability)

    def drawn(name):
        return at.noise(f"{draw}-{name}").reshape(-1, 1, 1, 1) - 0.5

    x = x + on * drawn("brightness")
    grey = x.mean(dim=3, keepdim=True)
    x = grey + (x - grey) * (1 + on * 2 * drawn("saturation"))
    middle = x.mean(dim=(1, 2, 3), keepdim=True)
    return middle + (x - middle) * (1 + on * drawn("contrast"))


def translated(x, rows, columns):
    """Each image on its own: what comes in from outside is 0."""
    moved = []
    for image, down, across in zip(x, rows.tolist(), columns.tolist()):
        height, width, _ = image.shape
        around = F.pad(image, (0, 0, width, width, height, height))
        top, left = height + int(down), width + int(across)
        moved.append(around[top : top + height, left : left + width])
    return torch.stack(moved)


def translation(at, x, draw, probability=1, ratio=0.3):
    on = gate(at, draw, "translation", probability)

    def drawn(name, size):
        most = int(size * ratio + 0.5)
        shift = torch.floor(at.noise(f"{draw}-{name}") * (2 * most + 1)) - most
        return shift if probability == 1 else shift * on.flatten()

    return translated(x, drawn("down", SIZE[0]), drawn("across", SIZE[1]))


def cutout(at, x, draw, probability=1, ratio=0.5):
    on = gate(at, draw, "cutout", probability)
    mask = torch.zeros(x.shape[0], SIZE[0], SIZE[1], 1)
    lengths = [int(size * ratio + 0.5) for size in SIZE[:2]]
    for i in range(x.shape[0]):
        inside = []
        for name, size, length in zip(("top", "left"), SIZE, lengths):
            offset = math.floor(at.noise(f"{draw}-{name}")[i].item() * (size + 1 - length % 2))
            inside.append({min(max(offset + k - length // 2, 0), size - 1) for k in range(length)})
        for row in inside[0]:
            for column in inside[1]:
                mask[i, row, column] = 1
    return x * (1 - mask * on)


def augmented(probability, first="", second="-view2", third="-view3"):
    def see(at, x, draw):
        x = colour(at, x, draw + first, probability)
        x = translation(at, x, draw + second, probability)
        return cutout(at, x, draw + third, probability)

    return see


def flipped(at, player):
    fake = at.G(at.z)
    if player == "generator":
        return cross_entropy(at.D(fake), 1.0)
    swap = (at.noise("flip") < 0.5).reshape(-1, 1)
    fake = fake.detach()
    return cross_entropy(at.D(torch.where(swap, fake, at.x)), 1.0) + cross_entropy(
        at.D(torch.where(swap, at.x, fake)), 0.0
    )


def top_k(at, player):
    if player == "discriminator":
        return non_saturating(at, player)
    best, _ = at.D(at.G(at.z)).topk(2, dim=0)
    return cross_entropy(best, 1.0)


def packed(at, player):
    """Two samples to a pack, with a gradient penalty by the pack: one point between a real and a generated pack."""
    fakes = torch.cat([at.G(at.z), at.G(at.draws["latent:p2.x"])], dim=-1)
    if player == "generator":
        return cross_entropy(at.D(fakes), 1.0)
    fakes = fakes.detach()
    reals = torch.cat([at.x, at.draws["data:p2.x"]], dim=-1)
    slopes = slope(at.D, reals + at.noise("interpolation").reshape(-1, 1) * (fakes - reals))
    return (
        cross_entropy(at.D(reals), 1.0)
        + cross_entropy(at.D(fakes), 0.0)
        + 10 * (slopes.norm(dim=1) - 1).pow(2).mean()
    )


# What is written


class Case:
    """Costs of players, and what is drawn by whom: each draw by its name and shape, `u` where it is uniform."""

    def __init__(self, costs, owned, draws, image=False, slots=None, pack=1, scale=0.7):
        sample = math.prod(SIZE) if image else 2
        self.image, self.slots, self.scale = image, slots or {}, scale
        self.costs, self.owned = costs, owned
        d = shapes("D", (sample * pack, 8, 1), 2 if image else 1)
        g = shapes("G", (3, 8, sample))
        self.state = {name: (shape, seed) for seed, (name, shape) in enumerate({**d, **g}.items(), 1)}
        names = [(f"{player}/0/{name}", shape, uniform) for player in costs for name, shape, uniform in draws(player)]
        self.draws = {name: (shape, seed, uniform) for seed, (name, shape, uniform) in enumerate(names, 100)}

    def found(self):
        result = {"costs": {}, "gradients": {}, "slots": self.slots, "after": {}}
        for player, cost in self.costs.items():
            mine = {
                name.removeprefix(f"{player}/0/"): numbers(shape, seed, uniform=uniform)
                for name, (shape, seed, uniform) in self.draws.items()
                if name.startswith(player)
            }
            at = Place(self, mine)
            value = cost(at)
            owned = [name for name in self.state if name.startswith(self.owned[player])]
            slopes = torch.autograd.grad(value, [at.p[name] for name in owned], materialize_grads=True)
            result["costs"][player] = value.item()
            result["gradients"].update(flat(dict(zip(owned, slopes))))
            result["after"].update(getattr(at, "after", {}))
        drawn = {name: (shape, seed) for name, (shape, seed, _) in self.draws.items()}
        return {"scale": self.scale, "state": listed(self.state), "draws": listed(drawn), **result}


def data(image):
    return ("data.x", (BATCH, *SIZE) if image else (BATCH, 2), False)


LATENT = ("latent.x", (BATCH, 3), False)


def penalty(cost, *more, of="D", x=True, z=True, image=False, slots=None, scale=0.7):
    draws = [*([data(image)] if x else []), *([LATENT] if z else []), *more]
    return Case({"payer": cost}, {"payer": of}, lambda _: draws, image, slots, scale=scale)


def noise(name, *shape, uniform=False):
    return (f"noise/{name}", (BATCH, *shape), uniform)


def game(cost, noises=lambda player: [], image=False, pack=1, more=lambda player: []):
    def draws(player):
        return [*([data(image)] if player == "discriminator" else []), LATENT, *more(player), *noises(player)]

    return Case(
        {player: (lambda at, player=player: cost(at, player)) for player in ("discriminator", "generator")},
        {"discriminator": "D", "generator": "G"},
        draws,
        image,
        pack=pack,
    )


def seen(player):
    return ("data", "G") if player == "discriminator" else ("G",)


def uniforms(*names):
    return lambda player: [noise(f"{draw}{name}", uniform=True) for draw in seen(player) for name in names]


U = noise("interpolation", uniform=True)
COLOURS = ("-brightness", "-saturation", "-contrast")
SHIFTS = ("-view2-down", "-view2-across")
CUTS = ("-view3-top", "-view3-left")
CHANCES = ("-colour-chance", "-view2-translation-chance", "-view3-cutout-chance")

CASES = {
    "gradientPenalty": penalty(zero_centred, U),
    "lipschitzPenalty": penalty(lipschitz, U, scale=2.0),
    "largestSlope": penalty(largest, U),
    "r1": penalty(r1, z=False),
    "r2": penalty(r2, x=False),
    "r1r2": penalty(lambda at: r1(at) + r2(at)),
    "dragan": penalty(dragan, noise("around", 2), z=False),
    "jensenShannonPenalty": penalty(jensen_shannon),
    "leCam": penalty(lecam, slots={"meanReal": 0.3, "meanFake": -0.2}),
    "consistency": penalty(consistency, noise("real", 2), z=False),
    "balancedConsistency": penalty(balanced_consistency, noise("real", 2), noise("fake", 2)),
    "latentConsistency": penalty(latent_consistency, noise("near", 3), x=False),
    "latentDiversity": penalty(latent_diversity, noise("near", 3), of="G", x=False),
    "pathLength": penalty(path_length, noise("path", 2), of="G", x=False, slots={"pathLength": 0.5}),
    "pathLengthOfImages": penalty(
        path_length, noise("path", *SIZE), of="G", x=False, image=True, slots={"pathLength": 0.5}
    ),
    "orthogonal": penalty(orthogonal, x=False, z=False),
    "offDiagonal": penalty(off_diagonal, of="G", x=False, z=False),
    "instanceNoise": game(
        lambda at, player: non_saturating(at, player, instance_noise),
        lambda player: [noise(draw, 2) for draw in seen(player)],
    ),
    "colour": game(lambda at, player: non_saturating(at, player, colour), uniforms(*COLOURS), image=True),
    "translation": game(
        lambda at, player: non_saturating(at, player, translation), uniforms("-down", "-across"), image=True
    ),
    "cutout": game(lambda at, player: non_saturating(at, player, cutout), uniforms("-top", "-left"), image=True),
    "augmented": game(
        lambda at, player: non_saturating(at, player, augmented(0.5)),
        uniforms(*COLOURS, *SHIFTS, *CUTS, *CHANCES),
        image=True,
    ),
    "flipLabels": game(flipped, lambda player: [noise("flip", uniform=True)] if player == "discriminator" else []),
    "topK": game(top_k),
    "packing": game(
        packed,
        lambda player: [U] if player == "discriminator" else [],
        pack=2,
        more=lambda player: [
            *([("data:p2.x", (BATCH, 2), False)] if player == "discriminator" else []),
            ("latent:p2.x", (BATCH, 3), False),
        ],
    ),
}

write("penalties", {"torch": torch.__version__, "cases": {name: case.found() for name, case in CASES.items()}})
