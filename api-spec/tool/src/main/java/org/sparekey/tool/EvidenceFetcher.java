// SPDX-License-Identifier: Apache-2.0
package org.sparekey.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sparekey.protocol.channel.Call;
import org.sparekey.protocol.channel.Channel;
import org.sparekey.protocol.channel.DownloadProgress;
import org.sparekey.protocol.channel.DownloadResult;
import org.sparekey.protocol.evidence.DigestList;
import org.sparekey.protocol.evidence.EvidenceFolder;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;

/**
 * Brings a delivery folder here: the signed list first, then every file it names, and the manifest's time-stamp where there
 * is one. That is beside the list and not in it: it may come long after the list was signed.
 */
public final class EvidenceFetcher {

    private final Channel channel;
    private final String orderId;
    private final DownloadProgress progress;

    public EvidenceFetcher(Channel channel, String orderId, DownloadProgress progress) {
        this.channel = channel;
        this.orderId = orderId;
        this.progress = progress;
    }

    /**
     * Fetches what is not there yet; a file appears under its name only when its content is the one the gateway signed.
     *
     * @return whether the manifest's time-stamp is among them; whether it holds is for {@code openssl ts -verify} or the
     *     bundle's verifier to say
     * @throws EvidenceException when a file is not the one that the list names
     */
    public boolean into(Path folder) throws IOException, MalformedException, RefusedException {
        Files.createDirectories(folder);
        fetch(folder, EvidenceFolder.SUMS);
        fetch(folder, EvidenceFolder.SUMS_SIGNATURE);
        DigestList list = DigestList.parse(Files.readAllBytes(folder.resolve(EvidenceFolder.SUMS)));
        for (Map.Entry<String, Digest> file : list.digests().entrySet()) {
            Digest fetched = fetch(folder, file.getKey());
            if (!fetched.equals(file.getValue())) {
                throw new EvidenceException(
                        EvidenceException.Kind.ALTERED, file.getKey() + " is not the file that the list names");
            }
        }
        boolean timeStamped = listing().timeStamped();
        if (timeStamped) {
            fetch(folder, EvidenceFolder.MANIFEST_TIME);
        }
        return timeStamped;
    }

    private DeliveryListing listing() throws IOException, MalformedException, RefusedException {
        return Connection.read(
                Connection.granted(channel, Call.get(OrderCommand.ORDERS + "/" + orderId + "/evidence")),
                DeliveryListing.class);
    }

    private Digest fetch(Path folder, String name) throws IOException, RefusedException {
        Path target = folder.resolve(name);
        if (Files.exists(target)) {
            return FolderCheck.digest(target);
        }
        DownloadResult result =
                channel.download(OrderCommand.ORDERS + "/" + orderId + "/evidence/" + name, target, progress);
        if (result instanceof DownloadResult.Refused refused) {
            throw new RefusedException(refused.answer().problem());
        }
        return ((DownloadResult.Complete) result).sha256();
    }
}
