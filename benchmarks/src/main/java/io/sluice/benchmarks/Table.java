package io.sluice.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cells under headings.
 *
 * @param headings one for each column
 * @param rows each with as many cells
 */
record Table(List<String> headings, List<List<String>> rows) {
    Table {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
    }

    /** With aligned columns: words to the left, numbers to the right. */
    String text() {
        List<List<String>> lines = new ArrayList<>(List.of(headings));
        lines.addAll(rows);
        List<Integer> widths = IntStream.range(0, headings.size())
                .mapToObj(column -> Collections.max(
                        lines.stream().map(line -> line.get(column).length()).toList()))
                .toList();
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder row = new StringBuilder();
            for (int column = 0; column < widths.size(); column++) {
                String gap = " ".repeat(widths.get(column) - line.get(column).length());
                row.append(isNumeric(column) ? gap + line.get(column) : line.get(column) + gap)
                        .append("  ");
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private boolean isNumeric(int column) {
        return rows.stream().allMatch(row -> row.get(column).matches("[-\\d.]*"));
    }

    /** With a tab between cells, headings first. */
    String tsv() {
        StringBuilder text = new StringBuilder(String.join("\t", headings)).append('\n');
        rows.forEach(row -> text.append(String.join("\t", row)).append('\n'));
        return text.toString();
    }

    /** An array with an object for each row, the headings being the keys. */
    String json() {
        List<String> objects = new ArrayList<>();
        for (List<String> row : rows) {
            List<String> members = new ArrayList<>();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                boolean number = isNumeric(column) && !cell.isEmpty() && !cell.equals("-");
                members.add(quoted(headings.get(column)) + ": " + (number ? cell : quoted(cell)));
            }
            objects.add("  {" + String.join(", ", members) + "}");
        }
        return "[\n" + String.join(",\n", objects) + "\n]\n";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
