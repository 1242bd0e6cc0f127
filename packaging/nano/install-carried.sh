#!/bin/sh
# Runs from the self-extracting file: installs the carried packages, then says what to do next.
# nano-appliance.run -- --desktop   takes the window along.
set -eu
packages=$(ls nano-appliance-[0-9]*.rpm)
if [ "${1:-}" = --desktop ]; then packages="$packages $(ls nano-appliance-desktop-*.rpm)"; shift; fi
if [ "$#" -gt 0 ]; then echo "usage: nano-appliance.run -- [--desktop]" >&2; exit 2; fi
if [ "$(id -u)" -ne 0 ]; then echo "nano-appliance.run: installing packages needs root: start it with sudo" >&2; exit 4; fi
if ! command -v dnf >/dev/null; then echo "nano-appliance.run: no dnf here; this is for CentOS Stream 9 and 10 and their relatives" >&2; exit 1; fi
for package in $packages; do set -- "$@" "./$package"; done
dnf -y install "$@"
echo
echo "Installed. Prepare this host now with: nano-installer"
