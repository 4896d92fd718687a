// SPDX-License-Identifier: Apache-2.0
package org.sparekey.client;

import java.util.ArrayList;
import java.util.List;

/** One line of RFC 4180: cells between commas, quoted where they hold a comma or a quote; no line break inside a cell. */
final class CsvLine {

    private final int number;
    private final String line;
    private int at;

    private CsvLine(int number, String line) {
        this.number = number;
        this.line = line;
    }

    static List<String> cells(int number, String line) throws CsvException {
        CsvLine reader = new CsvLine(number, line);
        List<String> cells = new ArrayList<>();
        cells.add(reader.cell());
        while (reader.at < line.length()) {
            reader.at++;
            cells.add(reader.cell());
        }
        return cells;
    }

    /** Ends at the comma behind the cell, or at the end of the line. */
    private String cell() throws CsvException {
        return at < line.length() && line.charAt(at) == '"' ? quoted() : plain();
    }

    private String plain() throws CsvException {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        String cell = line.substring(at, end);
        if (cell.indexOf('"') >= 0) {
            throw new CsvException(number, "a quote inside a cell that is not quoted");
        }
        at = end;
        return cell.strip();
    }

    private String quoted() throws CsvException {
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c != '"') {
                cell.append(c);
            } else if (at < line.length() && line.charAt(at) == '"') {
                cell.append(line.charAt(at++));
            } else if (at == line.length() || line.charAt(at) == ',') {
                return cell.toString();
            } else {
                throw new CsvException(number, "something behind a closing quote");
            }
        }
        throw new CsvException(number, "a quoted cell does not end on its line");
    }
}
