// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import com.exceptionfactory.jagged.PayloadException;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sparekey.protocol.evidence.CapturedVolume;
import org.sparekey.protocol.json.Digest;

/** Reads volumes: digest of the ciphertext, age, zstd. */
final class VolumeReader {

    /** By name: the provider that happens to stand first may be many times slower. */
    private static final Provider CIPHERS = Objects.requireNonNull(Security.getProvider("SunJCE"));

    private final Path folder;
    private final String identity;
    private final OpeningProgress progress;
    private final long total;
    private long done;

    VolumeReader(Path folder, String identity, OpeningProgress progress, long total) {
        this.folder = folder;
        this.identity = identity;
        this.progress = progress;
        this.total = total;
    }

    void read(ExpectedImages.Volume volume, SparseImage out) throws IOException {
        long from = out.length();
        try (Measured ciphertext = new Measured(folder.resolve(volume.name()))) {
            decrypt(ciphertext, out, limit(volume));
            check(volume, ciphertext, out.length() - from);
        } catch (GeneralSecurityException | PayloadException | com.github.luben.zstd.ZstdIOException e) {
            throw altered(volume, e);
        } catch (EvidenceException e) {
            throw e;
        } catch (IOException e) {
            // The age reader wraps a failed authentication tag so.
            if (e.getCause() instanceof GeneralSecurityException) {
                throw altered(volume, e);
            }
            throw e;
        }
    }

    private void decrypt(Measured ciphertext, SparseImage out, long limit)
            throws IOException, GeneralSecurityException {
        RecipientStanzaReader stanza = X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(identity);
        ReadableByteChannel age =
                new StandardDecryptingChannelFactory(CIPHERS).newDecryptingChannel(ciphertext, List.of(stanza));
        try (InputStream plain = new ZstdInputStreamNoFinalizer(Channels.newInputStream(age))) {
            byte[] block = new byte[SparseImage.BLOCK_BYTES];
            long left = limit;
            for (int count = plain.readNBytes(block, 0, block.length);
                    count > 0;
                    count = plain.readNBytes(block, 0, block.length)) {
                left -= count;
                if (left < 0) {
                    throw new EvidenceException(EvidenceException.Kind.ALTERED, "a volume holds more than it should");
                }
                out.append(block, count);
            }
        }
    }

    private static long limit(ExpectedImages.Volume volume) {
        return volume.captured().map(CapturedVolume::length).orElse(Long.MAX_VALUE);
    }

    private static void check(ExpectedImages.Volume volume, Measured ciphertext, long plaintext)
            throws EvidenceException {
        Optional<CapturedVolume> captured = volume.captured();
        if (captured.isPresent()
                && (captured.get().length() != plaintext
                        || captured.get().ciphertextLength() != ciphertext.length
                        || !captured.get().ciphertext().equals(ciphertext.digest()))) {
            throw new EvidenceException(
                    EvidenceException.Kind.ALTERED, volume.name() + " is not the volume that was sealed");
        }
    }

    private static EvidenceException altered(ExpectedImages.Volume volume, Exception cause) {
        return new EvidenceException(
                EvidenceException.Kind.ALTERED, volume.name() + " cannot be decrypted: altered or cut", cause);
    }

    /** The file as it is read: its digest so far, and the progress. */
    private final class Measured implements ReadableByteChannel {
        private final FileChannel file;
        private final MessageDigest sha256 = Digest.sha256();
        private long length;

        Measured(Path path) throws IOException {
            this.file = FileChannel.open(path, StandardOpenOption.READ);
        }

        Digest digest() {
            return Digest.of(sha256.digest());
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            ByteBuffer view = into.duplicate();
            int count = file.read(into);
            if (count > 0) {
                sha256.update(view.limit(view.position() + count));
                length += count;
                done += count;
                progress.at(done, total);
            }
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
