// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.sparekey.protocol.bundle.TrustFile;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.tree.NoteKey;
import org.sparekey.protocol.witness.WitnessPolicy;

/** Which logs a witness knows: verifier keys, or files (a trust file, a policy) that name some. */
public final class KnownLogs {

    private static final int MAX_BYTES = 4 << 20;

    private KnownLogs() {}

    /** @param given each a verifier key {@code name+keyid+base64}, or the path of a file */
    public static List<NoteKey> read(List<String> given) throws IOException, MalformedException {
        Set<NoteKey> logs = new LinkedHashSet<>();
        for (String one : given) {
            Path file = Path.of(one);
            logs.addAll(Files.isRegularFile(file) ? inFile(file) : List.of(NoteKey.parse(one)));
        }
        if (logs.isEmpty()) {
            throw new MalformedException("", "no log is named there");
        }
        return List.copyOf(logs);
    }

    private static List<NoteKey> inFile(Path file) throws IOException, MalformedException {
        if (Files.size(file) > MAX_BYTES) {
            throw new MalformedException("", "neither a trust file nor a policy");
        }
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<NoteKey> logs = new ArrayList<>();
        if (text.stripLeading().startsWith("{")) {
            for (TrustFile.Log log : TrustFile.parse(bytes).logs()) {
                logs.add(NoteKey.parse(log.vkey()));
            }
        } else {
            WitnessPolicy.parse(text).logs().forEach(log -> logs.add(log.key()));
        }
        return logs;
    }
}
