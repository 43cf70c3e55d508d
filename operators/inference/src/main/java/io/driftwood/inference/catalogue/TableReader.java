package io.driftwood.inference.catalogue;

import java.io.IOException;

/** Reads the tables that a configuration names by file: the checks themselves open nothing. */
@FunctionalInterface
public interface TableReader {

    /** Of whoever reads no files. */
    TableReader NONE = path -> {
        throw new IOException("files are not read here");
    };

    /**
     * The numbers of a CSV file with a header line; an empty field is NaN. Columns that hold anything but numbers are left out.
     *
     * @throws IOException when it cannot be read or makes no table; its message goes to the user
     */
    Table read(String path) throws IOException;
}
