// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.evidence;

import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A small file of the delivery that lies in the database and not in the store. */
final class BytesChannel implements SeekableByteChannel {

    private final byte[] bytes;
    private int at;
    private boolean open = true;

    BytesChannel(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    public int read(ByteBuffer into) {
        if (at >= bytes.length) {
            return -1;
        }
        int count = Math.min(into.remaining(), bytes.length - at);
        into.put(bytes, at, count);
        at += count;
        return count;
    }

    @Override
    public long position() {
        return at;
    }

    @Override
    public SeekableByteChannel position(long to) {
        at = (int) Math.min(to, bytes.length);
        return this;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
