# SPDX-License-Identifier: EUPL-1.2
# Sourced by mvnw. The build itself runs on JDK 25 (Spotless and PIT silently misbehave on 17): where the
# current JDK is another one, take an installed 25 from the usual places, else say so in one sentence.
# An installed JDK 17 is named in JAVA17_HOME: api-spec and reseller-sdk run their tests on it once more.
sparekey_major() {
  "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
}
# Prints the first home in the usual places whose compiler has this major version.
sparekey_find() {
  for sparekey_home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -x "$sparekey_home/bin/javac" ] || continue
    [ "$(sparekey_major "$sparekey_home")" = "$1" ] || continue
    echo "$sparekey_home"
    return
  done
}
sparekey_current=${JAVA_HOME:-}
if [ -z "$sparekey_current" ] && command -v java >/dev/null 2>&1; then
  sparekey_current=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
fi
sparekey_have=
[ -x "$sparekey_current/bin/javac" ] && sparekey_have=$(sparekey_major "$sparekey_current")
if [ "$sparekey_have" != 25 ]; then
  sparekey_current=$(sparekey_find 25)
  if [ -z "$sparekey_current" ]; then
    echo "Sparekey needs a JDK 25 to build (found: ${sparekey_have:-none}); install one under /usr/lib/jvm or set JAVA_HOME to it." >&2
    exit 1
  fi
  JAVA_HOME=$sparekey_current
  export JAVA_HOME
fi
if [ -z "${JAVA17_HOME:-}" ]; then
  JAVA17_HOME=$(sparekey_find 17)
  [ -n "$JAVA17_HOME" ] && export JAVA17_HOME || unset JAVA17_HOME
fi
