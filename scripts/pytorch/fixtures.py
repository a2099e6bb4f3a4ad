"""Plays small games in PyTorch, in float64, and writes what it found to test/fixtures/pytorch/*.json. See README.md.

Everything here is written from the papers and PyTorch's documentation, in PyTorch's own terms: its losses on logits, its
convolutions, its autograd, its optimizers. Only the layout is ours: images are channels-last, filters
[height, width, in, out], those of a transposed convolution [height, width, out, in].
"""

import torch
import torch.nn.functional as F

from common import channels_first, channels_last, flat, listed, numbers, write

BATCH = 4


def dense(p, name, x):
    return x @ p[f"{name}.dense/kernel"] + p.get(f"{name}.dense/bias", 0)


def conv(p, name, x):
    """4 x 4, stride 2, padding 'same': of an even size that is 1 pixel on each side."""
    filters = p[f"{name}.conv2d/kernel"].permute(3, 2, 0, 1)
    return channels_last(F.conv2d(channels_first(x), filters, p.get(f"{name}.conv2d/bias"), stride=2, padding=1))


def conv_transpose(p, name, x):
    filters = p[f"{name}.convTranspose2d/kernel"].permute(3, 2, 0, 1)
    bias = p.get(f"{name}.convTranspose2d/bias")
    return channels_last(F.conv_transpose2d(channels_first(x), filters, bias, stride=2, padding=1))


def batch_norm(p, name, x):
    scale, shift = p[f"{name}.batchNorm/scale"], p[f"{name}.batchNorm/shift"]
    if x.dim() == 2:
        return F.batch_norm(x, None, None, scale, shift, training=True)
    return channels_last(F.batch_norm(channels_first(x), None, None, scale, shift, training=True))


def layer_norm(p, name, x):
    """Over all numbers of a sample, with a scale and a shift for each channel."""
    return F.layer_norm(x, x.shape[1:]) * p[f"{name}.layerNorm/scale"] + p[f"{name}.layerNorm/shift"]


def leaky(x):
    return F.leaky_relu(x, 0.2)


# Networks: shapes of their parameters, and what they compute. A name holds the number of the layer in its pipeline.


def mlp_generator(p, z):
    return dense(p, "G/3", torch.relu(dense(p, "G/1", z)))


MLP_GENERATOR = {
    "G/1.dense/kernel": (3, 8),
    "G/1.dense/bias": (8,),
    "G/3.dense/kernel": (8, 2),
    "G/3.dense/bias": (2,),
}


def mlp_discriminator(p, x):
    return dense(p, "D/5", torch.tanh(dense(p, "D/3", leaky(dense(p, "D/1", x)))))


MLP_DISCRIMINATOR = {
    "D/1.dense/kernel": (2, 8),
    "D/1.dense/bias": (8,),
    "D/3.dense/kernel": (8, 8),
    "D/3.dense/bias": (8,),
    "D/5.dense/kernel": (8, 1),
    "D/5.dense/bias": (1,),
}


def image_generator(p, z):
    x = torch.relu(batch_norm(p, "G/2", dense(p, "G/1", z))).reshape(-1, 2, 2, 8)
    x = torch.relu(batch_norm(p, "G/6", conv_transpose(p, "G/5", x)))
    return torch.tanh(conv_transpose(p, "G/8", x))


IMAGE_GENERATOR = {
    "G/1.dense/kernel": (3, 32),
    "G/2.batchNorm/scale": (32,),
    "G/2.batchNorm/shift": (32,),
    "G/5.convTranspose2d/kernel": (4, 4, 8, 8),
    "G/6.batchNorm/scale": (8,),
    "G/6.batchNorm/shift": (8,),
    "G/8.convTranspose2d/kernel": (4, 4, 2, 8),
    "G/8.convTranspose2d/bias": (2,),
}


def image_discriminator(p, x):
    x = leaky(conv(p, "D/1", x))
    x = leaky(batch_norm(p, "D/4", conv(p, "D/3", x)))
    return dense(p, "D/7", x.flatten(1))


IMAGE_DISCRIMINATOR = {
    "D/1.conv2d/kernel": (4, 4, 2, 8),
    "D/1.conv2d/bias": (8,),
    "D/3.conv2d/kernel": (4, 4, 8, 8),
    "D/4.batchNorm/scale": (8,),
    "D/4.batchNorm/shift": (8,),
    "D/7.dense/kernel": (32, 1),
    "D/7.dense/bias": (1,),
}


def image_critic(p, x):
    x = leaky(conv(p, "D/1", x))
    x = torch.tanh(layer_norm(p, "D/4", conv(p, "D/3", x)))
    return dense(p, "D/7", x.flatten(1))


IMAGE_CRITIC = {name.replace("batchNorm", "layerNorm"): shape for name, shape in IMAGE_DISCRIMINATOR.items()}

# Costs: what each player minimises.


def non_saturating_discriminator(D, G, draws):
    """Binary cross entropy of the logits (Goodfellow et al. 2014, equation 1)."""
    real, fake = D(draws["data.x"]), D(G(draws["latent.x"]))
    return F.binary_cross_entropy_with_logits(real, torch.ones_like(real)) + F.binary_cross_entropy_with_logits(
        fake, torch.zeros_like(fake)
    )


def non_saturating_generator(D, G, draws):
    fake = D(G(draws["latent.x"]))
    return F.binary_cross_entropy_with_logits(fake, torch.ones_like(fake))


def slopes(D, x):
    """D's gradient by each sample, as part of what is differentiated."""
    (slope,) = torch.autograd.grad(D(x).sum(), x, create_graph=True)
    return slope.flatten(1)


def wgan_gp_critic(D, G, draws):
    """Gulrajani et al. 2017, algorithm 1, with weight 10."""
    real, fake = draws["data.x"], G(draws["latent.x"]).detach()
    u = draws["noise/interpolation"].reshape(-1, *[1] * (real.dim() - 1))
    between = (real + u * (fake - real)).requires_grad_()
    return D(fake).mean() - D(real).mean() + 10 * ((slopes(D, between).norm(dim=1) - 1) ** 2).mean()


def wgan_generator(D, G, draws):
    return -D(G(draws["latent.x"])).mean()


def r1_discriminator(D, G, draws):
    """Mescheder et al. 2018, equation 9, with weight 10."""
    slope = slopes(D, draws["data.x"].clone().requires_grad_())
    return non_saturating_discriminator(D, G, draws) + 10 / 2 * (slope**2).sum(dim=1).mean()


MLP = (MLP_DISCRIMINATOR, mlp_discriminator, MLP_GENERATOR, mlp_generator, (2,))
IMAGES = (IMAGE_DISCRIMINATOR, image_discriminator, IMAGE_GENERATOR, image_generator, (8, 8, 2))
IMAGES_CRITIC = (IMAGE_CRITIC, image_critic, IMAGE_GENERATOR, image_generator, (8, 8, 2))

GAMES = {
    "mlp": (MLP, non_saturating_discriminator, non_saturating_generator),
    "convolutional": (IMAGES, non_saturating_discriminator, non_saturating_generator),
    "wganGp": (MLP, wgan_gp_critic, wgan_generator),
    "convolutionalWganGp": (IMAGES_CRITIC, wgan_gp_critic, wgan_generator),
    "r1": (MLP, r1_discriminator, non_saturating_generator),
    "convolutionalR1": (IMAGES_CRITIC, r1_discriminator, non_saturating_generator),
}

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.1),
    "momentum": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9),
    "nesterov": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.5, nesterov=True),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=0.1),
    "rmsprop": lambda p: torch.optim.RMSprop(p, lr=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.5, 0.999)),
    "amsgrad": lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.5, 0.9), amsgrad=True),
    "adamW": lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1),
    "weightDecay": lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.1),
    "clipValue": lambda p: torch.optim.SGD(p, lr=0.1),
    "clipNorm": lambda p: torch.optim.Adam(p, lr=0.01),
}

# What is done to a player's gradients before its optimizer sees them.
CLIPS = {
    "clipValue": lambda p: torch.nn.utils.clip_grad_value_(p, 0.05),
    "clipNorm": lambda p: torch.nn.utils.clip_grad_norm_(p, 0.1),
}


class Game:
    """A game's parameters and draws, each by its name, its shape and the seed of its numbers."""

    def __init__(self, networks, discriminator_cost, generator_cost):
        d_shapes, self.D, g_shapes, self.G, sample = networks
        self.costs = {"discriminator": discriminator_cost, "generator": generator_cost}
        self.state = {name: (shape, seed) for seed, (name, shape) in enumerate({**d_shapes, **g_shapes}.items(), 1)}
        self.owned = {"discriminator": list(d_shapes), "generator": list(g_shapes)}
        draws = {"discriminator/0/data.x": (BATCH, *sample), "discriminator/0/latent.x": (BATCH, 3)}
        if discriminator_cost is wgan_gp_critic:
            draws["discriminator/0/noise/interpolation"] = (BATCH,)
        draws["generator/0/latent.x"] = (BATCH, 3)
        self.draws = {name: (shape, seed) for seed, (name, shape) in enumerate(draws.items(), 100)}

    def start(self):
        return {name: (0.7 * numbers(*at)).requires_grad_() for name, at in self.state.items()}

    def cost(self, player, p, step=0):
        """What the player minimises. Each step's draws have seeds of their own."""
        drawn = {
            name.removeprefix(f"{player}/0/"): numbers(shape, seed + 10 * step, uniform="noise/" in name)
            for name, (shape, seed) in self.draws.items()
        }
        return self.costs[player](lambda x: self.D(p, x), lambda z: self.G(p, z), drawn)

    def described(self):
        return {"torch": torch.__version__, "state": listed(self.state), "draws": listed(self.draws)}


def gradients(game):
    """Each player's cost and its gradient by what the player owns, all at the same parameters."""
    p = game.start()
    found = {"costs": {}, "gradients": {}}
    for player, owned in game.owned.items():
        cost = game.cost(player, p)
        found["costs"][player] = cost.item()
        found["gradients"].update(flat(dict(zip(owned, torch.autograd.grad(cost, [p[name] for name in owned])))))
    return {**game.described(), **found}


def trained(game, make_optimizer, clip, steps):
    """The parameters after some steps, in each of which the discriminator updates and then the generator."""
    p = game.start()
    optimizers = {player: make_optimizer([p[name] for name in owned]) for player, owned in game.owned.items()}
    for step in range(steps):
        for player, optimizer in optimizers.items():
            for parameter in p.values():
                parameter.grad = None
            game.cost(player, p, step).backward()
            clip([p[name] for name in game.owned[player]])
            optimizer.step()
    return flat(p)


for name, parts in GAMES.items():
    write(name, gradients(Game(*parts)))
game = Game(*GAMES["mlp"])
STEPS = 3
write(
    "optimizers",
    {
        **game.described(),
        "steps": STEPS,
        "trained": {
            name: trained(game, make, CLIPS.get(name, lambda p: None), STEPS) for name, make in OPTIMIZERS.items()
        },
    },
)
