package io.driftwood.jobs.demo;

import java.io.Serializable;
import java.util.List;

/** One line of {@code oring.csv}, as people read it. */
record Launch(String flight, String date, int temperature, boolean damaged) implements Serializable {

    /** @param lines of the file, the header first */
    static List<Launch> read(List<String> lines) {
        return lines.stream().skip(1).map(line -> line.split(","))
                .map(cells -> new Launch(cells[1], cells[2], Integer.parseInt(cells[3]), cells[5].equals("1")))
                .toList();
    }
}
