// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.auditlog.witness;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteSignature;
import org.sparekey.protocol.tree.SignedNote;
import org.sparekey.protocol.witness.WitnessPolicy;

/**
 * Which witnesses must have cosigned a checkpoint of one log before anything in it counts here.
 *
 * @param rules C2SP tlog-policy; each witness has its submission prefix
 */
public record LogPolicy(WitnessPolicy rules) {

    /** Nobody is asked. */
    public static final LogPolicy NONE = new LogPolicy(WitnessPolicy.NONE);

    private static final int MAX_FILE_BYTES = 64 << 10;

    public LogPolicy {
        for (WitnessPolicy.Witness witness : rules.witnesses()) {
            if (witness.url().flatMap(LogPolicy::host).isEmpty()) {
                throw new IllegalArgumentException("the witness " + witness.name() + " has no http(s) address");
            }
        }
    }

    /** @throws IllegalStateException in one sentence when the file is absent or no policy */
    public static LogPolicy read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalStateException("The witness policy " + file + " is too long.");
            }
            return new LogPolicy(WitnessPolicy.parse(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalStateException("The witness policy " + file + " cannot be read.", e);
        } catch (MalformedException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "The witness policy " + file + " is not in order: " + e.getMessage() + ".", e);
        }
    }

    /** In the words of tlog-policy, without the last newline; {@code quorum none} where nobody is asked. */
    public String text() {
        return rules.text().strip();
    }

    /** Whether anybody has to cosign. */
    public boolean demands() {
        return !rules.quorum().equals(WitnessPolicy.NO_QUORUM);
    }

    public boolean satisfiedBy(SignedNote note) {
        return rules.judge(note).holds();
    }

    /** The log's note with the witnesses' lines under its own: what is published. */
    public static SignedNote composed(SignedNote note, List<NoteSignature> cosignatures) {
        List<NoteSignature> all = new ArrayList<>(note.signatures());
        all.addAll(cosignatures);
        return new SignedNote(note.text(), all);
    }

    /** The machines that the witnesses run on, as far as their addresses tell. */
    public List<String> hosts() {
        return rules.witnesses().stream()
                .flatMap(witness -> witness.url().flatMap(LogPolicy::host).stream())
                .toList();
    }

    private static Optional<String> host(String url) {
        try {
            URI address = URI.create(url);
            boolean http = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            return http ? Optional.ofNullable(address.getHost()) : Optional.empty();
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }
}
