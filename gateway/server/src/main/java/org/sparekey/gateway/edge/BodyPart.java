// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.edge;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.tomcat.util.http.fileupload.FileItemHeaders;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.RequestContext;
import org.jspecify.annotations.Nullable;
import org.sparekey.protocol.problem.Problem;
import org.sparekey.protocol.problem.ProblemException;

/** One part of a multipart body, parsed from the spool: the container would read the connection, which is read already. */
record BodyPart(
        String name, @Nullable String fileName, @Nullable String type, FileItemHeaders headers, byte[] content)
        implements Part {

    /** An order, its validator's document and ten documents, with some room. */
    static final int MAX_PARTS = 16;

    static final int MAX_PART_HEADER_BYTES = 2 << 10;

    /** @throws ProblemException MALFORMED_REQUEST for whatever is not a well-formed multipart body within the limits */
    static List<Part> all(String contentType, Spool body) throws IOException {
        FileUpload upload = new FileUpload();
        upload.setFileCountMax(MAX_PARTS);
        upload.setPartHeaderSizeMax(MAX_PART_HEADER_BYTES);
        List<Part> parts = new ArrayList<>();
        try (InputStream in = body.open()) {
            FileItemIterator items = upload.getItemIterator(new Context(contentType, in));
            while (items.hasNext()) {
                parts.add(part(items.next()));
                if (parts.size() > MAX_PARTS) {
                    throw new ProblemException(Problem.MALFORMED_REQUEST, "a multipart body of too many parts");
                }
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof ProblemException problem
                    ? problem
                    : new ProblemException(Problem.MALFORMED_REQUEST, "the multipart body is not well formed", e);
        }
        return List.copyOf(parts);
    }

    private static BodyPart part(FileItemStream item) throws IOException {
        String name = item.getFieldName();
        if (name == null) {
            throw new ProblemException(Problem.MALFORMED_REQUEST, "a part of the body has no name");
        }
        try (InputStream in = item.openStream()) {
            return new BodyPart(name, item.getName(), item.getContentType(), item.getHeaders(), in.readAllBytes());
        }
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public @Nullable String getContentType() {
        return type;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return fileName;
    }

    @Override
    public long getSize() {
        return content.length;
    }

    @Override
    public void write(String file) {
        throw new UnsupportedOperationException("parts stay in memory");
    }

    @Override
    public void delete() {
        // gone with the request
    }

    @Override
    public @Nullable String getHeader(String header) {
        return headers.getHeader(header);
    }

    @Override
    public Collection<String> getHeaders(String header) {
        List<String> values = new ArrayList<>();
        headers.getHeaders(header).forEachRemaining(values::add);
        return values;
    }

    @Override
    public Collection<String> getHeaderNames() {
        List<String> names = new ArrayList<>();
        headers.getHeaderNames().forEachRemaining(names::add);
        return Collections.unmodifiableList(names);
    }

    private record Context(String contentType, InputStream in) implements RequestContext {

        @Override
        public String getCharacterEncoding() {
            return StandardCharsets.UTF_8.name();
        }

        @Override
        public String getContentType() {
            return contentType;
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }
    }
}
