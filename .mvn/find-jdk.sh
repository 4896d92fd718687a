# SPDX-License-Identifier: EUPL-1.2
# Sourced by mvnw. The build itself runs on JDK 25 (Spotless and PIT silently misbehave on 17): where the
# current JDK is older, take an installed 25 from the usual places, else say so in one sentence.
sparekey_major() {
  "$1/bin/java" -version 2>&1 | sed -n '1s/.*version "\([0-9]*\).*/\1/p'
}
sparekey_current=${JAVA_HOME:-}
if [ -z "$sparekey_current" ] && command -v java >/dev/null 2>&1; then
  sparekey_current=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
fi
sparekey_have=0
[ -x "$sparekey_current/bin/javac" ] && sparekey_have=$(sparekey_major "$sparekey_current")
if [ "${sparekey_have:-0}" -lt 25 ]; then
  sparekey_found=
  for sparekey_home in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    [ -x "$sparekey_home/bin/javac" ] || continue
    [ "$(sparekey_major "$sparekey_home")" = 25 ] && sparekey_found=$sparekey_home && break
  done
  if [ -z "$sparekey_found" ]; then
    echo "Sparekey needs a JDK 25 to build (found ${sparekey_have:-none}): install one under /usr/lib/jvm or set JAVA_HOME to it." >&2
    exit 1
  fi
  JAVA_HOME=$sparekey_found
  export JAVA_HOME
fi
