// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparekey.protocol.document.AuthorityDocument;
import org.sparekey.protocol.document.SignedDocument;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.order.DocumentReference;
import org.sparekey.protocol.order.Multipart;
import org.sparekey.protocol.order.OrderDocument;
import org.sparekey.protocol.order.ValidatorDocument;

/**
 * What was submitted, of the right form and nothing more: whether it is genuine and lawful is judged afterwards.
 *
 * @param documents in the order in which the order names them
 */
public record Submission(
        SignedDocument signed,
        OrderDocument order,
        Optional<SignedDocument> validator,
        Optional<ValidatorDocument> validation,
        List<Attached> documents) {

    public static final int MAX_ORDER_BYTES = 64 << 10;
    public static final int MAX_DOCUMENT_BYTES = 1 << 20;

    private static final String ORDER = "order";
    private static final String VALIDATOR = "validator";
    private static final String DOCUMENT = "document";

    /** A document and the media type by which the order names it. */
    public record Attached(String type, byte[] content) {}

    public Submission {
        documents = List.copyOf(documents);
    }

    /**
     * Reads a multipart body: exactly one {@code order}, at most one {@code validator}, each a JWS or a signed PDF, and as
     * {@code document} exactly what the order names by digest.
     */
    public static Submission read(byte[] body, String contentType) throws MalformedException {
        List<Multipart.Part> parts = Multipart.read(body, contentType);
        Set<String> names =
                new HashSet<>(parts.stream().map(Multipart.Part::name).toList());
        names.removeAll(Set.of(ORDER, VALIDATOR, DOCUMENT));
        if (!names.isEmpty()) {
            throw new MalformedException("", "a part of another name than order, validator or document");
        }
        SignedDocument signed = one(parts, ORDER).orElseThrow(() -> new MalformedException("/order", "no order"));
        OrderDocument order = signed.read(OrderDocument.TYPE, OrderDocument.class);
        Optional<SignedDocument> validator = one(parts, VALIDATOR);
        Optional<ValidatorDocument> validation = validator.isEmpty()
                ? Optional.empty()
                : Optional.of(validator.get().read(ValidatorDocument.TYPE, ValidatorDocument.class));
        return new Submission(signed, order, validator, validation, attached(parts, order));
    }

    private static Optional<SignedDocument> one(List<Multipart.Part> parts, String name) throws MalformedException {
        List<Multipart.Part> found =
                parts.stream().filter(part -> part.name().equals(name)).toList();
        if (found.size() > 1) {
            throw new MalformedException("/" + name, "more than one part of this name");
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = found.get(0).content();
        if (AuthorityDocument.isPdf(content)) {
            return Optional.of(AuthorityDocument.ofPdf(content));
        }
        if (content.length > MAX_ORDER_BYTES) {
            throw new MalformedException("/" + name, "larger than 64 KiB");
        }
        return Optional.of(SignedDocument.parse(new String(content, StandardCharsets.US_ASCII)));
    }

    private static List<Attached> attached(List<Multipart.Part> parts, OrderDocument order) throws MalformedException {
        List<byte[]> left = new ArrayList<>();
        for (Multipart.Part part : parts) {
            if (part.name().equals(DOCUMENT)) {
                left.add(part.content());
            }
        }
        List<Attached> attached = new ArrayList<>();
        for (DocumentReference named : order.documents()) {
            attached.add(new Attached(named.type(), take(left, named.sha256())));
        }
        if (!left.isEmpty()) {
            throw new MalformedException("/document", "a document that the order does not name");
        }
        return attached;
    }

    private static byte[] take(List<byte[]> left, Digest digest) throws MalformedException {
        for (byte[] content : left) {
            if (Digest.sha256(content).equals(digest)) {
                left.remove(content);
                if (content.length > MAX_DOCUMENT_BYTES) {
                    throw new MalformedException("/document", "larger than 1 MiB");
                }
                return content;
            }
        }
        throw new MalformedException("/document", "a document that the order names is not attached");
    }
}
