#!/usr/bin/env bash
# From dumps of the engine to the model that ships: cross-validates once (two processes), calibrates, trains on
# everything, exports. Seeds are fixed. About 25 minutes of two cores for 27 matches and their stream-like copies.
# usage: train_all.sh DUMPS LABELS MAPS.json BANKDUMPS OUT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dumps=$1 labels=$2 maps=$3 bank=$4 out=$5
python=${PYTHON:-/usr/bin/python3}
share() { "$python" "$here/crossvalidate.py" --dumps "$dumps" --labels "$labels" --maps "$maps" --bank "$bank" \
  --out "$out/runs" --variants full --seeds 0 "$@"; }
share --only-folds 0 2 4 & first=$!
share --only-folds 1 3 5 & second=$!
wait "$first"
wait "$second"
share
"$python" "$here/export_model.py" --dumps "$dumps" --labels "$labels" --bank "$bank" --runs "$out/runs" --out "$out"
