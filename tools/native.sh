#!/bin/sh
# Installs the native libraries that set the type, where they are missing and this may be done.
set -eu

libraries="libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
packages="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 poppler-utils python3-venv"

missing=""
for library in $libraries; do
    # WeasyPrint finds them the same way: by name, through the loader.
    ldconfig -p 2>/dev/null | grep -q "$library" || missing="$missing $library"
done
command -v pdftoppm >/dev/null 2>&1 || missing="$missing pdftoppm"
[ -z "$missing" ] && exit 0

if [ "$(uname -s)" = Darwin ]; then
    echo "Missing:$missing. Install with: brew install pango poppler" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing:$missing. Install Pango (pango, pangoft2), HarfBuzz with hb-subset, and poppler" >&2
    echo "with this system's package manager, then run make again." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Missing:$missing. Install with:" >&2
    echo "    sudo apt-get install $packages" >&2
    exit 1
fi
echo "Installing:$missing" >&2
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $packages >&2
