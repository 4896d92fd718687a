// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.tree;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.sparekey.protocol.json.Digest;

/**
 * RFC 6962 sections 2.1 to 2.1.2, word for word and as slow as they are: MTH, PATH and SUBPROOF recursively over the
 * entries themselves. Shares nothing with what it judges but the type it answers in.
 */
record RfcTree(List<byte[]> d) {

    /** MTH(D[n]). */
    Digest mth() {
        return Digest.of(mth(d));
    }

    /** PATH(m, D[n]). */
    List<Digest> path(int m) {
        return digests(path(m, d));
    }

    /** PROOF(m, D[n]) for 0 < m < n; empty where the two trees are equal. */
    List<Digest> proof(int m) {
        return digests(subproof(m, d, true));
    }

    private static byte[] mth(List<byte[]> d) {
        int n = d.size();
        if (n == 0) {
            return sha256(new byte[0]);
        }
        if (n == 1) {
            return sha256(new byte[] {0x00}, d.get(0));
        }
        int k = k(n);
        return sha256(new byte[] {0x01}, mth(d.subList(0, k)), mth(d.subList(k, n)));
    }

    private static List<byte[]> path(int m, List<byte[]> d) {
        int n = d.size();
        if (n == 1) {
            return List.of();
        }
        int k = k(n);
        return m < k
                ? with(path(m, d.subList(0, k)), mth(d.subList(k, n)))
                : with(path(m - k, d.subList(k, n)), mth(d.subList(0, k)));
    }

    private static List<byte[]> subproof(int m, List<byte[]> d, boolean b) {
        int n = d.size();
        if (m == n) {
            return b ? List.of() : List.of(mth(d));
        }
        int k = k(n);
        return m <= k
                ? with(subproof(m, d.subList(0, k), b), mth(d.subList(k, n)))
                : with(subproof(m - k, d.subList(k, n), false), mth(d.subList(0, k)));
    }

    /** The largest power of two smaller than n. */
    private static int k(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static List<byte[]> with(List<byte[]> list, byte[] last) {
        List<byte[]> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    private static List<Digest> digests(List<byte[]> hashes) {
        return hashes.stream().map(Digest::of).toList();
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An entry that no other of the tree is equal to. */
    static byte[] entry(long number, long chance) {
        return ByteBuffer.allocate(12).putLong(chance).putInt((int) number).array();
    }
}
