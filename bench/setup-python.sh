#!/usr/bin/env bash
# Makes bench/.venv with PyTorch, for the rows of the benchmark that need it. PYTHON names another interpreter.
set -euo pipefail
cd "$(dirname "$0")"
"${PYTHON:-python3}" -m venv .venv
.venv/bin/python -m pip install 'torch>=2.9' numpy
.venv/bin/python -c 'import torch; print("PyTorch", torch.__version__)'
