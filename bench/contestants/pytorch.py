"""PyTorch: the same step, eager (fused Adam, one pass of D over real and fake) or compiled whole."""

import json
import math
import os
import sys
import time

WARM_UP = 1.0


def say(**message):
    print(json.dumps(message), flush=True)


try:
    import torch
except ImportError:
    say(type="cannot", reason=f"{sys.executable} has no torch: bench/setup-python.sh installs it")
    sys.exit(0)

import torch.nn.functional as F
from torch import nn

workload, threads, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
torch.set_num_threads(threads)
torch.manual_seed(1)
# Running statistics are written in place, which a gradient that is compiled with its forward pass can't have.
RUNNING = mode == "eager"


def perceptrons(width):
    generator = nn.Sequential(
        nn.Linear(16, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 2)
    )
    leaky = lambda: nn.LeakyReLU(0.2)
    discriminator = nn.Sequential(
        nn.Linear(2, width), leaky(), nn.Linear(width, width), leaky(), nn.Linear(width, 1)
    )
    return generator, discriminator


def convolutional():
    generator = nn.Sequential(
        nn.Linear(64, 3136),
        nn.ReLU(),
        nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 32, 4, 2, 1),
        nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, 2, 1),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(32, 64, 4, 2, 1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(3136, 1),
    )
    return generator, discriminator


def dcgan():
    def norm(n):
        return nn.BatchNorm2d(n, track_running_stats=RUNNING)

    def up(a, b):
        return [nn.ConvTranspose2d(a, b, 4, 2, 1, bias=False), norm(b), nn.ReLU()]

    def down(a, b):
        return [nn.Conv2d(a, b, 4, 2, 1, bias=False), norm(b), nn.LeakyReLU(0.2)]

    generator = nn.Sequential(
        nn.Linear(100, 8192, bias=False),
        nn.Unflatten(1, (512, 4, 4)),
        norm(512),
        nn.ReLU(),
        *up(512, 256),
        *up(256, 128),
        *up(128, 64),
        nn.ConvTranspose2d(64, 3, 4, 2, 1),
        nn.Tanh(),
    )
    discriminator = nn.Sequential(
        nn.Conv2d(3, 64, 4, 2, 1),
        nn.LeakyReLU(0.2),
        *down(64, 128),
        *down(128, 256),
        *down(256, 512),
        nn.Flatten(),
        nn.Linear(8192, 1),
    )
    return generator, discriminator


def ring():
    angle = torch.randint(8, (BATCH,)) * (math.pi / 4)
    return 2 * torch.stack([angle.cos(), angle.sin()], 1) + 0.02 * torch.randn(BATCH, 2)


def images(count, *shape):
    rows = torch.rand(count, *shape).mul_(2).sub_(1).to(memory_format=torch.channels_last)
    return lambda: rows[torch.randint(count, (BATCH,))]


PENALISED = workload in ("W3", "W4")
MLP = {"W1": 128, "W3": 128, "W5-512": 512, "W5-1024": 1024}
if workload in MLP:
    BATCH, LATENT, data = 256, 16, ring
    G, D = perceptrons(MLP[workload])
elif workload in ("W2", "W4"):
    BATCH, LATENT, data = 64, 64, images(128, 1, 28, 28)
    G, D = convolutional()
elif workload == "W6":
    BATCH, LATENT, data = 64, 100, images(128, 3, 64, 64)
    G, D = dcgan()
else:
    say(type="cannot", reason=f"there is no workload {workload}")
    sys.exit(0)

LR = 2e-4 if workload == "W6" else 1e-3
BETA1, BETA2, EPSILON = 0.5, 0.999, 1e-8
# Batch normalisation mixes samples: real and fake pass apart, as in PyTorch's own DCGAN.
ONE_PASS = workload != "W6"
G, D = G.to(memory_format=torch.channels_last), D.to(memory_format=torch.channels_last)


def noise():
    return torch.randn(BATCH, LATENT)


def judge_both(judge, real, fake):
    return judge(torch.cat([real, fake])).split(BATCH) if ONE_PASS else (judge(real), judge(fake))


def between(real, fake):
    share = torch.rand(BATCH, *[1] * (real.dim() - 1))
    return share * real + (1 - share) * fake


def penalty(slope):
    return 10 * (slope.flatten(1).norm(dim=1) - 1).square().mean()


def discriminator_cost(real, fake):
    return fake.mean() - real.mean() if PENALISED else F.softplus(-real).mean() + F.softplus(fake).mean()


def generator_cost(fake):
    return -fake.mean() if PENALISED else F.softplus(-fake).mean()


def eager():
    players = {
        name: (list(net.parameters()), torch.optim.Adam(net.parameters(), LR, (BETA1, BETA2), EPSILON, fused=True))
        for name, net in (("D", D), ("G", G))
    }

    def update(name, cost):
        parameters, optimizer = players[name]
        for parameter, slope in zip(parameters, torch.autograd.grad(cost, parameters)):
            parameter.grad = slope
        optimizer.step()

    def step():
        real = data()
        with torch.no_grad():
            fake = G(noise())
        cost = discriminator_cost(*judge_both(D, real, fake))
        if PENALISED:
            x = between(real, fake).requires_grad_()
            (slope,) = torch.autograd.grad(D(x).sum(), x, create_graph=True)
            cost = cost + penalty(slope)
        update("D", cost)
        update("G", generator_cost(D(G(noise()))))

    return step


def compiled():
    from torch.func import functional_call, grad

    def state(net):
        weights = {name: p.detach() for name, p in net.named_parameters()}
        zeros = lambda: {name: torch.zeros_like(p) for name, p in weights.items()}
        return weights, zeros(), zeros()

    state_d, state_g, count = state(D), state(G), torch.zeros(())

    def adam(state, slopes, t):
        for name, parameter in state[0].items():
            slope, m, v = slopes[name], state[1][name], state[2][name]
            m.lerp_(slope, 1 - BETA1)
            v.mul_(BETA2).addcmul_(slope, slope, value=1 - BETA2)
            root = (v / (1 - BETA2**t)).sqrt() + EPSILON
            parameter.sub_(LR * (m / (1 - BETA1**t)) / root)

    def cost_d(weights, real, fake):
        judge = lambda x: functional_call(D, weights, (x,))
        cost = discriminator_cost(*judge_both(judge, real, fake))
        if not PENALISED:
            return cost
        return cost + penalty(grad(lambda x: judge(x).sum())(between(real, fake)))

    def cost_g(weights, judge_weights):
        return generator_cost(functional_call(D, judge_weights, (functional_call(G, weights, (noise(),)),)))

    @torch.compile(fullgraph=True)
    def step():
        count.add_(1)
        real, fake = data(), functional_call(G, state_g[0], (noise(),))
        adam(state_d, grad(cost_d)(state_d[0], real, fake), count)
        adam(state_g, grad(cost_g)(state_g[0], state_d[0]), count)

    def run():
        with torch.no_grad():
            step()

    return run


step = {"eager": eager, "compiled": compiled}[mode]()


def play(length):
    start, steps = time.perf_counter(), 0
    while steps == 0 or time.perf_counter() - start < length:
        step()
        steps += 1
    return steps, time.perf_counter() - start


try:
    step()
except Exception as error:  # whatever the compiler meets becomes the row's reason
    if mode == "eager" or os.environ.get("BENCH_DEBUG"):
        raise
    say(type="cannot", reason=f"torch.compile: {type(error).__name__}: {str(error).splitlines()[0][:160]}")
    sys.exit(0)
say(type="first")
play(WARM_UP)
say(type="ready", version=f"PyTorch {torch.__version__}")
for line in sys.stdin:
    steps, seconds = play(float(line))
    say(type="round", steps=steps, seconds=seconds)
