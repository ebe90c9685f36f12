# What the other scripts share: which packages are missing, installing them, where builds go.
# Sourced, not run. Nothing in here asks a question.

missing=() # packages to install, in order

say() { printf '%s\n' "$*" >&2; }

# want PACKAGE "WHY" CHECK...: notes the package unless the check succeeds.
want() {
  local package=$1 why=$2
  shift 2
  "$@" >/dev/null 2>&1 && return
  say "missing: $package ($why)"
  missing+=("$package")
}

# Checks: a program, a library that is loaded while running, a Vulkan driver.
has_program() { command -v "$1"; }
has_library() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -qF "$1 "; }
has_vulkan_driver() {
  has_library libvulkan.so.1 || return 1
  [ -n "${VK_DRIVER_FILES:-}${VK_ICD_FILENAMES:-}" ] ||
    compgen -G '/usr/share/vulkan/icd.d/*.json' ||
    compgen -G '/usr/local/share/vulkan/icd.d/*.json' ||
    compgen -G '/etc/vulkan/icd.d/*.json' ||
    compgen -G "${XDG_DATA_HOME:-$HOME/.local/share}/vulkan/icd.d/*.json"
}

want_vulkan() {
  want mesa-vulkan-drivers "Vulkan drivers, among them one that needs no graphics card" has_vulkan_driver
}

# What a window on X11 loads when it opens.
want_window_libraries() {
  local pair
  for pair in libx11-6:libX11.so.6 libx11-xcb1:libX11-xcb.so.1 libxcb1:libxcb.so.1 \
    libxcursor1:libXcursor.so.1 libxi6:libXi.so.6 \
    libxkbcommon0:libxkbcommon.so.0 libxkbcommon-x11-0:libxkbcommon-x11.so.0; do
    want "${pair%%:*}" "a window needs ${pair#*:}" has_library "${pair#*:}"
  done
}

# Installs what was noted. Where that is not allowed or fails: says what to type, and returns 1.
install_missing() {
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null; then
    say "This is no Debian or Ubuntu: please install what these packages bring: ${missing[*]}"
    return 1
  fi
  if [ ${#as_root[@]} -gt 0 ] && ! sudo -n true 2>/dev/null; then
    say "Installing needs rights that I do not have. Please type:"
    say "  sudo apt-get update && sudo apt-get install ${missing[*]}"
    return 1
  fi
  say "installing: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120)
  if ! { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } </dev/null >&2; then
    say "That failed. Please type:"
    say "  sudo apt-get update && sudo apt-get install ${missing[*]}"
    return 1
  fi
  missing=()
}

# The clients that OpenSpace publishes, in the versions that are tested. Where they cannot be had, it says
# so and returns 1.
install_openspace_clients() {
  local folder=$CARGO_TARGET_DIR/clients
  if [ ! -d "$folder/node_modules/openspace-api-js" ] || [ ! -d "$folder/node_modules/ws" ]; then
    say "installing OpenSpace's client for JavaScript"
    npm install --prefix "$folder" --no-audit --no-fund --silent openspace-api-js@0.1.6 ws@8.18.3 >&2 || return 1
  fi
  if ! "$folder/python/bin/python" -c 'import openspace' 2>/dev/null; then
    say "installing OpenSpace's client for Python"
    python3 -m venv "$folder/python" >&2 &&
      "$folder/python/bin/pip" install --quiet --disable-pip-version-check openspace-api==0.9.1 >&2 || return 1
  fi
}

need_rust() {
  [ -n "${HOME:-}" ] && PATH=$PATH:$HOME/.cargo/bin
  command -v cargo >/dev/null && return
  say "Rust is missing: https://rustup.rs says how to install it. Then run this again."
  exit 1
}

need_compiler() {
  command -v c++ >/dev/null || command -v g++ >/dev/null || command -v clang++ >/dev/null && return
  say "A C++ compiler is missing. Please type:"
  say "  sudo apt-get update && sudo apt-get install g++"
  exit 1
}

# Builds go outside the checkout, where they survive it, unless the user has said otherwise.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/skyreel/target}"
