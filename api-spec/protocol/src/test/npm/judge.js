// SPDX-License-Identifier: Apache-2.0
// Reads cases (a file of JSON), asks @sigstore/verify about each, prints what it says: {"<name>": true|false}.
// The two modules are no exported API; the version is pinned, so they are there.
'use strict';
const crypto = require('node:crypto');
const fs = require('node:fs');
const path = require('node:path');

const inside = path.join(__dirname, 'node_modules', '@sigstore', 'verify', 'dist');
const { verifyCheckpoint } = require(path.join(inside, 'tlog', 'checkpoint.js'));
const { verifyMerkleInclusion } = require(path.join(inside, 'tlog', 'merkle.js'));
const { VerificationError } = require(path.join(inside, 'error.js'));

const bytes = (base64) => Buffer.from(base64, 'base64');

function accepts(one) {
  const log = {
    logID: Buffer.from(one.keyId, 'hex'),
    baseURL: 'https://' + one.origin,
    publicKey: crypto.createPublicKey({ key: bytes(one.publicKey), format: 'der', type: 'spki' }),
  };
  const entry = {
    canonicalizedBody: bytes(one.entry),
    inclusionProof: {
      checkpoint: { envelope: one.note },
      logIndex: one.index,
      hashes: one.proof.map(bytes),
    },
  };
  try {
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    return true;
  } catch (e) {
    if (e instanceof VerificationError) {
      return false;
    }
    throw e;
  }
}

const cases = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
console.log(JSON.stringify(Object.fromEntries(cases.map((one) => [one.name, accepts(one)]))));
