// SPDX-License-Identifier: Apache-2.0
package org.sparekey.protocol.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;

/** Writes the samples; run by hand, once for each version of the format, because the signatures in them are random. */
final class BundleVectors {

    static final String LIST = "bundles.json";

    /**
     * @param failing topic of the first check that does not hold, absent where all do
     * @param trust whether the trust file is given
     */
    record Vector(String file, String story, boolean trust, int expected, Optional<String> failing) {}

    record Vectors(List<Vector> vectors) {
        Vectors {
            vectors = List.copyOf(vectors);
        }
    }

    /** How one sample differs from the good one, before anything is signed. */
    @FunctionalInterface
    interface Difference {
        void make(SampleCase sample);
    }

    /** How its members differ, before the gateway signs their list. */
    @FunctionalInterface
    interface Change {
        void make(SortedMap<String, byte[]> members) throws MalformedException;
    }

    private final Path directory;
    private final List<Vector> vectors = new ArrayList<>();

    private BundleVectors(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, MalformedException {
        BundleVectors vectors = new BundleVectors(Files.createDirectories(Path.of(arguments[0])));
        SampleCase sample = new SampleCase();
        sample.outsiders.required = true;
        new TamperedSamples(vectors, sample).write();
        new IncompleteSamples(vectors, sample).write();
        Files.write(vectors.directory.resolve("trust.json"), sample.trust());
        Files.write(vectors.directory.resolve(LIST), Wire.write(new Vectors(vectors.vectors)));
    }

    void good(byte[] zip) throws IOException {
        write("good.zip", zip);
        vectors.add(new Vector("good.zip", "everything holds", true, Verification.AUTHENTIC, Optional.empty()));
        vectors.add(new Vector(
                "good.zip",
                "without a trust file",
                false,
                Verification.INCOMPLETE,
                Optional.of(Topic.TRUST_FILE.code())));
    }

    void tampered(String name, String story, Topic failing, byte[] zip) throws IOException {
        add("tampered-" + name + ".zip", story, Verification.NOT_AUTHENTIC, failing, zip);
    }

    void incomplete(String name, String story, Topic failing, byte[] zip) throws IOException {
        add("incomplete-" + name + ".zip", story, Verification.INCOMPLETE, failing, zip);
    }

    /** The members of a good bundle, changed and signed again by the gateway. */
    static byte[] resigned(SampleCase sample, Change change) throws MalformedException {
        SortedMap<String, byte[]> members = sample.members();
        change.make(members);
        return sample.zip(members);
    }

    /** The members of a good bundle, changed behind the gateway's signature. */
    static byte[] behind(SampleCase sample, Change change) throws MalformedException {
        SortedMap<String, byte[]> members = new TreeMap<>(CanonicalZip.read(sample.zip()));
        change.make(members);
        return CanonicalZip.write(members);
    }

    private void add(String file, String story, int expected, Topic failing, byte[] zip) throws IOException {
        write(file, zip);
        vectors.add(new Vector(file, story, true, expected, Optional.of(failing.code())));
    }

    private void write(String file, byte[] zip) throws IOException {
        Files.write(directory.resolve(file), zip);
    }
}
