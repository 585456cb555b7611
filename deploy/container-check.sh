#!/usr/bin/env bash
# Builds the image with buildah, starts it as its own user, runs the contract's tests against it, and checks that it
# stops as it should. PYTHON names the interpreter that has the tests' requirements, by default .venv/bin/python.
#
#   deploy/container-check.sh [BUILDAH_BUILD_OPTION...]
#
# e.g. --build-arg BASE_IMAGE=localhost/python:3.11, or --volume to give pip an index of your own.
set -euo pipefail
set -m # the server gets a process group of its own, by which it is found again
cd "$(dirname "$0")/.."

export BUILDAH_ISOLATION=${BUILDAH_ISOLATION:-chroot}
buildah() { command buildah --storage-driver "${STORAGE_DRIVER:-vfs}" "$@"; }

image=localhost/quote-attribution:check
port=${PORT:-8099}
url=http://127.0.0.1:$port

buildah build --format docker --tag "$image" "$@" .
container=$(buildah from --pull-never "$image")
# buildah does not run an image's CMD by itself; this is it.
buildah run --env PORT="$port" "$container" -- python -m service serve &
server=$!
stop() { pkill -TERM --oldest --pgroup "$server" --full '^\S*python\S* -m service serve'; } # buildah passes no signal on
trap 'stop || true; wait; buildah rm "$container" >/dev/null' EXIT

for _ in $(seq 300); do
    curl --silent --fail "$url/readyz" && break
    kill -0 "$server"
    sleep 1
done
echo
SERVICE_ADDRESS=127.0.0.1:$port "${PYTHON:-.venv/bin/python}" -m pytest tests/test_docs.py tests/test_fuzz.py
user=$(buildah run "$container" -- id -u)
test "$user" != 0
stop
wait "$server"
echo "The container answers by the contract, as user $user, and stops when told to."
