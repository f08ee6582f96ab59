# shellcheck shell=bash
# Finds the JDK and Maven. Sourced by the other scripts.

# Sets java_home and java_version (the feature release, such as 17).
find_jdk() {
  local java
  if [ -n "${JAVA_HOME:-}" ]; then
    java_home=$JAVA_HOME
    [ -x "$java_home/bin/java" ] || give_up "JAVA_HOME is $java_home, and there is no bin/java in it."
  elif [ -x /usr/libexec/java_home ] && java_home=$(/usr/libexec/java_home -v 17+ 2>/dev/null); then
    :
  elif java=$(command -v java); then
    java_home=$(dirname "$(dirname "$(readlink -f "$java")")")
  else
    give_up "Java is not installed. Install a JDK, version 17 or newer (Debian and Ubuntu:" \
      "apt install openjdk-17-jdk; macOS: brew install openjdk; others: https://adoptium.net)."
  fi
  java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java_home/release" 2>/dev/null || true)
  if [ -z "$java_version" ]; then
    java_version=$("$java_home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  [ "${java_version:-0}" -ge 17 ] ||
    give_up "$java_home is Java ${java_version:-?}. Install a JDK, version 17 or newer, and let JAVA_HOME name it."
}

# Fails with a sentence unless what a build needs is there. Needs find_jdk first.
need_build_tools() {
  [ -x "$java_home/bin/javac" ] ||
    give_up "$java_home has no javac: it is a JRE. Install the JDK (Debian and Ubuntu: apt install openjdk-$java_version-jdk)."
  command -v mvn >/dev/null ||
    give_up "Maven is not installed. Install Maven 3.8.6 or newer (Debian and Ubuntu: apt install maven; macOS:" \
      "brew install maven; others: https://maven.apache.org/install.html)."
}

give_up() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}
