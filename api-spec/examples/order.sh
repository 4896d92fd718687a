#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# An investigator's whole path with curl and openssl. Every request is signed (RFC 9421), every document is a compact JWS.
#
#   sh order.sh draft > order.json                    from the environment, see draft() below; read it before you sign
#   sh order.sh sign order order.json > order.jws     the judge signs his document over this very file
#   sh order.sh submit order.jws [validator.jws]
#   sh order.sh follow ORD-7Q4F-2KX9                  one line for each change, until it ends; 0 when there is something to fetch
#   sh order.sh answer ORD-7Q4F-2KX9 > answer.jws     of an identity order
#   sh order.sh fetch ORD-7Q4F-2KX9 evidence          checks the hoster's signature over the list, and every file
#   sh order.sh acknowledge ORD-7Q4F-2KX9 evidence
#
# GATEWAY is the gateway's origin. KEYS is a folder with ca.pem (the gateway's) and tls.pem, message.pem, document.pem: each a P-256
# private key with its certificate and issuer. That an answer is the gateway's rests on TLS here; `sparekey` checks its signature too.
set -eu
: "${GATEWAY:?such as https://api.hoster.example:8443}" "${KEYS:?folder of your keys}"
LC_ALL=C
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

b64() { openssl base64 -A; }
b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
sha256() { openssl dgst -sha256 -binary; }
instant() { date -u -d "${1:-now}" +%Y-%m-%dT%H:%M:%S.000Z; }
text() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'; }

# UUIDv7 (RFC 9562): milliseconds, then chance
uuid() {
    printf '%012x%s' "$(($(date +%s) * 1000))" "$(openssl rand -hex 10)" |
        sed -E 's/(.{8})(.{4})(.{3})(.{3})(.{12}).*/\1-\2-7\3-8\4-\5/'
}

# Signs what comes in with this key: r and s of 32 bytes each, as JOSE and HTTP signatures want them, not DER
ecdsa() {
    hex=$(openssl dgst -sha256 -sign "$1" | openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' |
        while read -r number; do printf '%64s' "$number"; done | tr ' ' 0)
    openssl asn1parse -genstr "FORMAT:HEX,OCTETSTRING:$hex" -noout -out /dev/stdout | tail -c 64
}

draft() {
    validator=
    if [ -n "${COURT-}" ]; then
        validator=',"validator":{"at":"'${DECIDED:-$(instant)}'","authority":"'$COURT'","reference":"'$REFERENCE'","role":"JUDGE"}'
    fi
    # Names in order, no spaces: RFC 8785. No quotation marks and no backslashes in any value.
    printf '%s' '{"addressee":{"capacity":"PROCESSOR","gatewayOrigin":"'"$GATEWAY"'","legalEntity":"'"$HOSTER"'"},' \
        '"caseRef":"'"$CASE"'","deadline":"'"${DEADLINE:-$(instant '+7 days')}"'","deliverTo":"'"$TEAM"'","documents":[],' \
        '"id":"'"$(uuid)"'","issuer":{"authority":"'"$AUTHORITY"'","country":"NL","person":"'"$PERSON"'","role":"'"$ROLE"'"},' \
        '"kind":"'"$KIND"'","legalBasis":{"id":"'"$BASIS"'","version":"'"$MATRIX"'"},' \
        '"salt":"'"$(openssl rand 32 | b64url)"'","scope":{"captureMemory":false,"categories":["'"$CATEGORY"'"],"exclusions":[],' \
        '"from":"'"$SEEN"'","to":"'"$(instant)"'"},"secrecy":{"mode":"SECRET","resellerMayKnow":false},' \
        '"target":{"format":"ADDRESS","observedAt":{"from":"'"$SEEN"'","to":"'"$SEEN"'"},"value":"'"$ADDRESS"'"},' \
        '"type":"order","urgency":"NORMAL","v":1'"$validator"'}'
}

# sign TYPE FILE: a compact JWS with the certificate chain in its header
sign() {
    chain=$(sed -n '/BEGIN CERT/,/END CERT/p' "$KEYS/document.pem" | tr -d '\n' |
        sed 's/-----BEGIN CERTIFICATE-----/"/g; s/-----END CERTIFICATE-----/",/g; s/,$//')
    thumbprint=$(openssl x509 -in "$KEYS/document.pem" -outform DER | sha256 | b64url)
    header='{"alg":"ES256","iat":'$(date +%s)',"typ":"'$1'","x5c":['$chain'],"x5t#S256":"'$thumbprint'"}'
    input=$(printf '%s' "$header" | b64url).$(tr -d '\n' < "$2" | b64url)
    printf '%s.%s' "$input" "$(printf '%s' "$input" | ecdsa "$KEYS/document.pem" | b64url)"
}

# request GET PATH, or request POST PATH MEDIA-TYPE FILE: signs it and prints the answer's content
request() {
    method=$1 uri=$GATEWAY$2 type=${3-} file=${4-}
    set -- curl -sS --fail-with-body --tlsv1.3 --cacert "$KEYS/ca.pem" --cert "$KEYS/tls.pem"
    token=$("$@" -d grant_type=client_credentials "$GATEWAY/oauth2/token" | text access_token)
    covered='"@method" "@target-uri" "authorization"'
    printf '"@method": %s\n"@target-uri": %s\n"authorization": Bearer %s\n' "$method" "$uri" "$token" > "$work/base"
    set -- "$@" -X "$method" -H "Authorization: Bearer $token"
    if [ "$method" = POST ]; then
        digest="sha-256=:$(sha256 < "$file" | b64):" key=$(uuid)
        covered="$covered \"content-type\" \"content-digest\" \"idempotency-key\""
        printf '"content-type": %s\n"content-digest": %s\n"idempotency-key": %s\n' "$type" "$digest" "$key" >> "$work/base"
        set -- "$@" -H "Content-Type: $type" -H "Content-Digest: $digest" -H "Idempotency-Key: $key" --data-binary "@$file"
    fi
    keyid=$({ printf 'sparekey/key-id/v1\0'; openssl pkey -in "$KEYS/message.pem" -pubout -outform DER; } | sha256 | b64url)
    now=$(date +%s)
    parameters="($covered);created=$now;expires=$((now + 60));nonce=\"$(openssl rand 16 | b64url)\";keyid=\"$keyid\""
    parameters="$parameters;tag=\"fapi-2-request\""
    printf '"@signature-params": %s' "$parameters" >> "$work/base"
    signature=$(ecdsa "$KEYS/message.pem" < "$work/base" | b64)
    "$@" -H "Signature-Input: sig=$parameters" -H "Signature: sig=:$signature:" "$uri"
}

part() {
    printf -- '--%s\r\nContent-Disposition: form-data; name="%s"\r\nContent-Type: application/jose\r\n\r\n' "$boundary" "$1"
    tr -d '\n' < "$2"
    printf '\r\n'
}

submit() {
    boundary=$(openssl rand -hex 16)
    part order "$1" > "$work/parts"
    [ $# -lt 2 ] || part validator "$2" >> "$work/parts"
    printf -- '--%s--\r\n' "$boundary" >> "$work/parts"
    request POST /v1/orders "multipart/form-data; boundary=$boundary" "$work/parts"
}

# The gateway answers when it changed, or after 30 seconds that it did not.
follow() {
    seen=
    while status=$(request GET "/v1/orders/$1${seen:+?wait=30&version=$seen}"); do
        version=$(printf '%s' "$status" | sed -n 's/.*"version":\([0-9]*\).*/\1/p')
        state=$(printf '%s' "$status" | text state)
        if [ "$version" = "$seen" ]; then sleep 5; else echo "$(instant) $1 is $state"; fi
        seen=$version
        case $state in
            available | acknowledged | closed | preserved | extended | isolated | applied | received) return 0 ;;
            refused | stopped | failed | withdrawn | expired | destroyed | released-hold | restored) return 1 ;;
        esac
    done
    printf '%s\n' "$status" >&2
    return 1
}

fetch() {
    mkdir -p "$2"
    for name in SHA256SUMS SHA256SUMS.p7s; do request GET "/v1/orders/$1/evidence/$name" > "$2/$name"; done
    openssl cms -verify -binary -inform DER -in "$2/SHA256SUMS.p7s" -content "$2/SHA256SUMS" \
        -CAfile "$KEYS/ca.pem" -purpose any -out /dev/null
    sed 's/^[0-9a-f]* [ *]//' "$2/SHA256SUMS" | while read -r name; do
        case $name in */* | .*) echo "no name for a file: $name" >&2 && exit 1 ;; esac
        request GET "/v1/orders/$1/evidence/$name" > "$2/$name"
    done
    (cd "$2" && sha256sum -c --quiet SHA256SUMS)
}

acknowledge() {
    id=$(request GET "/v1/orders/$1" | text id)
    digest=$(tr -d '\n' < "$2/manifest.jws" | sha256 | b64url)
    printf '{"at":"%s","manifestDigest":"%s","orderId":"%s","salt":"%s","type":"acknowledgement","v":1}' \
        "$(instant)" "$digest" "$id" "$(openssl rand 32 | b64url)" > "$work/acknowledgement.json"
    sign acknowledgement "$work/acknowledgement.json" > "$work/acknowledgement.jws"
    request POST "/v1/orders/$1/acknowledgement" application/jose "$work/acknowledgement.jws"
}

case ${1-} in
    draft | sign | submit | follow | fetch | acknowledge) "$@" ;;
    answer) request GET "/v1/orders/$2/answer" ;;
    *) sed -n '3,15s/^# \{0,1\}//p' "$0" && exit 2 ;;
esac
