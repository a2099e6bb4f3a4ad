"""Losses, and the pieces that games of several networks are made of, in PyTorch: see README.md.

Every cost is written from its paper, as what its player makes small. Divergences are written with the densities' ratio
r = exp(v) as it stands in the definition of an f-GAN, f' and the conjugate by hand.
"""

import torch
import torch.nn.functional as F

from common import flat, listed, numbers, write

BATCH, WIDTH = 4, 5


def shapes(name, inputs, outputs):
    return {
        f"{name}/1.dense/kernel": (inputs, WIDTH),
        f"{name}/1.dense/bias": (WIDTH,),
        f"{name}/3.dense/kernel": (WIDTH, outputs),
        f"{name}/3.dense/bias": (outputs,),
    }


def network(p, name):
    def apply(x):
        hidden = torch.tanh(F.linear(x, p[f"{name}/1.dense/kernel"].T, p[f"{name}/1.dense/bias"]))
        return F.linear(hidden, p[f"{name}/3.dense/kernel"].T, p[f"{name}/3.dense/bias"])

    return apply


# Of two players: (what D pays, what G pays) by D, G and the draws.


def adversaries(of_real, of_fake, of_generator):
    """Costs that are sums of a mean over real scores and a mean over fake ones."""

    def discriminator(D, G, draws):
        return of_real(D(draws["data.x"])).mean() + of_fake(D(G(draws["latent.x"]))).mean()

    def generator(D, G, draws):
        return of_generator(D(G(draws["latent.x"]))).mean()

    return discriminator, generator


def f_gan(slope, conjugate):
    """D: E[f'(r)] - E[r f'(r) - f(r)], to be made great; G makes the same small."""

    def value(D, G, draws):
        real, fake = torch.exp(D(draws["data.x"])), torch.exp(D(G(draws["latent.x"])))
        return slope(real).mean() - conjugate(fake).mean()

    return lambda *at: -value(*at), value


def zero_sum(value):
    return lambda *at: -value(*at), value


def entropy(target):
    return lambda v: F.binary_cross_entropy_with_logits(v, torch.full_like(v, target), reduction="none")


def paired(cost):
    def discriminator(D, G, draws):
        return cost(D(draws["data.x"]) - D(G(draws["latent.x"]))).mean()

    def generator(D, G, draws):
        return cost(D(G(draws["latent.x"])) - D(draws["data.x"])).mean()

    return discriminator, generator


def average(cost):
    def scores(D, G, draws):
        return D(draws["data.x"]), D(G(draws["latent.x"]))

    def discriminator(*at):
        real, fake = scores(*at)
        return cost(real - fake.mean()).mean() + cost(real.mean() - fake).mean()

    def generator(*at):
        real, fake = scores(*at)
        return cost(fake - real.mean()).mean() + cost(fake.mean() - real).mean()

    return discriminator, generator


def is_near_one(u):
    return (u - 1) ** 2


def has_margin(u):
    return F.relu(1 - u)


def between(G, draws):
    real, fake = draws["data.x"], G(draws["latent.x"]).detach()
    u = draws["noise/interpolation"].reshape(-1, 1)
    return ((1 - u) * real + u * fake).requires_grad_()


def slopes(score, point):
    (found,) = torch.autograd.grad(score.sum(), point, create_graph=True)
    return found


def wasserstein_divergence(D, G, draws):
    point = between(G, draws)
    steep = slopes(D(point), point).norm(dim=1) ** 6
    return D(G(draws["latent.x"])).mean() - D(draws["data.x"]).mean() + 2 * steep.mean()


def energy_discriminator(D, G, draws):
    real, fake = draws["data.x"], G(draws["latent.x"])
    return (real - D(real)).norm(dim=1).mean() + F.relu(2 - (fake - D(fake)).norm(dim=1)).mean()


def energy_generator(D, G, draws):
    fake = G(draws["latent.x"])
    return (fake - D(fake)).norm(dim=1).mean()


def reconstruction(D, x):
    return F.l1_loss(D(x), x)


def balance_before():
    return 0.25


def boundary(D, G, draws):
    real, fake = reconstruction(D, draws["data.x"]), reconstruction(D, G(draws["latent.x"]))
    return real - balance_before() * fake


def balance_after(D, G, draws):
    real, fake = reconstruction(D, draws["data.x"]), reconstruction(D, G(draws["latent.x"]))
    return min(max(balance_before() + 0.1 * (0.7 * real.item() - fake.item()), 0), 1)


def off_diagonal_mean(matrix):
    n = len(matrix)
    return (matrix.sum() - matrix.diagonal().sum()) / (n * (n - 1))


def squared_distances(a, b):
    return ((a[:, None] - b[None]) ** 2).sum(dim=2)


def discrepancy(kernel, within):
    def squared(a, b):
        k = lambda u, v: kernel(squared_distances(u, v))
        return within(k(a, a)) + within(k(b, b)) - 2 * k(a, b).mean()

    return squared


def gaussians(d):
    return sum(torch.exp(-d / (2 * s**2)) for s in (1, 2, 4, 8, 16))


def rational_quadratics(d):
    return sum((1 + d / (2 * a)) ** -a for a in (0.5, 2))


def minus_distance(d):
    """The root's slope at 0 is taken as 0."""
    apart = d > 0
    return -torch.where(apart, d, 1).sqrt() * apart


def features(squared):
    return zero_sum(lambda D, G, draws: squared(D(draws["data.x"]), D(G(draws["latent.x"]))))


def cramer_critic(D, G, draws):
    other = D(G(draws["latent:other.x"]).detach())
    critic = lambda h: (h - other).norm(dim=1) - h.norm(dim=1)
    point = between(G, draws)
    penalty = (slopes(critic(D(point)), point).norm(dim=1) - 1) ** 2
    return critic(D(G(draws["latent.x"]))).mean() - critic(D(draws["data.x"])).mean() + 10 * penalty.mean()


def cramer_generator(D, G, draws):
    real, fake, other = D(draws["data.x"]), D(G(draws["latent.x"])), D(G(draws["latent:other.x"]))
    far = lambda a, b: (a - b).norm(dim=1).mean()
    return far(real, fake) + far(real, other) - far(fake, other)


log = torch.log
SCORES = {
    "minimax": zero_sum(
        lambda D, G, draws: log(torch.sigmoid(D(draws["data.x"]))).mean()
        + log(1 - torch.sigmoid(D(G(draws["latent.x"])))).mean()
    ),
    "nonSaturating": adversaries(entropy(1.0), entropy(0.0), entropy(1.0)),
    "labelSmoothing": adversaries(entropy(0.9), entropy(0.1), entropy(1.0)),
    "leastSquares": adversaries(lambda v: (v - 1) ** 2 / 2, lambda v: (v + 1) ** 2 / 2, lambda v: v**2 / 2),
    "hinge": adversaries(lambda v: F.relu(1 - v), lambda v: F.relu(1 + v), lambda v: -v),
    "wasserstein": adversaries(lambda v: -v, lambda v: v, lambda v: -v),
    "wassersteinDivergence": (wasserstein_divergence, adversaries(None, None, lambda v: -v)[1]),
    "fGan": f_gan(lambda r: log(r) + 1 - 1 / r, lambda r: r - 1 + log(r)),
    "kullbackLeibler": f_gan(lambda r: log(r) + 1, lambda r: r),
    "reverseKullbackLeibler": f_gan(lambda r: -1 / r, lambda r: log(r) - 1),
    "pearson": f_gan(lambda r: 2 * (r - 1), lambda r: r**2 - 1),
    "neyman": f_gan(lambda r: 1 - 1 / r**2, lambda r: 2 - 2 / r),
    "squaredHellinger": f_gan(lambda r: 1 - r**-0.5, lambda r: r**0.5 - 1),
    "jensenShannon": f_gan(lambda r: log(2 * r / (1 + r)) / 2, lambda r: log((1 + r) / 2) / 2),
    "ganDivergence": f_gan(lambda r: log(r / (1 + r)), lambda r: log(1 + r)),
    "totalVariation": zero_sum(
        lambda D, G, draws: torch.tanh(D(draws["data.x"])).mean() / 2 - torch.tanh(D(G(draws["latent.x"]))).mean() / 2
    ),
    "alpha": f_gan(lambda r: (r**-0.7 - 1) / -0.7, lambda r: (r**0.3 - 1) / 0.3),
    "relativistic": paired(entropy(1.0)),
    "relativisticLeastSquares": paired(is_near_one),
    "relativisticHinge": paired(has_margin),
    "relativisticAverage": average(entropy(1.0)),
    "relativisticAverageLeastSquares": average(is_near_one),
    "relativisticAverageHinge": average(has_margin),
}
GIVES_TWO = {
    "energyBased": (energy_discriminator, energy_generator),
    "boundaryEquilibrium": (boundary, lambda D, G, draws: reconstruction(D, G(draws["latent.x"]))),
    "mmd": features(discrepancy(gaussians, off_diagonal_mean)),
    "energyDistance": features(discrepancy(minus_distance, off_diagonal_mean)),
    "cramer": (cramer_critic, cramer_generator),
}

# Of one player: what it pays, by networks N, B, M, data x, other data and codes y.


def gaussian(mean, y, deviation):
    return -torch.distributions.Normal(mean, deviation).log_prob(y).sum(dim=1).mean()


def pulling_away(codes):
    cosines = F.cosine_similarity(codes[:, None], codes[None], dim=2)
    return off_diagonal_mean(cosines**2)


PIECES = {
    "crossEntropy": ("N", lambda N, x, o, y: -(y * F.log_softmax(N(x), dim=1)).sum(dim=1).mean()),
    "categoricalInformation": ("N", lambda N, x, o, y: -(y * F.log_softmax(N(x), dim=1)).sum(dim=1).mean()),
    "continuousInformation": ("N", lambda N, x, o, y: gaussian(N(x), y, 1.0)),
    "continuousInformation with deviations": ("N", lambda N, x, o, y: gaussian(N(x), y, N(o).exp())),
    "projection": ("N", lambda N, x, o, y: (N(x) * y).sum(dim=1).mean()),
    "l1": ("N", lambda N, x, o, y: F.l1_loss(N(x), y)),
    "l2": ("N", lambda N, x, o, y: F.mse_loss(N(x), y)),
    "cycleConsistency": ("NB", lambda N, B, x, o, y: F.l1_loss(B(N(x)), x) + F.l1_loss(N(B(y)), y)),
    "identityMapping": ("M", lambda M, x, o, y: F.l1_loss(M(x), x) + F.l1_loss(M(o), o)),
    "featureMatching": ("N", lambda N, x, o, y: ((N(x).mean(dim=0) - N(o).mean(dim=0)) ** 2).sum()),
    "pullingAway": ("N", lambda N, x, o, y: pulling_away(N(x))),
    "squaredMmd, biased, rational quadratic": (
        "N",
        lambda N, x, o, y: discrepancy(rational_quadratics, torch.mean)(N(x), N(o)),
    ),
}
SIZES = {"N": (2, 3), "B": (3, 2), "M": (2, 2)}

DRAWS = {
    f"{player}/0/{name}": (shape, seed)
    for start, player in ((100, "discriminator"), (200, "generator"), (300, "p"))
    for seed, (name, shape) in enumerate(
        {
            "data.x": (BATCH, 2),
            "data:other.x": (BATCH, 2),
            "latent.x": (BATCH, 3),
            "latent:other.x": (BATCH, 3),
            "code.x": (BATCH, 3),
            "noise/interpolation": (BATCH,),
        }.items(),
        start,
    )
}


def drawn(player):
    start = f"{player}/0/"
    return {
        name.removeprefix(start): numbers(shape, seed, uniform="noise/" in name)
        for name, (shape, seed) in DRAWS.items()
        if name.startswith(start)
    }


def parameters(of):
    state = {name: (shape, seed) for seed, (name, shape) in enumerate(of.items(), 1)}
    return state, {name: (0.8 * numbers(*at)).requires_grad_() for name, at in state.items()}


def slopes_of(cost, p, owned):
    return flat(dict(zip(owned, torch.autograd.grad(cost, [p[name] for name in owned]))))


def adversarial_case(name, costs, outputs):
    d_shapes, g_shapes = shapes("D", 2, outputs), shapes("G", 3, 2)
    state, p = parameters({**d_shapes, **g_shapes})
    D, G = network(p, "D"), network(p, "G")
    found = {"state": listed(state), "costs": {}, "gradients": {}}
    for player, cost, owned in zip(("discriminator", "generator"), costs, (d_shapes, g_shapes)):
        value = cost(D, G, drawn(player))
        found["costs"][player] = value.item()
        found["gradients"].update(slopes_of(value, p, list(owned)))
    if name == "boundaryEquilibrium":
        found["slots"] = {"balance": [balance_before(), balance_after(D, G, drawn("discriminator"))]}
    return found


def single_case(networks, cost):
    state, p = parameters({k: v for name in networks for k, v in shapes(name, *SIZES[name]).items()})
    draws = drawn("p")
    value = cost(*(network(p, name) for name in networks), draws["data.x"], draws["data:other.x"], draws["code.x"])
    return {"state": listed(state), "costs": {"p": value.item()}, "gradients": slopes_of(value, p, list(p))}


write(
    "losses",
    {
        "torch": torch.__version__,
        "draws": listed(DRAWS),
        "cases": {
            **{name: adversarial_case(name, costs, 1) for name, costs in SCORES.items()},
            **{name: adversarial_case(name, costs, 2) for name, costs in GIVES_TWO.items()},
            **{name: single_case(*case) for name, case in PIECES.items()},
        },
    },
)
