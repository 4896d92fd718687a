// SPDX-License-Identifier: EUPL-1.2
package org.sparekey.gateway.orders;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sparekey.protocol.approval.ApprovalBasis;
import org.sparekey.protocol.json.Digest;
import org.sparekey.protocol.json.MalformedException;
import org.sparekey.protocol.json.Wire;
import org.sparekey.protocol.order.OrderKind;

/** Reads a row of orders_order. */
final class OrderRows {

    private OrderRows() {}

    static OrderRow row(ResultSet row, int number) throws SQLException {
        return new OrderRow(
                new OrderId(row.getString("order_id")),
                filed(row),
                standing(row),
                new OrderRow.Chain(row.getLong("case_seq"), Digest.of(row.getBytes("last_leaf"))),
                findings(row),
                new OrderRow.Lease(row.getLong("lease_epoch"), instant(row, "lease_until")));
    }

    private static OrderRow.Filed filed(ResultSet row) throws SQLException {
        return new OrderRow.Filed(
                row.getString("authority"),
                row.getObject("document_id", UUID.class),
                row.getBoolean("authentic"),
                OrderKind.valueOf(row.getString("kind")),
                Digest.of(row.getBytes("order_digest")),
                row.getString("order_jws"),
                Optional.ofNullable(row.getString("validator_jws")),
                Optional.ofNullable(row.getString("matrix_row")),
                row.getString("matrix_version"),
                row.getTimestamp("received_at").toInstant(),
                row.getTimestamp("deadline").toInstant());
    }

    private static OrderRow.Standing standing(ResultSet row) throws SQLException {
        return new OrderRow.Standing(
                StateText.state(row.getString("state"), Optional.ofNullable(row.getString("state_detail"))),
                Optional.ofNullable(row.getString("needs")),
                row.getLong("version"),
                row.getBoolean("frozen"),
                row.getInt("round"),
                row.getBoolean("releasable"),
                row.getInt("attempt"),
                instant(row, "hold_until"),
                row.getBoolean("hand_due"));
    }

    private static OrderRow.Findings findings(ResultSet row) throws SQLException {
        return new OrderRow.Findings(
                Optional.ofNullable(row.getBytes("verified_leaf")).map(Digest::of),
                Optional.ofNullable(row.getBytes("whereabouts")).map(json -> read(json, Whereabouts.class)),
                Optional.ofNullable(row.getString("answer_jws")),
                Optional.ofNullable(row.getBytes("basis")).map(json -> read(json, ApprovalBasis.class)),
                certificates((byte[][]) row.getArray("recipients").getArray()),
                Optional.ofNullable(row.getBytes("manifest_digest")).map(Digest::of));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }

    private static List<X509Certificate> certificates(byte[][] ders) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (byte[] der : ders) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return List.copyOf(certificates);
        } catch (CertificateException e) {
            throw new IllegalStateException("a stored recipient's certificate cannot be read", e);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Wire.read(json, type);
        } catch (MalformedException e) {
            throw new IllegalStateException("a stored " + type.getSimpleName() + " cannot be read", e);
        }
    }
}
